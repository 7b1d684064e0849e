"""Workshop notes in whatever layout a facilitator wrote them.

A SWOT as a grid or a list, an export of sticky notes, role-shaping notes, observations,
expectations and feedback; from a sheet, a table of Word or pasted text. The layout is guessed and
then confirmed. Every note keeps its quadrant, table and round, or the picture and the question it
belongs to, and the cell it stood in. Who wrote a note is never read.
"""

from __future__ import annotations

from qualcode.readers.workshop.doubts import A_NOTE, THE_TITLE, Doubt
from qualcode.readers.workshop.guessing import guess_workshop
from qualcode.readers.workshop.lists import column_headers
from qualcode.readers.workshop.mending import Mended, mend
from qualcode.readers.workshop.observations import read_observations
from qualcode.readers.workshop.pasted import read_pasted_list, read_pasted_notes
from qualcode.readers.workshop.plan import (
    KIND_NAMES,
    KIND_OF_LAYOUT,
    OWN_HEADING,
    QUADRANT_NAMES,
    NoteColumn,
    NoteRow,
    SheetOfNotes,
    WorkshopGuess,
    WorkshopLayout,
    WorkshopPlan,
    WorkshopReading,
)
from qualcode.readers.workshop.reading import read_workshop

__all__ = [
    "A_NOTE",
    "KIND_NAMES",
    "KIND_OF_LAYOUT",
    "OWN_HEADING",
    "QUADRANT_NAMES",
    "THE_TITLE",
    "Doubt",
    "Mended",
    "NoteColumn",
    "NoteRow",
    "SheetOfNotes",
    "WorkshopGuess",
    "WorkshopLayout",
    "WorkshopPlan",
    "WorkshopReading",
    "column_headers",
    "guess_workshop",
    "mend",
    "read_observations",
    "read_pasted_list",
    "read_pasted_notes",
    "read_workshop",
]
