"""Proposals: made by whoever reviews, accepted or declined in one act by the tree's builder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.categories import CategoryTree
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import EmptyName, QualcodeError, Term
from qualcode.domain.proposals import (
    Proposal,
    ProposalState,
    Proposed,
    Stale,
    basis_of,
    carried_out,
    staleness,
)
from qualcode.store.repository import Reading
from qualcode.texts import N_
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import check_free, save_tree, tree_of

WHY_STALE = {
    Stale.GONE: N_("what it speaks of has been removed or merged since"),
    Stale.TARGET_GONE: N_("where it would go has been removed or merged since"),
    Stale.ELSEWHERE: N_("what it speaks of has been moved or renamed since"),
    Stale.DONE: N_("it is so already"),
}
"""Why a proposal can't be accepted any more, in words."""


class StaleProposal(QualcodeError):
    template = (
        "The proposal is no longer of this tree: {why}. Nothing was changed. Decline it, or ask "
        "{who} to make it anew."
    )


class NothingProposed(QualcodeError):
    template = "A proposal says what would change: choose something that is not so already."


class NotOpen(QualcodeError):
    template = "This proposal has been decided already, by {who}."


class NotYourProposal(QualcodeError):
    template = "The proposal was made by {who}, and only they can withdraw it. You may decline it."


@dataclass(frozen=True)
class Open:
    """A proposal as it stands today: why it is stale, or None when it can be accepted."""

    proposal: Proposal
    stale: Stale | None


def propose(
    bench: Workbench,
    what: Proposed,
    subjects: Sequence[str],
    target_id: str | None = None,
    name: str = "",
    why: str = "",
) -> Proposal:
    """A proposal that could be carried out now: one that could not is refused with its reason."""
    subjects = tuple(dict.fromkeys(subjects))
    with bench.act(Act.PROPOSE) as work:
        tree = tree_of(work.rows)
        name = one_line(name)
        if what is Proposed.RENAME and not name:
            raise EmptyName()
        proposal = Proposal(
            bench.new_id(),
            what,
            subjects,
            target_id,
            name,
            normalise(why).strip(),
            labels=_labels(work.rows, tree, what, subjects),
            target_label=tree[target_id].name if target_id else "",
            basis=basis_of(tree, what, subjects),
            created_by=bench.coder,
            created_at=bench.clock(),
        )
        if not subjects or _stale(work.rows, proposal, tree) is not None:
            raise NothingProposed()
        _checked(carried_out(proposal, tree), proposal, tree)
        work.put(proposal)
        _tell(work, proposal)
    return proposal


def accept(bench: Workbench, proposal_id: str) -> None:
    """What was proposed is done, in the builder's name; the log names who proposed it."""
    with bench.act(Act.ACCEPT_PROPOSAL) as work:
        proposal = _open(work, proposal_id)
        before = tree_of(work.rows)
        stale = _stale(work.rows, proposal, before)
        if stale is not None:
            raise StaleProposal(why=Term(WHY_STALE[stale]), who=proposal.created_by)
        after = carried_out(proposal, before)
        _checked(after, proposal, before)
        heir = proposal.target_id if proposal.what is Proposed.MERGE else None
        save_tree(work, before, after, heir)
        _decide(work, proposal, ProposalState.ACCEPTED)


def decline(bench: Workbench, proposal_id: str, answer: str = "") -> None:
    """The tree stays as it is; ``answer`` tells the proposer why."""
    with bench.act(Act.DECLINE_PROPOSAL) as work:
        _decide(work, _open(work, proposal_id), ProposalState.DECLINED, answer)


def withdraw(bench: Workbench, proposal_id: str) -> None:
    """The proposer takes it back."""
    with bench.act(Act.WITHDRAW_PROPOSAL) as work:
        proposal = _open(work, proposal_id)
        if proposal.created_by != bench.coder:
            raise NotYourProposal(who=proposal.created_by)
        _decide(work, proposal, ProposalState.WITHDRAWN)


def open_ones(rows: Reading, tree: CategoryTree) -> list[Open]:
    """The proposals that wait, oldest first, each with why it is stale."""
    found = rows.find(Proposal, state=ProposalState.OPEN.value)
    wanted = tuple({id for one in found if one.what is Proposed.PLACE for id in one.subjects})
    there = {r.id for r in rows.find(ReducedExpression, id=wanted)} if wanted else set()
    found.sort(key=lambda one: (one.created_at, one.id))
    return [Open(one, staleness(one, tree, there)) for one in found]


def decided(rows: Reading, most: int) -> list[Proposal]:
    """The proposals decided last, the newest first."""
    states = tuple(state.value for state in ProposalState if state is not ProposalState.OPEN)
    found = rows.find(Proposal, state=states)
    return sorted(found, key=lambda one: (one.decided_at, one.id), reverse=True)[:most]


def _open(work: Work, proposal_id: str) -> Proposal:
    proposal = work.require(Proposal, proposal_id)
    if proposal.state is not ProposalState.OPEN:
        raise NotOpen(who=proposal.decided_by)
    return proposal


def _decide(work: Work, proposal: Proposal, state: ProposalState, answer: str = "") -> None:
    work.put(
        replace(
            proposal,
            state=state,
            decided_by=work.bench.coder,
            decided_at=work.bench.clock(),
            answer=normalise(answer).strip(),
        )
    )
    _tell(work, proposal)
    work.say(proposer=proposal.created_by)


def _stale(rows: Reading, proposal: Proposal, tree: CategoryTree) -> Stale | None:
    there: set[str] = set()
    if proposal.what is Proposed.PLACE:
        there = {r.id for r in rows.find(ReducedExpression, id=proposal.subjects)}
    return staleness(proposal, tree, there)


def _checked(after: CategoryTree, proposal: Proposal, before: CategoryTree) -> None:
    if after == before:
        raise NothingProposed()
    if proposal.what is Proposed.RENAME:
        check_free(after, after[proposal.subjects[0]])


def _labels(
    rows: Reading, tree: CategoryTree, what: Proposed, subjects: Sequence[str]
) -> tuple[str, ...]:
    if what is not Proposed.PLACE:
        return tuple(tree[id].name for id in subjects)
    named = {r.id: r.wording for r in rows.find(ReducedExpression, id=tuple(subjects))}
    return tuple(named.get(id, "") for id in subjects)


def _tell(work: Work, proposal: Proposal) -> None:
    """The log names what would be done by the hole that only such a proposal fills."""
    subject = proposal.labels[0] if proposal.labels else ""
    target = proposal.target_label
    said: dict[Proposed, dict[str, object]] = {
        Proposed.MOVE: {"moved": subject, "under": target},
        Proposed.MERGE: {"merged": subject, "into": target},
        Proposed.RENAME: {"renamed": subject, "name": proposal.name},
        Proposed.PLACE: {"placed": subject, "into": target},
    }
    work.say(count=len(proposal.subjects), **said[proposal.what])
