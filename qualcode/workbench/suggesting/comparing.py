"""Blind mode for places: what would have been offered, told after the reduction has got its place.

Two looks are kept as compared, neither of them shown: one when a reduction without a place is
opened, and, for what is placed unopened, one right after, judged as if it had no place yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.suggestions import Candidate
from qualcode.store.offers import COMPARED, PLACE
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import keeping
from qualcode.workbench.suggesting.placing import Places


@dataclass(frozen=True)
class ComparedPlace:
    """A person's own place for a reduction beside what would have been offered, best first.

    ``rank`` is which of them it was, from 1; None when it was none of them.
    """

    reduction_id: str
    wording: str
    category_id: str
    offered: tuple[Candidate, ...]
    rank: int | None


def compare(places: Places, reduction_id: str) -> ComparedPlace | None:
    """None while it has no place, and where there was nothing to compare its place with.

    That is so of a category that holds nothing else: it may have been made for this very one.
    """
    home = next((g for g in places.groups.groups if reduction_id in g.member_ids), None)
    if home is None or len(home.member_ids) < 2:
        return None
    offered = places.suggest(reduction_id).suggestion
    ids = [candidate.target_id for candidate in offered.candidates]
    rank = ids.index(home.id) + 1 if home.id in ids else None
    return ComparedPlace(reduction_id, offered.subject, home.id, offered.candidates, rank)


def look_unseen(bench: Workbench, places: Places, reduction_id: str) -> None:
    """Keeps what would be offered for a reduction without a place; nobody is told of it yet."""
    candidates = places.suggest(reduction_id).suggestion.candidates
    keeping.note(
        bench, PLACE, (reduction_id, 0, 0), candidates, places.groups.engine, seen=COMPARED
    )


def look_after(
    bench: Workbench, places: Places, reduction_ids: Sequence[str]
) -> list[ComparedPlace]:
    """Keeps what would have been offered for reductions just placed, and tells it."""
    found = [one for id in reduction_ids if (one := compare(places, id)) is not None]
    for one in found:
        subject = (one.reduction_id, 0, 0)
        # What was looked at before the decision is the better comparison, and stays.
        if not keeping.looked(bench, PLACE, subject):
            keeping.note(bench, PLACE, subject, one.offered, places.groups.engine, seen=COMPARED)
    return found
