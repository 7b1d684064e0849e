"""How a sheet of a workbook looks: its letters, columns, rows as high as their texts, its print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qualcode.exports.report import Column, Value

INK = "1D2B33"
TITLE = Font(name="Calibri", size=14, bold=True, color=INK)
CAPTION = Font(name="Calibri", size=11, bold=True, color=INK)
HEAD = Font(name="Calibri", size=10, bold=True, color=INK)
TEXT = Font(name="Calibri", size=10, color=INK)
NOTE = Font(name="Calibri", size=9, italic=True, color="59646B")
LINK = Font(name="Calibri", size=10, underline="single", color="0563C1")
HEAD_FILL = PatternFill("solid", start_color="E9EEF1")
GROUP_FILL = PatternFill("solid", start_color="F4F7F8")
HAIR = Border(bottom=Side(style="hair", color="A9B4BB"))
RULE = Border(bottom=Side(style="thin", color="8A9AA3"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CHARACTERS_A_CM = 5.2
_LINE = 13.0  # points
_HIGHEST = 400.0  # points; a workbook has no rows above 409
_LONGEST = 32_767  # characters that a cell of a workbook holds


def header(sheet: Worksheet, columns: Sequence[Column]) -> int:
    """Writes the column titles from row 3; the row that follows them."""
    at = 3
    if any(column.group for column in columns):
        for n, column in enumerate(columns, start=1):
            shown = n == 1 or columns[n - 2].group != column.group
            cell = put(sheet, at, n, column.group if shown else "", HEAD)
            cell.fill = HEAD_FILL
        at += 1
    for n, column in enumerate(columns, start=1):
        cell = put(sheet, at, n, column.title, HEAD, wrap=True)
        cell.fill, cell.border = HEAD_FILL, RULE
        longest = max((len(word) for word in column.title.split()), default=0)
        width = max(9.0, longest * 1.2 + 1, min(60.0, column.width * _CHARACTERS_A_CM))
        sheet.column_dimensions[get_column_letter(n)].width = width
    as_high_as_told(sheet, at, len(columns))
    return at + 1


def as_high_as_told(sheet: Worksheet, row: int, columns: int) -> None:
    """The row as high as its longest text needs: not every program finds that out by itself."""
    # Cell by cell: asked for a whole row, the library looks through the sheet for its width.
    cells = [sheet.cell(row=row, column=n) for n in range(1, columns + 1)]
    width = sheet.column_dimensions
    _high(sheet, row, max(_lines(cell.value, width[cell.column_letter].width) for cell in cells))


def told_across(
    sheet: Worksheet, row: int, columns: int, text: str, font: Font, width: float | None = None
) -> None:
    """A text over all the columns of what it belongs to, in as many lines as it needs.

    ``width`` in characters, where the columns are as wide as columns are by themselves.
    """
    put(sheet, row, 1, text, font, wrap=True)
    if columns > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    _high(sheet, row, _lines(text, width or width_of(sheet)))


def width_of(sheet: Worksheet) -> float:
    """How wide the columns that have a title are together, in characters."""
    return sum(column.width for column in sheet.column_dimensions.values())


def printed_on_a4(sheet: Worksheet, wide: bool, title_rows: int = 0) -> None:
    """One page wide, the first rows repeated on each."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if title_rows:
        sheet.print_title_rows = f"1:{title_rows}"


def _lines(value: object, width: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, math.ceil(len(line) * 1.1 / width)) for line in value.split("\n"))


def _high(sheet: Worksheet, row: int, lines: int) -> None:
    if lines > 1:
        sheet.row_dimensions[row].height = min(_HIGHEST, lines * _LINE + 3)


def put(
    sheet: Worksheet, row: int, column: int, value: Value, font: Font, wrap: bool = False
) -> SheetCell:
    """The cell with the value in it. Text is always text, whatever character it begins with."""
    cell: Any = sheet.cell(row=row, column=column)
    cell.font = font
    if wrap:
        cell.alignment = _WRAPPED
    _fill(cell, value)
    return cell


def put_alike(sheet: Worksheet, row: int, like: SheetCell | None, values: Sequence[Value]) -> Any:
    """A row of plain texts and numbers, all of one look; gives a cell that the next may be like.

    The look is taken as a whole: the library would look each part of it up for each cell.
    """
    for n, value in enumerate(values, start=1):
        if like is None:
            like = put(sheet, row, n, value, TEXT, wrap=True)
            like.border = HAIR
            continue
        cell: Any = sheet.cell(row=row, column=n)
        cell._style = copy(like._style)
        _fill(cell, value)
    as_high_as_told(sheet, row, len(values))
    return like


def _fill(cell: Any, value: Value) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    text = clean(value)[:_LONGEST]
    cell.value = text
    cell.data_type = TYPE_STRING
    # As if typed after an apostrophe: it stays text also when the cell is edited.
    cell.quotePrefix = text.startswith(("=", "+", "-", "@", "\t", "\r"))


def clean(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n"))
