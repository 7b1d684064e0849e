"""Reductions that could be one, and categories of one level that could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.analysis.grouping import as_one
from qualcode.analysis.near_identical import NearIdentical, near_identical
from qualcode.analysis.placing import NamedGroup
from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.likeness import Progress, engine_name, expressions
from qualcode.workbench.pinning import pinned
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.allowing import unless_off
from qualcode.workbench.suggesting.dismissals import APART, dismissed_keys, pairs
from qualcode.workbench.suggesting.options import Shown


def near_duplicates(
    bench: Workbench,
    *,
    limit: int = 200,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[NearIdentical]:
    """Pairs of reductions that could be one, the surest first.

    Left out are pairs kept apart, and those in two categories of which one is pinned to its own;
    in blind mode also those of which one has no place yet, for the pair would tell where it goes.
    """
    unless_off(bench)
    blind = options.shown(bench.study()) is Shown.BLIND
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        held = pinned(rows, tree).reductions
        reductions = rows.find(ReducedExpression)
        apart = {frozenset(pair) for pair in pairs(dismissed_keys(rows), APART)}
    if blind:
        reductions = [r for r in reductions if r.id in tree.placements]
    if len(reductions) < 2:
        return []
    reductions.sort(key=lambda r: (r.wording.casefold(), r.id))
    name = engine_name(bench, engine)
    found = near_identical(
        expressions(bench, name, [(r.id, r.wording) for r in reductions], on_progress),
        limit + len(apart) + len(held),
    )
    homes = {id: place.category_id for id, place in tree.placements.items()}

    def would_move(pair: NearIdentical) -> bool:
        one, other = homes.get(pair.first_id), homes.get(pair.second_id)
        return (
            None not in (one, other)
            and one != other
            and bool(held & {pair.first_id, pair.second_id})
        )

    return [
        pair
        for pair in found
        if frozenset((pair.first_id, pair.second_id)) not in apart and not would_move(pair)
    ][:limit]


def near_categories(
    bench: Workbench,
    *,
    limit: int = 60,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[NearIdentical]:
    """Pairs of categories of one level that could be one, level by level, the surest first.

    Alike in the name's wording or spelling, or where name and reductions together point; pairs
    kept apart are left out, and pairs that hold a pinned category.
    """
    unless_off(bench)
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        held = pinned(rows, tree).categories
        reductions = rows.find(ReducedExpression)
        apart = {frozenset(pair) for pair in pairs(dismissed_keys(rows), APART)}
    free = [c for c in tree.categories.values() if c.id not in held]
    categories = sorted(free, key=lambda c: (c.name.casefold(), c.id))
    if len(categories) < 2:
        return []
    name = engine_name(bench, engine)
    texts = [(r.id, r.wording) for r in reductions] + [(c.id, c.name) for c in categories]
    everything = expressions(bench, name, texts, on_progress)
    of_study = everything.only(r.id for r in reductions)
    found: list[NearIdentical] = []
    for level in Level:
        groups = [
            NamedGroup(
                c.id,
                c.name,
                tuple(id for branch in tree.branch(c.id) for id in tree.reductions_in(branch)),
            )
            for c in categories
            if c.level is level
        ]
        if len(groups) > 1:
            names = everything.only(group.id for group in groups)
            # Where they stand is told by their reductions too, of what words they are by the name.
            alike = replace(as_one(groups, names, of_study), stems=names.stems, heads=names.heads)
            found += near_identical(alike, limit + len(apart))
    return [p for p in found if frozenset((p.first_id, p.second_id)) not in apart][:limit]


def wordings_of(bench: Workbench, reduction_ids: Sequence[str]) -> dict[str, str]:
    """The wordings behind ids, for showing what a suggestion speaks of."""
    with bench.store.reading() as rows:
        found = rows.find(ReducedExpression, id=tuple(reduction_ids)) if reduction_ids else []
    return {r.id: r.wording for r in found}
