"""How expressions stand and whom they speak of, and what headings say of what is under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qualcode.domain.categories import Category, CategoryTree
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.second_marks import ExpressionStance, HeadingStance, Stance
from qualcode.workbench import segments
from qualcode.workbench.bench import Workbench

LONGEST_GROUP = 200


def mark(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    stance: Stance | None,
    about: str = "",
    id: str | None = None,
) -> None:
    """The expression stands so and speaks of that group, as this coder sees it.

    Instead of what the coder said of it before; with neither stance nor group the mark goes.
    """
    about = one_line(about)[:LONGEST_GROUP]
    with bench.act(Act.SET_STANCE) as work:
        segment, document = segments.mark(work, document_id, start, end)
        segments.check_analysed(document)
        there = work.rows.find(ExpressionStance, segment_id=segment.id, coder=bench.coder)
        if stance is None and not about:
            work.remove(ExpressionStance, [row.id for row in there])
            segments.forget_if_bare(work, segment.id)
        elif there:
            work.put(replace(there[0], stance=stance, about=about))
        else:
            work.put(
                ExpressionStance(
                    id or bench.new_id(), segment.id, bench.coder, stance, about, bench.clock()
                )
            )
        said = {"quote": segments.quote(segment, document), "document": document_id}
        if stance is not None:
            said["stance"] = stance.value
        work.say(**said, **({"of_group": about} if about else {}))


def set_heading(bench: Workbench, category_id: str, stance: Stance | None) -> None:
    """What the category's name says of what is under it; None: nothing of its own."""
    with bench.act(Act.SET_HEADING_STANCE) as work:
        category = work.require(Category, category_id)
        if stance is None:
            work.remove(HeadingStance, [category_id])
        else:
            work.put(HeadingStance(category_id, stance))
        told = {"stance": stance.value} if stance else {}
        work.say(category=category.name, **told)


def of_headings(tree: CategoryTree, given: Mapping[str, Stance]) -> dict[str, Stance]:
    """Category -> what its heading says: its own, else that of the nearest one above it."""
    found: dict[str, Stance] = {}
    for _depth, category in tree.walk():
        mine = given.get(category.id) or found.get(category.parent_id or "")
        if mine:
            found[category.id] = mine
    return found
