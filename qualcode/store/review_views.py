"""What a review page asks of the study, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ThreadQuery:
    """Which threads are shown. Every condition given must hold; ``open`` None is both."""

    about: tuple[str, tuple[str, ...]] | None = None
    kind: str | None = None
    open: bool | None = None
    question: bool | None = None


@dataclass(frozen=True)
class RemarkTally:
    """What has been said of one thing: remarks in all, unread by one reader, threads not resolved.

    ``questions`` are those of the open threads that began with a question.
    """

    about_kind: str
    about_id: str
    remarks: int
    unread: int
    open: int
    questions: int


@dataclass(frozen=True)
class RowChange:
    """One row changed by one decision: what it was and what it became."""

    decision: int
    id: str
    at: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
