"""The next day: what the group called its notes becomes their reductions, by a person's act.

A note's whole text is the original expression, the name of its group the reduced expression. Notes
that hang loose are left to be reduced by hand, and a note that has been reduced already keeps what
it has.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qualcode.domain.coding import ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Segment
from qualcode.store.repository import Reading
from qualcode.workbench import reducing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.wall import GroupOnWall, WallNote, wall


@dataclass(frozen=True)
class ToReduce:
    """A group of the wall, and those of its notes that have no reduction yet."""

    group: GroupOnWall
    waiting: tuple[WallNote, ...]


def to_reduce(rows: Reading, workshop_id: str) -> list[ToReduce]:
    """The groups of the wall that have notes, in its order."""
    groups = [one for field in wall(rows, workshop_id).fields for one in field.groups if one.notes]
    done = _reduced(rows, {note.id for one in groups for note in one.notes})
    return [ToReduce(one, tuple(n for n in one.notes if n.id not in done)) for one in groups]


def reduce_groups(bench: Workbench, workshop_id: str, group_ids: Collection[str]) -> int:
    """The waiting notes of these groups reduced to the names of their groups; how many."""
    with bench.act(Act.REDUCE_WALL) as work:
        found = wall(work.rows, workshop_id)
        waiting = to_reduce(work.rows, workshop_id)
        chosen = [one for one in waiting if one.group.group.id in group_ids]
        pairs = [(note.id, one.group.group.name) for one in chosen for note in one.waiting]
        reducing.reduce_whole(work, pairs)
        work.say(count=len(pairs), workshop=found.workshop.name)
    return len(pairs)


def _reduced(rows: Reading, documents: Collection[str]) -> set[str]:
    """The texts of which something has been reduced."""
    if not documents:
        return set()
    segments = {
        segment.id: segment.document_id
        for segment in rows.find(Segment, document_id=tuple(sorted(documents)))
    }
    links = rows.find(ReductionLink, segment_id=tuple(segments)) if segments else []
    return {segments[link.segment_id] for link in links}
