"""The tree as a reviewer sees it: each category with its counts, its state and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.domain.categories import Category, CategoryTree
from qualcode.domain.proposals import Proposed
from qualcode.domain.review import Look, NodeState, ReviewState, SinceLook
from qualcode.store.repository import Reading
from qualcode.store.review_views import RemarkTally
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import counting, looking, proposing
from qualcode.workbench.reviewing.counting import Standing
from qualcode.workbench.reviewing.proposing import Open


@dataclass(frozen=True)
class Node:
    """One category for one reviewer.

    ``since`` is None when nothing has changed since their look, ``seen`` False when they have not
    looked at it. ``stale`` says that it has changed since its state was given. The counts of
    threads are of the category and of the reductions directly in it.
    """

    category: Category
    depth: int
    respondents: int
    mentions: int
    state: ReviewState | None
    stale: bool
    since: SinceLook | None
    seen: bool
    unread: int
    open: int
    questions: int
    proposals: int

    @property
    def state_now(self) -> NodeState:
        return self.state.state if self.state else NodeState.DRAFT


@dataclass(frozen=True)
class Overview:
    """The whole tree for one reviewer, in the order it is printed.

    ``began`` is False until they have said of something that they have seen it. ``gone`` are looks
    at categories that have been removed since. ``unread`` counts everything said, of roles too.
    """

    standing: Standing
    nodes: tuple[Node, ...]
    began: bool
    gone: tuple[Look, ...]
    proposals: tuple[Open, ...]
    unread: int
    questions: int

    @property
    def tree(self) -> CategoryTree:
        return self.standing.tree

    def node(self, category_id: str) -> Node | None:
        return next((node for node in self.nodes if node.category.id == category_id), None)


def overview(bench: Workbench) -> Overview:
    """The tree as it is now for the person at this bench."""
    with bench.store.reading() as rows:
        return overview_of(rows, bench)


def overview_of(rows: Reading, bench: Workbench) -> Overview:
    standing = counting.standing(bench.store, rows)
    tree = standing.tree
    looks = {look.category_id: look for look in looking.looks_of(rows, bench.coder)}
    changed = looking.since(tree, looks.values())
    states = {row.id: row for row in rows.find(ReviewState)}
    seals = looking.seals(tree) if states else {}
    tallies = rows.remark_tallies(bench.coder)
    said = _said_of(tree, tallies)
    proposals = proposing.open_ones(rows, tree)
    proposed = _proposed_of(tree, proposals)
    nodes = []
    for depth, category in tree.walk():
        total = standing.tallies[category.id].total
        state = states.get(category.id)
        unread, open_threads, questions = said.get(category.id, (0, 0, 0))
        look = looks.get(category.id)
        nodes.append(
            Node(
                category,
                depth,
                total.respondents,
                total.mentions,
                state,
                state is not None and state.seal != seals[category.id],
                changed.get(category.id),
                look is not None and look.seen,
                unread,
                open_threads,
                questions,
                proposed[category.id],
            )
        )
    return Overview(
        standing,
        tuple(nodes),
        bool(looks),
        tuple(look for id, look in looks.items() if id not in tree.categories),
        tuple(proposals),
        sum(tally.unread for tally in tallies),
        sum(tally.questions for tally in tallies),
    )


def _said_of(tree: CategoryTree, tallies: list[RemarkTally]) -> Mapping[str, tuple[int, int, int]]:
    found: dict[str, tuple[int, int, int]] = {}
    for tally in tallies:
        id: str | None = tally.about_id if tally.about_kind == "category" else None
        if tally.about_kind == "reduction" and tally.about_id in tree.placements:
            id = tree.placements[tally.about_id].category_id
        if id is not None:
            unread, open_threads, questions = found.get(id, (0, 0, 0))
            found[id] = (
                unread + tally.unread,
                open_threads + tally.open,
                questions + tally.questions,
            )
    return found


def _proposed_of(tree: CategoryTree, proposals: list[Open]) -> Counter[str]:
    """How many proposals wait that speak of the category, or of a reduction in it."""
    found: Counter[str] = Counter()
    for one in proposals:
        spoken = set(one.proposal.subjects)
        if one.proposal.what is Proposed.PLACE:
            spoken = {tree.placements[id].category_id for id in spoken if id in tree.placements}
        if one.proposal.target_id is not None:
            spoken.add(one.proposal.target_id)
        found.update(spoken & tree.categories.keys())
    return found
