"""Quadrants of sticky notes told by where the notes lie on their board.

Tools that export a place for every note (Mural, Flinga) often know nothing of the quadrants, which
are drawn on the board as titles. A note belongs to the title it lies nearest to.
"""

from __future__ import annotations

from qualcode.domain.workshops import quadrant_of
from qualcode.readers.tables import Sheet
from qualcode.readers.workshop.plan import NoteColumn, SheetOfNotes

TITLE = "title"


def quadrants_by_place(sheet: Sheet, part: SheetOfNotes) -> dict[int, str]:
    """Row -> the quadrant its note lies in, or "title" for a text that is a title itself.

    Empty when a column names the quadrants, or when the board has no two titles with places.
    """
    roles = part.columns
    if NoteColumn.QUADRANT in roles or not {NoteColumn.X, NoteColumn.Y} <= set(roles):
        return {}
    places: dict[int, tuple[float, float]] = {}
    titles: dict[int, str] = {}
    texts = [i for i, role in enumerate(roles) if role is NoteColumn.NOTE]
    x, y = roles.index(NoteColumn.X), roles.index(NoteColumn.Y)
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        if part.header_row is not None and number <= part.header_row:
            continue
        place = _number(row[x]), _number(row[y])
        if place[0] is None or place[1] is None:
            continue
        places[number] = (place[0], place[1])
        words = [row[i].strip() for i in texts if row[i].strip()]
        quadrant = quadrant_of(words[0]) if len(words) == 1 else None
        if quadrant is not None:
            titles[number] = quadrant.value
    if len(set(titles.values())) < 2:
        return {}
    found = {}
    for number, (across, down) in places.items():
        nearest = min(
            titles,
            key=lambda title: (
                (places[title][0] - across) ** 2 + (places[title][1] - down) ** 2,
                title,
            ),
        )
        found[number] = TITLE if number in titles else titles[nearest]
    return found


def _number(cell: str) -> float | None:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None
