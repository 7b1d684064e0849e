"""What is said of a link to something that the study does not have: what it was, and what now."""

from __future__ import annotations

from qualcode.store.kinds import KINDS
from qualcode.store.repository import Reading
from qualcode.texts import N_
from qualcode.ui import state

VIEW = "saved_view"

GONE = {
    "segment": N_("The expression that the link names is not in the study any more."),
    "document": N_("The answer that the link names is not in the study."),
    "reduction": N_("The reduction that the link names is not in the study any more."),
    "code": N_("The code that the link names is not in the study any more."),
    "codebook": N_("The codebook that the link names is not in the study any more."),
    "category": N_("The category that the link names is not in the study any more."),
    "role": N_("The role that the link names is not in the study any more."),
    "role_map": N_("The role map that the link names is not in the study any more."),
    "respondent": N_("The respondent that the link names is not in the study."),
    "item": N_("The question that the link names is not in the study."),
    "memo": N_("The memo that the link names is not in the study any more."),
    VIEW: N_("The view that the link names is not in the study."),
}
"""Kind of row -> the sentence; every kind that a link can name has one."""

WHAT_NOW = N_("If it was removed, the Log tells who did it and can take it back.")


def is_gone(rows: Reading, kind: str, id: str) -> bool:
    """Whether the study lacks the row; what has no rows of its own (the study) is always there."""
    return kind in GONE and rows.get(KINDS[kind].cls, id) is None


def tell(kind: str) -> None:
    """Says in passing that what the link names is gone, and where to look."""
    _ = state.translator()
    state.notify(f"{_(GONE[kind])} {_(WHAT_NOW)}")
