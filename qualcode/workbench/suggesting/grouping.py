"""First groups: reductions without a place, and categories under nothing yet."""

from __future__ import annotations

from qualcode.analysis.grouping import (
    PER_GROUP,
    Grouping,
    Piles,
    first_grouping,
    grouping_of_categories,
)
from qualcode.analysis.placing import NamedGroup
from qualcode.domain.categories import Level, Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.likeness import Progress, engine_name, expressions
from qualcode.workbench.suggesting.dismissals import APART, GROUP, dismissed_keys, pairs


def suggest_groups(
    bench: Workbench,
    *,
    per_group: float = PER_GROUP,
    piles: Piles = Piles.EVEN,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the reductions that have no place yet, each with a name to start from."""
    with bench.store.reading() as rows:
        placed = {p.id for p in rows.find(Placement)}
        waiting = [r for r in rows.find(ReducedExpression) if r.id not in placed]
        dismissed = dismissed_keys(rows)
    waiting.sort(key=lambda r: (r.wording.casefold(), r.id))
    if len(waiting) < 2:
        return Grouping((), tuple(r.id for r in waiting))
    name = engine_name(bench, engine)
    return first_grouping(
        expressions(bench, name, [(r.id, r.wording) for r in waiting], on_progress),
        engine=name,
        per_group=per_group,
        piles=piles,
        dismissed={key.removeprefix(GROUP) for key in dismissed if key.startswith(GROUP)},
        apart=pairs(dismissed, APART),
    )


def suggest_higher_groups(
    bench: Workbench,
    level: Level,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> Grouping:
    """Groups of the categories of one level that lie under nothing yet; members are categories."""
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        reductions = rows.find(ReducedExpression)
        dismissed = dismissed_keys(rows)
    free = [c for c in tree.categories.values() if c.level == level and c.parent_id is None]
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
    )
