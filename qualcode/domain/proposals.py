"""Proposals: what a reviewer would have done to the tree, for its builder to accept or decline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.categories import CategoryTree


class Proposed(StrEnum):
    """What is proposed: a branch under another, categories into one, a name, reductions."""

    MOVE = "move"
    MERGE = "merge"
    RENAME = "rename"
    PLACE = "place"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposal:
    """One proposal. ``subjects`` are categories, or reductions where they are to be placed.

    ``target_id`` is the category they go under or into (None: to the top, or without a place).
    ``basis`` tells per subject where it lay when this was proposed: the tree may have gone on since
    then. The labels tell what things were called, for when they are gone.
    """

    id: str
    what: Proposed
    subjects: tuple[str, ...]
    target_id: str | None = None
    name: str = ""
    why: str = ""
    labels: tuple[str, ...] = ()
    target_label: str = ""
    basis: tuple[str, ...] = ()
    state: ProposalState = ProposalState.OPEN
    created_by: str = ""
    created_at: str = ""
    decided_by: str = ""
    decided_at: str = ""
    answer: str = ""


class Stale(StrEnum):
    """Why a proposal can't be carried out any more."""

    GONE = "gone"
    TARGET_GONE = "target_gone"
    ELSEWHERE = "elsewhere"
    DONE = "done"


def where(tree: CategoryTree, what: Proposed, subject: str) -> str:
    """Where the subject lies: what it is under or in, or ``""``; its name for a renaming."""
    if what is Proposed.PLACE:
        place = tree.placements.get(subject)
        return place.category_id if place else ""
    category = tree[subject]
    return category.name if what is Proposed.RENAME else category.parent_id or ""


def staleness(
    proposal: Proposal, tree: CategoryTree, reductions: Collection[str] = ()
) -> Stale | None:
    """Why the proposal is stale in this tree; None when it can be accepted.

    ``reductions`` are those of the proposal's subjects that the study still has.
    """
    known = reductions if proposal.what is Proposed.PLACE else tree.categories
    there = [subject in known for subject in proposal.subjects]
    if proposal.target_id is not None and proposal.target_id not in tree.categories:
        return Stale.TARGET_GONE
    if proposal.what is Proposed.MERGE:
        # What was to be merged and is gone: somebody has merged or removed it.
        return None if all(there) else Stale.GONE
    if not all(there):
        return Stale.GONE
    now = [where(tree, proposal.what, subject) for subject in proposal.subjects]
    goal = proposal.name if proposal.what is Proposed.RENAME else proposal.target_id or ""
    if all(place == goal for place in now):
        return Stale.DONE
    return None if tuple(now) == proposal.basis else Stale.ELSEWHERE


def carried_out(proposal: Proposal, tree: CategoryTree) -> CategoryTree:
    """The tree as the proposal would have it."""
    if proposal.what is Proposed.MERGE:
        assert proposal.target_id is not None
        return tree.merge(proposal.target_id, proposal.subjects)
    if proposal.what is Proposed.RENAME:
        return tree.rename(proposal.subjects[0], proposal.name)
    if proposal.what is Proposed.PLACE:
        return tree.place(proposal.subjects, proposal.target_id)
    for subject in proposal.subjects:
        tree = tree.move(subject, proposal.target_id)
    return tree


def basis_of(tree: CategoryTree, what: Proposed, subjects: Sequence[str]) -> tuple[str, ...]:
    return tuple(where(tree, what, subject) for subject in subjects)
