"""Pairs of reductions or categories that could be one: merge them, or keep them apart for good."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

import streamlit as st

from qualcode.analysis.near_identical import Alike, NearIdentical
from qualcode.domain.categories import CategoryTree, level_name
from qualcode.domain.suggestions import Dismissal
from qualcode.store.views import ExpressionQuery, ReductionQuery, ReductionRow
from qualcode.texts import N_
from qualcode.ui import originals, state, suggestions_line, turning, undo_line
from qualcode.ui.long_work import with_progress
from qualcode.ui.words import plain
from qualcode.workbench import categorising, reducing, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown

ROWS = 12
MOST_CATEGORIES = 8
"""Pairs of categories shown at a time; deciding on one brings the next."""

ALIKE = {
    Alike.WORDING: N_("same wording"),
    Alike.STEMS: N_("same words in other forms"),
    Alike.SPELLING: N_("spelling"),
    Alike.MEANING: N_("meaning"),
}


@dataclass(frozen=True)
class _Side:
    """One of a pair: what it is called, in words what it holds, and which reductions those are."""

    id: str
    name: str
    held: str
    category: bool
    reductions: tuple[str, ...]


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
    if suggestions_line.off(bench):
        return
    suggestions_line.hidden(
        bench, _("Reductions are compared once both have a place, for suggestions are hidden.")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = st.button(
            _("Look for near-duplicates"), icon=":material/compare_arrows:", key="find-alike"
        )
        st.caption(
            _("Pairs alike in wording, spelling or meaning. Nothing is merged before you say so."),
            width="stretch",
        )
    if asked:
        _look(bench)
    found: tuple[list[NearIdentical], list[NearIdentical]] | None = state.chosen("reductions:alike")
    if found is None:
        return
    reductions, categories = found
    _categories(bench, categories, place)
    _pairs(bench, reductions, place)


def _look(bench: Workbench) -> None:
    _ = state.translator()
    found = with_progress(
        _("Comparing the reductions…"),
        lambda progressed: (
            suggesting.near_duplicates(bench, on_progress=progressed),
            suggesting.near_categories(bench, on_progress=progressed),
        ),
        key="alike",
    )
    if found is not None:
        state.choose("reductions:alike", found)


def _pairs(bench: Workbench, pairs: list[NearIdentical], place: str) -> None:
    """The pairs still to be decided, a page at a time: undone decisions bring theirs back."""
    _ = state.translator()
    ids = tuple({id for pair in pairs for id in (pair.first_id, pair.second_id)})
    with bench.store.reading() as rows:
        found = rows.reductions(ReductionQuery(reduction_ids=ids), 0, max(1, len(ids))).rows
        apart = {row.key for row in rows.find(Dismissal)}
    by_id = {row.id: row for row in found}
    if options.shown(bench.study()) is Shown.BLIND:
        # One that lost its place since would learn from the other's where it goes.
        by_id = {id: row for id, row in by_id.items() if row.category_name}
    waiting = _undecided(pairs, by_id, apart)
    if not waiting:
        st.caption(_("No near-duplicates to decide."))
        return
    page_key = state.filter_key("reductions", "alike-page")
    first = turning.begins_at(page_key, ROWS, len(waiting))
    for pair in waiting[first : first + ROWS]:
        sides = [_reduction_side(by_id[id]) for id in (pair.first_id, pair.second_id)]
        _pair(bench, pair, sides[0], sides[1], place)
    turning.numbers(page_key, ROWS, len(waiting))


def _undecided(
    pairs: list[NearIdentical], known: Container[str], apart: Container[str]
) -> list[NearIdentical]:
    """The pairs whose both sides are still there, and that nobody has kept apart."""
    return [
        pair
        for pair in pairs
        if pair.first_id in known
        and pair.second_id in known
        and suggesting.apart_key(pair.first_id, pair.second_id) not in apart
    ]


def _categories(bench: Workbench, pairs: list[NearIdentical], place: str) -> None:
    """Above the reductions, as there are few: pairs of categories of one level."""
    _ = state.translator()
    tree = categorising.tree(bench)
    with bench.store.reading() as rows:
        apart = {row.key for row in rows.find(Dismissal)}
    waiting = [
        pair
        for pair in _undecided(pairs, tree.categories, apart)
        if tree[pair.first_id].level is tree[pair.second_id].level
    ]
    if not waiting:
        return
    st.markdown(f"**{_('Categories')}** · {len(waiting)}")
    for pair in waiting[:MOST_CATEGORIES]:
        sides = [_category_side(bench, tree, id) for id in (pair.first_id, pair.second_id)]
        _pair(bench, pair, sides[0], sides[1], place)
    st.markdown(f"**{_('Reductions')}**")


def _reduction_side(row: ReductionRow) -> _Side:
    _, ngettext = state.translator(), state.plural()
    held = ngettext("{n} original expression", "{n} original expressions", row.expressions)
    place = row.category_name or _("No place yet")
    return _Side(
        row.id, row.wording, f"{held.format(n=row.expressions)} · {place}", False, (row.id,)
    )


def _category_side(bench: Workbench, tree: CategoryTree, id: str) -> _Side:
    ngettext = state.plural()
    category = tree[id]
    inside = tuple(r for branch in tree.branch(id) for r in tree.reductions_in(branch))
    held = ngettext("{n} reduction", "{n} reductions", len(inside)).format(n=len(inside))
    level = level_name(category.level, bench.study().level_names, bench.language)
    above = [c.name for c in tree.path(id)[-2:-1]]
    return _Side(id, category.name, " · ".join([level, *above, held]), True, inside)


def _pair(bench: Workbench, pair: NearIdentical, first: _Side, second: _Side, place: str) -> None:
    _ = state.translator()
    key = f"{first.id}-{second.id}"
    with st.container(border=True, key=f"pair-{key}", gap="small"):
        left, right, apart = st.columns([5, 5, 3], vertical_alignment="center")
        for column, kept, other in ((left, first, second), (right, second, first)):
            with column:
                with st.container(gap=None):
                    st.markdown(plain(kept.name))
                    st.caption(plain(kept.held))
                with st.container(horizontal=True, gap="small"):
                    st.button(
                        _("Merge, keep this name")
                        if kept.category
                        else _("Merge, keep this wording"),
                        key=f"merge-{kept.id}-{other.id}",
                        on_click=_do,
                        args=(place, _merging(kept, other), _merged(kept)),
                    )
                    _expressions(bench, kept, f"alike-{kept.id}-{other.id}")
        with apart:
            st.caption(_likeness(pair))
            st.button(
                _("Keep apart"),
                key=f"apart-{key}",
                help=_("They mean different things: not offered again."),
                on_click=_do,
                args=(place, _keeping(first.id, second.id), _("Kept apart.")),
            )


def _expressions(bench: Workbench, side: _Side, key: str) -> None:
    """What was said under it: whether two are one cannot be told by their names alone."""
    _ = state.translator()
    box = st.popover(
        _("Original expressions"),
        key=key,
        type="tertiary",
        disabled=not side.reductions,
        # Only the open one is read from the study.
        on_change="rerun",
    )
    if box.open:
        with box:
            originals.show(bench, ExpressionQuery(reduction_ids=side.reductions), key)


def _likeness(pair: NearIdentical) -> str:
    """In what they are alike, and how much (0 to 1) where that says something."""
    _ = state.translator()
    text = _(ALIKE[pair.alike])
    if pair.alike in (Alike.WORDING, Alike.STEMS):
        return text
    value = f"{pair.likeness:.2f}"
    return f"{text} {value.replace('.', ',') if state.language() == 'fi' else value}"


def _merged(kept: _Side) -> str:
    ngettext = state.plural()
    if kept.category:
        said = ngettext("Merged {n} category: {name}", "Merged {n} categories: {name}", 2)
        return said.format(n=2, name=kept.name)
    return ngettext("Merged {n} reduction.", "Merged {n} reductions.", 2).format(n=2)


def _merging(into: _Side, other: _Side) -> Callable[[Workbench], object]:
    if into.category:
        return lambda bench: categorising.merge(bench, into.id, [other.id])
    return lambda bench: reducing.merge(bench, into.id, [other.id])


def _keeping(first: str, second: str) -> Callable[[Workbench], object]:
    return lambda bench: suggesting.keep_apart(bench, first, second)


def _do(place: str, act: Callable[[Workbench], object], said: str) -> None:
    bench = state.bench()
    undo_line.attempt(place, lambda: act(bench), said)
