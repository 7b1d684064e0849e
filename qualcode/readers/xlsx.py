"""Excel workbooks, read row by row from their XML (ECMA-376, SpreadsheetML).

Read directly and not through openpyxl's worksheets for four reasons: a formula without a stored
value must be told from an empty cell, a number must be shown as its format shows it, a wrong
"dimension" must not cut rows off, and 10,000 rows must be read in a fraction of a second. What a
number format means, and which day a number is, is asked of openpyxl.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from qualcode.domain.errors import DamagedFile, SuspiciousArchive
from qualcode.readers.files import MEGABYTE, open_archive, without_control_characters
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import MergedArea, RowCollector, Sheet, column_letter
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
# Excel writes characters that XML cannot hold as _xHHHH_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL_NAME = re.compile(r"([A-Z]+)(\d+)")
_MAX_SHARED_CHARACTERS = 400 * MEGABYTE

Display = Callable[[float], str]


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
        root = _parse(archive, book_path)
        relations = _relations(archive, paths, book_path)
        worksheets = {
            key: _resolve(folder, target, paths)
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
            path = _resolve(folder, by_kind["sharedStrings"], paths)
            strings = list(_shared_strings(archive, path, file))
        displays = [_display("General", epoch)]
        if "styles" in by_kind:
            path = _resolve(folder, by_kind["styles"], paths)
            displays = _cell_displays(_parse(archive, path), epoch)
        return cls(file, sheets, strings, displays)


def _book_path(archive: zipfile.ZipFile, paths: dict[str, str]) -> str:
    for kind, target in _relations(archive, paths, "").values():
        if kind.endswith("/officeDocument"):
            return _resolve("", target, paths)
    return paths["xl/workbook.xml"]


def _relations(
    archive: zipfile.ZipFile, paths: dict[str, str], part: str
) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    path = paths.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
    if path is None:
        return {}
    return {
        relation.get("Id", ""): (relation.get("Type", ""), relation.get("Target", ""))
        for relation in _parse(archive, path).iterfind("{*}Relationship")
        if relation.get("TargetMode") != "External"
    }


def _resolve(folder: str, target: str, paths: dict[str, str]) -> str:
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return paths[posixpath.normpath(path).lower()]


def _parse(archive: zipfile.ZipFile, path: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with archive.open(path) as part:
        return etree.parse(part, parser).getroot()


def _elements(archive: zipfile.ZipFile, path: str, *tags: str) -> Iterator[Any]:
    """Each whole element of these tags, forgotten once it has been looked at."""
    with archive.open(path) as part:
        events = etree.iterparse(
            part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _shared_strings(archive: zipfile.ZipFile, path: str, file: str) -> Iterator[str]:
    total = 0
    for element in _elements(archive, path, "{*}si"):
        text = _rich_text(element)
        total += len(text)
        if total > _MAX_SHARED_CHARACTERS:
            raise SuspiciousArchive(file=file, size=round(total / MEGABYTE))
        yield text


def _rich_text(element: Any) -> str:
    """The text of a string item: its own text or that of its runs, without reading aids."""
    parts = []
    for child in element:
        name = etree.QName(child).localname
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(run.text or "" for run in child.iterfind("{*}t"))
    return _unescape("".join(parts))


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


# --- numbers as a person sees them ----------------------------------------------------------


def _cell_displays(styles: Any, epoch: datetime.datetime) -> list[Display]:
    own = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "General")
        for item in styles.iterfind(".//{*}numFmts/{*}numFmt")
    }
    displays = []
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = int(style.get("numFmtId", "0"))
        code = own.get(number) or BUILTIN_FORMATS.get(number, "General")
        displays.append(_display(code, epoch))
    return displays or [_display("General", epoch)]


def _display(code: str, epoch: datetime.datetime) -> Display:
    """How a number of this format is shown: dates as ISO, percentages and leading zeros kept.

    Decimals are never cut: a value shown as 3,1 but stored as 3.14 is given as 3.14.
    """
    if is_date_format(code):
        return _date_display(epoch, duration=is_timedelta_format(code))
    plain = code.split(";")[0].strip()
    if re.fullmatch(r"0{2,}", plain):
        return lambda value: _plain_number(value).zfill(len(plain))
    if re.fullmatch(r"[#0,.]*0(?:\.0+)?\s?%", plain):
        return lambda value: f"{_plain_number(value * 100)}%"
    return _plain_number


def _plain_number(value: float) -> str:
    """
    >>> [_plain_number(value) for value in (1.0, 0.1 + 0.2, 12345678901.0, -2.5)]
    ['1', '0.3', '12345678901', '-2.5']
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _date_display(epoch: datetime.datetime, *, duration: bool) -> Display:
    def display(value: float) -> str:
        try:
            moment = from_excel(value, epoch, timedelta=duration)
        except (ValueError, OverflowError):
            return _plain_number(value)
        if isinstance(moment, datetime.datetime):
            if moment.microsecond:
                moment += datetime.timedelta(microseconds=500_000)
                moment = moment.replace(microsecond=0)
            if moment.time() == datetime.time():
                return moment.date().isoformat()
            return moment.isoformat(sep=" ")
        if isinstance(moment, datetime.time):
            return moment.replace(microsecond=0).isoformat()
        return str(moment)

    return display


# --- one sheet ------------------------------------------------------------------------------


def _read_sheet(archive: zipfile.ZipFile, book: _Book, part: _SheetPart) -> Sheet:
    collector = RowCollector(book.file, part.name)
    reader = _CellReader(book)
    merged: list[MergedArea] = []
    number = 0
    for element in _elements(archive, part.path, "{*}row", "{*}mergeCell"):
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
    for kind, target in _relations(archive, paths, part.path).values():
        path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/").lower()
        if kind.endswith("/drawing") and path in paths:
            found.extend(pictures_of(_parse(archive, paths[path])))
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
                return _rich_text(child)
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
        return _unescape(value)

    def _number(self, value: str, style: str) -> str:
        # The same few numbers stand in most cells of a survey.
        shown = self.shown.get((value, style))
        if shown is None:
            position = int(style)
            displays = self.book.displays
            display = displays[position] if position < len(displays) else _plain_number
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
