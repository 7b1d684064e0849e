"""Reducing (pelkistäminen): what an expression says, in a few words. Many to many.

One expression may give several reductions and one reduction stand for many expressions; a
wording that exists already is linked to, not written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from qualcode.analysis.trigrams import TrigramIndex
from qualcode.domain.categories import Placement
from qualcode.domain.coding import (
    ReducedExpression,
    ReductionLink,
    tidy_wording,
)
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document
from qualcode.domain.errors import AlreadyThere, ChangedMeanwhile, EmptyWording, UnknownRow
from qualcode.domain.pins import Pin
from qualcode.domain.role_maps import RolePlacement
from qualcode.store.repository import Reading, Store
from qualcode.store.views import ReductionQuery, ReductionRow
from qualcode.workbench import memo_keeping, segments
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import save_tree, tree_of
from qualcode.workbench.ownership import own

MOST_LOOKED_AT = 200
"""Changed rows that are looked through before the index of wordings is made anew."""


def reduce(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    wording: str,
    link_id: str | None = None,
) -> ReducedExpression:
    """The expression reduced to this wording; an existing reduction of the same words is used."""
    with bench.act(Act.REDUCE) as work:
        reduction = _worded(work, wording)
        _link(work, document_id, start, end, reduction, link_id)
    return reduction


def link(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    reduction_id: str,
    link_id: str | None = None,
) -> ReducedExpression:
    """The expression says the same as a reduction already written."""
    with bench.act(Act.LINK_REDUCTION) as work:
        reduction = work.require(ReducedExpression, reduction_id)
        _link(work, document_id, start, end, reduction, link_id)
    return reduction


def unlink(bench: Workbench, link_id: str) -> None:
    """The expression is no longer reduced so by the coder who reduced it so.

    A reduction left without expressions goes too.
    """
    with bench.act(Act.UNLINK_REDUCTION) as work:
        gone = own(work, ReductionLink, link_id)
        work.say(wording=work.require(ReducedExpression, gone.reduction_id).wording)
        work.remove(ReductionLink, [link_id])
        segments.forget_if_bare(work, gone.segment_id)
        if not work.rows.count(ReductionLink, reduction_id=gone.reduction_id):
            _remove(work, gone.reduction_id)


def reword(bench: Workbench, reduction_id: str, wording: str, seen: str) -> ReducedExpression:
    """The reduction in other words, everywhere it is linked.

    ``seen`` is the wording the writer had before their eyes: when another window has changed it
    meanwhile, nothing is overwritten and both versions are told. A wording that another
    reduction already has merges the two.
    """
    wording = tidy_wording(wording)
    if not wording:
        raise EmptyWording()
    with bench.act(Act.REWORD) as work:
        old = work.require(ReducedExpression, reduction_id)
        if old.wording != seen:
            later = work.rows.last_change_of("reduction", reduction_id)
            raise ChangedMeanwhile(
                kind="reduction", who=later.who if later else "?", now=old.wording, yours=wording
            )
        twin = work.rows.worded(wording)
        work.say(wording=wording, before=old.wording)
        if twin is not None and twin.id != reduction_id:
            _merge(work, twin.id, [reduction_id])
            return twin
        new = replace(old, wording=wording)
        work.put(new)
    return new


def merge(
    bench: Workbench, into: str, others: Sequence[str], wording: str | None = None
) -> ReducedExpression:
    """Several reductions become one: its expressions are those of all. ``wording`` may be new.

    A reduction that has the new wording already is merged along.
    """
    with bench.act(Act.MERGE_REDUCTIONS) as work:
        kept = work.require(ReducedExpression, into)
        merged = [id for id in dict.fromkeys(others) if id != into]
        if wording is not None and tidy_wording(wording) != kept.wording:
            twin = work.rows.worded(wording)
            if twin is not None and twin.id not in (into, *merged):
                merged.append(twin.id)
            kept = replace(kept, wording=tidy_wording(wording))
            work.put(kept)
        names = [work.require(ReducedExpression, id).wording for id in merged]
        _merge(work, into, merged)
        work.say(wording=kept.wording, merged=names, count=len(names) + 1)
    return kept


def split(
    bench: Workbench, reduction_id: str, wording: str, link_ids: Sequence[str]
) -> ReducedExpression:
    """Some of a reduction's expressions get a reduction of their own, placed beside the old.

    When all of them go, the old reduction goes too and the new one has its place and roles.
    """
    with bench.act(Act.SPLIT_REDUCTION) as work:
        old = work.require(ReducedExpression, reduction_id)
        new = _worded(work, wording)
        if new.id == reduction_id:
            return old
        links = [work.require(ReductionLink, link_id) for link_id in link_ids]
        for gone in links:
            if gone.reduction_id != reduction_id:
                raise UnknownRow(kind="reduction_link", id=gone.id)
        _give(work, links, new.id)
        if work.rows.count(ReductionLink, reduction_id=reduction_id):
            _place_after(work, new.id, reduction_id)
        else:
            _merge(work, new.id, [reduction_id])
        work.say(wording=new.wording, before=old.wording, count=len(link_ids))
    return new


def remove(bench: Workbench, reduction_ids: Sequence[str]) -> None:
    """The reductions go, with their links and places; the expressions' codings stay."""
    with bench.act(Act.REMOVE_REDUCTION) as work:
        names = [work.require(ReducedExpression, id).wording for id in reduction_ids]
        for reduction_id in reduction_ids:
            links = work.rows.find(ReductionLink, reduction_id=reduction_id)
            work.remove(ReductionLink, [link.id for link in links])
            _remove(work, reduction_id)
            for gone in links:
                segments.forget_if_bare(work, gone.segment_id)
        work.say(wording=names[0] if names else "", count=len(names))


def reduce_whole(work: Work, texts: Iterable[tuple[str, str]]) -> None:
    """Whole texts (document, wording) reduced inside another act, each to its wording."""
    for document_id, wording in texts:
        document = work.require(Document, document_id)
        _link(work, document_id, 0, len(document.text), _worded(work, wording), None)


def nearest_wordings(bench: Workbench, text: str, limit: int = 8) -> list[ReductionRow]:
    """Existing reductions most like a text being written, or like an expression, nearest first."""
    with bench.store.reading() as rows:
        ids = [id for id, _ in _index(bench.store, rows).nearest(text, limit)]
        page = rows.reductions(ReductionQuery(reduction_ids=tuple(ids)), 0, limit)
    return sorted(page.rows, key=lambda row: ids.index(row.id))


_indexes: WeakKeyDictionary[Store, tuple[int, TrigramIndex]] = WeakKeyDictionary()


def _index(store: Store, rows: Reading) -> TrigramIndex:
    """The wordings' index as of this revision; made anew when a reduction has changed."""
    revision = rows.revision()
    kept = _indexes.get(store)
    if kept is None or _reworded_since(rows, kept[0]):
        index = TrigramIndex({r.id: r.wording for r in rows.find(ReducedExpression)})
    else:
        index = kept[1]
    _indexes[store] = (revision, index)
    return index


def _reworded_since(rows: Reading, revision: int) -> bool:
    """Whether any reduction came, went or changed; after very many changes one may have."""
    later = rows.changes_since(revision, MOST_LOOKED_AT)
    return later is None or any(c.kind == "reduction" for d in later for c in d.changes)


def _worded(work: Work, wording: str) -> ReducedExpression:
    """The reduction that has these words already, or a new one."""
    wording = tidy_wording(wording)
    if not wording:
        raise EmptyWording()
    bench = work.bench
    reduction = work.rows.worded(wording) or ReducedExpression(
        bench.new_id(), wording, bench.coder, bench.clock()
    )
    work.put(reduction)
    return reduction


def _link(
    work: Work,
    document_id: str,
    start: int,
    end: int,
    reduction: ReducedExpression,
    link_id: str | None,
) -> None:
    segment, document = segments.mark(work, document_id, start, end)
    segments.check_analysed(document)
    bench = work.bench
    if not work.rows.find(ReductionLink, segment_id=segment.id, reduction_id=reduction.id):
        if link_id is not None and work.rows.get(ReductionLink, link_id) is not None:
            raise AlreadyThere(kind="reduction_link")
        work.put(
            ReductionLink(
                link_id or bench.new_id(), segment.id, reduction.id, bench.coder, bench.clock()
            )
        )
    work.say(
        wording=reduction.wording, quote=segments.quote(segment, document), document=document_id
    )


def _merge(work: Work, into: str, others: Sequence[str]) -> None:
    for other in others:
        _give(work, work.rows.find(ReductionLink, reduction_id=other), into)
        place = work.rows.get(Placement, other)
        if place is not None and work.rows.get(Placement, into) is None:
            work.put(Placement(into, place.category_id, place.position))
        _carry_pin(work, other, into)
        memo_keeping.carry(work, "reduction", [other], into)
        for evidence in work.rows.find(RolePlacement, reduction_id=other):
            work.remove(RolePlacement, [evidence.id])
            if not work.rows.find(RolePlacement, role_id=evidence.role_id, reduction_id=into):
                work.put(replace(evidence, id=work.bench.new_id(), reduction_id=into))
        _remove(work, other)


def _carry_pin(work: Work, other: str, into: str) -> None:
    """What was fixed in a category stays fixed there, as the reduction that it goes on as."""
    fixed = work.rows.get(Pin, other)
    old, kept = work.rows.get(Placement, other), work.rows.get(Placement, into)
    if fixed and old and kept and old.category_id == kept.category_id:
        work.put(replace(fixed, id=into, reduction_id=into))


def _give(work: Work, links: Sequence[ReductionLink], reduction_id: str) -> None:
    """The links' expressions are reduced to that reduction instead, each once."""
    linked = {link.segment_id for link in work.rows.find(ReductionLink, reduction_id=reduction_id)}
    for old in links:
        if old.segment_id in linked:
            work.remove(ReductionLink, [old.id])
        else:
            linked.add(old.segment_id)
            work.put(replace(old, reduction_id=reduction_id))


def _place_after(work: Work, new_id: str, old_id: str) -> None:
    """A reduction without a place gets the one next to another's."""
    tree = tree_of(work.rows)
    place = tree.placements.get(old_id)
    if place is None or new_id in tree.placements:
        return
    order = tree.reductions_in(place.category_id)
    after = order[order.index(old_id) + 1 :]
    placed = tree.place([new_id], place.category_id, after[0] if after else None)
    save_tree(work, tree, placed)


def _remove(work: Work, reduction_id: str) -> None:
    """The reduction's own row with its place and its roles; its links must be gone."""
    work.remove(Pin, [reduction_id])
    work.remove(Placement, [reduction_id])
    work.remove(
        RolePlacement,
        [row.id for row in work.rows.find(RolePlacement, reduction_id=reduction_id)],
    )
    work.remove(ReducedExpression, [reduction_id])
