"""The notes of a workbook, read as the plan says."""

from __future__ import annotations

from qualcode.domain.errors import NoNotes
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import Workbook
from qualcode.readers.workshop.doubts import doubts_of
from qualcode.readers.workshop.grid import GridReader
from qualcode.readers.workshop.guessing import dropped_cells
from qualcode.readers.workshop.lists import ListReader
from qualcode.readers.workshop.plan import (
    NoteRow,
    WorkshopLayout,
    WorkshopPlan,
    WorkshopReading,
)
from qualcode.texts import N_

NO_NOTES = N_("No notes were found on the sheet {sheet}.")


def read_workshop(workbook: Workbook, plan: WorkshopPlan) -> WorkshopReading:
    """The notes of every sheet in the plan, in reading order, and what could not be read.

    Raises NoSheet for a sheet that is not there and NoNotes when no note was found.
    """
    notes: list[NoteRow] = []
    problems: list[ReadProblem] = []
    headings: list[str] = []
    outside: list[NoteRow] = []
    guesses: list[tuple[str, str]] = []
    dropped = 0
    for part in plan.sheets:
        sheet = workbook.sheet(part.sheet)
        problems.extend(sheet.problems)
        kind = GridReader if part.layout is WorkshopLayout.GRID else ListReader
        reader = kind(sheet, part)
        found = list(reader.notes())
        problems.extend(reader.problems)
        headings.extend(heading for heading in reader.headings if heading not in headings)
        outside.extend(reader.outside)
        guesses.extend(reader.guesses)
        if not found:
            problems.append(ReadProblem(None, "", NO_NOTES, {"sheet": sheet.name}))
        notes.extend(found)
        dropped += dropped_cells(sheet, part)
    if not notes:
        raise NoNotes(file=workbook.file)
    return WorkshopReading(
        tuple(notes),
        tuple(problems),
        dropped,
        tuple(headings),
        tuple(outside),
        doubts_of(guesses),
    )
