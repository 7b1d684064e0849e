"""Beside the table: the originals behind what is ticked, and merging, splitting and removing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from qualcode.domain.categories import Placement
from qualcode.domain.coding import ReducedExpression, ReductionLink
from qualcode.store.views import ExpressionQuery, ReductionQuery, ReductionRow
from qualcode.ui import memo_button, originals, state, undo_line
from qualcode.ui.originals import source_of
from qualcode.ui.pages import grouping_places, reductions_likenesses
from qualcode.ui.pages.reductions_table import chosen_ids
from qualcode.ui.words import plain
from qualcode.workbench import categorising, reducing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.origins import origins_of

STYLE = Path(__file__).parent.parent / "assets" / "grouping.css"
"""How reasons look, the same as beside the board."""

OPEN = "reductions:open"
"""What a click asks to be shown on another page: (kind, id). A callback cannot turn the page."""

MOST_LINKS = 500
"""Expressions of one reduction that can be picked from when it is split."""


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
    ids = chosen_ids()
    if not ids:
        st.caption(
            _("Tick a reduction to see its original expressions.")
            if bench.reviewing
            else _("Tick a reduction to see its original expressions; tick several to merge them.")
        )
        return
    with bench.store.reading() as rows:
        ticked = rows.reductions(ReductionQuery(reduction_ids=tuple(ids)), 0, len(ids)).rows
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('{n} selected').format(n=len(ticked))}**", width="content")
        st.button(_("Unselect"), key="reductions-none", type="tertiary", on_click=_untick)
    if not bench.reviewing:
        _bulk(ticked, place)
    if len(ticked) == 2:
        reductions_likenesses.show(bench, ticked, place)
    for row in ticked[:5]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row.wording)}**", width="stretch")
            memo_button.show(bench, "reduction", row.id)
        if len(ticked) == 1 and not bench.reviewing:
            _nearest(bench, row, place)
        originals.show(bench, ExpressionQuery(reduction_ids=(row.id,)), f"reduction-{row.id}")
        if len(ticked) == 1:
            reductions_likenesses.show(bench, ticked, place)
            if not bench.reviewing:
                _split(bench, row, place)


def _bulk(ticked: Sequence[ReductionRow], place: str) -> None:
    """What is done to all that are ticked."""
    into = _wording_that_stays(ticked) if len(ticked) > 1 else None
    with st.container(horizontal=True):
        if into is not None:
            _merge(ticked, into, place)
        _remove(ticked, place)


def _nearest(bench: Workbench, row: ReductionRow, place: str) -> None:
    """The nearest categories for the one that is ticked, while it has no place."""
    with bench.store.reading() as rows:
        reduction = rows.get(ReducedExpression, row.id)
        placed = rows.get(Placement, row.id)
    if reduction is None or placed is not None:
        return
    st.html(STYLE)
    grouping_places.show(
        bench,
        categorising.tree(bench),
        reduction,
        lambda act, said: _do(place, act, said, [row.id]),
        _open,
    )


def _open(kind: str, id: str) -> None:
    """What a reason of a place names: another reduction here, a category on its own page."""
    if kind == "reduction":
        state.choose("reductions:ticked", [id])
        state.choose("reductions:own-revision", None)
    else:
        state.choose(OPEN, (kind, id))


def _untick() -> None:
    state.choose("reductions:ticked", [])
    state.choose("reductions:own-revision", None)  # a new grid, without the ticks


def _do(place: str, act: Callable[[Workbench], object], said: str, keep: Sequence[str]) -> None:
    bench = state.bench()
    if undo_line.attempt(place, lambda: act(bench), said):
        state.choose("reductions:ticked", list(keep))
        state.choose("reductions:own-revision", None)


def _wording_that_stays(ticked: Sequence[ReductionRow]) -> str:
    """Asks which of the ticked reductions keeps its wording; at first the one used most."""
    _ = state.translator()
    wordings = {row.id: row.wording for row in ticked}
    first = max(ticked, key=lambda row: row.expressions).id
    return st.selectbox(
        _("The wording that stays"),
        list(wordings),
        index=list(wordings).index(first),
        format_func=lambda id: wordings.get(id, id),
        key=f"merge-into-{hash(tuple(wordings))}",
    )


def _merge(ticked: Sequence[ReductionRow], into: str, place: str) -> None:
    _ = state.translator()
    ngettext = state.plural()
    n = len(ticked)
    others = [row.id for row in ticked if row.id != into]
    said = ngettext("Merged {n} reduction.", "Merged {n} reductions.", n).format(n=n)
    st.button(
        _("Merge {n} reductions").format(n=n),
        key="reductions-merge",
        type="primary",
        on_click=_do,
        args=(place, lambda b: reducing.merge(b, into, others), said, [into]),
    )


def _remove(ticked: Sequence[ReductionRow], place: str) -> None:
    _ = state.translator()
    ngettext = state.plural()
    n = len(ticked)
    ids = [row.id for row in ticked]
    said = ngettext("Removed {n} reduction.", "Removed {n} reductions.", n).format(n=n)
    st.button(
        ngettext("Remove {n} reduction", "Remove {n} reductions", n).format(n=n),
        key="reductions-remove",
        help=_("The answers and their codes stay."),
        on_click=_do,
        args=(place, lambda b: reducing.remove(b, ids), said, []),
    )


def _split(bench: Workbench, row: ReductionRow, place: str) -> None:
    """Some of the expressions under a wording of their own."""
    _ = state.translator()
    if row.expressions < 2:
        return
    with bench.store.reading() as rows:
        links = rows.find(ReductionLink, reduction_id=row.id)
        query = ExpressionQuery(reduction_ids=(row.id,))
        found = rows.expressions(query, 0, MOST_LINKS).rows
        origins = origins_of(rows, (e.document_id for e in found))
    texts = {
        e.segment_id: " · ".join(
            (
                _("“{text}”").format(text=" ".join(e.text.split())[:80]),
                source_of(e, origins.get(e.document_id)),
            )
        )
        for e in found
    }
    labels = {link.id: texts[link.segment_id] for link in links if link.segment_id in texts}
    with st.expander(_("Split"), key=f"split-{row.id}"):
        picked = st.multiselect(
            _("Expressions that say something else"),
            list(labels),
            format_func=lambda id: labels.get(id, id),
            key=f"split-links-{row.id}",
            placeholder=_("Choose expressions"),
        )
        wording = st.text_input(_("Their wording"), key=f"split-wording-{row.id}")
        st.button(
            _("Split"),
            key=f"split-go-{row.id}",
            disabled=not (picked and wording.strip()),
            on_click=_do,
            args=(
                place,
                lambda b: reducing.split(b, row.id, wording, picked),
                _("Split off: {name}").format(name=wording.strip()),
                [row.id],
            ),
        )
