"""Closed answers on the screen: the report's own numbers, each a way to the answers. Invented."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Item,
    ItemKind,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.domain.instruments import AskedAs, ItemLink
from qualcode.domain.rounds import Sending
from qualcode.exports.diverging_bars import Look
from qualcode.exports.report import Table, untraceable
from qualcode.readers.forms import FormItemRow, FormRow
from qualcode.workbench import (
    closed_comparing,
    closed_tables,
    form_links,
    instruments,
    reporting,
    rounds,
)
from qualcode.workbench.reporting import Section
from tests.builders import a_study, bring_in

SCALE = ("1 eri mieltä", "2 siltä väliltä", "3 samaa mieltä")
LOOK = Look()


def a_file(bench, id, group, answers, options=SCALE, text="Sain tietoa", first=0):
    """A file of one question; an answer is an option's place, None when missing, or its words."""
    source = Source(id, f"{id}.xlsx", id, SourceKind.SURVEY, "2026-01-01", "Maija")
    people = [Respondent(f"{id}-{n}", id, f"{id}{n}", group, {}, n) for n in range(len(answers))]
    item = Item(f"{id}-q", id, text, ItemKind.LIKERT, "1", "Tieto", options=options, position=first)
    closed = [
        ClosedAnswer(
            f"{id}-a{n}",
            id,
            item.id,
            ClosedState.MISSING
            if a is None
            else ClosedState.UNINTERPRETABLE
            if isinstance(a, str)
            else ClosedState.ANSWERED,
            options[a] if isinstance(a, int) else "",
            a if isinstance(a, str) else "",
            f"{id}-{n}",
        )
        for n, a in enumerate(answers)
    ]
    bring_in(bench, source, *people, item, *closed)
    return item.id


@pytest.fixture
def bench():
    return a_study()


def numbers(table):
    return [[cell.value for cell in row.cells] for row in table.rows]


def test_the_screen_has_the_numbers_of_the_report(bench):
    a_file(bench, "s", "asiakas", [0, 2, 2, None, "en tiedä kumpi"])
    [block] = closed_tables.blocks(closed_tables.counted(bench, "fi"), True, True, LOOK)
    [printed] = reporting.report(bench, "fi", [Section.CLOSED]).tables()
    assert numbers(block.table) == numbers(printed) == [["1 Sain tietoa", 1, 0, 2, 3, 1, 1]]
    assert (block.table.caption, block.table.note) == (printed.caption, printed.note)
    assert block.figure is not None
    assert "n = 3" in block.figure.svg


def test_every_number_opens_as_many_answers_as_it_says(bench):
    a_file(bench, "s", "asiakas", [0, 2, 2, None, "en tiedä kumpi"])
    [block] = closed_tables.blocks(closed_tables.counted(bench, "fi"), False, False, LOOK)
    opened = 0
    for cell in block.table.rows[0].cells[1:]:
        if not cell.value:
            assert cell.evidence == ()
            continue
        page = closed_tables.behind(bench, closed_tables.query_of(cell.evidence), 0, 10)
        assert page.total == cell.value
        opened += 1
    assert opened == 5
    assert closed_tables.query_of(("id-of-something-else",)) is None


def test_forms_said_to_have_come_back_are_held_against_the_answers(bench):
    a_file(bench, "s", "asiakas", [0, 2, 2])
    sending = rounds.put_sending(bench, Sending("", "asiakas", sent=9, returned=4))
    [block] = closed_tables.blocks(closed_tables.counted(bench, "en"), False, False, LOOK)
    assert "4 forms are entered as returned, but the answers add up to 3." in block.table.warnings
    rounds.put_sending(bench, replace(sending, returned=3))
    [block] = closed_tables.blocks(closed_tables.counted(bench, "en"), False, False, LOOK)
    assert not any("entered" in warning for warning in block.table.warnings)


def bound(bench, *pairs, measure=""):
    """A form of one question for each (file, question of it)."""
    row = FormItemRow("Sain tietoa", AskedAs.LIKERT5, "1", options=SCALE, measure=measure)
    [form] = instruments.define(bench, [FormRow("Kysely", (row,))])
    asked = instruments.sheet(bench, form.id).items[0]
    for source, item in pairs:
        form_links.link(bench, source, form.id, {item: asked.id})
    return asked


def test_paper_and_electronic_answers_to_one_question_are_counted_together(bench):
    paper = a_file(bench, "p", "asiakas", [0, None])
    web = a_file(bench, "w", "asiakas", [2, 2, 1], first=1)
    bound(bench, ("p", paper), ("w", web))
    [block] = closed_tables.blocks(closed_tables.counted(bench, "fi"), False, False, LOOK)
    assert numbers(block.table) == [["1 Sain tietoa", 1, 1, 2, 4, 1, 0]]
    agreeing = block.table.rows[0].cells[3]
    assert closed_tables.behind(bench, closed_tables.query_of(agreeing.evidence), 0, 9).total == 2
    [printed] = reporting.report(bench, "fi", [Section.CLOSED]).tables()
    assert numbers(printed) == numbers(block.table)


def test_two_questions_of_one_file_are_never_counted_as_one(bench):
    """Also where an earlier qualcode bound both to one question of the form."""
    first = a_file(bench, "s", "asiakas", [0, 2])
    asked = bound(bench, ("s", first))
    with bench.act(Act.IMPORT) as work:
        item = work.require(Item, first)
        again = replace(item, id="again", text="Sain tietoa taas", position=item.position + 1)
        answers = work.rows.find(ClosedAnswer, item_id=first)
        work.add([again, *(replace(a, id=f"{a.id}-again", item_id="again") for a in answers)])
        work.add([ItemLink("again", asked.id)])
    [block] = closed_tables.blocks(closed_tables.counted(bench, "fi"), False, False, LOOK)
    assert [row[-3] for row in numbers(block.table)] == [2, 2]


@pytest.mark.parametrize("missing", [True, False])
def test_a_question_asked_of_some_only_says_so_under_its_table_if_any_is_missing(bench, missing):
    first = a_file(bench, "s", "asiakas", [0, 2, None if missing else 1])
    rows = (
        FormItemRow("Saitko apua?", AskedAs.SINGLE_CHOICE, "3.2", options=("kyllä", "ei")),
        FormItemRow(
            "Sain tietoa", AskedAs.LIKERT5, "3.3", options=SCALE, filter_of=0, filter_value="kyllä"
        ),
    )
    [form] = instruments.define(bench, [FormRow("Kysely", rows)])
    asked = instruments.sheet(bench, form.id).items[1]
    form_links.link(bench, "s", form.id, {first: asked.id})
    [block] = closed_tables.blocks(closed_tables.counted(bench, "fi"), False, False, LOOK)
    told = "Kysymys 3.3 esitettiin niille, jotka vastasivat ”kyllä” kysymykseen 3.2"
    assert (told in block.table.note) is missing
    [printed] = reporting.report(bench, "fi", [Section.CLOSED]).tables()
    assert (told in printed.note) is missing


def only(comparisons):
    [comparison] = comparisons
    return comparison


def test_two_rounds_stand_side_by_side_with_what_must_be_kept_in_mind(bench):
    before = a_file(bench, "b", "asiakas", [0, 0, 1])
    after = a_file(bench, "a", "asiakas", [2, 2, 1], first=1)
    bound(bench, ("b", before), ("a", after))
    for source, name in (("b", "Alku"), ("a", "Loppu")):
        rounds.gathered_in(bench, source, rounds.put_round(bench, name).id)
    found = closed_tables.counted(bench, "en")
    comparison = only(closed_comparing.comparisons(found))
    table = closed_comparing.table(found, comparison, shares=True)
    assert isinstance(table, Table)
    assert numbers(table) == [
        ["asiakas, Alku", 2, 1, 0, 3, 0, 0],
        ["asiakas, Loppu", 0, 1, 2, 3, 0, 0],
    ]
    assert table.rows[1].cells[3].suffix == " (67 %)"
    told = " ".join(table.warnings)
    assert "Rounds show" in told
    assert "n = 3" in told
    assert "drawn by lot" not in told


def test_a_scale_of_seven_steps_stands_on_an_upright_page_as_its_bars_do(bench):
    scale = tuple(str(step) for step in range(1, 8))
    for n, (source, name) in enumerate((("b", "Alku"), ("a", "Loppu"))):
        a_file(bench, source, "asiakas", [0, 6, 3], scale, first=n)
        rounds.gathered_in(bench, source, rounds.put_round(bench, name).id)
    found = closed_tables.counted(bench, "fi")
    table = closed_comparing.table(found, only(closed_comparing.comparisons(found)), shares=True)
    assert len(table.columns) == 1 + 7 + 3
    assert not table.wide


def test_comparison_clients_asked_on_another_form_are_set_beside_the_clients(bench):
    hb = a_file(bench, "h", "asiakas", [2, 2])
    worded = ("1 = eri mieltä", "2 = samaa mieltä", "3 = samaa mieltä")
    other = a_file(bench, "v", "verrokki", [0, 2], worded, "Sain tarpeeksi tietoa", 1)
    found = closed_tables.counted(bench, "en")
    assert closed_comparing.comparisons(found) == []
    bound(bench, ("h", hb), measure="tieto")
    row = FormItemRow(
        "Sain tarpeeksi tietoa", AskedAs.LIKERT5, "7", options=worded, measure="Tieto"
    )
    [form] = instruments.define(bench, [FormRow("Verrokkikysely", (row,))])
    asked = instruments.sheet(bench, form.id).items[0]
    form_links.link(bench, "v", form.id, {other: asked.id})
    found = closed_tables.counted(bench, "en")
    table = closed_comparing.table(found, only(closed_comparing.comparisons(found)), shares=False)
    assert numbers(table) == [["asiakas", 0, 0, 2, 2, 0, 0], ["verrokki", 1, 0, 1, 2, 0, 0]]
    told = " ".join(table.warnings)
    assert "drawn by lot" in told
    assert "not worded alike" in told
    assert "Sain tarpeeksi tietoa" in told
    found = closed_tables.counted(bench, "fi")
    told = " ".join(closed_comparing.caveats(found, only(closed_comparing.comparisons(found))))
    assert "”Sain tarpeeksi tietoa”" in told, "quoted as the language quotes"


def test_an_address_that_a_browser_made_up_asks_nothing(bench):
    for made_up in ((), ("",), ("[]",), (json.dumps([["q"], "g", "kiva", None]),)):
        assert closed_tables.query_of(made_up) is None


def test_what_stands_side_by_side_is_printed_with_every_number_traceable(bench):
    before = a_file(bench, "b", "asiakas", [0, 0, 1])
    after = a_file(bench, "a", "asiakas", [2, 2, 1], first=1)
    bound(bench, ("b", before), ("a", after))
    for source, name in (("b", "Alku"), ("a", "Loppu")):
        rounds.gathered_in(bench, source, rounds.put_round(bench, name).id)
    report = reporting.report(bench, "fi", [Section.SIDES])
    [printed] = report.tables()
    found = closed_tables.counted(bench, "fi")
    comparison = only(closed_comparing.comparisons(found))
    assert numbers(printed) == numbers(closed_comparing.table(found, comparison, shares=False))
    assert untraceable(report) == []
    [figure] = report.figures()
    numbered = [cell for row in printed.rows for cell in row.cells[1:4]]
    assert list(figure.opens.values()) == [cell.evidence for cell in numbered]
    assert any("Kierrokset" in told for told in printed.warnings)
    assert reporting.report(bench, "fi", [Section.CROSS]).tables() == []
