"""First groups: reductions without a place, and categories under nothing yet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import (
    PER_GROUP,
    Grouping,
    Piles,
    Piling,
    grouping_of_categories,
)
from qualcode.analysis.placing import NamedGroup
from qualcode.analysis.regrouping import Regrouping
from qualcode.domain.categories import Level, Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.likeness import Progress, engine_name, expressions
from qualcode.workbench.pinning import pinned
from qualcode.workbench.suggesting.allowing import only_shown
from qualcode.workbench.suggesting.dismissals import (
    APART,
    GROUP,
    dismissed_keys,
    pairs,
    refused_groups,
)
from qualcode.workbench.suggesting.placing import places


def suggest_groups(
    bench: Workbench,
    *,
    per_group: float = PER_GROUP,
    piles: Piles = Piles.EVEN,
    around: bool = False,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the reductions that have no place yet, each with a name to start from.

    ``around`` the subcategories there are: some of the groups would join one of those.
    """
    if around:
        joined = regrouping(bench, engine=engine, on_progress=on_progress)
        if joined is not None:
            return joined.cut(per_group)
    return piling(bench, engine=engine, on_progress=on_progress).cut(per_group, piles)


def piling(
    bench: Workbench, *, engine: str | None = None, on_progress: Progress | None = None
) -> Piling:
    """What ``suggest_groups`` cuts, to be kept while the study does not change."""
    only_shown(bench)
    with bench.store.reading() as rows:
        placed = {p.id for p in rows.find(Placement)}
        waiting = [r for r in rows.find(ReducedExpression) if r.id not in placed]
        dismissed = dismissed_keys(rows)
    waiting.sort(key=lambda r: (r.wording.casefold(), r.id))
    name = engine_name(bench, engine)
    texts = [(r.id, r.wording) for r in waiting]
    return Piling(
        expressions(bench, name, texts, on_progress) if len(texts) > 1 else _alone(texts),
        engine=name,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        refused=refused_groups(dismissed),
        apart=pairs(dismissed, APART),
    )


def regrouping(
    bench: Workbench, *, engine: str | None = None, on_progress: Progress | None = None
) -> Regrouping | None:
    """What waits for a place, joined around and beside the categories there are; to be kept.

    Everything that a person decided holds: what is placed or pinned stays, what was turned down or
    kept apart does not come together. None when there is no subcategory to group around.
    """
    only_shown(bench)
    compared = places(bench, engine=engine, on_progress=on_progress)
    if compared is None:
        return None
    with bench.store.reading() as rows:
        dismissed = dismissed_keys(rows)
    named = compared.groups
    placed = {id for group in named.groups for id in group.member_ids}
    return Regrouping(
        named,
        [id for id in named.reductions.ids if id not in placed],
        never=compared.turned_down,
        apart=pairs(dismissed, APART),
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        refused=refused_groups(dismissed),
    )


def _alone(texts: Sequence[tuple[str, str]]) -> Expressions:
    """None or one: there is nothing to compare, and no engine is asked."""
    vectors = np.zeros((len(texts), 1), np.float32)
    return Expressions(tuple(id for id, _ in texts), tuple(text for _, text in texts), vectors)


def suggest_higher_groups(
    bench: Workbench,
    level: Level,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the categories of one level that lie under nothing yet; members are categories.

    A pinned one stays at the top, so it is in none of them.
    """
    only_shown(bench)
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        held = pinned(rows, tree).categories
        reductions = rows.find(ReducedExpression)
        dismissed = dismissed_keys(rows)
    free = [
        c
        for c in tree.categories.values()
        if c.level == level and c.parent_id is None and c.id not in held
    ]
    if len(free) < 2:
        return Grouping((), tuple(c.id for c in free))
    name = engine_name(bench, engine)
    texts = [(r.id, r.wording) for r in reductions] + [(c.id, c.name) for c in free]
    everything = expressions(bench, name, texts, on_progress)
    return grouping_of_categories(
        [
            NamedGroup(
                c.id,
                c.name,
                tuple(id for branch in tree.branch(c.id) for id in tree.reductions_in(branch)),
            )
            for c in sorted(free, key=lambda c: (c.position, c.id))
        ],
        everything.only(c.id for c in free),
        everything.only(r.id for r in reductions),
        engine=name,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        refused=refused_groups(dismissed),
    )
