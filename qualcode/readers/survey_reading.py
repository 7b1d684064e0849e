"""What a survey gives when it has been read: respondents, items and answers as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.domain.documents import ClosedState, ItemKind, Provenance
from qualcode.readers.problems import ReadProblem
from qualcode.readers.survey_marks import NOTHING_SAID, Marks


@dataclass(frozen=True)
class RespondentRow:
    """One form that came back. ``label`` is its id as written, or R0001 and so on."""

    label: str
    actor_group: str
    background: Mapping[str, str]
    row: int


@dataclass(frozen=True)
class ItemRow:
    """A question; ``columns`` are the letters of the columns it was read from."""

    text: str
    kind: ItemKind
    number: str = ""
    section: str = ""
    theme: str = ""
    options: tuple[str, ...] = ()
    header: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextRow:
    """One answer as written. ``respondent`` and ``item`` are positions in the reading."""

    respondent: int
    item: int
    text: str
    set_aside: bool
    provenance: Provenance
    marks: Marks = NOTHING_SAID


@dataclass(frozen=True)
class ClosedRow:
    """One closed answer, or for a multiple choice question one option of it."""

    respondent: int
    item: int
    state: ClosedState
    value: str
    raw: str
    provenance: Provenance


@dataclass(frozen=True)
class SurveyReading:
    """All that was read, as plain values ready to be stored, and the problems met."""

    respondents: tuple[RespondentRow, ...]
    items: tuple[ItemRow, ...]
    texts: tuple[TextRow, ...]
    closed: tuple[ClosedRow, ...]
    problems: tuple[ReadProblem, ...]
    dropped_cells: int = 0
