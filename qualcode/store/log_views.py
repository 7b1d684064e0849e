"""What a screen asks of the decision log, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.domain.decisions import Act


@dataclass(frozen=True)
class LogQuery:
    """Which decisions are shown. Every condition given must hold.

    ``since`` (at it or later) and ``until`` (earlier) are times of the log: ISO 8601 in UTC.
    ``about`` names a row: decisions that touched it, a row that names it, a memo of it, or what
    hangs on a passage of it when it is a text. ``numbers`` are the decisions' own.
    """

    who: str | None = None
    acts: tuple[Act, ...] = ()
    since: str = ""
    until: str = ""
    about: tuple[str, str] | None = None
    numbers: tuple[int, ...] | None = None


@dataclass(frozen=True)
class WorkDone:
    """What one coder did in a stretch of time.

    ``acts`` counts acts in force by kind and ``taken_back`` those that are not. ``coded``,
    ``reduced`` and ``texts`` (either of them) count distinct texts whose codings or reductions
    made in that time stand. ``first`` and ``last`` are times of the log, "" when nothing was done.
    """

    acts: Mapping[Act, int] = field(default_factory=dict)
    taken_back: int = 0
    coded: int = 0
    reduced: int = 0
    texts: int = 0
    first: str = ""
    last: str = ""
