"""The report as one HTML file: whole in itself, safe, every number with its answers."""

from __future__ import annotations

import json
import re

import pytest

from qualcode.domain.documents import Document
from qualcode.exports.evidence import Numbering
from qualcode.exports.report import RowKind, count, numbers_of
from qualcode.workbench import reporting
from qualcode.workbench.reporting import Choices, Section
from tests.report_builders import small_study


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


def test_references_are_written_short(report):
    numbering = Numbering(report)
    ids = [trace.id for trace in numbering.traces[:4]] + [numbering.traces[6].id]
    assert numbering.printed(ids) == "1–4, 7"
    assert numbering.ranges(ids) == "0-3,6"


def test_the_page_is_read_in_english_too():
    page = reporting.as_html(reporting.report(small_study(), "en")).decode()
    assert '<html lang="en">' in page and "Show more" in page
