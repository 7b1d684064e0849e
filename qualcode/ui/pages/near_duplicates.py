"""Pairs of reductions that could be one: merge them, or keep them apart for good."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from qualcode.analysis.near_identical import Alike, NearIdentical
from qualcode.domain.suggestions import Dismissal
from qualcode.store.views import ReductionQuery, ReductionRow
from qualcode.texts import N_
from qualcode.ui import state, undo_line
from qualcode.ui.long_work import with_progress
from qualcode.ui.words import plain
from qualcode.workbench import reducing, suggesting
from qualcode.workbench.bench import Workbench

ROWS = 12

ALIKE = {
    Alike.WORDING: N_("same wording"),
    Alike.STEMS: N_("same words in other forms"),
    Alike.SPELLING: N_("spelling"),
    Alike.MEANING: N_("meaning"),
}


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
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
    pairs: list[NearIdentical] | None = state.chosen("reductions:alike")
    if pairs is None:
        return
    _pairs(bench, pairs, place)


def _look(bench: Workbench) -> None:
    _ = state.translator()
    pairs = with_progress(
        _("Comparing the reductions…"),
        lambda progressed: suggesting.near_duplicates(bench, on_progress=progressed),
        key="alike",
    )
    if pairs is None:
        return
    state.choose("reductions:alike", pairs)


def _pairs(bench: Workbench, pairs: list[NearIdentical], place: str) -> None:
    """The pairs still to be decided, a page at a time: undone decisions bring theirs back."""
    _ = state.translator()
    ids = tuple({id for pair in pairs for id in (pair.first_id, pair.second_id)})
    with bench.store.reading() as rows:
        found = rows.reductions(ReductionQuery(reduction_ids=ids), 0, max(1, len(ids))).rows
        apart = {row.key for row in rows.find(Dismissal)}
    by_id = {row.id: row for row in found}
    waiting = [
        pair
        for pair in pairs
        if pair.first_id in by_id
        and pair.second_id in by_id
        and suggesting.apart_key(pair.first_id, pair.second_id) not in apart
    ]
    if not waiting:
        st.caption(_("No near-duplicates to decide."))
        return
    page_key = state.filter_key("reductions", "alike-page")
    pages = math.ceil(len(waiting) / ROWS)
    number = min(pages, max(1, int(st.session_state.get(page_key, 1))))
    for pair in waiting[(number - 1) * ROWS : number * ROWS]:
        _pair(pair, by_id[pair.first_id], by_id[pair.second_id], place)
    if pages > 1:
        st.pagination(pages, key=page_key)


def _pair(pair: NearIdentical, first: ReductionRow, second: ReductionRow, place: str) -> None:
    _ = state.translator()
    ngettext = state.plural()
    key = f"{first.id}-{second.id}"
    with st.container(border=True, key=f"pair-{key}", gap="small"):
        left, right, apart = st.columns([5, 5, 3], vertical_alignment="center")
        for column, kept, other in ((left, first, second), (right, second, first)):
            with column:
                st.markdown(plain(kept.wording))
                st.button(
                    _("Merge, keep this wording"),
                    key=f"merge-{kept.id}-{other.id}",
                    help=ngettext(
                        "{n} original expression", "{n} original expressions", kept.expressions
                    ).format(n=kept.expressions),
                    on_click=_do,
                    args=(place, _merging(kept.id, other.id), _merged()),
                )
        with apart:
            st.caption(_likeness(pair))
            st.button(
                _("Keep apart"),
                key=f"apart-{key}",
                help=_("They mean different things: not offered again."),
                on_click=_do,
                args=(place, _keeping(first.id, second.id), _("Kept apart.")),
            )


def _likeness(pair: NearIdentical) -> str:
    """In what they are alike, and how much (0 to 1) where that says something."""
    _ = state.translator()
    text = _(ALIKE[pair.alike])
    if pair.alike in (Alike.WORDING, Alike.STEMS):
        return text
    value = f"{pair.likeness:.2f}"
    return f"{text} {value.replace('.', ',') if state.language() == 'fi' else value}"


def _merged() -> str:
    return state.plural()("Merged {n} reduction.", "Merged {n} reductions.", 2).format(n=2)


def _merging(into: str, other: str) -> Callable[[Workbench], object]:
    return lambda bench: reducing.merge(bench, into, [other])


def _keeping(first: str, second: str) -> Callable[[Workbench], object]:
    return lambda bench: suggesting.keep_apart(bench, first, second)


def _do(place: str, act: Callable[[Workbench], object], said: str) -> None:
    bench = state.bench()
    undo_line.attempt(place, lambda: act(bench), said)
