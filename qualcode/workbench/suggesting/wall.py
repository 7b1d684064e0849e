"""Groups suggested for the loose notes of a wall, quadrant by quadrant. Nothing is hung by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.grouping import Piling
from qualcode.domain.suggestions import GroupSuggestion
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress, engine_name, expressions
from qualcode.workbench.suggesting.allowing import only_shown
from qualcode.workbench.suggesting.dismissals import (
    APART,
    GROUP,
    dismissed_keys,
    pairs,
    refused_groups,
)
from qualcode.workbench.wall import wall

NOTES_A_GROUP = 4
"""A wall wants few notes under a name, so that the group sees what it said."""

FEWEST = 4


@dataclass(frozen=True)
class WallOffer:
    """A suggested group of one quadrant; a person names and accepts it, or does not."""

    quadrant: str
    group: GroupSuggestion


def suggest_on_wall(
    bench: Workbench, workshop_id: str, on_progress: Progress | None = None
) -> Sequence[WallOffer]:
    """Groups of the notes that hang loose, at least four in a quadrant, the tightest first."""
    only_shown(bench)
    with bench.store.reading() as rows:
        found = wall(rows, workshop_id)
        dismissed = dismissed_keys(rows)
    fields = [field for field in found.fields if len(field.loose) >= FEWEST]
    if not fields:
        return ()
    name = engine_name(bench, None)
    texts = [(note.id, note.text) for field in fields for note in field.loose]
    everything = expressions(bench, name, texts, on_progress)
    gone = {key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)}
    refused, apart = refused_groups(dismissed), pairs(dismissed, APART)
    offers: list[WallOffer] = []
    for field in fields:
        piling = Piling(
            everything.only(note.id for note in field.loose),
            engine=name,
            dismissed=gone,
            refused=refused,
            apart=apart,
        )
        offers += [WallOffer(field.quadrant, g) for g in piling.cut(NOTES_A_GROUP).groups]
    return offers
