"""What changed between two states of a category tree.

A category is the same one when its id is. Ids may be new though nothing else is (a tree brought in
again, a category removed and made anew), so what is left is matched by what it holds: most of each
in the other. Only then by name. Merged: a category that is gone has its reductions mostly in one
that holds others' too. Split: a new category has its reductions mostly from one that lives on, or
from which others came too. Levels are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qualcode.domain.categories import Category, CategoryTree
from qualcode.domain.coding import bare_wording
from qualcode.domain.tree_versions import TreeState

Members = Mapping[str, frozenset[str]]
"""Category -> its branch's reductions, both states' called alike."""


@dataclass(frozen=True)
class Merged:
    """Old categories that are one now (``new`` may carry on one of them)."""

    olds: tuple[str, ...]
    new: str


@dataclass(frozen=True)
class Split:
    """An old category that is several now (one of ``news`` may carry it on)."""

    old: str
    news: tuple[str, ...]


@dataclass(frozen=True)
class ReductionMove:
    """A reduction that lies in another category than before; None is no place."""

    old_id: str
    new_id: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class TreeComparison:
    """Every difference. Old ids name the old state's rows, new ids the new one's.

    ``pairs`` says which old category carries on as which new one. ``moves`` has every reduction
    whose new place is not what its old place became, those of mergers and splits too.
    """

    pairs: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    redefined: tuple[tuple[str, str], ...] = ()
    releveled: tuple[tuple[str, str], ...] = ()
    merged: tuple[Merged, ...] = ()
    split: tuple[Split, ...] = ()
    moves: tuple[ReductionMove, ...] = ()
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()


def compare(old: TreeState, new: TreeState) -> TreeComparison:
    """The differences from ``old`` to ``new``, in the order of the trees."""
    same = _same_reductions(old.wordings, new.wordings)
    called = {new_id: old_id for old_id, new_id in same.items()}
    before = _members(old.tree, {id: id for id in old.wordings})
    after = _members(new.tree, {id: called.get(id, f"new:{id}") for id in new.wordings})
    matching = _Matching(old.tree, new.tree, before, after)
    matching.find(frozenset(same))
    pairs, heirs = matching.pairs, matching.heirs()
    both = [(old.tree[a], new.tree[b]) for a, b in _in_order(old.tree, pairs)]
    into = {one for merger in matching.merged for one in merger.olds}
    out_of = {one for division in matching.split for one in division.news}
    divided = {division.old for division in matching.split}
    return TreeComparison(
        pairs=pairs,
        added=tuple(
            c.id
            for _, c in new.tree.walk()
            if c.id not in pairs.values()
            and c.id not in out_of
            and c.id not in {merger.new for merger in matching.merged}
        ),
        removed=tuple(
            c.id
            for _, c in old.tree.walk()
            if c.id not in pairs and c.id not in into and c.id not in divided
        ),
        renamed=_ids((a, b) for a, b in both if a.name != b.name),
        moved=_ids((a, b) for a, b in both if not _same_place(a, b, heirs)),
        redefined=_ids((a, b) for a, b in both if a.definition.strip() != b.definition.strip()),
        releveled=_ids((a, b) for a, b in both if a.level != b.level),
        merged=tuple(matching.merged),
        split=tuple(matching.split),
        moves=_moves(old, new, same, pairs),
        came=tuple(id for id in new.wordings if id not in called),
        gone=tuple(id for id in old.wordings if id not in same),
        reworded=tuple((a, b) for a, b in same.items() if old.wordings[a] != new.wordings[b]),
    )


def _same_reductions(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Old reduction -> the same one in the new state: by id, the rest by wording."""
    same = {id: id for id in old if id in new}
    waiting: dict[str, list[str]] = defaultdict(list)
    for id, wording in new.items():
        if id not in same:
            waiting[bare_wording(wording)].append(id)
    for id, wording in old.items():
        alike = waiting.get(bare_wording(wording))
        if id not in same and alike:
            same[id] = alike.pop(0)
    return same


def _members(tree: CategoryTree, called: Mapping[str, str]) -> dict[str, frozenset[str]]:
    inside: dict[str, set[str]] = {id: set() for id in tree.categories}
    for placement in tree.placements.values():
        if placement.id not in called:
            continue
        category: str | None = placement.category_id
        while category is not None:
            inside[category].add(called[placement.id])
            category = tree[category].parent_id
    return {id: frozenset(members) for id, members in inside.items()}


@dataclass
class _Matching:
    """Who is who in the two trees."""

    old: CategoryTree
    new: CategoryTree
    before: Members
    after: Members
    pairs: dict[str, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    split: list[Split] = field(default_factory=list)

    def find(self, lasting: frozenset[str]) -> None:
        """``lasting`` are the reductions that both states have: others tell nothing here."""
        self.pairs.update({id: id for id in self.old.categories if id in self.new.categories})
        self._by_members()
        self._by_name()
        self._mergers_and_splits(lasting)

    def heirs(self) -> dict[str | None, set[str | None]]:
        """Old category -> every new one that carries it on. The top is the top."""
        found: dict[str | None, set[str | None]] = defaultdict(set)
        found[None].add(None)
        for a, b in self.pairs.items():
            found[a].add(b)
        for merger in self.merged:
            for one in merger.olds:
                found[one].add(merger.new)
        for division in self.split:
            found[division.old].update(division.news)
        return found

    def _gone(self) -> list[Category]:
        return [c for _, c in self.old.walk() if c.id not in self.pairs]

    def _fresh(self) -> list[Category]:
        taken = set(self.pairs.values())
        return [c for _, c in self.new.walk() if c.id not in taken]

    def _by_members(self) -> None:
        """Pairs that hold at least half of each other, the most alike first."""
        alike = []
        fresh = self._fresh()
        for a in self._gone():
            for b in fresh:
                shared = len(self.before[a.id] & self.after[b.id])
                most = max(len(self.before[a.id]), len(self.after[b.id]))
                if a.level == b.level and shared and 2 * shared >= most:
                    union = len(self.before[a.id] | self.after[b.id])
                    alike.append((-shared / union, a.name != b.name, a.id, b.id))
        for _, _, a_id, b_id in sorted(alike):
            if a_id not in self.pairs and b_id not in self.pairs.values():
                self.pairs[a_id] = b_id

    def _by_name(self) -> None:
        named = {(c.level, c.name.casefold()): c.id for c in self._fresh()}
        for a in self._gone():
            b_id = named.pop((a.level, a.name.casefold()), None)
            if b_id is not None:
                self.pairs[a.id] = b_id

    def _mergers_and_splits(self, lasting: frozenset[str]) -> None:
        went: dict[str, list[str]] = defaultdict(list)
        for a in self._gone():
            b_id = _mostly_in(self.before[a.id] & lasting, a, self.new, self.after)
            if b_id is not None:
                went[b_id].append(a.id)
        came: dict[str, list[str]] = defaultdict(list)
        for b in self._fresh():
            a_id = _mostly_in(self.after[b.id] & lasting, b, self.old, self.before)
            if a_id is not None:
                came[a_id].append(b.id)
        self._merge(went)
        self._divide(came)

    def _merge(self, went: Mapping[str, list[str]]) -> None:
        carried = {b: a for a, b in self.pairs.items()}
        for b_id, olds in went.items():
            if b_id in carried:
                olds = [carried[b_id], *olds]
            if len(olds) > 1:
                self.merged.append(Merged(tuple(olds), b_id))
            else:
                # Alone in a category that is not mostly it: it goes on there.
                self.pairs[olds[0]] = b_id

    def _divide(self, came: Mapping[str, list[str]]) -> None:
        taken = {*self.pairs.values(), *(merger.new for merger in self.merged)}
        lost = {one for merger in self.merged for one in merger.olds} - set(self.pairs)
        for a_id, found in came.items():
            news = [b_id for b_id in found if b_id not in taken]
            if a_id in self.pairs:
                news = [self.pairs[a_id], *news]
            if len(news) > 1 and a_id not in lost:
                self.split.append(Split(a_id, tuple(news)))
            elif news and a_id not in self.pairs and a_id not in lost:
                self.pairs[a_id] = news[0]


def _mostly_in(
    members: frozenset[str], category: Category, tree: CategoryTree, holders: Members
) -> str | None:
    """The category of the same level that holds more than half of the members."""
    for one in tree.categories.values():
        if one.level == category.level and 2 * len(members & holders[one.id]) > len(members):
            return one.id
    return None


def _same_place(old: Category, new: Category, heirs: Mapping[str | None, set[str | None]]) -> bool:
    return new.parent_id in heirs.get(old.parent_id, ())


def _moves(
    old: TreeState, new: TreeState, same: Mapping[str, str], pairs: Mapping[str, str]
) -> tuple[ReductionMove, ...]:
    found = []
    for old_id, new_id in same.items():
        before, after = old.tree.placements.get(old_id), new.tree.placements.get(new_id)
        was = before.category_id if before else None
        now = after.category_id if after else None
        if (pairs.get(was, "") if was is not None else None) != now:
            found.append(ReductionMove(old_id, new_id, was, now))
    return tuple(found)


def _in_order(tree: CategoryTree, pairs: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(c.id, pairs[c.id]) for _, c in tree.walk() if c.id in pairs]


def _ids(both: Iterable[tuple[Category, Category]]) -> tuple[tuple[str, str], ...]:
    return tuple((a.id, b.id) for a, b in both)
