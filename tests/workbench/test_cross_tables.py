"""Tables of categories and codes: the report's own numbers, each a way to its answers. Invented."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from qualcode.domain.categories import Level
from qualcode.exports.report import Table
from qualcode.store.answer_query import AnswerQuery
from qualcode.store.cross_query import Near
from qualcode.store.views import ReductionQuery
from qualcode.workbench import (
    categorising,
    coding,
    cross_tables,
    history,
    meeting_tables,
    reducing,
    reporting,
    table_chain,
    table_choices,
    table_files,
)
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.reporting import Section
from tests.report_builders import eleven_clients, small_study
from tests.workbench.test_reporting import with_consent


def shown(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in table.rows]


@pytest.fixture
def eleven():
    """Eleven clients, nine women; what each said of choosing, reduced and grouped."""
    bench = eleven_clients()
    for n in (0, 1, 2, 5, 9):
        reducing.reduce(bench, f"d{n}", 0, 16, "saa valita")
    with bench.store.reading() as rows:
        [found] = rows.reductions(all_reductions(), 0, 10).rows
    categorising.add(bench, "Valinnan vapaus", Level.SUBCATEGORY, reductions=[found.id])
    return bench


def all_reductions():

    return ReductionQuery()


def test_the_screen_counts_what_the_report_counts():
    bench = small_study()
    report = reporting.report(bench, "fi", [Section.SUMMARY, Section.CATEGORIES])
    printed = {table.key: table for table in report.tables()}
    on_screen = cross_tables.tree(bench, "fi")
    names = {row[0]: row[2:] for row in shown(on_screen.table)}
    of_report = {row[0]: row[2:] for row in shown(printed["categories"]) if row[0] in names}
    assert names == of_report
    summaries = cross_tables.summaries(bench, "fi")
    assert [shown(made.table) for made in summaries] == [
        shown(table) for table in report.tables() if table.key.startswith("summary")
    ]
    assert [made.table.caption for made in summaries] == [
        table.caption for table in report.tables() if table.key.startswith("summary")
    ]


def test_every_number_opens_what_it_counts():
    bench = small_study()
    for made in [cross_tables.tree(bench, "fi"), *cross_tables.summaries(bench, "fi")]:
        for row in made.table.rows:
            for column, cell in zip(made.table.columns, row.cells, strict=True):
                if isinstance(cell.value, int) and cell.value:
                    found = cross_tables.behind(bench, made, cell.evidence, 0, 100)
                    people = {one.respondent_id for one in found.rows} - {None}
                    of = {"respondents": len(people), "mentions": found.total}
                    assert cell.value == of[column.counted.value]


def test_the_reading_view_is_asked_for_the_same_texts():
    bench = small_study()
    [clients, *_] = cross_tables.summaries(bench, "fi")
    cell = clients.table.rows[0].cells[3]
    behind = cross_tables.behind(bench, clients, cell.evidence, 0, 100)
    conditions = cross_tables.conditions(clients, cell.evidence)
    with bench.store.reading() as rows:
        page = rows.answers(AnswerQuery(conditions=conditions), 0, 100)
    assert {row.document.id for row in page.rows} == {one.document_id for one in behind.rows}


def test_themes_told_as_one_stay_apart_in_the_coding():
    bench = small_study()
    apart = [shown(made.table) for made in cross_tables.summaries(bench, "fi")]
    table_choices.merge(bench, ["valinnanvapaus", "osallisuus"], "valta ja osallisuus")
    [clients, _workers] = cross_tables.summaries(bench, "fi")
    assert {row[0] for row in shown(clients.table)} == {"valta ja osallisuus"}
    assert sum(row[3] for row in shown(clients.table)) == sum(row[3] for row in apart[0])
    told = (
        "”valta ja osallisuus” yhdistää teemat valinnanvapaus, osallisuus, jotka koodauksessa "
        "ovat erillään."
    )
    assert told in clients.table.note
    report = reporting.report(bench, "fi", [Section.SUMMARY, Section.EXAMPLE])
    for table in report.tables():
        assert told in table.note
        assert table.rows[0].cells[0].value == "valta ja osallisuus"
    cell = clients.table.rows[0].cells[3]
    assert cross_tables.behind(bench, clients, cell.evidence, 0, 9).total == cell.value
    conditions = cross_tables.conditions(clients, cell.evidence)
    assert any(set(c.values) == {"valinnanvapaus", "osallisuus"} for c in conditions)
    history.undo(bench)
    assert [shown(made.table) for made in cross_tables.summaries(bench, "fi")] == apart


def test_told_apart_again_and_told_in_the_log():
    bench = small_study()
    table_choices.merge(bench, ["valinnanvapaus", "osallisuus"], "molemmat")
    table_choices.part(bench, "molemmat")
    assert table_choices.merged(bench.study()) == {}
    with bench.store.reading() as rows:
        parted, merged = rows.decisions(0, 2).rows
    assert act_sentence(merged, str) == "told 2 themes as “molemmat” in the tables"
    assert act_sentence(parted, str) == "told the themes of “molemmat” apart in the tables"
    with pytest.raises(table_choices.TooFewThemes):
        table_choices.merge(bench, ["osallisuus"], "yksin")


def test_one_man_among_eleven_does_not_show_anywhere(eleven):
    assert meeting_tables.by_background(eleven, "fi", "sukupuoli", "asiakas") is None
    table_choices.set_least(eleven, table_choices.OFF)
    open_table = meeting_tables.by_background(eleven, "fi", "sukupuoli", "asiakas").table
    assert shown(open_table)[1] == ["Valinnan vapaus", 1, 0, 4, 5]
    assert "tunnistettavissa" in open_table.note


def test_few_people_are_counted_together_and_a_total_does_not_tell_them(eleven):
    made = meeting_tables.by_background(eleven, "fi", "alue", "asiakas")
    titles = [column.title for column in made.table.columns]
    # itä 1 and länsi 1 are not three people even together: etelä joins them.
    assert titles == ["Luokka", "pohjoinen", "muut", "Kaikki"]
    assert shown(made.table) == [
        ["Vastaajia (n)", 5, 6, 11],
        ["Valinnan vapaus", "–", "–", 5],
    ]
    assert not any(cell.evidence for cell in made.table.rows[1].cells[1:3])
    reducing.reduce(eleven, "d6", 0, 16, "saa valita")
    more = meeting_tables.by_background(eleven, "fi", "alue", "asiakas", shares=True)
    assert [c.text("fi") for c in more.table.rows[1].cells] == [
        "Valinnan vapaus", "3 (60 %)", "3 (50 %)", "6",
    ]  # fmt: skip
    cell = more.table.rows[1].cells[2]
    behind = cross_tables.behind(eleven, more, cell.evidence, 0, 9)
    assert [one.respondent_id for one in behind.rows] == ["r5", "r6", "r9"]


def test_word_and_excel_are_guarded_as_the_screen_is(eleven):
    made = meeting_tables.by_background(eleven, "fi", "alue", "asiakas")
    document = docx.Document(io.BytesIO(table_files.as_word(eleven, [made.table], "fi")))
    [table] = document.tables
    assert [cell.text for cell in table.rows[-1].cells] == ["Valinnan vapaus", "–", "–", "5"]
    everything = "\n".join(p.text for p in document.paragraphs)
    assert "Luokat taustan mukaan: alue (asiakas, n = 11)" in everything
    assert "alle 3 vastaajaa" in everything
    book = openpyxl.load_workbook(io.BytesIO(table_files.as_excel(eleven, [made.table], "fi")))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not values & {"itä", "länsi", "etelä"}
    assert "–" in values


def test_codes_that_meet_have_the_rows_n_and_keep_the_codebooks_order(eleven):
    codes = [coding.add_code(eleven, name).id for name in ("osallisuus", "kuuleminen", "päätös")]
    for n in (0, 1):
        coding.code(eleven, f"d{n}", 0, 16, codes[2])
    coding.code(eleven, "d0", 5, 16, codes[0])
    coding.code(eleven, "d1", 0, 4, codes[0])
    coding.code(eleven, "d2", 0, 4, codes[0])
    table = meeting_tables.codes_by_codes(eleven, "fi", codes, codes, shares=True).table
    assert [[cell.text("fi") for cell in row.cells] for row in table.rows] == [
        ["osallisuus", "", "0", "2 (67 %)", "3"],
        ["kuuleminen", "0", "", "0", "0"],
        ["päätös", "2 (100 %)", "0", "", "2"],
    ]
    near = meeting_tables.by_codes(eleven, "fi", codes, Near.ANSWER).table
    assert shown(near) == [["Valinnan vapaus", 3, 0, 2, 5]]


def test_a_file_of_table_1_has_the_words_that_may_be_printed_only():
    bench = small_study()
    with_consent(bench, "2222-3")
    asked = table_chain.Asked(each=None)
    read = table_chain.page(bench, "fi", asked, 0, 100).table
    file = table_chain.page(bench, "fi", asked, 0, 100, printed=True).table
    said = "Valitsin naapurikunnan yrityksen."
    assert said in str(shown(read)) and said not in str(shown(file))
    assert "[jätetty pois: ei suostumusta lainaamiseen]" in str(shown(file))
    assert "Sain itse valita, kuka minua auttaa." in str(shown(file))


def test_table_1_goes_on_page_by_page_with_roles():
    bench = small_study()
    report = reporting.report(bench, "fi", [Section.CHAIN])
    [printed] = report.tables()
    whole = table_chain.page(bench, "fi", table_chain.Asked(each=None), 0, 100)
    texts = sorted(row[1] for row in shown(printed))
    assert sorted(row[1] for row in shown(whole.table)) == texts
    first = table_chain.page(bench, "fi", table_chain.Asked(each=None), 0, 2)
    rest = table_chain.page(bench, "fi", table_chain.Asked(each=None), 2, 100)
    assert first.total == rest.total == len(texts)
    assert shown(first.table) + shown(rest.table) == shown(whole.table)
    by_text = {row[1]: row[-2:] for row in shown(printed)}
    assert {row[1]: row[-2:] for row in shown(whole.table)} == by_text
