"""How much each code is used, kept in step with the study: only what changed is counted again.

Counting all codes of a large study takes longer than saving a coding; twenty people who each ask
after every save would do nothing else. Counts are kept for each open study and brought up from
the decisions made since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Change, Decision
from qualcode.store.repository import Reading, Store
from qualcode.store.views import Count
from qualcode.workbench.store_locks import StoreLocks

MOST_CHANGES = 500
"""Changed rows that are looked at one by one; after more of them everything is counted."""


@dataclass(frozen=True)
class _Kept:
    revision: int
    counts: Mapping[str, Count]


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_counting = StoreLocks()


def code_counts(
    store: Store, rows: Reading, code_ids: Collection[str] | None = None
) -> dict[str, Count]:
    """What ``rows.code_counts`` gives, of these codes or of all, without those nothing carries.

    The counts are those of the revision that ``rows`` sees: a window adds what it has not heard of
    yet, and a later revision may hold just that.
    """
    revision = rows.revision()
    with _counting.alone(store):
        kept = _kept.get(store)
        if kept is None or kept.revision < revision:
            kept = _Kept(revision, _brought_up(kept, rows))
            _kept[store] = kept
    if kept.revision > revision:
        return rows.code_counts(None if code_ids is None else sorted(code_ids))
    wanted = kept.counts if code_ids is None else code_ids
    return {id: kept.counts[id] for id in wanted if kept.counts.get(id, Count()) != Count()}


def _brought_up(kept: _Kept | None, rows: Reading) -> Mapping[str, Count]:
    decisions = None if kept is None else rows.changes_since(kept.revision, MOST_CHANGES)
    touched = None if decisions is None else codes_touched(rows, decisions)
    if kept is None or touched is None:
        return rows.code_counts()
    counted = rows.code_counts(sorted(touched)) if touched else {}
    return {**kept.counts, **{id: counted.get(id, Count()) for id in touched}}


def codes_touched(rows: Reading, decisions: Iterable[Decision]) -> frozenset[str] | None:
    """The codes that may count differently after these decisions; None: it may be any of them.

    ``rows`` sees the study after them.
    """
    changes = [change for decision in decisions for change in decision.changes]
    if any(change.kind == "speaker" for change in changes):
        # What an interviewer says is not counted: another interviewer changes every count.
        return None
    moved = [c.id for c in changes if c.kind == "segment" and c.before and c.after]
    documents = sorted({change.id for change in changes if change.kind == "document"})
    aside = rows.texts(documents) if documents else {}
    return (
        values_of(changes, "code_id", "coding")
        | {c.code_id for c in (rows.find(Coding, segment_id=tuple(moved)) if moved else [])}
        | {span.code_id for text in aside.values() for span in text.spans}
    )


def values_of(changes: Iterable[Change], field: str, kind: str | None = None) -> frozenset[str]:
    """What the field holds in the rows before and after, of one kind or of all that have it."""
    return frozenset(
        str(side[field])
        for change in changes
        if kind in (None, change.kind)
        for side in (change.before, change.after)
        if side is not None and side.get(field) is not None
    )
