"""The report as one HTML file: whole in itself, safe, every number with its answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent
from qualcode.exports.evidence import Numbering
from qualcode.exports.report import RowKind, count, numbers_of
from qualcode.workbench import reporting
from qualcode.workbench.quoting import rules
from qualcode.workbench.quoting.rules import QuoteRules
from qualcode.workbench.reporting import Choices, Section
from tests.builders import a_study
from tests.report_builders import small_study
from tests.workbench.test_closed_tables import a_file


@pytest.fixture(scope="module")
def report():
    return reporting.report(small_study(), "fi", list(Section), Choices(appendix=True))


@pytest.fixture(scope="module")
def page(report):
    return reporting.as_html(report).decode()


def evidence_in(page):
    (told,) = re.findall(r'id="evidence">(.*?)</script>', page, flags=re.S)
    return json.loads(told)


def test_it_fetches_nothing(page):
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "default-src 'none'" in page
    assert "@import" not in page and "url(" not in page


def test_every_counted_number_opens_as_many_answers_as_it_says(report, page):
    numbering, told = Numbering(report), evidence_in(page)
    looked_at = 0
    for _table, _row, _column, cell, counted in numbers_of(report):
        if not cell.value:
            continue
        places = numbering.ranges(cell.evidence)
        assert f'data-e="{places}">{cell.value}' in page
        ids = [report.traces[id] for id in cell.evidence]
        texts = {told[n][0] for n in numbering.numbers(cell.evidence)}
        assert texts == {trace.text for trace in ids}
        assert count(cell.evidence, counted, report.traces) == cell.value
        looked_at += 1
    assert looked_at > 20


def test_answers_are_shown_as_text_whatever_stands_in_them():
    bench = small_study()
    with bench.store.writing() as rows:
        document = rows.find(Document)[0]
        hostile = "</script><script>alert(1)</script>" + document.text
        rows.put(Document(**{**document.__dict__, "text": hostile}))
    page = reporting.as_html(reporting.report(bench, "fi", list(Section))).decode()
    assert "<script>alert" not in page


def test_tables_and_figures_have_anchors_and_the_contents_lead_to_them(report, page):
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page
    assert page.count("<table>") == len(report.tables())
    assert page.count("<figure ") == len(report.figures())


def test_the_appendix_names_the_references_of_every_row_with_numbers(report):
    tables = {table.key: table for table in report.tables()}
    rows = {
        (table.key, number)
        for table, number, _column, cell, _counted in numbers_of(report)
        if cell.evidence and not table.key.startswith("appendix")
    }
    assert len(tables["appendix_numbers"].rows) == len(rows)
    references = tables["appendix_references"].rows
    counted = {
        id
        for _table, _row, _column, cell, _counted in numbers_of(report)
        for id in cell.evidence
        if report.traces[id].withheld is None
    }
    assert [row.cells[0].value for row in references] == [
        str(n) for n in range(1, len(counted) + 1)
    ]
    assert all(row.kind is RowKind.BODY for row in references)


def opened(page, mark):
    """What a part of a figure opens: the evidence as it is told."""
    [places] = re.findall(rf'data-e="([^"]*)"[^>]*>(?:<title>)?{re.escape(mark)}<', page)
    told = evidence_in(page)
    return [told[int(n)] for n in places.replace("-", ",").split(",")]


def test_a_bar_opens_what_its_number_opens_and_no_answer_tells_whose_it_is():
    bench = a_study()
    a_file(bench, "kysely", "asiakas", [0, 2, 2, 1, "en tiedä kumpi"])
    page = reporting.as_html(reporting.report(bench, "fi", [Section.CLOSED])).decode()
    bar = opened(page, "3 samaa mieltä: 2")
    assert bar == [["3 samaa mieltä", "asiakas", "1 Sain tietoa", "", 2]]
    assert "kysely1" not in page and "asiakas 1" not in page
    assert re.search(r'<td class="centre"><button type="button" data-e="[^"]+">2<', page)
    assert "en tiedä kumpi" in page


def test_an_answer_in_own_words_is_left_out_when_it_may_not_be_quoted():
    bench = a_study()
    a_file(bench, "kysely", "asiakas", [0, "en tiedä kumpi"])
    with bench.store.reading() as rows:
        people = rows.find(Respondent)
    with bench.act(Act.EDIT_RESPONDENT) as work:
        for person in people:
            work.put(replace(person, background={"lupa": "ei"}))
    rules.set_rules(bench, QuoteRules(consent="lupa", consented=("kyllä",)))
    page = reporting.as_html(reporting.report(bench, "fi", [Section.CLOSED])).decode()
    assert "en tiedä kumpi" not in page
    assert opened(page, "1 eri mieltä: 1")[0][0] == "1 eri mieltä"


def test_identifiers_asked_for_with_quotes_tell_nobody_behind_a_bar_of_closed_answers():
    bench = a_study()
    a_file(bench, "kysely", "asiakas", [0, 2, 2])
    choices = Choices(respondent_labels=True)
    page = reporting.as_html(reporting.report(bench, "fi", [Section.CLOSED], choices)).decode()
    bar = opened(page, "3 samaa mieltä: 2")
    assert [one[1] for one in bar] == ["asiakas"]
    assert "kysely1" not in page


def test_a_role_of_the_map_opens_its_evidence_and_one_without_is_no_button(page):
    roles = re.findall(r"<g ([^>]*)aria-label=\"([^\"]*)\"", page)
    assert roles
    for told, _name in roles:
        assert ("data-e=" in told) is ("tabindex" in told)
    assert any("data-e=" in told for told, _name in roles)


def test_references_are_written_short(report):
    numbering = Numbering(report)
    ids = [trace.id for trace in numbering.traces[:4]] + [numbering.traces[6].id]
    assert numbering.printed(ids) == "1–4, 7"
    assert numbering.ranges(ids) == "0-3,6"


def test_the_page_is_read_in_english_too():
    page = reporting.as_html(reporting.report(small_study(), "en")).decode()
    assert '<html lang="en">' in page and "Show more" in page
