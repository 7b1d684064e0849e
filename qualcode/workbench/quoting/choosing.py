"""Choosing quotes for the report: which, under which heading, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qualcode.domain.categories import CategoryTree
from qualcode.domain.coding import ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import QualcodeError
from qualcode.domain.quotes import ChosenQuote
from qualcode.store.repository import Reading
from qualcode.workbench import segments
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import tree_of


class NotThere(QualcodeError):
    template = (
        "“{quote}” cannot be printed under “{category}”: none of its reductions is in that "
        "category or under it. Place its reduction there first, or choose another heading."
    )


class NothingSaid(QualcodeError):
    template = (
        "“{quote}” has neither a code nor a reduction, so it is no quote of the analysis. Code or "
        "reduce it first."
    )


def choose(bench: Workbench, segment_ids: Sequence[str], category_id: str = "") -> None:
    """The expressions are printed in the report, last under the heading; those chosen stay.

    Without a heading each gets the category where its first reduction is placed.
    """
    with bench.act(Act.CHOOSE_QUOTE) as work:
        tree = tree_of(work.rows)
        told = []
        for segment_id in dict.fromkeys(segment_ids):
            if work.rows.get(ChosenQuote, segment_id) is not None:
                continue
            segment, words = _passage(work, segment_id)
            if segments.is_bare(work, segment.id):
                raise NothingSaid(quote=words)
            headings = headings_of(work.rows, tree, segment_id)
            if category_id and category_id not in headings:
                raise NotThere(quote=words, category=tree[category_id].name)
            heading = category_id or next(iter(headings), "")
            work.put(
                ChosenQuote(
                    segment_id,
                    heading,
                    position=_after_last(work.rows, heading),
                    chosen_by=bench.coder,
                    chosen_at=bench.clock(),
                )
            )
            told.append((words, tree[heading].name if heading else ""))
        if told:
            work.say(quote=told[0][0], category=told[0][1], count=len(told))


def leave(bench: Workbench, segment_ids: Sequence[str]) -> None:
    """The expressions are not printed; how they were to be printed is in the log only."""
    with bench.act(Act.LEAVE_QUOTE) as work:
        there = [id for id in dict.fromkeys(segment_ids) if work.rows.get(ChosenQuote, id)]
        if there:
            work.say(quote=_passage(work, there[0])[1], count=len(there))
        work.remove(ChosenQuote, there)


def move(bench: Workbench, segment_id: str, category_id: str, before: str | None = None) -> None:
    """The quote under this heading, before another quote of it or last."""
    with bench.act(Act.ORDER_QUOTES) as work:
        quote = work.require(ChosenQuote, segment_id)
        tree = tree_of(work.rows)
        words = _passage(work, segment_id)[1]
        headings = headings_of(work.rows, tree, segment_id)
        if category_id and category_id not in headings:
            raise NotThere(quote=words, category=tree[category_id].name)
        others = [q for q in in_order(work.rows, category_id) if q.id != segment_id]
        at = next((n for n, q in enumerate(others) if q.id == before), len(others))
        line = [*others[:at], replace(quote, category_id=category_id), *others[at:]]
        for n, one in enumerate(line, start=1):
            work.put(replace(one, position=float(n)))
        changed = category_id != quote.category_id and bool(category_id)
        work.say(quote=words, category=tree[category_id].name if changed else "")


def headings_of(rows: Reading, tree: CategoryTree, segment_id: str) -> dict[str, str]:
    """Category -> its name: what the expression may be printed under, its own categories first."""
    links = rows.find(ReductionLink, segment_id=segment_id)
    return headings(tree, [link.reduction_id for link in links])


def own_categories(tree: CategoryTree, reduction_ids: Iterable[str]) -> dict[str, str]:
    """Category -> its name: where the expression's reductions are placed themselves."""
    found = dict.fromkeys(
        place.category_id for id in reduction_ids if (place := tree.placements.get(id)) is not None
    )
    return {id: tree[id].name for id in found}


def headings(tree: CategoryTree, reduction_ids: Iterable[str]) -> dict[str, str]:
    """Category -> its name, of an expression with these reductions: nearest to the words first."""
    own = own_categories(tree, reduction_ids)
    paths = [tree.path(id)[::-1] for id in own]
    found = {path[0].id: path[0].name for path in paths}
    return found | {category.id: category.name for path in paths for category in path[1:]}


def in_order(rows: Reading, category_id: str) -> list[ChosenQuote]:
    """The quotes chosen under a heading, as they are printed."""
    found = rows.find(ChosenQuote, category_id=category_id)
    return sorted(found, key=lambda quote: (quote.position, quote.id))


def _after_last(rows: Reading, category_id: str) -> float:
    return max((q.position for q in rows.find(ChosenQuote, category_id=category_id)), default=0) + 1


def _passage(work: Work, segment_id: str) -> tuple[Segment, str]:
    """The segment and its words for the log."""
    segment = work.require(Segment, segment_id)
    return segment, segments.quote(segment, work.require(Document, segment.document_id))
