"""A workshop's running order on one page of Word: what begins when, what is asked, who does what.

Letters get smaller, down to what can still be read standing, so that a usual day fits on one page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

_WIDE, _HIGH = Cm(29.7), Cm(21.0)
_COLUMNS = (2.0, 1.6, 15.3, 4.0, 4.0)
"""Centimetres: begins, minutes, what, leads, records."""

_A_LINE = 92
"""Characters of a line in the wide column at ten points."""

_LINES_A_PAGE = 33


@dataclass(frozen=True)
class OrderLine:
    """A step or a table of one. ``is_table`` lines stand under their step."""

    name: str
    starts: str = ""
    minutes: str = ""
    questions: tuple[str, ...] = ()
    leads: str = ""
    records: str = ""
    is_table: bool = False


@dataclass(frozen=True)
class RunningOrder:
    title: str
    subtitle: str
    headings: tuple[str, str, str, str, str]
    lines: tuple[OrderLine, ...]
    language: str


def write(order: RunningOrder) -> bytes:
    """The running order as a Word document, A4 across."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDE, _HIGH
    section.left_margin = section.right_margin = Cm(1.4)
    section.top_margin = section.bottom_margin = Cm(1.2)
    size = _size(order)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(size)
    normal.paragraph_format.space_after = Pt(0)
    title = document.styles["Title"]
    title.font.name, title.font.size = "Calibri", Pt(18)
    title.paragraph_format.space_after = Pt(0)
    document.core_properties.title, document.core_properties.author = order.title, ""
    document.add_paragraph(order.title, style="Title")
    if order.subtitle:
        document.add_paragraph(order.subtitle)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, order.headings, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    _repeated(table.rows[0])
    for line in order.lines:
        _row(table.add_row(), line)
    # LibreOffice follows the columns of the grid, Word those of the cells.
    for column, wide in zip(table.columns, _COLUMNS, strict=True):
        column.width = Cm(wide)
    for row in table.rows:
        for cell, wide in zip(row.cells, _COLUMNS, strict=True):
            cell.width = Cm(wide)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _row(row: Any, line: OrderLine) -> None:
    starts, minutes, what, leads, records = row.cells
    starts.text, minutes.text = line.starts, line.minutes
    leads.text, records.text = line.leads, line.records
    paragraph = what.paragraphs[0]
    paragraph.add_run(line.name).bold = not line.is_table
    if line.is_table:
        paragraph.paragraph_format.left_indent = Cm(0.5)
    for question in line.questions:
        asked = what.add_paragraph(f"– {question}")
        asked.paragraph_format.left_indent = Cm(1.0 if line.is_table else 0.5)
    _kept_whole(row)


def _size(order: RunningOrder) -> float:
    """The largest letters with which the page most likely holds everything."""
    for size in (11.0, 10.0, 9.0, 8.5):
        if _lines(order.lines, _A_LINE * 10 / size) <= _LINES_A_PAGE * 10 / size:
            return size
    return 8.0


def _lines(lines: Sequence[OrderLine], characters: float) -> float:
    return sum(
        1.15 + sum(1 + int(len(question) // characters) for question in line.questions)
        for line in lines
    )


def _repeated(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _kept_whole(row: Any) -> None:
    mark = OxmlElement("w:cantSplit")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
