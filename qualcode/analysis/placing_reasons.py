"""Why a category is near to a reduction: its nearest members, shared words, name and margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.similarity import nearest
from qualcode.domain.suggestions import Reason, ReasonKind

if TYPE_CHECKING:
    from qualcode.analysis.placing import NamedGroups

EXAMPLES = 3


def reasons(
    named: NamedGroups,
    row: int,
    place: int,
    scores: np.ndarray,
    order: Sequence[int],
    rank: int,
) -> tuple[Reason, ...]:
    """What speaks for the category on ``place``, which is the ``rank``-th of ``order``."""
    group = named.groups[place]
    members = [member for member in named.members_of(place) if member != row]
    likeness = named.reductions.centred[members] @ named.reductions.centred[row]
    reasons = [
        Reason(
            kind=ReasonKind.NEAREST,
            ids=(named.reductions.ids[members[near]],),
            words=named.reductions.shared(row, [members[near]]),
            text=named.reductions.texts[members[near]],
            value=float(likeness[near]),
        )
        for near in nearest(likeness, EXAMPLES)
    ]
    shared = named.reductions.shared(row, members)
    if shared:
        reasons.append(Reason(kind=ReasonKind.SHARED_WORDS, words=shared))
    in_name = set(named.names.stems[named.names.rows[group.id]])
    reasons.append(
        Reason(
            kind=ReasonKind.DEFINITION,
            ids=(group.id,),
            words=named.reductions.shown(
                stem for stem in named.reductions.stems[row] if stem in in_name
            ),
            text=group.name,
            value=float(named.name_vectors[place] @ named.reductions.softened[row]),
        )
    )
    if rank + 1 < len(order):
        ahead = float(scores[place] - scores[order[rank + 1]])
        following = named.groups[order[rank + 1]]
        reasons.append(
            Reason(kind=ReasonKind.MARGIN, ids=(following.id,), text=following.name, value=ahead)
        )
    return tuple(reasons)
