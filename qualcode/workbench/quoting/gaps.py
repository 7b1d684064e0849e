"""What the report lacks: categories that hold nothing, and those whose words are not quoted."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.frequencies import by_category
from qualcode.domain.categories import Level
from qualcode.domain.quotes import ChosenQuote
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of


@dataclass(frozen=True)
class Gap:
    """A category without a quote. ``mentions`` 0: nothing of the material is in it at all."""

    category_id: str
    name: str
    path: str
    level: Level
    mentions: int


def gaps(bench: Workbench) -> list[Gap]:
    """Categories with nothing in them, then those with expressions of which none is chosen.

    A quote under a category counts for those above it too.
    """
    with bench.store.reading() as rows:
        tree, evidence = tree_of(rows), rows.evidence()
        chosen = {quote.id for quote in rows.find(ChosenQuote)}
    parents = {category.id: category.parent_id for category in tree.categories.values()}
    tallies = by_category(evidence, parents)
    found = []
    for _depth, category in tree.walk():
        segments = tallies[category.id].total.segments
        if not chosen.intersection(segments):
            path = " › ".join(one.name for one in tree.path(category.id)[:-1])
            gap = Gap(category.id, category.name, path, category.level, len(segments))
            found.append(gap)
    return sorted(found, key=lambda gap: gap.mentions > 0)
