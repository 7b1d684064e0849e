"""How many respondents and how many mentions a category holds, rolled up the tree.

A mention is one original expression. It counts once in a category, however many reductions of it
are placed there. A respondent counts once, however much they said; a text that nobody in particular
wrote adds mentions and no respondent. So neither number of a main category is the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

EVERY_GROUP = ""
"""Key of the tally over all actor groups."""


class Evidence(Protocol):
    """One link from an original expression to a reduction, and where the reduction is placed."""

    @property
    def reduction_id(self) -> str: ...
    @property
    def category_id(self) -> str | None: ...
    @property
    def segment_id(self) -> str: ...
    @property
    def respondent_id(self) -> str | None: ...
    @property
    def actor_group(self) -> str: ...
    @property
    def theme(self) -> str: ...


@dataclass
class Tally:
    """Distinct expressions and the distinct people behind them, in the order they came."""

    _segments: dict[str, None] = field(default_factory=dict)
    _respondents: dict[str, None] = field(default_factory=dict)

    @property
    def mentions(self) -> int:
        return len(self._segments)

    @property
    def respondents(self) -> int:
        return len(self._respondents)

    @property
    def segments(self) -> tuple[str, ...]:
        """Ids of the expressions counted: what a person opens to check the number."""
        return tuple(self._segments)

    def add(self, row: Evidence) -> None:
        self._segments[row.segment_id] = None
        if row.respondent_id is not None:
            self._respondents[row.respondent_id] = None


@dataclass
class GroupTallies:
    """A tally for each actor group and one over all of them."""

    _by_group: dict[str, Tally] = field(default_factory=dict)

    def __getitem__(self, group: str) -> Tally:
        """The group's tally; an empty one when the group said nothing of it."""
        return self._by_group.get(group) or Tally()

    @property
    def total(self) -> Tally:
        return self[EVERY_GROUP]

    def add(self, row: Evidence) -> None:
        self._by_group.setdefault(EVERY_GROUP, Tally()).add(row)
        if row.actor_group != EVERY_GROUP:
            self._by_group.setdefault(row.actor_group, Tally()).add(row)


def by_reduction(rows: Iterable[Evidence]) -> dict[str, GroupTallies]:
    """Reduction -> its tallies. A reduction without any expression is not there."""
    tallies: dict[str, GroupTallies] = {}
    for row in rows:
        tallies.setdefault(row.reduction_id, GroupTallies()).add(row)
    return tallies


def by_category(
    rows: Iterable[Evidence], parents: Mapping[str, str | None]
) -> dict[str, GroupTallies]:
    """Category -> its tallies, with everything below it counted in.

    ``parents`` maps every category of the tree to the one above it. Categories without evidence
    have tallies of zero, so that what theory has no data for shows.
    """
    tallies = {category: GroupTallies() for category in parents}
    for row in rows:
        for category in upwards(row.category_id, parents):
            tallies[category].add(row)
    return tallies


def upwards(category: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """The category and everything above it, lowest first; empty for None."""
    chain: list[str] = []
    while category is not None and category in parents and category not in chain:
        chain.append(category)
        category = parents[category]
    return chain


def actor_groups(rows: Iterable[Evidence]) -> list[str]:
    """The actor groups that said something, in the order they first appear; none without a name."""
    return [group for group in dict.fromkeys(row.actor_group for row in rows) if group]


def themes(rows: Iterable[Evidence]) -> list[str]:
    """The themes that something was said of, in the order they first appear."""
    return list(dict.fromkeys(row.theme for row in rows))


def unplaced(rows: Sequence[Evidence]) -> dict[str, GroupTallies]:
    """Tallies of the reductions that have no place in the tree."""
    return by_reduction(row for row in rows if row.category_id is None)
