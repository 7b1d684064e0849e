"""Cells that name a quadrant, a table or a round, or that are a heading of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.domain.workshops import Quadrant, quadrant_of
from qualcode.readers.tables import Sheet

LONGEST_HEADING = 40

_LABEL = re.compile(
    r"^(?P<kind>pöytä|poyta|ryhmä|table|group|bord|grupp|kierros|round|runda|omgång)\s*"
    r"[:\-–]?\s*(?P<name>[\w]{1,3}|[A-ZÅÄÖ]\w{0,20})?\s*:?$",
    re.IGNORECASE,
)
_ROUNDS = ("kierros", "round", "runda", "omgång")


@dataclass(frozen=True)
class Title:
    """A cell that names a quadrant, or is a heading beside such cells (``quadrant`` is None).

    ``rest`` is what stands under the title in the same cell.
    """

    quadrant: Quadrant | None
    row: int
    column: int
    text: str
    rest: str = ""


@dataclass(frozen=True)
class Label:
    """A cell such as "Pöytä 2" or "Kierros 1", which names the notes under it."""

    row: int
    column: int
    text: str
    is_round: bool


def label_of(text: str) -> tuple[str, bool] | None:
    """("Pöytä 2", is it a round?) when the text is such a label, marked as a title or not."""
    words = text.strip().strip("#*").strip()
    match = _LABEL.match(words) if words else None
    if match is None:
        return None
    return words.rstrip(":"), match["kind"].casefold() in _ROUNDS


def labels_of(sheet: Sheet) -> Iterator[Label]:
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        for column, cell in enumerate(row):
            found = label_of(cell)
            if found is not None:
                yield Label(number, column, *found)


def titles_of(sheet: Sheet) -> Iterator[Title]:
    """The cells that name a quadrant, in reading order."""
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        for index, cell in enumerate(row):
            first, _, rest = cell.strip().partition("\n")
            quadrant = quadrant_of(first) if first else None
            if quadrant is not None:
                yield Title(quadrant, number, index, first.strip(), rest)


def other_headings(sheet: Sheet, titles: list[Title]) -> Iterator[Title]:
    """Headings that name no quadrant: short cells in a row of titles, or in their column alone.

    Without them the notes under a fifth heading would be taken for those of the quadrant beside it.
    """
    taken = {(title.row, title.column) for title in titles}
    in_row: dict[int, int] = {}
    for title in titles:
        in_row[title.row] = in_row.get(title.row, 0) + 1
    merged = {
        (row, column)
        for area in sheet.merged
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    }
    for number, count in in_row.items():
        if count < 2:
            continue
        for column, cell in enumerate(sheet.row_at(number) or []):
            first, _, rest = cell.strip().partition("\n")
            if (number, column) in taken or not first or (number, column) in merged - taken:
                continue
            if len(first) <= LONGEST_HEADING and label_of(first) is None:
                yield Title(None, number, column, first.strip().rstrip(":"), rest)
