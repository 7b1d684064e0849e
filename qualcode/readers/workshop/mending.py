"""What a person mends of the notes before they are stored: where each belongs, joined or left out.

The words themselves are never changed: a note that was cut in two is joined again as it was
written, and one that is no note (a title, a date) is left out, and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.workshops import Quadrant
from qualcode.readers.workshop.plan import NoteRow, WorkshopReading

MENDABLE = ("quadrant", "table", "round", "group", "picture", "question", "target", "observer")


@dataclass(frozen=True)
class Mended:
    """What is other than it was read of one note. ``where`` holds attributes; "" takes one off.

    ``taken`` is for a text that stood outside: it comes in as a note.
    """

    where: Mapping[str, str] | None = None
    left_out: bool = False
    joined: bool = False
    taken: bool = False


def mend(reading: WorkshopReading, mended: Mapping[int, Mended]) -> WorkshopReading:
    """The reading with these notes (by their number from 0) mended.

    A note that is ``joined`` goes on from the one above it. Numbers go on over the texts that stood
    outside, which come last.

    >>> from qualcode.domain.documents import DocumentKind, Provenance
    >>> notes = [NoteRow(t, DocumentKind.WORKSHOP_NOTE, {}, False, Provenance()) for t in "ab"]
    >>> [n.text for n in mend(WorkshopReading(tuple(notes), ()), {1: Mended(joined=True)}).notes]
    ['a\\nb']
    """
    found: list[NoteRow] = []
    for number, note in enumerate(reading.notes):
        change = mended.get(number)
        if change is None:
            found.append(note)
        elif change.left_out:
            continue
        elif change.joined and found:
            before = found[-1]
            text = f"{before.text}\n{note.text}"
            found[-1] = replace(before, text=text, set_aside=is_non_answer(text))
        else:
            found.append(replace(note, attributes=_where(note, change.where or {})))
    for number, note in enumerate(reading.outside, start=len(reading.notes)):
        change = mended.get(number)
        if change is not None and change.taken:
            found.append(replace(note, attributes=_where(note, change.where or {})))
    return replace(reading, notes=tuple(found), outside=())


def _where(note: NoteRow, changed: Mapping[str, str]) -> dict[str, str]:
    kept = {**note.attributes, **{n: v.strip() for n, v in changed.items() if n in MENDABLE}}
    if kept.get("quadrant") and kept["quadrant"] not in list(Quadrant):
        del kept["quadrant"]
    return {name: value for name, value in kept.items() if value}
