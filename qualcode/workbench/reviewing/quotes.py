"""The quotes that show a reviewer what a category holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.telling import nearness, telling
from qualcode.domain.coding import ReducedExpression
from qualcode.nlp import registry
from qualcode.nlp.problems import EngineProblem
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, ExpressionRow
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.likeness import kept_under, text_key
from qualcode.workbench.reviewing.counting import Standing

MOST = 5
MOST_NEAR = 600
"""Reductions of a branch that are compared; of a larger one these, the commonest first."""


@dataclass(frozen=True)
class Quotes:
    """Expressions, the most telling first, and whether likeness told which (else commonness)."""

    rows: tuple[ExpressionRow, ...]
    by_likeness: bool


def quotes(
    bench: Workbench, rows: Reading, standing: Standing, category_id: str, most: int = MOST
) -> Quotes:
    """The telling quotes of the category's branch.

    Only vectors that the study has kept are used: a page that is read makes none.
    """
    behind = standing.behind(category_id)
    near = _near(bench, rows, list(dict.fromkeys(row.reduction_id for row in behind)))
    chosen = telling(behind, most, near)
    if not chosen:
        return Quotes((), False)
    found = {
        row.segment_id: row
        for row in rows.expressions(ExpressionQuery(segment_ids=tuple(chosen)), 0, most).rows
    }
    return Quotes(tuple(found[id] for id in chosen if id in found), near is not None)


def _near(bench: Workbench, rows: Reading, reductions: list[str]) -> Mapping[str, float] | None:
    """How near each reduction is to their middle; None when there are no vectors to tell it."""
    try:
        engine = engine_of(bench).name
        if engine in registry.PASSING or len(reductions) < 2:
            return None
        cache = kept_under(bench, engine)
    except EngineProblem:
        # Without an engine the plain rule holds; what is wrong with it is told where it is chosen.
        return None
    asked = reductions[:MOST_NEAR]
    wordings = {r.id: r.wording for r in rows.find(ReducedExpression, id=tuple(asked))}
    keys = {id: text_key(wording) for id, wording in wordings.items()}
    kept = rows.vectors(cache, list(dict.fromkeys(keys.values())))
    sizes = {len(data) for data in kept.values()}
    known = [id for id in asked if keys.get(id) in kept]
    if len(sizes) != 1 or 2 * len(known) < len(asked):
        return None
    joined = b"".join(kept[keys[id]] for id in known)
    return nearness(known, np.frombuffer(joined, dtype="<f4").reshape(len(known), -1))
