"""Read-only rows for a screen: always a page at a time, never the whole study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from qualcode.domain.documents import (
    ClosedState,
    Document,
    Provenance,
    normalise,
)
from qualcode.domain.memos import Memo
from qualcode.store.answer_query import (  # noqa: F401  # the question's words belong here too
    Among,
    AnswerGroup,
    AnswerQuery,
    AnswerState,
    Facet,
    GroupBy,
    How,
    Order,
    OrderBy,
    among,
)

T = TypeVar("T")


def sought(text: str) -> str:
    """A search text as stored texts are compared: normalised as they are, letter case folded."""
    return normalise(text).casefold()


@dataclass(frozen=True)
class Page(Generic[T]):
    """``rows`` from ``offset`` on, at most ``limit`` of the ``total`` that match."""

    rows: tuple[T, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class SpanRow:
    """A coding with the span it lies on."""

    coding_id: str
    segment_id: str
    document_id: str
    start: int
    end: int
    code_id: str
    coder: str


@dataclass(frozen=True)
class ReductionSpanRow:
    """A reduced expression with one span it stands for."""

    link_id: str
    segment_id: str
    document_id: str
    start: int
    end: int
    reduction_id: str
    wording: str
    coder: str


@dataclass(frozen=True)
class MemoMark:
    """A memo with the span it speaks of; ``span`` is None when it speaks of the whole text."""

    memo: Memo
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class AnswerRow:
    """One text with everything a coder needs beside it."""

    document: Document
    respondent_label: str
    actor_group: str
    background: Mapping[str, str]
    item_number: str
    item_text: str
    theme: str
    source_name: str
    spans: tuple[SpanRow, ...] = ()
    reductions: tuple[ReductionSpanRow, ...] = ()
    memos: tuple[MemoMark, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class AnswerPage(Page[AnswerRow]):
    """A page of texts. ``total`` counts places, ``texts`` the texts that match.

    They differ when texts stand in several groups; a row's ``group`` says in which it stands here.
    """

    texts: int = 0
    groups: tuple[AnswerGroup, ...] = ()


@dataclass(frozen=True)
class MemoQuery:
    """Which memos are shown. Every condition given must hold.

    ``text`` is looked for letter case aside. ``kind`` is that of what they speak of, ``about``
    that kind with the ids of the rows themselves. ``since`` is a day or a time (ISO 8601, UTC)
    at or after which they were written.
    """

    text: str = ""
    kind: str | None = None
    who: str | None = None
    since: str = ""
    about: tuple[str, tuple[str, ...]] | None = None
    memo_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ReductionQuery:
    """Which reductions a page shows. ``placed``: in a category, in none, or either (None)."""

    text: str = ""
    placed: bool | None = None
    category_id: str | None = None
    reduction_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ReductionRow:
    """One reduced expression: how many expressions and respondents, its place, an original."""

    id: str
    wording: str
    expressions: int
    respondents: int
    category_id: str | None
    category_name: str
    example: str
    note: str = ""


@dataclass(frozen=True)
class QuoteQuery:
    """Which of the expressions that were coded or reduced. Every condition given must hold.

    ``text`` is looked for letter case aside. ``category_ids``: one of its reductions is placed in
    one of these. ``placed``: a reduction of it is in a category, or none is. ``chosen`` for the
    report and ``checked`` before printing: yes, no, or either (None).
    """

    text: str = ""
    category_ids: tuple[str, ...] | None = None
    respondent_id: str | None = None
    placed: bool | None = None
    chosen: bool | None = None
    checked: bool | None = None


@dataclass(frozen=True)
class ExpressionQuery:
    """Which original expressions are shown: those of reductions, of a code, or named ones.

    ``quotes`` leaves those that are material for quotes: coded or reduced, and counted.
    """

    reduction_ids: tuple[str, ...] | None = None
    code_id: str | None = None
    segment_ids: tuple[str, ...] | None = None
    document_ids: tuple[str, ...] | None = None
    actor_group: str | None = None
    quotes: QuoteQuery | None = None


@dataclass(frozen=True)
class ExpressionRow:
    """An original expression with where it came from."""

    segment_id: str
    document_id: str
    start: int
    end: int
    text: str
    respondent_id: str | None
    respondent_label: str
    actor_group: str
    item_id: str | None
    item_number: str
    item_text: str
    theme: str
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class EvidenceRow:
    """Ids only: one link from an expression to a reduction, and where the reduction is placed."""

    reduction_id: str
    category_id: str | None
    link_id: str
    segment_id: str
    document_id: str
    respondent_id: str | None
    actor_group: str
    theme: str
    item_id: str | None


@dataclass(frozen=True)
class Count:
    """Mentions are distinct expressions; respondents distinct people (or workshop tables)."""

    mentions: int = 0
    respondents: int = 0


@dataclass(frozen=True)
class ClosedCount:
    """How many of an actor group gave one answer to a closed item, or gave none."""

    item_id: str
    actor_group: str
    state: ClosedState
    value: str
    count: int


@dataclass(frozen=True)
class TextState:
    """Whether anything of a text is coded, and whether anything of it is reduced."""

    coded: bool
    reduced: bool


@dataclass(frozen=True)
class StudyProgress:
    """The study in numbers, for its first page."""

    sources: int = 0
    respondents: int = 0
    documents: int = 0
    set_aside: int = 0
    coded_documents: int = 0
    reduced_documents: int = 0
    codings: int = 0
    segments: int = 0
    reductions: int = 0
    placed: int = 0
    categories: int = 0
    codebooks: int = 0
    codes: int = 0
    role_maps: int = 0
    roles: int = 0
    closed_answers: int = 0
    decisions: int = 0
