"""The tables of a Word document as sheets of cells, and the text around them as a sheet of lines.

Facilitators draw a SWOT in Word as a table of two by two. Its cells are read like those of Excel.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from qualcode.domain.errors import DamagedFile
from qualcode.readers.files import without_control_characters
from qualcode.readers.tables import MergedArea, RowCollector, Sheet, Workbook
from qualcode.readers.xlsx_pictures import told

TEXT = "¶"
"""How the sheet of the text is called. A table has its number: Word gives no names."""


def read_docx_tables(data: bytes, file: str) -> Workbook | None:
    """A sheet a table, in order, and the text outside them last; None when there is no table.

    Raises DamagedFile when the file cannot be opened as a Word document.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        tables = [_sheet(table, n, file) for n, table in enumerate(document.tables, start=1)]
        outside = [(paragraph.text, _is_drawn(paragraph)) for paragraph in document.paragraphs]
    except (OpcError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise DamagedFile(file=file, what=str(error) or type(error).__name__) from error
    if not tables:
        return None
    return Workbook(file, (*tables, _lines(outside, file)))


def _sheet(table: Table, number: int, file: str) -> Sheet:
    name = str(number)
    collector = RowCollector(file, name)
    seen: dict[Any, tuple[int, int]] = {}
    areas: dict[tuple[int, int], tuple[int, int]] = {}
    pictures: list[tuple[int, int]] = []
    for at, row in enumerate(table.rows, start=1):
        cells = []
        for column, cell in enumerate(row.cells):
            first = seen.setdefault(cell._tc, (at, column))
            areas[first] = (at, column)
            # A joined cell is given once for each place that it covers; its words stand once.
            cells.append(_text(cell) if first == (at, column) else "")
            if first == (at, column) and any(map(_is_drawn, cell.paragraphs)):
                pictures.append(first)
        collector.add(at, cells)
    merged = tuple(MergedArea(*first, *last) for first, last in areas.items() if first != last)
    rows, problems = collector.even_rows(), tuple(told(pictures, name))
    return Sheet(name, rows, collector.numbers, file, merged=merged, problems=problems)


def _is_drawn(paragraph: Paragraph) -> bool:
    """Whether a picture stands in the paragraph."""
    return bool(paragraph._p.xpath(".//pic:pic | .//w:pict"))


def _text(cell: _Cell) -> str:
    return without_control_characters("\n".join(p.text for p in cell.paragraphs)).strip("\n")


def _lines(paragraphs: list[tuple[str, bool]], file: str) -> Sheet:
    collector = RowCollector(file, TEXT)
    for number, (text, _) in enumerate(paragraphs, start=1):
        collector.add(number, [without_control_characters(text)])
    drawn = [(number, 0) for number, (_, is_drawn) in enumerate(paragraphs, start=1) if is_drawn]
    rows, problems = collector.even_rows(), tuple(told(drawn, TEXT))
    return Sheet(TEXT, rows, collector.numbers, file, problems=problems)
