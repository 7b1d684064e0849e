"""A finished grouping done once more: how early the right group would have been offered.

The simulated analyst places the items one by one. A group exists, with its name, from its first
member on; before each placement the machine ranks the groups that there are. Nothing that the
analyst decided later is known to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from qualcode.analysis.dendrogram import Dendrogram, ward
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import (
    PER_GROUP,
    Grouping,
    Piles,
    first_grouping,
    grouping_of_categories,
)
from qualcode.analysis.measures import adjusted_rand
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.replay_offers import Offered, offered_of
from qualcode.analysis.similarity import mid_ranks

Progress = Callable[[int, int], None]
Members = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FinishedGrouping:
    """Items with the group that somebody put each into. ``names`` have the groups' ids.

    ``above`` tells what each group lies under, where it does; ``paths`` hold its name after that
    one's. A group lies there from its first member on, as one does that is made under a heading.
    """

    items: Expressions
    names: Expressions
    group_of: tuple[str, ...]
    engine: str
    above: Mapping[str, str] = field(default_factory=dict)
    paths: Expressions | None = None

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Group -> ids of its items, groups in the order of their first item."""
        return _members(self, range(len(self.items)))

    def named(self, members: Members) -> NamedGroups:
        """These groups with these members, as the workbench compares reductions with them."""
        texts = self.names.texts
        groups = [
            NamedGroup(id, texts[self.names.rows[id]], tuple(ids), self.above.get(id, ""))
            for id, ids in members.items()
        ]
        return NamedGroups(self.items, groups, self.names, engine=self.engine, paths=self.paths)

    def only(self, rows: Sequence[int]) -> FinishedGrouping:
        """These rows of it alone, in their order."""
        items = self.items.only(self.items.ids[row] for row in rows)
        group_of = tuple(self.group_of[row] for row in sorted(rows))
        return replace(self, items=items, group_of=group_of)

    def unheaded(self) -> FinishedGrouping:
        """The same without knowing what the groups lie under."""
        return replace(self, above={}, paths=None)

    def without_names(self) -> FinishedGrouping:
        """Without the items whose wording is the name of a group: those would find themselves."""
        named = set(self.names.wordings)
        return self.only([row for row, said in enumerate(self.items.wordings) if said not in named])


@dataclass(frozen=True)
class Look:
    """What the machine would have offered just before one item was placed.

    ``before`` is how many were placed by then. ``rank`` is the middle rank of the right group
    among those that existed, None when it did not exist yet; ``by_size`` is the rank that it had
    by the number of its members alone. ``best`` is how sure it was that any group suits.
    ``said_new`` is whether "new group?" would have been shown (None when it was not asked).
    ``seen`` tells that the same wording had been placed before. ``offered`` are the groups that
    would have stood on the screen.
    """

    item: int
    before: int
    rank: float | None
    by_size: float | None
    best: float
    said_new: bool | None
    seen: bool
    offered: tuple[Offered, ...] = ()


def placing(
    done: FinishedGrouping,
    order: Sequence[int],
    *,
    looks: Iterable[int] | None = None,
    asked: Iterable[int] | None = None,
    names_known: bool = False,
    on_progress: Progress | None = None,
) -> list[Look]:
    """One pass of the simulated analyst through the items in ``order`` (rows).

    ``looks`` are the places of the order at which the machine is asked (all by default), ``asked``
    those of them at which it is also asked whether a new group is needed. ``names_known`` lets
    all groups exist from the start, as after a round of naming. At the very first placement
    there is nothing to offer, so it gives no look.
    """
    wanted = set(range(len(order)) if looks is None else looks)
    telling = wanted if asked is None else set(asked)
    members: dict[str, list[str]] = {id: [] for id in done.names.ids} if names_known else {}
    said: set[str] = set()
    found = []
    for before, row in enumerate(order):
        if members and before in wanted:
            found.append(_look(done, row, before, members, said, before in telling))
            if on_progress is not None:
                on_progress(len(found), len(wanted))
        members.setdefault(done.group_of[row], []).append(done.items.ids[row])
        said.add(done.items.wordings[row])
    return found


def _look(
    done: FinishedGrouping,
    row: int,
    before: int,
    members: Mapping[str, list[str]],
    said: set[str],
    telling: bool,
) -> Look:
    groups = done.named(members)
    id, right = done.items.ids[row], done.group_of[row]
    scores = groups.scores(id)
    place = list(members).index(right) if right in members else None
    sizes = [len(ids) for ids in members.values()]
    return Look(
        item=row,
        before=before,
        rank=None if place is None else float(mid_ranks(scores)[place]),
        by_size=None if place is None else float(mid_ranks(sizes)[place]),
        best=_sureness(groups, id, scores),
        said_new=groups.suggest(id).new_group if telling else None,
        seen=done.items.wordings[row] in said,
        offered=offered_of(scores, np.array([id == right for id in members]), "", above=0.0),
    )


def _sureness(groups: NamedGroups, id: str, scores: np.ndarray) -> float:
    """How sure it is that any group suits; by the best score alone while none has members."""
    chance = groups.new_chance(id)
    return float(scores.max()) if chance is None else 1 - chance


def spread(count: int, wanted: int, random: np.random.Generator) -> list[int]:
    """``wanted`` places of 0...count-1, drawn evenly along the way; all of them when few."""
    if count <= wanted:
        return list(range(count))
    edges = np.linspace(0, count, wanted + 1).astype(int)
    return [int(random.integers(a, max(a + 1, b))) for a, b in pairwise(edges)]


# --- without a sequence -------------------------------------------------------------------------


def by_name_alone(done: FinishedGrouping) -> list[str]:
    """The group each item would go to if only the groups' names were known."""
    groups = done.named(dict.fromkeys(done.names.ids, ()))
    return [done.names.ids[int(np.argmax(groups.scores(id)))] for id in done.items.ids]


def names_known_agreement(done: FinishedGrouping) -> float | None:
    """Agreement (ARI) of placing by the names alone; items equal to a name are left out."""
    rest = done.without_names()
    if len(rest.items) < 2:
        return None
    return adjusted_rand(rest.group_of, by_name_alone(rest))


@dataclass(frozen=True)
class BlindGrouping:
    """What is offered before anybody has named a group, beside the finished groups (ARI).

    ``agreement`` is that of Ward's joins cut into one group for every eight items, everything
    placed; ``right_number`` of the same joins cut into as many groups as there really are.
    ``offered`` is the first grouping as the workbench shows it, without what fits nowhere
    (``left_out``, a share, counted as groups of one), and ``purer`` its many small groups.
    """

    agreement: float
    right_number: float
    offered: float
    purer: float
    groups: int
    left_out: float


def blind(done: FinishedGrouping) -> BlindGrouping:
    """The groups that are made without knowing any name, against the finished ones."""
    tree = ward(done.items.centred)
    count = len(done.items)

    def cut(groups: int) -> float:
        return adjusted_rand(done.group_of, _cut(tree, groups))

    even = first_grouping(done.items, engine=done.engine)
    purer = first_grouping(done.items, engine=done.engine, piles=Piles.PURER)
    return BlindGrouping(
        agreement=cut(max(1, round(count / PER_GROUP))),
        right_number=cut(len(done.members)),
        offered=adjusted_rand(done.group_of, labels(even, done.items.ids)),
        purer=adjusted_rand(done.group_of, labels(purer, done.items.ids)),
        groups=len(even.groups),
        left_out=len(even.left_out) / count,
    )


def _cut(tree: Dendrogram, groups: int) -> list[str]:
    found = [""] * tree.size
    for node in tree.cut(groups):
        for row in tree.rows(node):
            found[row] = str(node)
    return found


def main_level_agreement(done: FinishedGrouping, main_of: Mapping[str, str]) -> float | None:
    """The finished groups put together into higher ones by the machine, against the real ones."""
    categories = [
        NamedGroup(id, done.names.texts[done.names.rows[id]], ids)
        for id, ids in done.members.items()
        if id in main_of
    ]
    if len(categories) < 3:
        return None
    found = grouping_of_categories(categories, done.names, done.items, engine=done.engine)
    ids = tuple(category.id for category in categories)
    return adjusted_rand([main_of[id] for id in ids], labels(found, ids))


def labels(grouping: Grouping, ids: Sequence[str]) -> list[str]:
    """The group key of each id; whatever was left out is a group of its own."""
    key_of = {id: group.key for group in grouping.groups for id in group.member_ids}
    return [key_of.get(id, id) for id in ids]


def _members(done: FinishedGrouping, rows: Iterable[int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(done.group_of[row], []).append(done.items.ids[row])
    return {group: tuple(ids) for group, ids in found.items()}
