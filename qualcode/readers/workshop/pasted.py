"""The notes of a pasted text or a text file, a note a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from qualcode.domain.documents import DocumentKind, Provenance, normalise
from qualcode.domain.errors import NoNotes
from qualcode.domain.workshops import Quadrant, quadrant_of
from qualcode.readers.files import without_control_characters
from qualcode.readers.note_lines import split_notes
from qualcode.readers.problems import ReadProblem
from qualcode.readers.workshop.document_titles import (
    is_over_a_title,
    table_and_round,
    title_line,
)
from qualcode.readers.workshop.doubts import (
    A_NOTE,
    THE_TITLE,
    doubtful_lines,
    doubts_of,
    is_one_of_many,
    key_of,
    keys_of,
    tell_doubt,
    tell_title_kept,
)
from qualcode.readers.workshop.grid import EMPTY_QUADRANT
from qualcode.readers.workshop.pasted_headings import bare, headings_of
from qualcode.readers.workshop.plan import OWN_HEADING, NoteRow, WorkshopReading
from qualcode.readers.workshop.rows import note_row
from qualcode.readers.workshop.titles import label_of
from qualcode.texts import N_

FIFTH_HEADING = N_(
    "“{title}” looks like a heading of none of the four quadrants: the notes under it are kept "
    "under it. Choose which quadrant it means, or that it is a note itself, before the notes come "
    "in."
)
_DASH = re.compile(r"\s+[-–—]\s+")
NOTES_WITHOUT_TITLE = N_("The line stands above the first quadrant title and has no quadrant.")


def read_pasted_notes(
    text: str,
    *,
    file: str = "",
    table: str = "",
    headings: Mapping[str, str] = MappingProxyType({}),
    shown: Collection[str] = (),
    keep_title: bool = False,
) -> WorkshopReading:
    """The notes of a pasted text: quadrant titles on lines of their own, a note on every other.

    A title may be followed by notes on the same line ("Uhat: kiire"), and a line such as
    "Pöytä 2" names the table of the lines under it. What looks like a fifth heading is kept as the
    group of the notes under it, unless ``headings`` says which quadrant it means, or that it is
    A_NOTE. What may be a title or a note is read as guessed, unless ``headings`` says by its key
    what it is. ``shown`` are lines that a Word document shows as headings. ``keep_title`` is for
    reading without a person who confirms: the title of the notes tells where they are from, and
    is a note too. Raises NoNotes for a text without notes.
    """
    notes: list[NoteRow] = []
    problems: list[ReadProblem] = []
    quadrant: Quadrant | None = None
    titled: dict[Quadrant, tuple[int, str]] = {}
    labels = {"table": table, "round": "", "group": ""}
    lines = _lines(text)
    others = headings_of(lines, shown)
    doubtful = _doubtful(lines, shown, others)
    others = {n: one for n, one in others.items() if n not in doubtful}
    guesses = [(lines[n], guess) for n, guess in sorted(doubtful.items())]
    keys = dict(zip(sorted(doubtful), keys_of(guesses), strict=True))
    has_titles = any(_title(line)[0] is not None for line in lines)
    for number, line in enumerate(lines, start=1):
        label = label_of(line)
        if label is not None:
            labels["round" if label[1] else "table"] = label[0]
            continue
        heading = others.get(number - 1)
        meant = headings.get(heading, OWN_HEADING) if heading is not None else A_NOTE
        is_note = False
        if number - 1 in doubtful:
            guess = doubtful[number - 1]
            meant = headings.get(keys[number - 1], guess)
            if meant == THE_TITLE:
                labels["table"], labels["round"] = _where(line, labels)
                if not keep_title:
                    problems.append(tell_doubt(number, "", line, guess))
                    continue
                problems.append(tell_title_kept(number, line))
                meant = A_NOTE
            elif meant == guess:
                problems.append(tell_doubt(number, "", line, guess))
            is_note, heading = meant == A_NOTE, bare(line)
        if heading is not None and meant != A_NOTE:
            quadrant = Quadrant(meant) if meant else None
            labels["group"] = "" if meant else heading
            if heading not in headings and number - 1 not in doubtful:
                problems.append(ReadProblem(number, "", FIFTH_HEADING, {"title": heading}))
            continue
        title, rest = (None, line) if is_note else _title(line)
        if title is not None:
            quadrant, labels["group"] = title, ""
            titled.setdefault(title, (number, line.strip().strip("#*: ")))
        for note in split_notes(rest):
            is_above = quadrant is None and has_titles and not labels["group"]
            if is_above and doubtful.get(number - 1) != THE_TITLE:
                problems.append(ReadProblem(number, "", NOTES_WITHOUT_TITLE))
            place = Provenance(file=file, row=number)
            where = {"quadrant": quadrant.value if quadrant else "", **labels}
            notes.append(note_row(note, DocumentKind.WORKSHOP_NOTE, place, **where))
    if not notes:
        raise NoNotes(file=file)
    filled = {note.attributes.get("quadrant", "") for note in notes}
    for empty, (number, shown_as) in titled.items():
        if empty.value not in filled:
            problems.append(ReadProblem(number, "", EMPTY_QUADRANT, {"title": shown_as}))
    named = tuple(dict.fromkeys(others.values()))
    return WorkshopReading(tuple(notes), tuple(problems), headings=named, doubts=doubts_of(guesses))


def read_pasted_list(
    text: str,
    kind: DocumentKind,
    *,
    file: str = "",
    headings: Mapping[str, str] = MappingProxyType({}),
    shown: Collection[str] = (),
) -> WorkshopReading:
    """Expectations, feedback or role-shaping notes: a note a line, tables named as in a SWOT.

    A role-shaping note may begin with its picture: "kompassi: suunnan näyttämistä". A line that
    ends with a question mark is the question that the lines under it answer.
    """
    notes: list[NoteRow] = []
    labels = {"table": "", "round": ""}
    question = ""
    lines = _lines(text)
    title = title_line(lines, shown)
    doubts = () if title is None else doubts_of([(lines[title], THE_TITLE)])
    problems: list[ReadProblem] = []
    for number, line in enumerate(lines, start=1):
        if number - 1 == title and headings.get(key_of(line), THE_TITLE) == THE_TITLE:
            problems.append(tell_doubt(number, "", line, THE_TITLE))
            labels["table"], labels["round"] = _where(line, labels)
            continue
        label = label_of(line)
        if label is not None:
            labels["round" if label[1] else "table"] = label[0]
            continue
        if line.strip().endswith("?") and len(line.split()) > 2:
            question = line.strip()
            continue
        for note in split_notes(line):
            where = {**labels, "question": question}
            if kind is DocumentKind.ROLE_NOTE:
                picture, colon, meaning = note.partition(":")
                if colon and meaning.strip() and len(picture) <= 40:
                    where["picture"], note = picture.strip(), meaning.strip()
            notes.append(note_row(note, kind, Provenance(file=file, row=number), **where))
    if not notes:
        raise NoNotes(file=file)
    return WorkshopReading(tuple(notes), tuple(problems), doubts=doubts)


def _doubtful(
    lines: Sequence[str], shown: Collection[str], others: Collection[int]
) -> dict[int, str]:
    """Line -> its guess, of those that may be a title or a note.

    What has notes right under it and names no table is a heading of theirs ("Palaute").
    """
    found = doubtful_lines(lines, shown)
    title = title_line(lines, shown)
    if title is None:
        return found
    is_over_notes = title in others and not is_over_a_title(lines, title, shown)
    if is_over_notes and not any(table_and_round(lines[title])):
        return found
    return {**found, title: THE_TITLE}


def _where(title: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """The table and the round that a title tells, or those there are already."""
    table, round_ = table_and_round(title)
    return table or labels["table"], round_ or labels["round"]


def _lines(text: str) -> list[str]:
    return normalise(without_control_characters(text)).split("\n")


def _title(line: str) -> tuple[Quadrant | None, str]:
    """The quadrant a line names and what is left of the line for notes."""
    bare = line.strip().strip("#*").strip()
    quadrant = quadrant_of(bare)
    if quadrant is not None:
        return quadrant, ""
    title, colon, rest = bare.partition(":")
    quadrant = quadrant_of(title) if colon else None
    if quadrant is not None:
        return quadrant, rest
    # "Uhat – kiire"; "uhka – kiire" may be what somebody wrote.
    title, *after = _DASH.split(bare, maxsplit=1)
    if after and title[:1].isalnum() and not is_one_of_many(title):
        quadrant = quadrant_of(title)
    return (quadrant, after[0]) if quadrant is not None else (None, line)
