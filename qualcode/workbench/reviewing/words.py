"""What the states of a category and the proposals of a review are called."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.proposals import Proposal, ProposalState, Proposed
from qualcode.domain.review import NodeState
from qualcode.texts import N_

STATES = {
    NodeState.DRAFT: N_("Draft"),
    NodeState.ASKED: N_("Asked"),
    NodeState.APPROVED: N_("Approved"),
}
"""What a category's state is called."""

PROPOSED = {
    Proposed.MOVE: N_("Move “{what}” under “{target}”"),
    Proposed.MERGE: N_("Merge “{what}” into “{target}”"),
    Proposed.RENAME: N_("Call “{what}” “{target}”"),
    Proposed.PLACE: N_("Place the reduction “{what}” in “{target}”"),
}
TO_NOWHERE = {
    Proposed.MOVE: N_("Move “{what}” to the top"),
    Proposed.PLACE: N_("Take the reduction “{what}” out of its category"),
}
DECIDED = {
    ProposalState.ACCEPTED: N_("Accepted by {who} {at}"),
    ProposalState.DECLINED: N_("Declined by {who} {at}"),
    ProposalState.WITHDRAWN: N_("Withdrawn by {who} {at}"),
}


def proposed(proposal: Proposal, translate: Callable[[str], str]) -> str:
    """What the proposal would have done, in words."""
    target = proposal.name if proposal.what is Proposed.RENAME else proposal.target_label
    template = PROPOSED[proposal.what]
    if proposal.target_id is None and proposal.what in TO_NOWHERE:
        template = TO_NOWHERE[proposal.what]
    return translate(template).format(what=", ".join(proposal.labels), target=target)
