"""Reductions that could be one."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.near_identical import NearIdentical, near_identical
from qualcode.domain.coding import ReducedExpression
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress, engine_name, expressions
from qualcode.workbench.suggesting.dismissals import APART, dismissed_keys, pairs


def near_duplicates(
    bench: Workbench,
    *,
    limit: int = 200,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[NearIdentical]:
    """Pairs of reductions that could be one, the surest first; pairs kept apart are left out."""
    with bench.store.reading() as rows:
        reductions = rows.find(ReducedExpression)
        apart = {frozenset(pair) for pair in pairs(dismissed_keys(rows), APART)}
    if len(reductions) < 2:
        return []
    reductions.sort(key=lambda r: (r.wording.casefold(), r.id))
    name = engine_name(bench, engine)
    found = near_identical(
        expressions(bench, name, [(r.id, r.wording) for r in reductions], on_progress),
        limit + len(apart),
    )
    return [p for p in found if frozenset((p.first_id, p.second_id)) not in apart][:limit]


def wordings_of(bench: Workbench, reduction_ids: Sequence[str]) -> dict[str, str]:
    """The wordings behind ids, for showing what a suggestion speaks of."""
    with bench.store.reading() as rows:
        found = rows.find(ReducedExpression, id=tuple(reduction_ids)) if reduction_ids else []
    return {r.id: r.wording for r in found}
