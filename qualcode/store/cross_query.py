"""The question a table of marks puts to the store: what was marked, against what else is known.

Rows are what coders gave (categories through reductions, or codes); columns are whatever else an
expression has or stands beside. Screens show a table of a large study at once because the store
counts it: no expression is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Axis(StrEnum):
    """What a side of a table is made of.

    CATEGORY, CODE, STANCE and SPOKEN_OF are marks on expressions; a text may have several. The
    others are single values of the text or of who wrote it; CODER is who gave the row's mark. ALL
    is one column.
    """

    ALL = "all"
    CATEGORY = "category"
    CODE = "code"
    STANCE = "stance"
    SPOKEN_OF = "spoken_of"
    CODER = "coder"
    THEME = "theme"
    ATTRIBUTE = "attribute"
    ITEM = "item"
    SOURCE = "source"


MARKS = (Axis.CATEGORY, Axis.CODE, Axis.STANCE, Axis.SPOKEN_OF)
"""What a table's rows can be, and columns as well: crossed with each other they meet."""


class Near(StrEnum):
    """When two marks meet: on the same words (overlaps counted), or in the same answer."""

    WORDS = "words"
    ANSWER = "answer"


@dataclass(frozen=True)
class Side:
    """One side of a table. Values that it does not name are as they are in the study.

    ``pairs`` (CATEGORY): category -> values it counts under, several when it is counted upwards as
    well; a category that is not there counts nowhere. ``named`` (CODE): only these. ``renamed``
    (THEME, CODE, STANCE, SOURCE): values counted under another name. ``name``: which background
    variable. ``lacking``: what has no such mark is counted too, under "" (for a column).
    """

    by: Axis
    name: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    lacking: bool = False


@dataclass(frozen=True)
class CrossQuery:
    """A table. ``rows`` is one of MARKS. ``actor_group``: only what this group said.
    ``standing``: only expressions with one of these stances on some of their words. ``sources``:
    only what came in by these files.
    """

    rows: Side
    columns: Side = Side(Axis.ALL)
    near: Near = Near.WORDS
    actor_group: str | None = None
    standing: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CrossCell:
    """What meets in one cell, for one actor group.

    Mentions: distinct expressions of the row that (also) have the column. Respondents: distinct
    people behind them. Answers: distinct texts they stand in. A text and a respondent have one
    actor group, so the numbers of several groups can be added up. With SPOKEN_OF as the rows the
    group is who speaks: the text's own, or another that the coder names.
    """

    row: str
    column: str
    actor_group: str
    mentions: int
    respondents: int
    answers: int


@dataclass(frozen=True)
class CellAt:
    """Where a number of a table stands. None: every value; several columns: any of them.

    ``coder``: only where this one gave the row's mark.
    """

    row: str | None = None
    columns: tuple[str, ...] | None = None
    actor_group: str | None = None
    coder: str | None = None


@dataclass(frozen=True)
class CrossMark:
    """An expression in the cell that it counts in, given by this coder."""

    row: str
    column: str
    actor_group: str
    coder: str
    segment_id: str


@dataclass(frozen=True)
class StanceRow:
    """A stance with the span it lies on; ``stance`` is empty where only a group is named."""

    id: str
    segment_id: str
    document_id: str
    start: int
    end: int
    stance: str
    about: str
    coder: str
    speaker: str = ""


@dataclass(frozen=True)
class ChainQuery:
    """The chain from words to categories, a row an expression and reduction, in a table's order.

    ``themes``: the column that says the theme (THEME, or CODE of a codebook), ``theme_order`` its
    values as they follow each other, ``categories`` the placed ones in theirs. ``theme`` and
    ``within`` (categories) limit it. ``each``: at most so many rows of a theme and category.
    """

    themes: Side = Side(Axis.THEME)
    theme_order: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    theme: str | None = None
    within: tuple[str, ...] | None = None
    each: int | None = None


@dataclass(frozen=True)
class ChainRow:
    """An expression, its reduction, and where the reduction is placed."""

    segment_id: str
    document_id: str
    text: str
    theme: str
    reduction_id: str
    wording: str
    category_id: str | None
    respondent_id: str | None
    actor_group: str
