"""A table of a Word document: its widths, its frame, its header rows that repeat, its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from qualcode.exports import fonts
from qualcode.exports.fonts import syllable_breaks
from qualcode.exports.report import Align, Column, RowKind, Table
from qualcode.exports.word_styles import CELL_MARGIN, TABLE_STYLE
from qualcode.exports.word_xml import clean, sub

_SHADE = "E9EEF1"
_CM_OF_POINT, _TWIPS_OF_CM = 2.54 / 72, 567
_TITLE_SIZE = 8.5
# What stands in for Calibri where there is none may be this much wider than our figures' typeface.
_WIDEST_FONT = 1.36
_TEXT_NEEDS = 3.2
# In a column this narrow (twips), a word this long may be divided.
_NARROW, _LONG_WORD = 1750, 8


def fitted(table: Table, available: float) -> list[float]:
    """The widths of the columns, in centimetres, which together take all there is.

    They are as the table asks for, but no word of a title and no share is cut: what is missing is
    taken from columns that have more than they need, each in proportion to what it can spare.
    """
    total = sum(column.width for column in table.columns)
    asked = [column.width / total * available for column in table.columns]
    titles = [[column.title] for column in table.columns]
    for row in table.rows:
        if row.kind is RowKind.LABELS:
            for named, cell in zip(titles, row.cells, strict=True):
                named.append(str(cell.value or ""))
        elif row.kind is not RowKind.GROUP:
            for named, cell in zip(titles, row.cells, strict=True):
                if cell.suffix:  # a share, which is not broken off from its per cent sign
                    named.append(cell.suffix.strip().replace(" ", "."))
    needed = [max(_needed(title) for title in named) for named in titles]
    for n, column in enumerate(table.columns):
        if column.align is Align.LEFT:  # of running text, which is not to become a thread
            needed[n] = max(needed[n], min(asked[n], _TEXT_NEEDS))
    missing = sum(max(0.0, need - width) for need, width in zip(needed, asked, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needed, asked, strict=True))
    given = min(missing, spare)
    if not given:
        return asked
    return [
        width + (need - width) * given / (missing if need > width else spare)
        for need, width in zip(needed, asked, strict=True)
    ]


def _needed(title: str) -> float:
    """Centimetres for the longest piece of the title that is not divided."""
    pieces = [piece for part in _parts(title) for piece in part.split()]
    points = max((fonts.width(piece, _TITLE_SIZE, fonts.SEMIBOLD) for piece in pieces), default=0)
    return points * _WIDEST_FONT * _CM_OF_POINT + 2 * CELL_MARGIN / _TWIPS_OF_CM


def table_element(widths: list[int], caption: str) -> Any:
    """An empty table with columns of these widths (twips). The caption is what it is called by
    those who hear it."""
    element = OxmlElement("w:tbl")
    properties = sub(element, "w:tblPr")
    sub(properties, "w:tblStyle", val=TABLE_STYLE.replace(" ", ""))
    sub(properties, "w:tblW", w=sum(widths), type="dxa")
    sub(properties, "w:tblLayout", type="fixed")
    sub(properties, "w:tblLook", val="0000")
    sub(properties, "w:tblCaption", val=clean(caption))
    grid = sub(element, "w:tblGrid")
    for width in widths:
        sub(grid, "w:gridCol", w=width)
    return element


def header_rows(columns: Sequence[Column], widths: list[int]) -> list[Any]:
    """One header row, or two where neighbouring columns share a title. They repeat on each page."""
    grouped = any(column.group for column in columns)
    rows = []
    if grouped:
        upper = _header_row()
        n = 0
        while n < len(columns):
            end = n + 1
            while (
                columns[n].group and end < len(columns) and columns[end].group == columns[n].group
            ):
                end += 1
            upper.append(
                cell_element(
                    columns[n].group or columns[n].title,
                    sum(widths[n:end]),
                    span=end - n,
                    merge="" if columns[n].group else "restart",
                    align=Align.CENTRE if columns[n].group else columns[n].align,
                    **_HEADER,
                )
            )
            n = end
        rows.append(upper)
    lower = _header_row()
    for column, width in zip(columns, widths, strict=True):
        joined = grouped and not column.group
        lower.append(
            cell_element(
                "" if joined else column.title,
                width,
                merge="continue" if joined else "",
                align=column.align,
                **_HEADER,
            )
        )
    return [*rows, lower]


_HEADER: dict[str, Any] = {"shade": _SHADE, "keep": True, "style": "TableHeading"}


def _header_row() -> Any:
    row = OxmlElement("w:tr")
    properties = sub(row, "w:trPr")
    sub(properties, "w:cantSplit")
    sub(properties, "w:tblHeader")
    return row


def cell_element(
    text: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    align: Align = Align.LEFT,
    shade: str = "",
    indent: int = 0,
    bold: bool = False,
    italic: bool = False,
    keep: bool = False,
    language: str = "",
    style: str = "TableText",
) -> Any:
    """A cell with its text. ``merge``: "restart" begins one over several rows, "continue" adds."""
    # Built by hand: python-docx searches the whole table for every cell it gives out.
    cell = OxmlElement("w:tc")
    properties = sub(cell, "w:tcPr")
    sub(properties, "w:tcW", w=width, type="dxa")
    if span > 1:
        sub(properties, "w:gridSpan", val=span)
    if merge:
        sub(properties, "w:vMerge", val=merge)
    if shade:
        sub(properties, "w:shd", val="clear", color="auto", fill=shade)
    paragraph = sub(cell, "w:p")
    settings = sub(paragraph, "w:pPr")
    sub(settings, "w:pStyle", val=style)
    if keep:
        sub(settings, "w:keepNext")
    if indent:
        sub(settings, "w:ind", left=indent * 220)
    if align is not Align.LEFT:
        sub(settings, "w:jc", val={Align.RIGHT: "right", Align.CENTRE: "center"}[align])
    lines = clean(text).split("\n") if text else []
    for n, line in enumerate(lines):
        run = sub(paragraph, "w:r")
        look = sub(run, "w:rPr")
        if bold or italic:
            sub(look, "w:rStyle", val="Strong" if bold else "Emphasis")
        if bold and italic:
            sub(look, "w:i")
        if language:
            sub(look, "w:lang", val=language)
        if n:
            sub(run, "w:br")
        narrow = width / span < _NARROW
        for m, part in enumerate(_parts(line) if narrow else [line]):
            if m:
                sub(run, "w:softHyphen")
            written = sub(run, "w:t")
            written.text = part
            written.set(qn("xml:space"), "preserve")
    return cell


def _parts(line: str) -> list[str]:
    """The text cut where its long words may be divided: a narrow column has room for a part.

    A soft hyphen is no character of the text: it is not found by search, copied or read back.
    """
    parts = [""]
    for word in re.split(r"(\s+)", line):
        at = 0
        if len(word) > _LONG_WORD:
            for place in sorted(syllable_breaks(word)):
                if place - at >= 3 and len(word) - place >= 3:
                    parts[-1] += word[at:place]
                    parts.append("")
                    at = place
        parts[-1] += word[at:]
    return parts
