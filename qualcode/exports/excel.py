"""The report as an Excel workbook: a sheet a table, so that numbers can be sorted and counted on.

Text that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qualcode.exports.advance import Advance, Told
from qualcode.exports.report import (
    Align,
    Column,
    Figure,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
    Value,
    caption_label,
)
from qualcode.exports.svg import as_png
from qualcode.texts import gettext_for

_INK = "1D2B33"
_TITLE = Font(name="Calibri", size=14, bold=True, color=_INK)
_CAPTION = Font(name="Calibri", size=11, bold=True, color=_INK)
_HEAD = Font(name="Calibri", size=10, bold=True, color=_INK)
_TEXT = Font(name="Calibri", size=10, color=_INK)
_NOTE = Font(name="Calibri", size=9, italic=True, color="59646B")
_LINK = Font(name="Calibri", size=10, underline="single", color="0563C1")
_HEAD_FILL = PatternFill("solid", start_color="E9EEF1")
_GROUP_FILL = PatternFill("solid", start_color="F4F7F8")
_HAIR = Border(bottom=Side(style="hair", color="A9B4BB"))
_RULE = Border(bottom=Side(style="thin", color="8A9AA3"))
_CHARACTERS_A_CM = 5.2
_LONGEST = 32_767  # characters that a cell of a workbook holds
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")


def write(report: Report, told: Told | None = None) -> bytes:
    """The report as the bytes of an .xlsx file. ``told`` hears how far it is."""
    return _Writer(report, told).write()


class _Writer:
    """One workbook being written."""

    def __init__(self, report: Report, told: Told | None) -> None:
        self.report = report
        self.advance = Advance(report, told)
        self.numbers = report.numbers()
        self._ = gettext_for(report.language)
        self.book = Workbook()
        self.names: set[str] = set()

    def write(self) -> bytes:
        self.book.properties.title = _clean(self.report.title)
        self.book.properties.creator = ""
        moment = datetime.fromisoformat(self.report.made_at).replace(tzinfo=None)
        self.book.properties.created = self.book.properties.modified = moment
        contents: Any = self.book.active
        contents.title = self._name(self._("Contents"))
        listed = [self._table(table) for table in self.report.tables()]
        listed += [self._figure(figure) for figure in self.report.figures()]
        sections = [b for b in self.report.blocks if isinstance(b, QuoteSection)]
        if any(section.quotes for section in sections):
            listed.append(self._quotes(sections))
        self._contents(contents, listed)
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    # --- sheets ----------------------------------------------------------------------------

    def _contents(self, sheet: Worksheet, listed: list[tuple[str, str]]) -> None:
        """The first sheet: every other sheet with its caption, as a link."""
        _put(sheet, 1, 1, self.report.title, _TITLE)
        if self.report.subtitle:
            _put(sheet, 2, 1, self.report.subtitle, _NOTE)
        for n, title in enumerate((self._("Sheet"), self._("What it holds")), start=1):
            cell = _put(sheet, 4, n, title, _HEAD)
            cell.fill, cell.border = _HEAD_FILL, _RULE
        for n, (name, caption) in enumerate(listed, start=5):
            cell = _put(sheet, n, 1, name, _LINK)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
            _put(sheet, n, 2, caption, _TEXT, wrap=True)
        sheet.column_dimensions["A"].width = 22
        sheet.column_dimensions["B"].width = 100
        sheet.freeze_panes = "A5"

    def _table(self, table: Table) -> tuple[str, str]:
        label = f"{caption_label(self.report.language)} {self.numbers[table.key]}"
        sheet = self.book.create_sheet(self._name(label))
        caption = f"{label}. {table.caption}"
        _put(sheet, 1, 1, caption, _CAPTION)
        first = _header(sheet, table.columns)
        for n, row in enumerate(table.rows, start=first):
            self._row(sheet, n, table, row)
            self.advance.step()
        below = first + len(table.rows)
        for n, text in enumerate((t for t in (table.note, *table.warnings) if t), start=1):
            _put(sheet, below + n, 1, text, _NOTE)
        sheet.freeze_panes = sheet.cell(row=first, column=1).coordinate
        _set_page(sheet, table, first - 1)
        return sheet.title, caption

    def _row(self, sheet: Worksheet, at: int, table: Table, row: Row) -> None:
        if row.kind is RowKind.GROUP:
            _put(sheet, at, 1, row.cells[0].value, _HEAD)
            for n in range(1, len(table.columns) + 1):
                sheet.cell(row=at, column=n).fill = _GROUP_FILL
            return
        for n, (column, value) in enumerate(zip(table.columns, row.cells, strict=True), start=1):
            strong = value.strong or row.kind is not RowKind.BODY
            cell = _put(sheet, at, n, value.value, _HEAD if strong else _TEXT, wrap=True)
            cell.border = _HAIR
            cell.alignment = Alignment(
                horizontal={Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}[
                    column.align
                ],
                vertical="top",
                wrap_text=True,
                indent=row.level if n == 1 else 0,
            )
            if value.suffix and isinstance(value.value, int):
                # The share is shown, the cell stays a number.
                cell.number_format = f'0"{value.suffix}"'.replace("%", "\\%").replace("\\%", "%")

    def _figure(self, figure: Figure) -> tuple[str, str]:
        label = f"{caption_label(self.report.language, figure=True)} {self.numbers[figure.key]}"
        sheet = self.book.create_sheet(self._name(label))
        caption = f"{label}. {figure.caption}"
        _put(sheet, 1, 1, caption, _CAPTION)
        picture = Image(io.BytesIO(as_png(figure.svg, 1400)))
        picture.width, picture.height = round(picture.width / 2), round(picture.height / 2)
        sheet.add_image(picture, "A3")
        _put(sheet, 2, 1, figure.alt, _NOTE)
        return sheet.title, caption

    def _quotes(self, sections: Sequence[QuoteSection]) -> tuple[str, str]:
        """The quote bank: every quote with its category, source and reductions."""
        sheet = self.book.create_sheet(self._name(self._("Quotes")))
        caption = self._("Quotes under the headings of the categories")
        _put(sheet, 1, 1, caption, _CAPTION)
        columns = (
            Column(self._("Category"), 7),
            Column(self._("Quote"), 12),
            Column(self._("Reduced expression"), 7),
            Column(self._("Source"), 5),
        )
        at = _header(sheet, columns)
        sheet.freeze_panes = sheet.cell(row=at, column=1).coordinate
        for section in sections:
            for quote in section.quotes:
                row = (section.heading, quote.text, "\n".join(quote.reductions), quote.source)
                for n, value in enumerate(row, start=1):
                    _put(sheet, at, n, value, _TEXT, wrap=True).border = _HAIR
                at += 1
        return sheet.title, caption

    def _name(self, wished: str) -> str:
        """A sheet name that Excel takes: at most 31 characters, no brackets, each once."""
        plain = _FORBIDDEN_IN_NAME.sub(" ", _clean(wished)).strip()[:31] or "-"
        name, n = plain, 2
        while name.casefold() in self.names:
            end = f" ({n})"
            name, n = plain[: 31 - len(end)] + end, n + 1
        self.names.add(name.casefold())
        return name


def _header(sheet: Worksheet, columns: Sequence[Column]) -> int:
    """Writes the column titles from row 3; the row that follows them."""
    at = 3
    if any(column.group for column in columns):
        for n, column in enumerate(columns, start=1):
            shown = n == 1 or columns[n - 2].group != column.group
            cell = _put(sheet, at, n, column.group if shown else "", _HEAD)
            cell.fill = _HEAD_FILL
        at += 1
    for n, column in enumerate(columns, start=1):
        cell = _put(sheet, at, n, column.title, _HEAD, wrap=True)
        cell.fill, cell.border = _HEAD_FILL, _RULE
        width = max(9.0, min(60.0, column.width * _CHARACTERS_A_CM))
        sheet.column_dimensions[get_column_letter(n)].width = width
    return at + 1


def _set_page(sheet: Worksheet, table: Table, header_row: int) -> None:
    """Prints on A4, one page wide, the titles repeated."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if table.wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{header_row}"


def _put(
    sheet: Worksheet, row: int, column: int, value: Value, font: Font, wrap: bool = False
) -> SheetCell:
    """The cell with the value in it. Text is always text, whatever character it begins with."""
    cell: Any = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        text = _clean(value)[:_LONGEST]
        cell.value = text
        cell.data_type = TYPE_STRING
        if text.startswith(("=", "+", "-", "@", "\t", "\r")):
            # As if typed after an apostrophe: it stays text also when the cell is edited.
            cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = font
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _clean(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n"))
