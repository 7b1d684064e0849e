"""Quotes are chosen for the report, checked by a person, and never lose their original."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import NamedTuple

import openpyxl
import pytest

from qualcode.domain.categories import Level
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Segment, Source, SourceKind
from qualcode.domain.errors import ChangedMeanwhile
from qualcode.domain.quotes import ChosenQuote, DoubtKind, NotTheirWords
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, coding, history, reducing, segment_acts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.quoting import bank, checking, choosing, export, rules
from qualcode.workbench.quoting.checking import MayNotBeQuoted
from qualcode.workbench.quoting.choosing import NothingSaid, NotThere
from qualcode.workbench.quoting.people import People, people
from qualcode.workbench.quoting.rules import QuoteRules
from tests.builders import DAY, a_respondent, a_study, an_answer, bring_in, everything, with_codes

MAN = {"sukupuoli": "mies", "lupa": "kyllä"}
WOMAN = {"sukupuoli": "nainen", "lupa": "kyllä"}
CONSENT = QuoteRules(consent="lupa", consented=("kyllä",))


class Made(NamedTuple):
    bench: Workbench
    sub: str
    main: str


@pytest.fixture
def study():
    """Eleven clients, one of them a man and one without consent; the first three are reduced, and
    two of these placed."""
    bench = a_study()
    backgrounds = [MAN, {**WOMAN, "lupa": "ei"}, *([WOMAN] * 9)]
    everyone = [a_respondent(f"r{n}", "asiakas", b, n) for n, b in enumerate(backgrounds)]
    texts = [f"Vastaus {n}: Liisa auttoi." for n in range(11)]
    bring_in(
        bench,
        *everyone,
        *(an_answer(t, f"d{n}", f"r{n}", position=n) for n, t in enumerate(texts)),
    )
    made = [reducing.reduce(bench, f"d{n}", 0, 24, f"sai apua {n}").id for n in range(3)]
    sub = categorising.add(bench, "Apu", Level.SUBCATEGORY, reductions=made[:2])
    main = categorising.add(bench, "Tuki", Level.MAIN_CATEGORY, categories=[sub.id])
    return Made(bench, sub.id, main.id)


def segment(bench, n):
    with bench.store.reading() as rows:
        return rows.find(Segment, document_id=f"d{n}")[0].id


def quote(bench, id):
    with bench.store.reading() as rows:
        return rows.get(ChosenQuote, id)


def newest(bench):
    with bench.store.reading() as rows:
        return act_sentence(rows.decisions(0, 1).rows[0], gettext_for("fi"))


def bank_of(bench, query=None, names=None):
    _ = gettext_for("fi")
    with bench.store.reading() as rows:
        everyone = people(rows, rules.rules(bench.study()), _)
        asked = ExpressionQuery(quotes=query or QuoteQuery())
        tree = categorising.tree_of(rows)
        return bank.browse(rows, tree, everyone, asked, 0, 20, "fi", names).rows


def test_a_quote_gets_the_category_of_its_reduction_as_heading(study):
    choosing.choose(study.bench, [segment(study.bench, 0)])
    assert quote(study.bench, segment(study.bench, 0)).category_id == study.sub
    assert newest(study.bench) == (
        "valitsi raporttiin sitaatin ”Vastaus 0: Liisa auttoi.” luokkaan ”Apu”"
    )


def test_a_quote_may_stand_under_a_category_above_its_own_and_under_no_other(study):
    choosing.choose(study.bench, [segment(study.bench, 0)], study.main)
    assert quote(study.bench, segment(study.bench, 0)).category_id == study.main
    with pytest.raises(NotThere):
        choosing.choose(study.bench, [segment(study.bench, 2)], study.main)


def test_what_nobody_has_coded_or_reduced_is_no_quote(study):
    with study.bench.store.writing() as rows:
        rows.put(Segment("bare", "d5", 0, 7))
    with pytest.raises(NothingSaid):
        choosing.choose(study.bench, ["bare"])


def test_quotes_are_printed_in_the_order_they_are_put_in(study):
    one, two = segment(study.bench, 0), segment(study.bench, 1)
    choosing.choose(study.bench, [one, two])
    choosing.move(study.bench, two, study.sub, before=one)
    with study.bench.store.reading() as rows:
        assert [q.id for q in choosing.in_order(rows, study.sub)] == [two, one]
    choosing.move(study.bench, two, study.main)
    with study.bench.store.reading() as rows:
        assert [q.id for q in choosing.in_order(rows, study.main)] == [two]


def test_choosing_editing_and_checking_can_each_be_taken_back(study):
    bench, id = study.bench, segment(study.bench, 0)
    looks = [everything(bench.store)]
    choosing.choose(bench, [id])
    looks.append(everything(bench.store))
    checking.edit(bench, id, "Vastaus 0: [nimi] auttoi.", "nimi pois", quote(bench, id))
    looks.append(everything(bench.store))
    checking.check(bench, [id])
    looks.append(everything(bench.store))
    choosing.leave(bench, [id])
    for before in reversed(looks):
        history.undo(bench)
        assert everything(bench.store) == before


def test_an_edit_keeps_the_original_and_takes_the_check_off(study):
    bench, id = study.bench, segment(study.bench, 0)
    choosing.choose(bench, [id])
    checking.check(bench, [id])
    assert quote(bench, id).checked_by == "Maija"
    checking.edit(bench, id, "Vastaus 0: [nimi] auttoi.", "", quote(bench, id))
    assert not quote(bench, id).is_checked
    (row,) = bank_of(bench, QuoteQuery(chosen=True))
    assert (row.expression.text, row.shown) == (
        "Vastaus 0: Liisa auttoi.",
        "Vastaus 0: [nimi] auttoi.",
    )
    with pytest.raises(NotTheirWords):
        checking.edit(bench, id, "Vastaus 0: Maija auttoi.", "", quote(bench, id))


def test_an_edit_does_not_overwrite_anothers(study):
    bench, id = study.bench, segment(study.bench, 0)
    choosing.choose(bench, [id])
    seen = quote(bench, id)
    checking.edit(bench, id, "[---] auttoi.", "", seen)
    with pytest.raises(ChangedMeanwhile):
        checking.edit(bench, id, "Vastaus 0: [---]", "", seen)


def test_whoever_has_not_consented_is_not_printed(study):
    bench = study.bench
    ids = [segment(bench, 0), segment(bench, 1)]
    choosing.choose(bench, ids)
    rules.set_rules(bench, CONSENT)
    with pytest.raises(MayNotBeQuoted):
        checking.check(bench, ids)
    assert not quote(bench, ids[0]).is_checked
    checking.check(bench, ids[:1])
    by_doubt = {row.id: {d.kind for d in row.doubts} for row in bank_of(bench)}
    assert DoubtKind.NO_CONSENT in by_doubt[ids[1]]
    assert DoubtKind.NO_CONSENT not in by_doubt[ids[0]]


def test_one_man_among_eleven_is_told_and_a_woman_is_not(study):
    rows = bank_of(study.bench)
    rare = [[d.words for d in row.doubts if d.kind is DoubtKind.RARE] for row in rows]
    assert rare[0] == ["sukupuoli: mies (1/11)"]
    assert rare[2] == []


def test_background_that_readers_know_is_looked_at_together():
    backgrounds = [("mies", "vanha"), ("mies", "nuori"), ("mies", "nuori"), ("nainen", "vanha")]
    everyone = {
        f"r{n}": a_respondent(f"r{n}", "asiakas", {"sukupuoli": s, "ikä": i}, n)
        for n, (s, i) in enumerate(backgrounds)
    }
    together = People(everyone, QuoteRules(told=("sukupuoli", "ikä"), fewest=2))
    assert together.rare("r0") == "sukupuoli: mies, ikä: vanha (1/4)"
    assert together.rare("r1") == ""


def test_one_persons_share_of_the_quotes_is_told():
    everyone = {f"r{n}": a_respondent(f"r{n}", position=n) for n in range(4)}
    often = People(everyone, QuoteRules(share=50), {"r0": 5, "r1": 2, "r2": 1})
    assert [d.share for d in often.doubts("r0") if d.kind is DoubtKind.OFTEN_QUOTED] == [62]
    assert not any(d.kind is DoubtKind.OFTEN_QUOTED for d in often.doubts("r1"))


def test_names_and_contacts_are_looked_for_in_what_is_printed(study):
    bench, id = study.bench, segment(study.bench, 0)
    choosing.choose(bench, [id])

    def names(texts):
        return [["Liisa"] if "Liisa" in text else [] for text in texts]

    kinds = [d.kind for d in bank_of(bench, QuoteQuery(chosen=True), names)[0].doubts]
    assert DoubtKind.NAME in kinds
    checking.edit(bench, id, "Vastaus 0: [nimi] auttoi.", "", quote(bench, id))
    kinds = [d.kind for d in bank_of(bench, QuoteQuery(chosen=True), names)[0].doubts]
    assert DoubtKind.NAME not in kinds
    assert [d.words for d in bank.in_text("Soita 040 123 4567")] == ["040 123 4567"]


def test_a_quote_goes_with_the_last_thing_that_was_said_of_it_and_comes_back_with_it(study):
    bench, id = study.bench, segment(study.bench, 0)
    choosing.choose(bench, [id])
    before = everything(bench.store)
    with bench.store.reading() as rows:
        (link,) = rows.find(ReductionLink, segment_id=id)
    reducing.unlink(bench, link.id)
    assert quote(bench, id) is None
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_quote_follows_its_passage_and_is_checked_anew(study):
    bench = study.bench
    (code,) = with_codes(bench, "Apu")
    mark = coding.code(bench, "d7", 0, 9, code)
    choosing.choose(bench, [mark.segment_id])
    checking.check(bench, [mark.segment_id])
    segment_acts.stretch(bench, mark.id, 0, 24)
    with bench.store.reading() as rows:
        moved = rows.get(Coding, mark.id).segment_id
        (kept,) = rows.find(ChosenQuote)
    assert kept.id == moved and not kept.is_checked


def test_a_quote_whose_category_is_gone_is_printed_where_its_expression_is(study):
    bench, id = study.bench, segment(study.bench, 0)
    choosing.choose(bench, [id], study.main)
    categorising.remove(bench, [study.main])
    (row,) = bank_of(bench, QuoteQuery(chosen=True))
    assert row.heading == study.sub


def test_a_row_of_the_bank_tells_all_one_needs_to_choose(study):
    row = bank_of(study.bench)[0]
    assert row.speaker == "asiakas 1"
    assert row.reductions == ("sai apua 0",)
    assert list(row.headings.values()) == ["Apu", "Tuki"]
    with study.bench.store.reading() as rows:
        assert rows.count(ReducedExpression) == 3


def test_the_origin_of_a_quote_is_told_once_there_are_several(study):
    assert [row.origin for row in bank_of(study.bench)] == ["", "", ""]
    [table] = export.report(study.bench, ExpressionQuery()).tables()
    assert "Alkuperä" not in [column.title for column in table.columns]
    note = Document("n1", "paja", "Kiire painaa", position=20, attributes={"table": "Pöytä 2"})
    bring_in(study.bench, Source("paja", "laput", "p", SourceKind.WORKSHOP, DAY, "Maija"), note)
    reducing.reduce(study.bench, "n1", 0, 12, "on kiire")
    told = ["kysely", "kysely", "kysely", "työpaja: Pöytä 2"]
    assert [row.origin for row in bank_of(study.bench)] == told
    [table] = export.report(study.bench, ExpressionQuery()).tables()
    at = [column.title for column in table.columns].index("Alkuperä")
    assert [row.cells[at].value for row in table.rows] == told


def test_a_file_of_quotes_has_no_sheets_of_data_and_no_other_name_of_who_said_them(study):
    made = export.report(study.bench, ExpressionQuery(), labels=True)
    book = openpyxl.load_workbook(io.BytesIO(export.as_excel(made)))
    assert book.sheetnames == ["Sisällys", "Taulukko 1"]
    said = {str(value) for sheet in book for row in sheet.values for value in row}
    assert "asiakas, R0" in said and "asiakas 1" not in said


def test_whoever_reviews_gets_a_file_of_what_a_report_would_print(study):
    bench = study.bench
    ids = [segment(bench, n) for n in range(3)]
    choosing.choose(bench, ids)
    checking.edit(bench, ids[0], "Vastaus 0: [---] auttoi.", "", quote(bench, ids[0]))
    checking.check(bench, ids[:2])  # the second has not consented, which is told afterwards
    rules.set_rules(bench, CONSENT)
    reader = replace(bench, reviewing=True)
    [table] = export.report(reader, ExpressionQuery(), labels=True).tables()
    [row] = table.rows
    told = [cell.value for cell in row.cells]
    assert told[:2] == ["Vastaus 0: [---] auttoi.", "asiakas 1"]
    assert not any("Liisa" in str(value) or "R0" in str(value) for value in told)
