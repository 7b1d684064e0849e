"""Material as it was written: who answered, what was asked, and the text that never changes.

The method (Tuomi & Sarajärvi): the original expression stays as the person wrote it, typos
included, and everything built on it can be followed back to file, sheet, row and column.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.domain.errors import EmptySegment, SegmentOutsideText


class ItemKind(StrEnum):
    """How a question is answered. Only OPEN and COMPLETION give text to be coded."""

    OPEN = "open"
    COMPLETION = "completion"
    LIKERT = "likert"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    NUMBER = "number"
    BACKGROUND = "background"

    @property
    def is_text(self) -> bool:
        return self in (ItemKind.OPEN, ItemKind.COMPLETION)

    @property
    def is_closed(self) -> bool:
        return self in (ItemKind.LIKERT, ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE)


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    ANSWER = "answer"
    WORKSHOP_NOTE = "workshop_note"
    ROLE_NOTE = "role_note"
    OBSERVATION = "observation"
    EXPECTATION = "expectation"
    FEEDBACK = "feedback"
    TEXT = "text"


class SourceKind(StrEnum):
    SURVEY = "survey"
    WORKSHOP = "workshop"
    TEXT = "text"
    COUNTS = "counts"


class ClosedState(StrEnum):
    """Missing and uninterpretable are kept apart: each is counted by itself below a table."""

    ANSWERED = "answered"
    MISSING = "missing"
    UNINTERPRETABLE = "uninterpretable"


def normalise(text: str) -> str:
    """The text as it is stored for good: LF line ends, composed letters (NFC), no lone surrogates.

    Done once, at import. Offsets of segments count the code points of this text, so it must
    never be normalised again in another way.

    >>> normalise("a\\r\\nb\\rc") == "a\\nb\\nc"
    True
    >>> len(normalise("a\\u0308"))
    1
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A pair of surrogates left by a careless decoder is one real character; a lone one is nothing.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\x00", "\ufffd")
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """A name or a wording as it is stored: normalised, without stray spaces and line breaks.

    >>> one_line("  apua   saatiin\\nheti ")
    'apua saatiin heti'
    """
    return " ".join(normalise(text).split())


@dataclass(frozen=True)
class Provenance:
    """Where a text stood: file name, sheet, row and column, as a person would look for it."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file, self.sheet]
        if self.row is not None:
            parts.append(str(self.row))
        parts.append(self.column)
        return " › ".join(part for part in parts if part)


@dataclass(frozen=True)
class Source:
    """One imported file. ``digest`` (SHA-256 of its bytes) recognises the same file again."""

    id: str
    name: str
    digest: str
    kind: SourceKind
    imported_at: str
    imported_by: str
    sent: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Respondent:
    """One who answered, or a workshop table speaking with one voice.

    ``label`` is what screens and tables show. Background variables are kept as written.
    """

    id: str
    source_id: str
    label: str
    actor_group: str
    background: Mapping[str, str] = field(default_factory=dict)
    position: int = 0


def question_name(number: str, text: str) -> str:
    """The question as it is shown: ``3.1 Millaista tukea saat?``; a column named ``q3`` once."""
    return " ".join(part for part in (number, text if text != number else "") if part)


@dataclass(frozen=True)
class Item:
    """A question of an instrument, or a heading under which notes were written."""

    id: str
    source_id: str
    text: str
    kind: ItemKind
    number: str = ""
    section: str = ""
    theme: str = ""
    actor_group: str = ""
    options: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True)
class Document:
    """One answer, note or transcript. Its ``text`` never changes.

    ``set_aside`` marks a non-answer ("en tiedä", "-"): kept and listed, but not coded or counted
    as an answer. ``attributes`` hold what is known of the text itself (quadrant, table, round).
    """

    id: str
    source_id: str
    text: str
    kind: DocumentKind = DocumentKind.ANSWER
    respondent_id: str | None = None
    item_id: str | None = None
    set_aside: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)
    position: int = 0


@dataclass(frozen=True)
class ClosedAnswer:
    """An answer to a closed item: the option chosen, or why there is none.

    ``count`` is 1 for a respondent's own answer; material that exists only as printed counts
    (a table of another report) has no respondent and a count of its own.
    """

    id: str
    source_id: str
    item_id: str
    state: ClosedState
    value: str = ""
    raw: str = ""
    respondent_id: str | None = None
    actor_group: str = ""
    count: int = 1
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class Segment:
    """An original expression: the code points ``start`` up to ``end`` (exclusive) of a document."""

    id: str
    document_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EmptySegment(document=self.document_id, start=self.start, end=self.end)

    def of(self, text: str) -> str:
        """The expression itself, cut from its document's text."""
        if self.end > len(text):
            raise SegmentOutsideText(
                document=self.document_id, start=self.start, end=self.end, length=len(text)
            )
        return text[self.start : self.end]
