"""Second marks: how an expression stands, whom it speaks of, and which findings are alike or clash.

A code or a reduction says what an expression is about. Whether it tells of a success or of a
difficulty is another matter: a contented quote may stand under a heading of discontent, and is to
be seen there. Contradictions between groups and methods are findings, not errors (triangulation).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """How somebody speaks of the thing."""

    SUCCESS = "success"
    DIFFICULTY = "difficulty"
    WISH = "wish"
    DOUBT = "doubt"


AGAINST: dict[Stance, tuple[Stance, ...]] = {
    Stance.SUCCESS: (Stance.DIFFICULTY, Stance.DOUBT),
    Stance.DIFFICULTY: (Stance.SUCCESS,),
    Stance.WISH: (),
    Stance.DOUBT: (Stance.SUCCESS,),
}
"""What stands against a heading of each stance. A wish speaks against nothing."""


@dataclass(frozen=True)
class ExpressionStance:
    """One coder's view of one expression: its stance, and the actor group that it speaks of.

    Who speaks is the text's own group, unless ``speaker`` names another: a worker who writes what
    a client has said. Each may be lacking; with none of them there is no such row.
    """

    id: str
    segment_id: str
    coder: str
    stance: Stance | None = None
    about: str = ""
    created_at: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class HeadingStance:
    """What a category's name says of what is under it. ``id`` is the category's; the categories
    below take it over until one says otherwise."""

    id: str
    stance: Stance


class Alike(StrEnum):
    """How two findings are to each other."""

    SAME = "same"
    DIFFERS = "differs"
    CONTRADICTS = "contradicts"


LIKENED = ("reduction", "category")
"""The kinds of rows that can be held against each other."""


@dataclass(frozen=True)
class Likeness:
    """One coder holds that two findings are the same, differ or contradict each other.

    The two are named, not held: a thought about them outlives a merge.
    """

    id: str
    how: Alike
    one_kind: str
    one_id: str
    other_kind: str
    other_id: str
    coder: str
    note: str = ""
    created_at: str = ""
