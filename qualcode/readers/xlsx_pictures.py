"""Pictures pasted onto a sheet of Excel: where they lie, because what they show is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import column_letter
from qualcode.texts import N_

PICTURE = N_(
    "A picture lies here. Pictures are not read: if it shows notes, write their words in the cell."
)
MORE_PICTURES = N_("{count} more pictures lie on the sheet {sheet}.")
TOLD = 50
"""Pictures that are told one by one."""


def pictures_of(drawing: Any) -> Iterator[tuple[int, int]]:
    """(row number from 1, column from 0) of the upper left corner of each picture of a drawing."""
    for anchor in drawing:
        corner = anchor.find("{*}from")
        if corner is None or anchor.find(".//{*}pic") is None:
            continue
        row, column = corner.findtext("{*}row"), corner.findtext("{*}col")
        if row is not None and column is not None:
            yield int(row) + 1, int(column)


def told(places: list[tuple[int, int]], sheet: str) -> Iterator[ReadProblem]:
    for row, column in sorted(places)[:TOLD]:
        yield ReadProblem(row, column_letter(column), PICTURE)
    if len(places) > TOLD:
        values = {"count": len(places) - TOLD, "sheet": sheet}
        yield ReadProblem(None, "", MORE_PICTURES, values)
