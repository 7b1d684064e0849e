"""The places of a study, kept beside it and never behind: a decision more is taken in at once.

Made once, they then follow the decision log. A reduction that comes into a category changes a few
sums; one that moves or leaves asks for the sums anew, of vectors that are there. Only new words (a
reduction, a category) and another engine ask for every text anew. Every window of the study asks
the same ones.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from qualcode.analysis.named_group import NamedGroup
from qualcode.analysis.placing import NamedGroups
from qualcode.domain.categories import Category, CategoryTree, Placement
from qualcode.domain.decisions import Decision
from qualcode.domain.pins import Pinned
from qualcode.store.offers import PLACE as PLACE_OFFER
from qualcode.store.repository import Reading, Store
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.likeness import Progress, kept_under
from qualcode.workbench.pinning import pins_of
from qualcode.workbench.suggesting import statistics
from qualcode.workbench.suggesting.allowing import unless_off
from qualcode.workbench.suggesting.dismissals import PLACE, STAYS, dismissed_keys, pairs
from qualcode.workbench.suggesting.placing import Places, places

MOST_CHANGES = 400
"""Changed rows that are followed one by one; after more of them everything is made anew."""

ONE_BY_ONE = 8
"""So many reductions that came are added each by itself; more of them all at once."""

JUDGED_AGAIN_AFTER = 20
"""Decisions after which it is counted anew what the scores have meant."""

SECONDS_TO_WAIT = 0.2
"""For another window that makes the places, before it is asked whether to go on waiting."""

NEW_WORDS = frozenset({"reduction", "category"})
"""Kinds whose change alters what is compared."""


@dataclass
class Kept:
    """The places as of ``revision``. Whoever changes it holds ``lock``."""

    revision: int
    kept_under: str
    places: Places
    judged_at: int
    """the revision that what scores have meant was counted at"""
    lock: threading.Lock = field(default_factory=threading.Lock)
    judging: threading.Thread | None = None


_kept: WeakKeyDictionary[Store, Kept] = WeakKeyDictionary()

_making: WeakKeyDictionary[Store, threading.Lock] = WeakKeyDictionary()
"""Who makes the places of a study anew holds its lock; the other windows wait for what is made."""

_one_lock_each = threading.Lock()


def places_now(bench: Workbench, on_progress: Progress | None = None) -> Places | None:
    """The places as the study is at this moment; None when it has no subcategories.

    ``SuggestionsOff`` where the study wants none.
    """
    unless_off(bench)
    found = _followed(bench)
    if found is not None:
        return found
    making = _making_of(bench.store)
    while not making.acquire(timeout=SECONDS_TO_WAIT):
        # Whoever waits can call it off meanwhile.
        if on_progress is not None:
            on_progress(0, 1)
    try:
        # Another window may have made them while this one waited.
        return _followed(bench) or _made(bench, on_progress)
    finally:
        making.release()


def _making_of(store: Store) -> threading.Lock:
    with _one_lock_each:
        return _making.setdefault(store, threading.Lock())


def _followed(bench: Workbench) -> Places | None:
    """Those that are kept, brought up to the study; None when they are to be made anew."""
    kept = _kept.get(bench.store)
    if kept is None:
        return None
    # Asked on every look, not only after decisions: a model that is built or can be read again
    # (or no more) is in no log.
    under = kept_under(bench, engine_of(bench).name)
    if under != kept.kept_under:
        return None
    with kept.lock, bench.store.reading() as rows:
        return kept.places if _follow(bench, rows, kept) else None


def _made(bench: Workbench, on_progress: Progress | None) -> Places | None:
    # Engine and key first: one that is chosen while these are made is another at the next look.
    name = engine_of(bench).name
    under = kept_under(bench, name)
    with bench.store.reading() as rows:
        revision = rows.revision()
    # What is decided meanwhile is perhaps in it already; following takes that as it finds it.
    made = places(bench, engine=name, on_progress=on_progress)
    if made is None:
        _kept.pop(bench.store, None)
        return None
    _kept[bench.store] = Kept(revision, under, made, revision)
    return made


def _follow(bench: Workbench, rows: Reading, kept: Kept) -> bool:
    """Brings the places up to the study as it is now; False when they are to be made anew."""
    revision = rows.revision()
    if revision <= kept.revision:
        # As it is; or this look began before that of another window, which has gone further.
        return True
    decisions = rows.changes_since(kept.revision, MOST_CHANGES)
    touched = {change.kind for d in decisions or () for change in d.changes}
    if decisions is None or touched & NEW_WORDS:
        return False
    found = kept.places
    if "placement" in touched:
        found = replace(found, groups=_with_moves(found.groups, _homes(decisions)))
    if touched & {"placement", "pin"}:
        found = replace(found, pinned=_pinned(rows, found.groups.groups))
    if "dismissal" in touched:
        keys = dismissed_keys(rows)
        found = replace(
            found,
            turned_down=frozenset(pairs(keys, PLACE)),
            staying=frozenset(pairs(keys, STAYS)),
        )
    kept.places, kept.revision = found, revision
    _judge_beside(bench, kept)
    return True


def _homes(decisions: Sequence[Decision]) -> dict[str, str | None]:
    """Where the reductions that were placed, moved or taken out have ended."""
    after: dict[str, Mapping[str, object] | None] = {}
    for decision in decisions:
        for change in decision.changes:
            if change.kind == "placement":
                after[change.id] = change.after
    return {id: None if side is None else str(side["category_id"]) for id, side in after.items()}


def _with_moves(groups: NamedGroups, homes: Mapping[str, str | None]) -> NamedGroups:
    was = {id: group.id for group in groups.groups for id in group.member_ids}
    moved = {id: home for id, home in homes.items() if was.get(id) != home}
    known = {group.id for group in groups.groups}
    come = [
        (id, home)
        for id, home in moved.items()
        if id not in was and home in known and id in groups.reductions.rows
    ]
    if len(come) == len(moved) <= ONE_BY_ONE:
        for id, home in come:
            groups = groups.accepted(id, str(home))
        return groups
    members = {
        group.id: (
            *(id for id in group.member_ids if id not in moved),
            *(id for id, home in moved.items() if home == group.id),
        )
        for group in groups.groups
    }
    return NamedGroups(
        groups.reductions,
        [replace(group, member_ids=members[group.id]) for group in groups.groups],
        groups.names,
        engine=groups.engine,
        name_weight=groups.name_weight,
        paths=groups.paths,
    )


def _pinned(rows: Reading, groups: Sequence[NamedGroup]) -> frozenset[str]:
    pins = pins_of(rows)
    if not pins:
        return frozenset()
    placed = [Placement(id, group.id) for group in groups for id in group.member_ids]
    return Pinned.of(CategoryTree.of(rows.find(Category), placed), pins).reductions


def _judge_beside(bench: Workbench, kept: Kept) -> None:
    """Counts anew what scores have meant, in a thread of its own: nobody's next look waits."""
    if kept.revision - kept.judged_at <= JUDGED_AGAIN_AFTER:
        return
    if kept.judging is not None and kept.judging.is_alive():
        return
    counted_at, engine = kept.revision, kept.places.groups.engine

    def work() -> None:
        try:
            meaning = statistics.meaning(bench, PLACE_OFFER, engine)
        except Exception:
            # They mean what they meant; it is tried again after the next decision.
            logging.getLogger(__name__).exception("what scores have meant could not be counted")
            return
        with kept.lock:
            kept.places = replace(kept.places, meaning=meaning)
            kept.judged_at = counted_at

    kept.judging = threading.Thread(target=work, name="judging-places", daemon=True)
    kept.judging.start()
