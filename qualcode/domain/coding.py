"""What the analyst says of an expression: which code it carries, and how it reads when reduced."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.documents import one_line
from qualcode.domain.errors import EmptyWording


@dataclass(frozen=True)
class Coding:
    """One coder holds that one segment carries one code."""

    id: str
    segment_id: str
    code_id: str
    coder: str
    created_at: str


@dataclass(frozen=True)
class ReducedExpression:
    """A pelkistys: what expressions say, in a few words. One may stand for many expressions."""

    id: str
    wording: str
    created_by: str = ""
    created_at: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.wording.strip():
            raise EmptyWording()


@dataclass(frozen=True)
class ReductionLink:
    """A segment is reduced to a reduced expression. Many to many."""

    id: str
    segment_id: str
    reduction_id: str
    coder: str
    created_at: str = ""


def tidy_wording(wording: str) -> str:
    """The wording without stray spaces and line breaks; capital letters stay as written.

    >>> tidy_wording("  apua   saatiin\\nheti ")
    'apua saatiin heti'
    """
    return one_line(wording)


def bare_wording(wording: str) -> str:
    """What of a wording counts when it is compared: letter case and end stops aside.

    >>> bare_wording("Apua  saatiin!") == bare_wording("apua saatiin.")
    True
    """
    return tidy_wording(wording).casefold().rstrip(".!")


def same_wording(one: str, other: str) -> bool:
    """Whether two wordings are one reduction written twice."""
    return bare_wording(one) == bare_wording(other)
