"""What stands behind each category, counted once and kept while nothing that counts has changed.

A review is read by moving from one category to the next: what each holds must not be counted anew
for every step, nor for every comment that somebody writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from qualcode.analysis.frequencies import GroupTallies, actor_groups, by_category
from qualcode.domain.categories import CategoryTree
from qualcode.store.repository import Reading, Store
from qualcode.store.views import EvidenceRow
from qualcode.workbench.categorising import tree_of

COUNTED = frozenset(
    (
        "category",
        "placement",
        "reduction_link",
        "segment",
        "document",
        "respondent",
        "item",
        "speaker",
    )
)
"""Kinds of rows that what is counted depends on."""

MOST_CHANGES = 500


@dataclass(frozen=True)
class Standing:
    """The tree with all that stands behind it; ``groups`` are the actor groups that speak.

    ``evidence`` has per subcategory its links, ``links`` per reduction how many expressions.
    """

    revision: int
    tree: CategoryTree
    tallies: Mapping[str, GroupTallies]
    groups: tuple[str, ...]
    evidence: Mapping[str, tuple[EvidenceRow, ...]]

    def behind(self, category_id: str) -> list[EvidenceRow]:
        """Every link in the category's branch, in the study's order within each subcategory."""
        return [row for id in self.tree.branch(category_id) for row in self.evidence.get(id, ())]


_kept: WeakKeyDictionary[Store, Standing] = WeakKeyDictionary()
_counting = Lock()


def standing(store: Store, rows: Reading) -> Standing:
    """What ``rows`` sees behind each category; counted anew only when it may have changed."""
    revision = rows.revision()
    with _counting:
        kept = _kept.get(store)
    if kept is not None and kept.revision != revision and _untouched(kept, rows, revision):
        kept = Standing(revision, kept.tree, kept.tallies, kept.groups, kept.evidence)
    elif kept is None or kept.revision != revision:
        kept = _counted(rows, revision)
    with _counting:
        _kept[store] = kept
    return kept


def _untouched(kept: Standing, rows: Reading, revision: int) -> bool:
    if revision < kept.revision:
        return False
    later = rows.changes_since(kept.revision, MOST_CHANGES)
    return later is not None and not any(
        change.kind in COUNTED for decision in later for change in decision.changes
    )


def _counted(rows: Reading, revision: int) -> Standing:
    tree = tree_of(rows)
    evidence = rows.evidence()
    found: dict[str, list[EvidenceRow]] = {}
    for row in evidence:
        if row.category_id is not None:
            found.setdefault(row.category_id, []).append(row)
    return Standing(
        revision,
        tree,
        by_category(evidence, {c.id: c.parent_id for c in tree.categories.values()}),
        tuple(actor_groups(evidence)),
        {id: tuple(mine) for id, mine in found.items()},
    )
