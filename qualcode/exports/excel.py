"""The report as an Excel workbook: a sheet a table, so that numbers can be sorted and counted on.

Last come, when they are asked for, the data behind the numbers: which answers each rests on, and
these as they may be told.

Text that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qualcode.exports.advance import Advance, Told
from qualcode.exports.evidence import REFERRED, Numbering, references
from qualcode.exports.excel_look import (
    CAPTION,
    GROUP_FILL,
    HAIR,
    HEAD,
    HEAD_FILL,
    LINK,
    NOTE,
    RULE,
    TEXT,
    TITLE,
    as_high_as_told,
    clean,
    header,
    printed_on_a4,
    put,
    put_alike,
    told_across,
    width_of,
)
from qualcode.exports.report import (
    Align,
    Column,
    Figure,
    Heading,
    Paragraph,
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

_UPRIGHT = 105  # characters on an upright page that can still be read
_COLUMNS_OF_FIGURE, _WIDTH_OF_FIGURE = 11, 95.0
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
        self.evidence = Numbering(report)
        self._ = gettext_for(report.language)
        self.book = Workbook()
        self.names: set[str] = set()

    def write(self) -> bytes:
        self.book.properties.title = clean(self.report.title)
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
        behind = self._behind() if self.report.data else []
        self._contents(contents, listed + behind, behind[-1][0] if behind else "")
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    # --- sheets ----------------------------------------------------------------------------

    def _contents(self, sheet: Worksheet, listed: list[tuple[str, str]], data: str) -> None:
        """The first sheet: every other sheet with its caption, as a link, and what is to be heeded.

        ``data`` is the sheet that holds answers, "" when there is none.
        """
        sheet.column_dimensions["A"].width = 22
        sheet.column_dimensions["B"].width = 100
        put(sheet, 1, 1, self.report.title, TITLE)
        if self.report.subtitle:
            put(sheet, 2, 1, self.report.subtitle, NOTE)
        if data:
            told = self._(
                "The sheet “{sheet}” holds answers: keep this workbook as you keep the material."
            ).format(sheet=data)
            told_across(sheet, 3, 2, told, NOTE)
        for n, title in enumerate((self._("Sheet"), self._("What it holds")), start=1):
            cell = put(sheet, 4, n, title, HEAD)
            cell.fill, cell.border = HEAD_FILL, RULE
        for n, (name, caption) in enumerate(listed, start=5):
            cell = put(sheet, n, 1, name, LINK)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
            put(sheet, n, 2, caption, TEXT, wrap=True)
        for n, text in enumerate(self._heeded(data), start=6 + len(listed)):
            told_across(sheet, n, 2, text, NOTE)
        sheet.freeze_panes = "A5"
        printed_on_a4(sheet, wide=True, title_rows=4)

    def _heeded(self, data: str) -> list[str]:
        """What is to be known of the tables, each with the part of the report it speaks of."""
        heeded, part = [], ""
        for block in self.report.blocks:
            if isinstance(block, Heading) and block.level == 1:
                part = block.text
            elif isinstance(block, Paragraph) and block.heed:
                heeded.append(f"{part} – {block.text}" if part else block.text)
        if self.report.data:
            left_out = self.evidence.left_out()
            heeded += [f"{data} – {text}" if data else text for text in left_out]
        return heeded

    def _table(self, table: Table) -> tuple[str, str]:
        if table.key == REFERRED:  # cut to what a printed cell holds: here nothing need be
            table = references(self.report, self.evidence, on_paper=False)
        label = f"{caption_label(self.report.language)} {self.numbers[table.key]}"
        sheet = self.book.create_sheet(self._name(label))
        caption = f"{label}. {table.caption}"
        first = header(sheet, table.columns)
        told_across(sheet, 1, len(table.columns), caption, CAPTION)
        for n, row in enumerate(table.rows, start=first):
            self._row(sheet, n, table, row)
            self.advance.step()
        below = first + len(table.rows)
        for n, text in enumerate((t for t in (table.note, *table.warnings) if t), start=1):
            told_across(sheet, below + n, len(table.columns), text, NOTE)
        sheet.freeze_panes = sheet.cell(row=first, column=1).coordinate
        printed_on_a4(sheet, table.wide or width_of(sheet) > _UPRIGHT, first - 1)
        return sheet.title, caption

    def _row(self, sheet: Worksheet, at: int, table: Table, row: Row) -> None:
        if row.kind is RowKind.GROUP:
            put(sheet, at, 1, row.cells[0].value, HEAD)
            for n in range(1, len(table.columns) + 1):
                sheet.cell(row=at, column=n).fill = GROUP_FILL
            return
        for n, (column, value) in enumerate(zip(table.columns, row.cells, strict=True), start=1):
            strong = value.strong or row.kind is not RowKind.BODY
            cell = put(sheet, at, n, value.value, HEAD if strong else TEXT, wrap=True)
            cell.border = HAIR
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
        as_high_as_told(sheet, at, len(table.columns))

    def _figure(self, figure: Figure) -> tuple[str, str]:
        label = f"{caption_label(self.report.language, figure=True)} {self.numbers[figure.key]}"
        sheet = self.book.create_sheet(self._name(label))
        caption = f"{label}. {figure.caption}"
        told_across(sheet, 1, _COLUMNS_OF_FIGURE, caption, CAPTION, _WIDTH_OF_FIGURE)
        picture = Image(io.BytesIO(as_png(figure.svg, 1400)))
        picture.width, picture.height = round(picture.width / 2), round(picture.height / 2)
        sheet.add_image(picture, "A3")
        told_across(sheet, 2, _COLUMNS_OF_FIGURE, figure.alt, NOTE, _WIDTH_OF_FIGURE)
        printed_on_a4(sheet, wide=True)
        return sheet.title, caption

    def _quotes(self, sections: Sequence[QuoteSection]) -> tuple[str, str]:
        """The quote bank: every quote with its category, source and reductions."""
        sheet = self.book.create_sheet(self._name(self._("Quotes")))
        caption = self._("Quotes under the headings of the categories")
        put(sheet, 1, 1, caption, CAPTION)
        columns = (
            Column(self._("Category"), 7),
            Column(self._("Quote"), 12),
            Column(self._("Reduced expression"), 7),
            Column(self._("Source"), 5),
        )
        at = header(sheet, columns)
        sheet.freeze_panes = sheet.cell(row=at, column=1).coordinate
        like = None
        for section in sections:
            for quote in section.quotes:
                row = (section.heading, quote.text, "\n".join(quote.reductions), quote.source)
                like = put_alike(sheet, at, like, row)
                at += 1
        printed_on_a4(sheet, wide=True, title_rows=3)
        return sheet.title, caption

    def _behind(self) -> list[tuple[str, str]]:
        """What the numbers were counted from: their references, and each of these with its text."""
        _, listed = self._, []
        referred = references(self.report, self.evidence, on_paper=False)
        if not referred.rows:
            return []
        printed = any(table.key == REFERRED for table in self.report.tables())
        if not printed:
            rows = [[cell.value for cell in row.cells] for row in referred.rows]
            listed.append(self._listing(_("References"), referred.caption, referred.columns, rows))
        columns = (
            Column(_("Reference"), 2.0),
            Column(_("Text"), 12.0),
            Column(_("Who"), 4.0),
            Column(_("Question"), 7.0),
            Column(_("Place in the material"), 5.0),
            Column(_("Stands for answers"), 2.4, Align.RIGHT),
        )
        rows = [[n, *told] for n, told in enumerate(self.evidence.told(), start=1)]
        caption = _("The answers that the numbers were counted from")
        note = " ".join(self.evidence.left_out())
        listed.append(self._listing(_("Data"), caption, columns, rows, note))
        return listed

    def _listing(
        self,
        name: str,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        note: str = "",
    ) -> tuple[str, str]:
        """A sheet of rows to filter and count on; ``note`` stands under its caption."""
        sheet = self.book.create_sheet(self._name(name))
        put(sheet, 1, 1, caption, CAPTION)
        at = header(sheet, columns)
        if note:
            told_across(sheet, 2, len(columns), note, NOTE)
        sheet.freeze_panes = sheet.cell(row=at, column=1).coordinate
        like = None
        for number, row in enumerate(rows, start=at):
            like = put_alike(sheet, number, like, row)
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A{at - 1}:{last}{at - 1 + len(rows)}"
        printed_on_a4(sheet, wide=True, title_rows=at - 1)
        return sheet.title, caption

    def _name(self, wished: str) -> str:
        """A sheet name that Excel takes: at most 31 characters, no brackets, each once."""
        plain = _FORBIDDEN_IN_NAME.sub(" ", clean(wished)).strip()[:31] or "-"
        name, n = plain, 2
        while name.casefold() in self.names:
            end = f" ({n})"
            name, n = plain[: 31 - len(end)] + end, n + 1
        self.names.add(name.casefold())
        return name
