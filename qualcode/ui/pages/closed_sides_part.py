"""A question side by side: rounds and groups, with what must be kept in mind."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.ui.pages import closed_tables_part
from qualcode.workbench import closed_comparing, closed_tables
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reporting import Section


def show(bench: Workbench) -> None:
    _ = state.translator()
    found = closed_tables.counted(bench, state.language())
    comparisons = {one.key: one for one in closed_comparing.comparisons(found)}
    if not comparisons:
        st.info(
            _("No question has been answered by two groups or in two rounds.")
            if bench.reviewing
            else _(
                "No question has been answered by two groups or in two rounds. Say on “Sent and "
                "returned” in which round each file was gathered; on the Forms page, give the same "
                "“measures” to questions of different forms that may be compared."
            ),
            icon=":material/info:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        key = st.selectbox(
            _("Question"),
            list(comparisons),
            format_func=lambda key: comparisons[key].title,
            key=state.filter_key("closed", f"side-{len(comparisons)}"),
            label_visibility="collapsed",
            width=620,
        )
        shares = st.toggle(
            _("Shares beside the counts"), value=True, key=state.filter_key("closed", "side-shares")
        )
        st.space("stretch")
        closed_tables_part.downloads(bench, Section.SIDES, shares, bars=True)
    chosen = comparisons[key]
    closed_tables_part.one(
        bench,
        closed_comparing.table(found, chosen, shares),
        closed_comparing.figure(found, chosen, closed_tables_part.LOOK),
    )
