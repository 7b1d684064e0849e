"""Sheets of plain text cells, whatever file they came from, and the limits they are read within."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qualcode.domain.errors import NoSheet, TooManyCells, TooManyRows
from qualcode.readers.problems import ReadProblem

MAX_ROWS = 100_000
MAX_CELLS = 4_000_000


@dataclass(frozen=True)
class MergedArea:
    """Cells joined into one, by position from 0; both ends belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """The rows that have content, every row as wide as the sheet, every cell as text.

    ``row_numbers`` gives each row's number as the person sees it in Excel (from 1): rows without
    content are not kept. ``unread`` are cells that a formula should have filled but did not, or
    that show an error, by (row number, column from 0). ``merged`` counts rows from row number 1.
    """

    name: str
    rows: list[list[str]]
    row_numbers: list[int]
    file: str = ""
    merged: tuple[MergedArea, ...] = ()
    unread: Mapping[tuple[int, int], str] = field(default_factory=dict)
    problems: tuple[ReadProblem, ...] = ()
    hidden: bool = False
    encoding: str = ""
    delimiter: str = ""

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def number_of_cells(self) -> int:
        """Cells with content."""
        return sum(1 for row in self.rows for cell in row if cell)

    def row_at(self, number: int) -> list[str] | None:
        """The row that Excel shows as ``number``, or None when it has no content."""
        # Row numbers ascend, and those that are asked for stand near the top.
        for found, row in zip(self.row_numbers, self.rows, strict=True):
            if found == number:
                return row
            if found > number:
                break
        return None

    def empty_rows(self) -> Iterator[tuple[int, int]]:
        """The stretches of rows without content between rows that have some, both ends in."""
        for before, after in zip(self.row_numbers, self.row_numbers[1:], strict=False):
            if after > before + 1:
                yield before + 1, after - 1


@dataclass(frozen=True)
class Workbook:
    """The sheets of one file, in the file's order."""

    file: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet called ``name``; NoSheet with the names there are when there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        names = ", ".join(sheet.name for sheet in self.sheets)
        raise NoSheet(file=self.file, sheet=name, found=names)

    @property
    def fullest(self) -> Sheet:
        """The visible sheet with the most content: where the answers most likely are."""
        return max(self.sheets, key=lambda sheet: (not sheet.hidden, sheet.number_of_cells))


class RowCollector:
    """Gathers the rows of one sheet, watches its limits and evens out the widths."""

    def __init__(self, file: str, sheet: str) -> None:
        self.file = file
        self.sheet = sheet
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.cells = 0
        self.width = 0

    def add(self, number: int, row: list[str]) -> None:
        """Keeps ``row`` if any cell has content. Raises TooManyRows or TooManyCells."""
        while row and not row[-1].strip():
            row.pop()
        if not row:
            return
        self.rows.append(row)
        self.numbers.append(number)
        self.cells += len(row)
        self.width = max(self.width, len(row))
        if len(self.rows) > MAX_ROWS:
            raise TooManyRows(file=self.file, sheet=self.sheet, limit=MAX_ROWS)
        if self.cells > MAX_CELLS:
            raise TooManyCells(file=self.file, sheet=self.sheet, limit=MAX_CELLS)

    def even_rows(self) -> list[list[str]]:
        """All rows, filled up with empty cells to the same width."""
        # One stray cell far to the right must not make every row a thousand cells wide.
        if self.width * len(self.rows) > 4 * MAX_CELLS:
            raise TooManyCells(file=self.file, sheet=self.sheet, limit=MAX_CELLS)
        for row in self.rows:
            row.extend([""] * (self.width - len(row)))
        return self.rows


def column_letter(index: int) -> str:
    """The name of a column, counted from 0, as Excel shows it.

    >>> [column_letter(index) for index in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
