"""Cross-tables and triangulation in the report, and the guard that holds in each file. Invented."""

from __future__ import annotations

import io
import itertools
import json
import re

import docx
import openpyxl
import pytest

from qualcode.domain.categories import Level
from qualcode.exports.report import untraceable
from qualcode.store.cross_query import Near
from qualcode.workbench import (
    categorising,
    coding,
    cross_tables,
    meeting_tables,
    reducing,
    reporting,
    table_files,
)
from qualcode.workbench.report_parts.crossed import CODES_AT_ONCE, Cross
from qualcode.workbench.reporting import Choices, Section
from tests.report_builders import eleven_clients, small_study

RARE = {"itä", "länsi", "etelä", "mies", "muu"}
"""Values that too few of the eleven have to be told."""


@pytest.fixture
def eleven():
    """Eleven clients from four areas; two categories, in which few of some areas stand."""
    bench = eleven_clients()
    for name, told in (("valinta", (0, 1, 2, 5, 9)), ("itse", (0, 1, 2, 3, 5, 6, 7))):
        made = [reducing.reduce(bench, f"d{n}", 0, 16, name).id for n in told]
        categorising.add(bench, name.title(), Level.SUBCATEGORY, reductions=[made[0]])
    return bench


def everything(bench, **choices):
    chosen = Choices(cross=tuple(Cross), backgrounds=("alue", "sukupuoli"), **choices)
    return reporting.report(bench, "fi", list(Section), chosen)


def background(report):
    return [table for table in report.tables() if table.key.startswith("by_background")]


def possible(n, total, shown):
    """All the ways in which the row may have been counted, for one who has the table only."""
    ranges = [
        range(limit + 1) if cell is None else [cell] for limit, cell in zip(n, shown, strict=True)
    ]
    return [found for found in itertools.product(*ranges) if sum(found) == total]


def grids_of_word(data):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(data)).tables
    ]


def grids_of_excel(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    ]


def grids_of_html(data):
    page = data.decode()
    return [
        [
            [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)
        ]
        for table in re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    ]


FILES = {
    "word": (reporting.as_word, grids_of_word),
    "excel": (reporting.as_excel, grids_of_excel),
    "html": (reporting.as_html, grids_of_html),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("alone", [False, True])
def test_no_number_of_few_people_can_be_counted_from_any_file(eleven, kind, alone):
    write, read = FILES[kind]
    if alone:
        made = meeting_tables.by_background(eleven, "fi", "alue", "asiakas")
        report = table_files.report(eleven, [made.table], "fi")
    else:
        report = everything(eleven, appendix=True)
    grids = read(write(report))
    assert not RARE & {cell for grid in grids for row in grid for cell in row}
    [grid] = [grid for grid in grids if any("Vastaajia (n)" in row for row in grid)]
    start = next(n for n, row in enumerate(grid) if "Vastaajia (n)" in row)
    n = [int(cell) for cell in grid[start][1:3]]
    lines = [row for row in grid[start + 1 :] if len(row) > 3 and row[3].isdigit()]
    assert [row[0].strip() for row in lines] == ["Valinta", "Itse"]
    for row in lines:
        shown = [None if cell == "–" else int(cell) for cell in row[1:3]]
        ways = possible(n, int(row[3]), shown)
        for at, cell in enumerate(shown):
            assert cell is None or cell >= 3
            assert cell is not None or len({way[at] for way in ways}) > 1
    # The second (4 and 3) has no small number, but were rows of such a total hidden only when they
    # have one, being hidden would tell that they have.
    assert [row[1:4] for row in lines] == [["–", "–", "5"], ["–", "–", "7"]]


def test_the_files_do_not_list_who_is_behind_a_number_of_background(eleven):
    report = everything(eleven, appendix=True)
    [guarded] = background(report)
    assert not any(cell.evidence for row in guarded.rows for cell in row.cells)
    page = reporting.as_html(report).decode()
    section = page[page.index('id="k-by-background"') :]
    assert "data-e" not in section[: section.index("</section>")]
    told = json.loads(re.search(r'id="evidence">(.*?)</script>', page, re.DOTALL)[1])
    assert told
    values = RARE | {"pohjoinen", "nainen"}
    assert not values & set(re.findall(r"\w+", str(told)))
    numbers = next(table for table in report.tables() if table.key == "appendix_numbers")
    label = f"Taulukko {report.numbers()[guarded.key]}"
    assert label not in {row.cells[0].value for row in numbers.rows}


def test_every_other_number_of_the_sections_opens_what_it_counts():
    bench = small_study()
    codes = [coding.add_code(bench, f"koodi {n}").id for n in range(CODES_AT_ONCE + 1)]
    coding.code(bench, "d0", 0, 4, codes[0])
    coding.code(bench, "d0", 2, 6, codes[-1])
    report = everything(bench)
    keys = [table.key for table in report.tables() if table.section in ("cross", "triangulation")]
    assert keys == [
        "by_themes", "by_codes_1", "by_codes_2", "codes_by_codes_1", "codes_by_codes_2",
        "by_stance", "triangulation",
    ]  # fmt: skip
    captions = [table.caption for table in report.tables() if table.key in keys]
    assert len(set(captions)) == len(captions), "a list of tables tells each from the others"
    assert untraceable(report) == []
    for table in report.tables():
        if table.key in keys:
            for row in table.rows:
                for cell in row.cells[1:]:
                    if isinstance(cell.value, int) and cell.value:
                        assert len(cell.evidence) == cell.value


def test_the_n_of_a_row_opens_also_what_meets_no_column(eleven):
    code = coding.add_code(eleven, "koodi").id
    coding.code(eleven, "d0", 0, 4, code)
    made = meeting_tables.by_codes(eleven, "fi", [code], Near.WORDS)
    [first, *_] = made.table.rows
    assert [cell.value for cell in first.cells] == ["Valinta", 1, 5]
    assert cross_tables.behind(eleven, made, first.cells[1].evidence, 0, 9).total == 1
    assert cross_tables.behind(eleven, made, first.cells[2].evidence, 0, 9).total == 5


def test_a_section_prints_only_the_tables_asked_for(eleven):
    chosen = Choices(cross=(), backgrounds=("alue",))
    report = reporting.report(eleven, "fi", [Section.CROSS], chosen)
    assert [table.key for table in report.tables()] == ["by_background"]
    assert Section.CROSS not in reporting.USUAL
    empty = reporting.report(eleven, "fi", [Section.CROSS], Choices(cross=(Cross.ORIGIN,)))
    assert empty.tables() == []
