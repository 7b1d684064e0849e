"""Writing a large report tells how far it is and ends at once when it is broken off. Invented."""

from __future__ import annotations

import io

import docx
import pytest
from openpyxl import load_workbook

from qualcode.exports import excel, word
from qualcode.exports.report import Cell, Column, Heading, Report, Row, Table

ROWS = 250


@pytest.fixture
def report():
    rows = tuple(Row((Cell(f"vastaus {n}"), Cell(n))) for n in range(ROWS))
    table = Table("t", "Vastaukset", (Column("Vastaus", 6.0), Column("n", 2.0)), rows)
    return Report("Keksitty", "fi", "2026-11-28T10:00:00+00:00", (Heading("Luku", 1), table))


@pytest.mark.parametrize("write", [word.write, excel.write])
def test_the_rows_are_told_and_the_file_is_the_same(report, write):
    told = []
    data = write(report, lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told][:2] == [100, 200]
    assert {whole for _, whole in told} == {ROWS + 1}
    if write is word.write:
        assert len(docx.Document(io.BytesIO(data)).tables[0].rows) == ROWS + 1
    else:
        assert load_workbook(io.BytesIO(data)).worksheets[1].max_row >= ROWS


@pytest.mark.parametrize("write", [word.write, excel.write])
def test_what_breaks_it_off_ends_the_writing(report, write):
    def stop(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(report, stop)
