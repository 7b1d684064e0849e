"""What a machine offers. Only a person's acceptance makes a coding or a placement of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReasonKind(StrEnum):
    NEAREST = "nearest"
    SHARED_WORDS = "shared_words"
    DEFINITION = "definition"
    RULE = "rule"
    MARGIN = "margin"


@dataclass(frozen=True)
class Reason:
    """Why something is offered. ``ids`` name what one can open: reductions, codes, segments.

    ``words`` are lemmas shared with it, ``value`` a similarity in -1...1 or a margin. ``marked``
    are those words as ``text`` has them, ``said`` as the subject has them: "palvelu" in a rule and
    "lapsiperhepalvelun" in the answer. Two of them that stand side by side in both are there once
    more as a phrase, with a space between.
    """

    kind: ReasonKind
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    text: str = ""
    value: float | None = None
    marked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One thing offered for an item, with a score (higher is nearer) and reasons."""

    target_id: str
    label: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """What is offered for one item: candidates, best first, and the engine that ranked them."""

    subject_id: str
    subject: str
    engine: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class GroupSuggestion:
    """A group of reductions offered as one category: members, a proposed name, reasons.

    ``cohesion`` is the mean similarity of the members to their centre (0...1, higher is tighter).
    ``joins`` names the category that the members would go to, when it is one that exists.
    """

    key: str
    name: str
    keywords: tuple[str, ...]
    member_ids: tuple[str, ...]
    cohesion: float
    engine: str
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    joins: str | None = None


@dataclass(frozen=True)
class Dismissal:
    """A suggestion that was turned down; it does not come back. ``key`` tells which one."""

    id: str
    key: str
    who: str
    at: str
