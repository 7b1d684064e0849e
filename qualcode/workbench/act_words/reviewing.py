"""A review of the tree: what is said, looked at, proposed and frozen."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "remark": N_("comment"),
    "remark_read": N_("comment that was read"),
    "review_state": N_("state of a category"),
    "look": N_("look at a category"),
    "still_right": N_("coding that was held to"),
    "proposal": N_("proposal"),
    "tree_version": N_("version of the tree"),
    "frozen_tree": N_("contents of a version"),
}

TITLES: dict[Act, str] = {
    Act.REMARK: N_("wrote a comment"),
    Act.CHANGE_REMARK: N_("changed a comment"),
    Act.REMOVE_REMARK: N_("removed a comment"),
    Act.RESOLVE_REMARK: N_("resolved a thread"),
    Act.REOPEN_REMARK: N_("reopened a thread"),
    Act.READ_REMARKS: N_("read comments"),
    Act.SET_REVIEW_STATE: N_("set the state of a category"),
    Act.LOOK: N_("looked at a category"),
    Act.PROPOSE: N_("made a proposal"),
    Act.WITHDRAW_PROPOSAL: N_("withdrew a proposal"),
    Act.ACCEPT_PROPOSAL: N_("accepted a proposal"),
    Act.DECLINE_PROPOSAL: N_("declined a proposal"),
    Act.FREEZE_TREE: N_("froze a version of the tree"),
    Act.REMOVE_VERSION: N_("removed a version of the tree"),
    Act.HOLD_TO_CODING: N_("held to codings made under an older definition"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.REMARK: (
        N_("replied about “{about}” to {to}: {remark}"),
        N_("asked about “{about}”: {asked}"),
        N_("commented on “{about}”: {remark}"),
    ),
    Act.CHANGE_REMARK: (N_("changed a comment on “{about}”: {remark}"),),
    Act.REMOVE_REMARK: (N_("removed a comment on “{about}”: {remark}"),),
    Act.RESOLVE_REMARK: (N_("resolved a thread about “{about}”: {remark}"),),
    Act.REOPEN_REMARK: (N_("reopened a thread about “{about}”: {remark}"),),
    Act.READ_REMARKS: (N_("read {count} comments"),),
    Act.SET_REVIEW_STATE: (
        N_("approved {count} categories: “{approved}”"),
        N_("approved the category “{approved}”"),
        N_("asked for a view of {count} categories: “{asked}”"),
        N_("asked for a view of the category “{asked}”"),
        N_("put {count} categories back to drafts: “{draft}”"),
        N_("put the category “{draft}” back to a draft"),
    ),
    Act.LOOK: (
        N_("looked at {count} categories: “{category}”"),
        N_("looked at the category “{category}”"),
    ),
    Act.PROPOSE: (
        N_("proposed that {count} categories be moved under “{under}”: “{moved}”"),
        N_("proposed that “{moved}” be moved under “{under}”"),
        N_("proposed that “{moved}” be moved to the top"),
        N_("proposed that “{merged}” be merged into “{into}”"),
        N_("proposed that “{renamed}” be called “{name}”"),
        N_("proposed that {count} reductions be placed in “{into}”: “{placed}”"),
        N_("proposed that “{placed}” be placed in “{into}”"),
        N_("proposed that “{placed}” be taken out of its category"),
    ),
    Act.WITHDRAW_PROPOSAL: (
        N_("withdrew the proposal to move “{moved}”"),
        N_("withdrew the proposal to merge “{merged}” into “{into}”"),
        N_("withdrew the proposal to rename “{renamed}”"),
        N_("withdrew the proposal about the place of “{placed}”"),
    ),
    Act.ACCEPT_PROPOSAL: (
        N_("moved {count} categories under “{under}” as {proposer} proposed: “{moved}”"),
        N_("moved “{moved}” under “{under}” as {proposer} proposed"),
        N_("moved “{moved}” to the top as {proposer} proposed"),
        N_("merged “{merged}” into “{into}” as {proposer} proposed"),
        N_("renamed “{renamed}” as “{name}”, as {proposer} proposed"),
        N_("placed {count} reductions in “{into}” as {proposer} proposed: “{placed}”"),
        N_("placed “{placed}” in “{into}” as {proposer} proposed"),
        N_("took “{placed}” out of its category as {proposer} proposed"),
    ),
    Act.DECLINE_PROPOSAL: (
        N_("declined {proposer}'s proposal to move “{moved}”"),
        N_("declined {proposer}'s proposal to merge “{merged}” into “{into}”"),
        N_("declined {proposer}'s proposal to rename “{renamed}”"),
        N_("declined {proposer}'s proposal about the place of “{placed}”"),
    ),
    Act.FREEZE_TREE: (N_("froze the tree as the version “{version}”"),),
    Act.REMOVE_VERSION: (N_("removed the version “{version}” of the tree"),),
    Act.HOLD_TO_CODING: (
        N_("held to {count} codings “{code}” under its new definition"),
        N_("held to a coding “{code}” under its new definition"),
    ),
}
