"""Notes of a workshop on the command line: as guessed, with what was left out told."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace

from qualcode.readers.docx_tables import TEXT
from qualcode.readers.problems import ReadProblem
from qualcode.readers.recognising import Recognised
from qualcode.readers.tables import Sheet, Workbook
from qualcode.readers.workshop import (
    WorkshopPlan,
    WorkshopReading,
    guess_workshop,
    read_pasted_notes,
    read_workshop,
)
from qualcode.texts import N_
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing import Imported

NOT_RECOGNISED = N_(
    "No notes were recognised on the sheet {sheet}, so it was not read: “{text}”. On the page "
    "Material its layout can be chosen."
)
AROUND_TABLES = N_(
    "The text around the tables was not read: “{text}”. On the page Material it can be read along."
)
MOST_SHOWN = 200


def prepared(
    options: argparse.Namespace, recognised: Recognised, data: bytes
) -> Callable[[Workbench], Imported]:
    """What brings the notes in, once the study is open; the file has been read by then."""
    reading = _read(options, recognised)
    return lambda bench: importing.import_workshop(
        bench,
        recognised.file,
        data,
        reading,
        actor_group=options.actor_group,
        again=options.again,
    )


def _read(options: argparse.Namespace, recognised: Recognised) -> WorkshopReading:
    if recognised.workbook is None:
        opened = recognised.text
        assert opened is not None, "a file has been opened as sheets or as a text"
        found = read_pasted_notes(
            opened.text, file=recognised.file, shown=opened.titles, keep_title=True
        )
        return replace(found, problems=(*opened.problems, *found.problems))
    guess = guess_workshop(recognised.workbook)
    plan, left = guess.plan, guess.unrecognised
    if options.sheet:
        recognised.workbook.sheet(options.sheet)
        plan = WorkshopPlan(tuple(p for p in plan.sheets if p.sheet == options.sheet))
        left = ()
    found = read_workshop(recognised.workbook, plan)
    return replace(found, problems=(*found.problems, *_left_out(recognised.workbook, left)))


def _left_out(book: Workbook, names: tuple[str, ...]) -> Iterator[ReadProblem]:
    """The sheets that were not read, with how they begin. A person did not leave them out."""
    for name in names:
        text = _beginning(book.sheet(name))
        if text:
            told = AROUND_TABLES if name == TEXT else NOT_RECOGNISED
            yield ReadProblem(None, "", told, {"sheet": name, "text": text})


def _beginning(sheet: Sheet) -> str:
    words = " ".join(" ".join(cell.split()) for row in sheet.rows for cell in row if cell.strip())
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
