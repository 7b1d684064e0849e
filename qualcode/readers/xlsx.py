"""Excel workbooks, read row by row from their XML (ECMA-376, SpreadsheetML).

Read directly and not through openpyxl's worksheets for four reasons: a formula without a stored
value must be told from an empty cell, a number must be shown as its format shows it, a wrong
"dimension" must not cut rows off, and 10,000 rows must be read in a fraction of a second. What a
number format means, and which day a number is, is asked of openpyxl.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from qualcode.domain.errors import DamagedFile
from qualcode.readers.files import open_archive, without_control_characters
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import MergedArea, RowCollector, Sheet, column_letter
from qualcode.readers.xlsx_numbers import Display, cell_displays, display_of, plain_number
from qualcode.readers.xlsx_parts import (
    elements,
    parse,
    relations_of,
    resolve,
    rich_text,
    shared_strings,
    unescape,
)
from qualcode.readers.xlsx_pictures import pictures_of, told
from qualcode.texts import N_

NOT_CALCULATED = N_(
    "The cell holds a formula whose value is not stored in the file, so it was read as empty. "
    "Open the file in Excel, save it and import it again."
)
SHOWS_ERROR = N_("The cell shows the error {error}, so it was read as empty. Check the formula.")
INVISIBLE = N_(
    "Invisible control characters were left out of {count} cells, the first one in row {first}."
)
# Word for word the same problem in ten thousand cells is told so many times and then counted.
TOLD_CELLS = 200
MORE_UNREAD = N_("{count} more cells have a formula without a value or show an error.")

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL_NAME = re.compile(r"([A-Z]+)(\d+)")


def read_xlsx(data: bytes, file: str) -> tuple[Sheet, ...]:
    """Every worksheet of the workbook, also the hidden ones, in the workbook's order.

    Raises DamagedFile, SuspiciousArchive, TooManyRows or TooManyCells.
    """
    with open_archive(data, file) as archive:
        try:
            book = _Book.open(archive, file)
            sheets = tuple(_read_sheet(archive, book, part) for part in book.sheets)
        except (
            etree.XMLSyntaxError,
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            IndexError,
            EOFError,
            zlib.error,
        ) as error:
            raise DamagedFile(file=file, what=str(error)) from error
    if not sheets:
        raise DamagedFile(file=file, what="no worksheet")
    return sheets


@dataclass(frozen=True)
class _SheetPart:
    name: str
    path: str
    hidden: bool


@dataclass
class _Book:
    file: str
    sheets: list[_SheetPart]
    strings: list[str]
    displays: list[Display]
    cleaned: set[int] = field(default_factory=set)

    @classmethod
    def open(cls, archive: zipfile.ZipFile, file: str) -> _Book:
        paths = {name.lower(): name for name in archive.namelist()}
        book_path = _book_path(archive, paths)
        folder = posixpath.dirname(book_path)
        root = parse(archive, book_path)
        relations = relations_of(archive, paths, book_path)
        worksheets = {
            key: resolve(folder, target, paths)
            for key, (kind, target) in relations.items()
            if kind.endswith("/worksheet")
        }
        sheets = []
        for sheet in root.iterfind(".//{*}sheets/{*}sheet"):
            key = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""
            if key in worksheets:
                hidden = sheet.get("state", "visible") != "visible"
                sheets.append(_SheetPart(sheet.get("name", ""), worksheets[key], hidden))
        by_kind = {kind.rsplit("/", 1)[-1]: target for kind, target in relations.values()}
        properties = root.find("{*}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        epoch = MAC_EPOCH if since_1904 else WINDOWS_EPOCH
        strings: list[str] = []
        if "sharedStrings" in by_kind:
            path = resolve(folder, by_kind["sharedStrings"], paths)
            strings = list(shared_strings(archive, path, file))
        displays = [display_of("General", epoch)]
        if "styles" in by_kind:
            path = resolve(folder, by_kind["styles"], paths)
            displays = cell_displays(parse(archive, path), epoch)
        return cls(file, sheets, strings, displays)


def _book_path(archive: zipfile.ZipFile, paths: dict[str, str]) -> str:
    for kind, target in relations_of(archive, paths, "").values():
        if kind.endswith("/officeDocument"):
            return resolve("", target, paths)
    return paths["xl/workbook.xml"]


def _read_sheet(archive: zipfile.ZipFile, book: _Book, part: _SheetPart) -> Sheet:
    collector = RowCollector(book.file, part.name)
    reader = _CellReader(book)
    merged: list[MergedArea] = []
    number = 0
    for element in elements(archive, part.path, "{*}row", "{*}mergeCell"):
        if element.tag.endswith("}row"):
            number = int(float(element.get("r") or number + 1))
            collector.add(number, reader.row(element, number))
        else:
            area = _area(element.get("ref", ""))
            if area is not None:
                merged.append(area)
    return Sheet(
        part.name,
        collector.even_rows(),
        collector.numbers,
        book.file,
        merged=tuple(merged),
        unread=reader.unread,
        problems=(*reader.problems(), *told(_pictures(archive, part), part.name)),
        hidden=part.hidden,
    )


def _pictures(archive: zipfile.ZipFile, part: _SheetPart) -> list[tuple[int, int]]:
    """Where pictures lie on the sheet; a drawing that is not there has none."""
    paths = {name.lower(): name for name in archive.namelist()}
    folder = posixpath.dirname(part.path)
    found: list[tuple[int, int]] = []
    for kind, target in relations_of(archive, paths, part.path).values():
        path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/").lower()
        if kind.endswith("/drawing") and path in paths:
            found.extend(pictures_of(parse(archive, paths[path])))
    return found


class _CellReader:
    """Turns the cells of a sheet into text and remembers those it could not read."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.unread: dict[tuple[int, int], str] = {}
        self.errors: dict[tuple[int, int], str] = {}
        self.cleaned: list[int] = []
        self.shown: dict[tuple[str, str], str] = {}

    def row(self, element: Any, number: int) -> list[str]:
        cells: list[str] = []
        column = -1
        for cell in element:
            name = cell.get("r")
            column = _column_of(name) if name else column + 1
            text = self._text(cell, number, column)
            if not text:
                continue
            clean = without_control_characters(text)
            if clean != text:
                self.cleaned.append(number)
            if column >= len(cells):
                cells.extend([""] * (column - len(cells)))
                cells.append(clean)
            else:
                cells[column] = clean
        return cells

    def _text(self, cell: Any, number: int, column: int) -> str:
        kind = cell.get("t", "n")
        value: str | None = None
        formula: str | None = None
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}f"):
                formula = child.text or ""
            elif tag.endswith("}is"):
                return rich_text(child)
        if not value:
            # An empty text is a value too: a formula may well have given it.
            if formula is not None and kind != "str":
                self.unread[(number, column)] = f"={formula}"
            return ""
        if kind == "s":
            return self.book.strings[int(value)]
        if kind == "n":
            return self._number(value, cell.get("s", "0"))
        if kind == "e":
            self.unread[(number, column)] = value
            self.errors[(number, column)] = value
            return ""
        if kind == "b":
            return "TRUE" if value in ("1", "true") else "FALSE"
        if kind == "d":
            return value.removesuffix("T00:00:00").replace("T", " ")
        return unescape(value)

    def _number(self, value: str, style: str) -> str:
        # The same few numbers stand in most cells of a survey.
        shown = self.shown.get((value, style))
        if shown is None:
            position = int(style)
            displays = self.book.displays
            display = displays[position] if position < len(displays) else plain_number
            shown = display(float(value))
            if len(self.shown) < 100_000:
                self.shown[(value, style)] = shown
        return shown

    def problems(self) -> Iterator[ReadProblem]:
        for place in list(self.unread)[:TOLD_CELLS]:
            number, column = place
            if place in self.errors:
                values = {"error": self.errors[place]}
                yield ReadProblem(number, column_letter(column), SHOWS_ERROR, values)
            else:
                yield ReadProblem(number, column_letter(column), NOT_CALCULATED)
        if len(self.unread) > TOLD_CELLS:
            yield ReadProblem(None, "", MORE_UNREAD, {"count": len(self.unread) - TOLD_CELLS})
        if self.cleaned:
            counts = {"count": len(self.cleaned), "first": self.cleaned[0]}
            yield ReadProblem(self.cleaned[0], "", INVISIBLE, counts)


def _column_of(name: str) -> int:
    """The position, from 0, of the column in a cell's name.

    >>> [_column_of(name) for name in ("A1", "Z9", "AA10")]
    [0, 25, 26]
    """
    index = 0
    for character in name:
        if not "A" <= character <= "Z":
            break
        index = index * 26 + ord(character) - 64
    # No sheet is wider than XFD; a made-up name must not make a row of millions of cells.
    if not 1 <= index <= 16_384:
        raise ValueError(f"cell {name}")
    return index - 1


def _area(reference: str) -> MergedArea | None:
    first, _, last = reference.partition(":")
    begin, end = _CELL_NAME.fullmatch(first), _CELL_NAME.fullmatch(last)
    if begin is None or end is None:
        return None
    return MergedArea(int(begin[2]), _column_of(first), int(end[2]), _column_of(last))
