"""Bulk review of the reductions: reword in place, merge, split, remove, and near-duplicates."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import others_line, places, state, undo_line
from qualcode.ui.pages import near_duplicates, reductions_side, reductions_table, unsure_reductions
from qualcode.workbench.bench import Workbench

PLACE = "reductions"
"""Where the line of what was done is kept."""

SHOWN = ("reduction", "reduction_link", "placement", "category", "document", "likeness")
"""Kinds of rows that the table shows something of."""


def show(bench: Workbench) -> None:
    _ = state.translator()
    wanted = state.chosen(reductions_side.OPEN)
    if isinstance(wanted, tuple):
        state.choose(reductions_side.OPEN, None)
        places.open_thing(*wanted)
    places.follow("reduction", choose=_open)
    with bench.store.reading() as rows:
        progress = rows.progress()
        others_line.drawn(PLACE, rows.revision())
    if not progress.reductions:
        st.info(_("No reductions yet. Write them beside the answers."))
        state.page_link("koodaus", _("Read and code"), icon=":material/format_ink_highlighter:")
        return
    if bench.reviewing:
        _table_and_side(bench)
        others_line.show(PLACE, SHOWN, at_once=False)
        return
    views = {
        "all": _("All reductions"),
        "alike": _("Near-duplicates"),
        "unsure": _("I do not know"),
    }
    view = st.segmented_control(
        _("View"),
        list(views),
        format_func=views.__getitem__,
        default="all",
        required=True,
        key=state.filter_key("reductions", "view"),
        label_visibility="collapsed",
    )
    undo_line.show(bench, PLACE)
    if view == "alike":
        near_duplicates.show(bench, PLACE)
    elif view == "unsure":
        unsure_reductions.show(bench)
    else:
        _table_and_side(bench)
    others_line.show(PLACE, SHOWN, at_once=False)


def _table_and_side(bench: Workbench) -> None:
    table, side = st.columns([5, 3], gap="medium")
    with table:
        reductions_table.show(bench, PLACE)
    with side:
        reductions_side.show(bench, PLACE)


def _open(_kind: str, id: str) -> None:
    """Ticks the reduction that an address names."""
    state.choose("reductions:ticked", [id])
    st.session_state.pop(state.filter_key("reductions", "view"), None)
