"""A finished coding that came as a table: a column of texts, one of groups, one of codes."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qualcode.domain.errors import FileProblem, MissingColumn, NothingToRead
from qualcode.readers.delimited import read_delimited
from qualcode.readers.files import TABLE_TEXT, check_size, check_type
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import Sheet
from qualcode.workbench.worth.dividing import Dividing, dividing

FEWEST_ROWS = 3


class NothingUsable(FileProblem):
    template = (
        "{file}: there are {usable} rows that hold both a text (column “{text}”) and what it was "
        "put into (column “{column}”); at least {fewest} are needed. Rows with an empty cell are "
        "left out."
    )


class OneGroupOnly(FileProblem):
    template = (
        "{file}: every row has the same value in the column “{column}” ({value}), so there is "
        "nothing to choose between. Choose a column with at least two different values."
    )


class OneColumnTwice(FileProblem):
    template = (
        "{file}: the column “{column}” cannot be both the texts and what they were put into. "
        "Name another column with --group or --codes."
    )


class OneTextOnly(FileProblem):
    template = (
        "{file}: all texts in the column “{column}” are the same, so nothing can be told from "
        "them. Choose the column that holds the expressions."
    )


@dataclass(frozen=True)
class Columns:
    """The names of the columns; of ``group`` and ``codes`` one at least.

    ``divided_by`` is what divides several codes of a cell ("none": nothing does); "" finds out.
    """

    text: str
    group: str = ""
    main: str = ""
    codes: str = ""
    divided_by: str = ""


@dataclass(frozen=True)
class Row:
    text: str
    group: str = ""
    main: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The rows that hold a text, and what was left out. ``rows_read`` are all under the header."""

    rows: tuple[Row, ...]
    rows_read: int
    without_text: int
    encoding: str
    delimiter: str
    codes_divided_by: str = ""
    problems: tuple[ReadProblem, ...] = ()

    @property
    def grouped(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.group)

    @property
    def coded(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.codes)

    @property
    def repeated(self) -> int:
        """Texts that stand in an earlier row as well, letter case aside."""
        return len(self.rows) - len({row.text.casefold() for row in self.rows})

    @property
    def codes_with_signs(self) -> int:
        """Rows with a code that holds a sign which elsewhere may divide codes."""
        return sum(any(sign in code for code in row.codes for sign in ",/") for row in self.coded)

    @property
    def main_of(self) -> dict[str, str]:
        """Each group's main group: the one most of its rows name."""
        return {group: mains.most_common(1)[0][0] for group, mains in self._mains.items()}

    @property
    def under_several(self) -> dict[str, tuple[str, ...]]:
        """The groups whose rows name several main groups, with these, the most named first."""
        return {
            group: tuple(main for main, _count in mains.most_common())
            for group, mains in self._mains.items()
            if len(mains) > 1
        }

    @cached_property
    def _mains(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for row in self.grouped:
            if row.main:
                found.setdefault(row.group, Counter())[row.main] += 1
        return found


def read_table(data: bytes, file: str, columns: Columns) -> Table:
    """The finished coding of a .csv or .tsv; its encoding and delimiter are recognised.

    Raises a ``FileProblem`` that tells what to do when nothing can be told from it.
    """
    check_size(data, file)
    check_type(data, file, TABLE_TEXT)
    sheet = read_delimited(data, file)
    if len(sheet.rows) < 2:
        raise NothingToRead(file=file, sheet=sheet.name)
    places = _places(sheet, columns)
    at = places.get(columns.codes)
    if places[columns.text] in (at, places.get(columns.group)):
        raise OneColumnTwice(file=file, column=columns.text)
    divided = None
    if at is not None:
        divided = (
            Dividing(columns.divided_by)
            if columns.divided_by
            else dividing(row[at] for row in sheet.rows[1:])
        )
    rows = list(_rows(sheet, columns, places, divided))
    table = Table(
        tuple(row for row in rows if row.text),
        len(rows),
        sum(not row.text for row in rows),
        sheet.encoding,
        sheet.delimiter,
        divided.told if divided else "",
        tuple(sheet.problems),
    )
    _check(table, file, columns)
    return table


def _places(sheet: Sheet, columns: Columns) -> dict[str, int]:
    return {
        name: _place(sheet, name)
        for name in (columns.text, columns.group, columns.main, columns.codes)
        if name
    }


def _rows(
    sheet: Sheet, columns: Columns, places: dict[str, int], divided: Dividing | None
) -> Iterator[Row]:
    same: dict[str, str] = {}

    def label(cell: str) -> str:
        """One spelling for labels that differ by letter case only: the first one met."""
        clean = tidy(cell)
        return same.setdefault(clean.casefold(), clean)

    def of(row: Sequence[str], name: str) -> str:
        return row[places[name]] if name else ""

    for row in sheet.rows[1:]:
        parts = divided.parts(of(row, columns.codes)) if divided else ()
        codes = [label(part) for part in parts]
        yield Row(
            " ".join(unicodedata.normalize("NFC", of(row, columns.text)).split()),
            label(of(row, columns.group)),
            label(of(row, columns.main)),
            tuple(dict.fromkeys(code for code in codes if code)),
        )


def tidy(label: str) -> str:
    """A label with composed letters and single spaces."""
    return " ".join(unicodedata.normalize("NFC", label).split())


def _place(sheet: Sheet, name: str) -> int:
    header = [tidy(cell) for cell in sheet.rows[0]]
    wanted = tidy(name)
    for cells, sought in (
        (header, wanted),
        ([cell.casefold() for cell in header], wanted.casefold()),
    ):
        if sought in cells:
            return cells.index(sought)
    raise MissingColumn(
        sheet=sheet.name, column=name, found=", ".join(cell for cell in header if cell)
    )


def _check(table: Table, file: str, columns: Columns) -> None:
    for column, rows in ((columns.group, table.grouped), (columns.codes, table.coded)):
        if column and len(rows) < FEWEST_ROWS:
            raise NothingUsable(
                file=file, usable=len(rows), text=columns.text, column=column, fewest=FEWEST_ROWS
            )
    if len({row.text.casefold() for row in table.rows}) == 1:
        raise OneTextOnly(file=file, column=columns.text)
    groups = {row.group for row in table.grouped}
    if columns.group and len(groups) == 1:
        raise OneGroupOnly(file=file, column=columns.group, value=groups.pop())
    codes = {code for row in table.coded for code in row.codes}
    if columns.codes and len(codes) == 1:
        raise OneGroupOnly(file=file, column=columns.codes, value=codes.pop())
