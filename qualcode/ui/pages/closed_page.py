"""Closed answers: their tables, questions side by side, forms sent and returned, odd answers."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import ClosedAnswer, ClosedState
from qualcode.ui import state, undo_line
from qualcode.ui.pages import (
    closed_counts_part,
    closed_returned_part,
    closed_sides_part,
    closed_tables_part,
    closed_verbal_part,
)
from qualcode.workbench.bench import Workbench

PLACE = "closed"
TABLES, SIDES, RETURNED, VERBAL = "tables", "sides", "returned", "verbal"


def show(bench: Workbench) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        there = rows.count(ClosedAnswer) > 0
        unclear = rows.count(ClosedAnswer, state=ClosedState.UNINTERPRETABLE.value)
    with st.container(horizontal=True, vertical_alignment="center", key="closed-head"):
        st.title(_("Closed answers"), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        if not bench.reviewing:
            with st.popover(_("Bring in a ready table"), icon=":material/upload_file:"):
                closed_counts_part.show(bench, PLACE)
    if not bench.reviewing:
        closed_counts_part.receipt(bench)
    if not there:
        _empty(bench.reviewing)
    names = {
        TABLES: _("Tables"),
        SIDES: _("Side by side"),
        RETURNED: _("Sent and returned"),
        VERBAL: _("To be interpreted ({count})").format(count=unclear),
    }
    part = st.segmented_control(
        _("What is shown"),
        [RETURNED] if not there else list(names),
        format_func=names.__getitem__,
        default=TABLES if there else RETURNED,
        required=True,
        key=state.filter_key("closed", f"part-{there}"),
        label_visibility="collapsed",
    )
    if part == SIDES:
        closed_sides_part.show(bench)
    elif part == RETURNED:
        closed_returned_part.show(bench, PLACE)
    elif part == VERBAL:
        closed_verbal_part.show(bench, PLACE)
    else:
        closed_tables_part.show(bench)


def _empty(reviewing: bool) -> None:
    _ = state.translator()
    if reviewing:
        st.info(_("There are no closed answers in the study."), icon=":material/info:")
        return
    st.info(
        _(
            "There are no closed answers yet. They come in with a survey's answers on the Material "
            "page, or as a table of counts from an earlier report with the button above."
        ),
        icon=":material/info:",
    )
    state.page_link("aineisto", _("Go to Material"), ":material/upload_file:")
