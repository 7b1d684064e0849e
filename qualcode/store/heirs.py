"""What offered things are called now: what was merged into another lives on as the one kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from qualcode.domain.decisions import Act, Decision
from qualcode.store.offers import CODE, PLACE

MERGING = {CODE: Act.MERGE_CODES, PLACE: Act.MERGE_CATEGORIES}
"""The act by which offered things of a kind become one."""

_MOVED = {CODE: ("code", "coding", "code_id"), PLACE: ("category", "placement", "category_id")}
"""Kind -> what goes in a merge, what moves along, and the field in which it moves."""


def heirs(merges: Iterable[Decision], kind: str, there: Collection[str]) -> dict[str, str]:
    """Id of what went in these merges -> id of what it is now. ``merges`` are in force, in order.

    What is ``there`` by its own id is itself: it came back after the merge.
    """
    found: dict[str, str] = {}
    for decision in merges:
        gone, into = _merged(decision, kind)
        if into:
            found = {id: into if heir in gone else heir for id, heir in found.items()}
            found |= dict.fromkeys(gone, into)
    return {id: heir for id, heir in found.items() if id not in there and id != heir}


def names_both(decision: Decision) -> bool:
    """Whether the act says itself what went and what was kept; one of an older program does not."""
    return "merged_ids" in decision.summary


def _merged(decision: Decision, kind: str) -> tuple[list[str], str]:
    """What went and what was kept; for an older act by what moved along, if anything did."""
    if names_both(decision):
        ids = decision.summary["merged_ids"]
        gone = [str(id) for id in ids] if isinstance(ids, list | tuple) else []
        return gone, str(decision.summary.get("into_id", ""))
    going, moving, field = _MOVED[kind]
    gone = [c.id for c in decision.changes if c.kind == going and c.after is None]
    into = (
        str(change.after[field])
        for change in decision.changes
        if change.kind == moving
        and change.after is not None
        and change.before is not None
        and change.before[field] in gone
    )
    return gone, next(into, "")
