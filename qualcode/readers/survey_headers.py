"""The header of a survey sheet: which rows it takes and what it calls each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.readers.tables import Sheet, column_letter

# How far down a header may start: above it people write titles and notes.
_SEARCHED_ROWS = 15


class HeaderLayout(StrEnum):
    NONE = "none"
    ONE_ROW = "one_row"
    TWO_ROWS = "two_rows"
    QUALTRICS = "qualtrics"


@dataclass(frozen=True)
class Headers:
    """The header's row numbers, its layout, and for each column its name, code and stem.

    ``stems`` is the question a grid's column belongs to ("Question" of "Question [Row]").
    """

    rows: tuple[int, ...]
    layout: HeaderLayout
    names: tuple[str, ...]
    codes: tuple[str, ...]
    stems: tuple[str, ...]


def find_headers(sheet: Sheet) -> Headers:
    """The header as it most likely is; a person may choose other rows and call headers_at."""
    if not sheet.rows:
        return headers_at(sheet, ())
    first = _first_header_position(sheet)
    third = sheet.rows[first + 2] if len(sheet.rows) > first + 2 else []
    if _is_import_ids(third):
        return headers_at(sheet, tuple(sheet.row_numbers[first : first + 3]))
    if len(sheet.rows) > first + 2 and _second_row_is_header(sheet, first):
        return headers_at(sheet, tuple(sheet.row_numbers[first : first + 2]))
    return headers_at(sheet, (sheet.row_numbers[first],))


def headers_at(sheet: Sheet, rows: Sequence[int]) -> Headers:
    """The header read from the given row numbers. Without any, columns are called by letter."""
    found = [(number, sheet.row_at(number) or [""] * sheet.width) for number in rows]
    if not found:
        letters = tuple(column_letter(index) for index in range(sheet.width))
        empty = ("",) * sheet.width
        return Headers((), HeaderLayout.NONE, letters, empty, empty)
    if len(found) == 3 and _is_import_ids(found[2][1]):
        codes = tuple(_one_line(cell) for cell in found[0][1])
        names = [_one_line(cell) or code for cell, code in zip(found[1][1], codes, strict=True)]
        return _headers(sheet, rows, HeaderLayout.QUALTRICS, names, codes, [""] * sheet.width)
    if len(found) == 1:
        names = [_one_line(cell) for cell in _filled(sheet, *found[0])]
        stems = [_stem_of(name) for name in names]
        return _headers(sheet, rows, HeaderLayout.ONE_ROW, names, tuple("" for _ in names), stems)
    lower = [_one_line(cell) for cell in found[-1][1]]
    upper = [_filled_right(_filled(sheet, number, row), lower) for number, row in found[:-1]]
    names, stems = [], []
    for index, row in enumerate(lower):
        above = list(dict.fromkeys(_one_line(cells[index]) for cells in upper))
        parts = [part for part in above if part and part != row]
        names.append(" - ".join([*parts, row] if row else parts))
        stems.append(" - ".join(parts) if row and parts else "")
    return _headers(sheet, rows, HeaderLayout.TWO_ROWS, names, ("",) * len(names), stems)


def _headers(
    sheet: Sheet,
    rows: Sequence[int],
    layout: HeaderLayout,
    names: list[str],
    codes: Sequence[str],
    stems: Sequence[str],
) -> Headers:
    named = [name or column_letter(index) for index, name in enumerate(names)]
    return Headers(tuple(rows), layout, _unique(named), tuple(codes), tuple(stems))


def _unique(names: list[str]) -> tuple[str, ...]:
    """Names with a number added where the same header stands twice."""
    taken: Counter[str] = Counter()
    unique = []
    for name in names:
        taken[name] += 1
        unique.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return tuple(unique)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _is_import_ids(row: list[str]) -> bool:
    """Qualtrics writes a third header row of {"ImportId":"QID1"}."""
    cells = [cell for cell in row if cell.strip()]
    return bool(cells) and all("ImportId" in cell and "{" in cell for cell in cells)


def _first_header_position(sheet: Sheet) -> int:
    """The first row that is about as wide as the data: titles above it fill a cell or two."""
    widths = [sum(1 for cell in row if cell.strip()) for row in sheet.rows[:200]]
    usual = sorted(widths)[len(widths) // 2]
    for position, width in enumerate(widths[:_SEARCHED_ROWS]):
        if width >= max(2, usual * 0.5) or usual <= 1:
            return position
    return 0


def _merged_to_right(sheet: Sheet, number: int) -> bool:
    return any(
        area.first_row <= number <= area.last_row and area.last_column > area.first_column
        for area in sheet.merged
    )


def _filled(sheet: Sheet, number: int, row: list[str]) -> list[str]:
    """The row with the text of each joined cell written into all the columns it covers."""
    filled = list(row)
    for area in sheet.merged:
        if area.first_row <= number <= area.last_row:
            source = sheet.row_at(area.first_row) or []
            if area.first_column < len(source):
                for column in range(area.first_column, min(area.last_column + 1, len(filled))):
                    filled[column] = source[area.first_column]
    return filled


def _filled_right(upper: list[str], lower: list[str]) -> list[str]:
    """The upper row carried on to the right where only the lower row has text."""
    filled, last = [], ""
    for above, below in zip(upper, lower, strict=True):
        if above.strip():
            last = above
        elif not below.strip():
            last = ""
        filled.append(above if above.strip() else last)
    return filled


def _second_row_is_header(sheet: Sheet, first: int) -> bool:
    """Two header rows: gaps in the upper one, above labels that are nothing like the data."""
    upper, lower = sheet.rows[first], sheet.rows[first + 1]
    if sheet.row_numbers[first + 1] != sheet.row_numbers[first] + 1:
        return False
    gaps = [i for i, cell in enumerate(upper) if not cell.strip() and lower[i].strip()]
    if not gaps:
        return False
    if any(_is_number(lower[index]) for index in gaps):
        return False
    if _merged_to_right(sheet, sheet.row_numbers[first]):
        return True
    if len(gaps) < 2:
        return False
    below = sheet.rows[first + 2 :]
    return all(lower[i] not in {row[i] for row in below} and _is_closed(below, i) for i in gaps)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"\s*-?\d+(?:[.,]\d+)?\s*", cell) is not None


def _is_closed(rows: list[list[str]], index: int) -> bool:
    """Numbers, or few different values: a column of a grid and not of free text."""
    values = [row[index].strip() for row in rows if row[index].strip()]
    if not values:
        return False
    return all(map(_is_number, values)) or len(set(values)) <= max(7, len(values) // 2)


_GRID = re.compile(r"^(?P<stem>.+?)\s*\[(?P<row>[^\[\]]+)\]\s*$")


def _stem_of(name: str) -> str:
    match = _GRID.match(name)
    return match["stem"] if match else ""


def part_of(name: str, stem: str) -> str:
    """The row of a grid that a column's name tells: "b" of "Question [b]" or "Question - b".

    >>> part_of("Arvioi [Apu tuli ajoissa]", "Arvioi")
    'Apu tuli ajoissa'
    """
    rest = name.removeprefix(stem).strip()
    rest = rest.removeprefix("- ").strip()
    return rest[1:-1].strip() if rest.startswith("[") and rest.endswith("]") else rest


_NUMBER = re.compile(
    r"^(?:(?:kysymys|question|fråga)\s+)?(?:(?P<number>"
    r"[QKF]\d+(?:[._]\d+)*[a-z]?|\d+(?:[._]\d+)*\s?[a-zåäö]?)\s*[.):]|(?P<levels>\d+(?:\.\d+)+[a-zåäö]?))"
    r"\s+(?P<text>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"^[QKF]\d+(?:[._]\d+)*(?:_TEXT)?[a-z]?$", re.IGNORECASE)


def numbered(header: str, code: str = "") -> tuple[str, str]:
    """A header as (number, question text).

    >>> numbered("3. Mikä auttoi?"), numbered("2.1 Kunta"), numbered("2.2b Kuvaa miten")
    (('3', 'Mikä auttoi?'), ('2.1', 'Kunta'), ('2.2b', 'Kuvaa miten'))
    >>> numbered("3 hyvää asiaa")
    ('', '3 hyvää asiaa')
    """
    match = _NUMBER.match(header)
    if match:
        return (match["number"] or match["levels"]).strip(), match["text"]
    if code:
        return code, header
    if _CODE.match(header):
        return header, header
    return "", header
