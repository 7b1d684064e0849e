"""Rows as an Excel sheet that somebody goes on writing in: texts as texts, long ones wrapped."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 32_767  # characters that a cell of a workbook holds
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", start_color="E9EEF1")


def write(title: str, rows: Sequence[Sequence[object]], header: int) -> bytes:
    """An .xlsx file of one sheet; ``header`` is the number of its header row, from 1."""
    return write_sheets({title: rows}, header)


def write_sheets(sheets: Mapping[str, Sequence[Sequence[object]]], header: int) -> bytes:
    """An .xlsx file of these sheets, each with its header in the same row."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        name = _FORBIDDEN_IN_NAME.sub(" ", title)[:31].strip() or "1"
        _fill(book.create_sheet(name), rows, header)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]], header: int) -> None:
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            if value in (None, ""):
                continue
            cell = sheet.cell(number, at)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, int):
                cell.value = value
            else:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST]
                # What begins with an equals sign is somebody's words, not a formula.
                cell.data_type = TYPE_STRING
            if number == header:
                cell.font, cell.fill = _HEAD, _HEAD_FILL
            longest = max((len(line) for line in str(value).splitlines()), default=0)
            widths[at] = max(widths.get(at, 0), longest)
    for at, width in widths.items():
        sheet.column_dimensions[get_column_letter(at)].width = min(max(width + 2, 9), 48)
    sheet.freeze_panes = sheet.cell(header + 1, 1)
