"""Observation notes as running text, itemised: one observation a note, each with its target.

The method: observation notes are itemised before the workshop's output is analysed. A paragraph
that begins "Vuorovaikutus: ..." names what was observed; its sentences are the items.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from qualcode.domain.documents import DocumentKind, Provenance, normalise
from qualcode.domain.errors import NoNotes
from qualcode.readers.files import without_control_characters
from qualcode.readers.note_lines import split_notes, split_sentences
from qualcode.readers.problems import ReadProblem
from qualcode.readers.workshop.document_titles import table_and_round, title_line
from qualcode.readers.workshop.doubts import THE_TITLE, doubts_of, key_of, tell_doubt
from qualcode.readers.workshop.plan import NoteRow, WorkshopReading
from qualcode.readers.workshop.rows import note_row
from qualcode.readers.workshop.titles import label_of

_TARGET = re.compile(r"^(?P<target>[^\W\d][^:.!?\n]{1,48}):\s+(?P<rest>\S.*)$", re.DOTALL)
_OBSERVER = re.compile(
    r"\b(?:havainnoija|observer|observatör)\s*(?P<name>\d{1,2}|[A-ZÅÄÖ]\b)", re.IGNORECASE
)


def read_observations(
    text: str,
    *,
    file: str = "",
    by_sentence: bool = True,
    headings: Mapping[str, str] = MappingProxyType({}),
    shown: Collection[str] = (),
) -> WorkshopReading:
    """The observations of a text, in order. Raises NoNotes for a text without any.

    ``by_sentence``: a sentence is an item; otherwise a line is. An observer that the text names
    by a number ("havainnoija 1") is kept.
    """
    notes: list[NoteRow] = []
    named = _OBSERVER.search(text)
    observer = named.group(0) if named else ""
    target = ""
    lines = normalise(without_control_characters(text)).split("\n")
    top = title_line(lines, shown)
    doubts = () if top is None else doubts_of([(lines[top], THE_TITLE)])
    problems: list[ReadProblem] = []
    above = ""
    for number, line in enumerate(lines, start=1):
        if number - 1 == top and headings.get(key_of(line), THE_TITLE) == THE_TITLE:
            problems.append(tell_doubt(number, "", line, THE_TITLE))
            above = table_and_round(line)[0]
            continue
        for paragraph in split_notes(line):
            found = _TARGET.match(paragraph)
            table = above
            if found:
                target = found["target"].strip()
                label = label_of(target)
                if label is not None and not label[1]:
                    target, table = "", label[0]
            said = found["rest"] if found else paragraph
            if not found:
                target = ""
            for item in split_sentences(said) if by_sentence else [said]:
                notes.append(
                    note_row(
                        item,
                        DocumentKind.OBSERVATION,
                        Provenance(file=file, row=number),
                        target=target,
                        table=table,
                        observer=observer,
                    )
                )
    if not notes:
        raise NoNotes(file=file)
    return WorkshopReading(tuple(notes), tuple(problems), doubts=doubts)
