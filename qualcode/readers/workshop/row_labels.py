"""Tables and rounds told row by row, in a column to the left of the quadrants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qualcode.readers.tables import Sheet
from qualcode.readers.workshop.titles import Label, Title, label_of


@dataclass
class RowLabels:
    """The table and the round of each row of notes, and the cells (row, column) that tell them."""

    tables: dict[int, str] = field(default_factory=dict)
    rounds: dict[int, str] = field(default_factory=dict)
    cells: set[tuple[int, int]] = field(default_factory=set)

    def others(self, labels: Sequence[Label]) -> list[Label]:
        """The labels that stand above the notes instead: those end what is under a title."""
        return [label for label in labels if (label.row, label.column) not in self.cells]


def row_labels(sheet: Sheet, titles: Sequence[Title]) -> RowLabels:
    """What the columns left of the quadrants tell: "Pöytä 1" beside its notes.

    A cell holds for the rows below it too, until the next one. Under the heading "Pöytä" anything
    names a table; without it only what looks like such a name ("Pöytä 1", "Kierros 2").
    """
    found = RowLabels()
    title_rows = sorted({title.row for title in titles})
    for place, row in enumerate(title_rows):
        end = title_rows[place + 1] if place + 1 < len(title_rows) else None
        first = min(title.column for title in titles if title.row == row)
        block = [
            (number, cells)
            for number, cells in zip(sheet.row_numbers, sheet.rows, strict=True)
            if number > row and (end is None or number < end)
        ]
        for column in range(first):
            _read_column(found, sheet.row_at(row) or [], row, block, column, first)
    return found


def _read_column(
    found: RowLabels,
    header: Sequence[str],
    header_row: int,
    block: Sequence[tuple[int, list[str]]],
    column: int,
    first: int,
) -> None:
    heading = header[column].strip() if column < len(header) else ""
    headed = label_of(heading)
    named = {
        number: (cells[column].strip(), told)
        for number, cells in block
        if cells[column].strip() and ((told := label_of(cells[column])) or headed)
    }
    beside = [number for number, cells in block if any(c.strip() for c in cells[first:])]
    if not set(named) & set(beside):
        # What stands on a row of its own is above the notes, not beside them.
        return
    if headed:
        found.cells.add((header_row, column))
    current: tuple[str, bool] | None = None
    for number, _cells in block:
        if number in named:
            text, told = named[number]
            current = told or (text, headed is not None and headed[1])
            found.cells.add((number, column))
        if current is not None:
            text, is_round = current
            (found.rounds if is_round else found.tables)[number] = text
