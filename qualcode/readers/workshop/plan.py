"""How workshop notes are laid out, and what reading them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.domain.documents import DocumentKind, Provenance
from qualcode.domain.errors import Term
from qualcode.domain.workshops import Quadrant
from qualcode.readers.problems import ReadProblem
from qualcode.readers.workshop.doubts import Doubt
from qualcode.texts import N_

QUADRANT_NAMES = {
    Quadrant.STRENGTHS: Term(N_("Strengths")),
    Quadrant.WEAKNESSES: Term(N_("Weaknesses")),
    Quadrant.OPPORTUNITIES: Term(N_("Opportunities")),
    Quadrant.THREATS: Term(N_("Threats")),
}
KIND_NAMES = {
    DocumentKind.OBSERVATION: Term(N_("Observations")),
    DocumentKind.EXPECTATION: Term(N_("Expectations of the day")),
    DocumentKind.FEEDBACK: Term(N_("Feedback on the day")),
}
"""What notes of these kinds answer when no question is written beside them."""

OWN_HEADING = ""
"""A heading that is no quadrant, kept as what it is."""


class WorkshopLayout(StrEnum):
    GRID = "grid"
    LIST = "list"
    ROLE_NOTES = "role_notes"
    OBSERVATIONS = "observations"
    EXPECTATIONS = "expectations"
    FEEDBACK = "feedback"


KIND_OF_LAYOUT = {
    WorkshopLayout.GRID: DocumentKind.WORKSHOP_NOTE,
    WorkshopLayout.LIST: DocumentKind.WORKSHOP_NOTE,
    WorkshopLayout.ROLE_NOTES: DocumentKind.ROLE_NOTE,
    WorkshopLayout.OBSERVATIONS: DocumentKind.OBSERVATION,
    WorkshopLayout.EXPECTATIONS: DocumentKind.EXPECTATION,
    WorkshopLayout.FEEDBACK: DocumentKind.FEEDBACK,
}


class NoteColumn(StrEnum):
    """What a column of a list of notes holds. IDENTIFYING and IGNORE columns are not read.

    X and Y are where a sticky note lies on its board.
    """

    NOTE = "note"
    QUADRANT = "quadrant"
    TABLE = "table"
    ROUND = "round"
    GROUP = "group"
    PICTURE = "picture"
    QUESTION = "question"
    TARGET = "target"
    OBSERVER = "observer"
    X = "x"
    Y = "y"
    IDENTIFYING = "identifying"
    IGNORE = "ignore"


@dataclass(frozen=True)
class SheetOfNotes:
    """How one sheet is read: its layout and, for a list, its header row and columns.

    ``columns`` gives a role to each column by position. ``table`` and ``round`` hold for notes
    that name none themselves. ``headings`` says of headings that are no quadrant which quadrant
    they mean; one that is not among them is kept as it is (``OWN_HEADING``). ``whole`` keeps a row
    as one note, however many lines it has: that is how sticky notes come out of their tools.
    """

    sheet: str
    layout: WorkshopLayout
    header_row: int | None = None
    columns: tuple[NoteColumn, ...] = ()
    table: str = ""
    round: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True)
class WorkshopPlan:
    """The sheets to read, each in its own way; a sheet that is not named is not read."""

    sheets: tuple[SheetOfNotes, ...]


@dataclass(frozen=True)
class WorkshopGuess:
    """A plan for a person to confirm, and the sheets in which no notes were recognised."""

    plan: WorkshopPlan
    unrecognised: tuple[str, ...] = ()
    dropped_cells: int = 0


@dataclass(frozen=True)
class NoteRow:
    """One note as written. ``attributes`` has quadrant, table, round, group, picture, question,
    target, observer.

    ``quadrant`` is the English value of ``Quadrant``, whatever language the title was in.
    """

    text: str
    kind: DocumentKind
    attributes: Mapping[str, str]
    set_aside: bool
    provenance: Provenance


@dataclass(frozen=True)
class WorkshopReading:
    """The notes, what could not be read, and the headings that name no quadrant, as written.

    ``outside`` are texts that no heading holds: no notes, unless a person takes them in.
    ``doubts`` may be titles or notes; each is read as its guess, unless a person says otherwise.
    """

    notes: tuple[NoteRow, ...]
    problems: tuple[ReadProblem, ...]
    dropped_cells: int = 0
    headings: tuple[str, ...] = ()
    outside: tuple[NoteRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
