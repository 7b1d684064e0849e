"""Pinning: what a person has fixed, no suggestion proposes to move."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.domain.categories import Category, CategoryTree, Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.errors import NotPlaced
from qualcode.domain.pins import Pin, Pinned
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench


def pin(bench: Workbench, ids: Sequence[str]) -> None:
    """Reductions where they are placed, and categories with all that is under them, are fixed.

    ``NotPlaced`` when a reduction among them has no place to be fixed in.
    """
    if not ids:
        return
    with bench.act(Act.PIN) as work:
        named = []
        for id in dict.fromkeys(ids):
            category = work.rows.get(Category, id)
            reduction = None if category else work.require(ReducedExpression, id)
            if reduction is not None and work.rows.get(Placement, id) is None:
                raise NotPlaced(wording=reduction.wording)
            named.append(category.name if category else reduction.wording if reduction else "")
            if work.rows.get(Pin, id) is None:
                work.put(
                    Pin(
                        id,
                        reduction_id=None if category else id,
                        category_id=id if category else None,
                        who=bench.coder,
                        at=bench.clock(),
                    )
                )
        work.say(name=named[0], count=len(named))


def unpin(bench: Workbench, ids: Sequence[str]) -> None:
    """They may be proposed to be moved again; what was not pinned is passed over."""
    with bench.act(Act.UNPIN) as work:
        there = [id for id in dict.fromkeys(ids) if work.rows.get(Pin, id) is not None]
        work.remove(Pin, there)
        work.say(name=_called(work, there[0]) if there else "", count=len(there))


def _called(work: Work, id: str) -> str:
    category = work.rows.get(Category, id)
    if category is not None:
        return category.name
    return work.require(ReducedExpression, id).wording


def pins_of(rows: Reading) -> list[Pin]:
    return rows.find(Pin)


def pinned(rows: Reading, tree: CategoryTree) -> Pinned:
    """Everything that no suggestion may propose to move."""
    return Pinned.of(tree, pins_of(rows))
