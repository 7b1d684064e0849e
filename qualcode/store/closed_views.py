"""What a screen asks of closed answers, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.documents import ClosedAnswer, ClosedState


@dataclass(frozen=True)
class ClosedQuery:
    """Which closed answers are shown. Every condition given must hold."""

    item_ids: tuple[str, ...] | None = None
    actor_group: str | None = None
    state: ClosedState | None = None
    value: str | None = None


@dataclass(frozen=True)
class ClosedAnswerRow:
    """One closed answer with whose it is and what was asked."""

    answer: ClosedAnswer
    respondent_label: str
    actor_group: str
    item_number: str
    item_text: str


@dataclass(frozen=True)
class Returned:
    """How many respondents of an actor group a file has.

    ``place`` is their value of the background variable asked for, "" when they have none;
    ``first`` the position of the first of them, by which groups are put in order.
    """

    source_id: str
    actor_group: str
    place: str
    respondents: int
    first: int = 0
