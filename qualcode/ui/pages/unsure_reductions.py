"""The pile “I do not know”: reductions without a place that fit none of the categories well."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, suggestions_line, turning
from qualcode.ui.pages import grouping_places
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.placing import Unsure

ROWS = 15
USUAL_LIMIT = 50
"""Shown first while the study has no limit of its own, in percent."""


def asked_limit(bench: Workbench, page: str, name: str) -> int:
    """The chance, in percent, below which nothing counts as known: the study's, until moved."""
    _ = state.translator()
    kept = round(options.unsure_below(bench.study()) * 100) or USUAL_LIMIT
    key = state.filter_key(page, name)
    limit = st.slider(
        _("Not sure below this chance (%)"),
        5,
        95,
        value=None if key in st.session_state else min(95, max(5, kept)),
        step=5,
        key=key,
        width=420,
    )
    return int(limit)


def show(bench: Workbench) -> None:
    """The limit, and under it the reductions below it, least sure first."""
    _ = state.translator()
    if suggestions_line.off(bench):
        return
    blind = suggestions_line.blind(bench)
    st.caption(
        _(
            "Reductions without a place for which no category may be the right one. The chance is "
            "estimated from the reductions you have placed."
        )
    )
    limit = asked_limit(bench, "reductions", "unsure-limit")
    places = grouping_places.compared(bench)
    everything = places.unsure() if places is not None else []
    if not everything:
        st.info(
            _(
                "Nothing can be said yet: place some reductions in categories first. When all have "
                "a place, this list is empty."
            )
        )
        state.page_link("luokat", _("Categories"), icon=":material/account_tree:")
        return
    below = [one for one in everything if one.chance * 100 < limit]
    if not below:
        st.caption(_("Every reduction without a place is likely to fit some category."))
        first = everything[0]
        told = _("The least sure of them: {wording} ({chance} %).")
        st.caption(plain(told.format(wording=first.wording, chance=round(first.chance * 100))))
        return
    page_key = state.filter_key("reductions", "unsure-page")
    start = turning.begins_at(page_key, ROWS, len(below))
    st.markdown(f"**{_('I do not know')}** · {len(below)}")
    for one in below[start : start + ROWS]:
        _row(one, blind)
    turning.numbers(page_key, ROWS, len(below))


def chance_of(one: Unsure, blind: bool) -> str:
    """How likely some category fits it, and which is nearest; in blind mode that is not told."""
    _ = state.translator()
    told = (
        _("{chance} % that some category fits")
        if blind
        else _("{chance} % that some category fits · nearest: {name}")
    )
    return told.format(chance=round(one.chance * 100), name=one.nearest or "–")


def _row(one: Unsure, blind: bool) -> None:
    _ = state.translator()
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"unsure-{one.reduction_id}"
    ):
        st.markdown(plain(one.wording), width="stretch")
        st.caption(plain(chance_of(one, blind)))
        st.button(
            _("Look closer"),
            key=f"unsure-open-{one.reduction_id}",
            help=_("Shows it among the reductions, with its nearest categories and originals."),
            on_click=_open,
            args=(one.reduction_id,),
        )


def _open(id: str) -> None:
    state.choose("reductions:ticked", [id])
    state.choose("reductions:own-revision", None)
    st.session_state[state.filter_key("reductions", "view")] = "all"
