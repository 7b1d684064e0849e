"""Themes for the workshop from the survey's categories; a person chooses which become tables."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.workshop_days import Workshop
from qualcode.ui import state, undo_line
from qualcode.workbench import workshop_script, workshop_themes
from qualcode.workbench.bench import Workbench

NEW_STEP = ""


def show(bench: Workbench, workshop: Workshop, place: str) -> None:
    _ = state.translator()
    st.caption(
        _(
            "The workshop deepens what the survey raised. Choose the categories to talk about: "
            "each becomes a table of the script, and you write its questions."
        )
    )
    found = workshop_themes.themes(bench)
    if not found:
        st.info(
            _(
                "No category has answers of a survey yet. Reduce and group the survey's answers "
                "first, or write the script by hand."
            ),
            icon=":material/account_tree:",
        )
        state.page_link("luokat", _("Categories"), icon=":material/account_tree:")
        return
    chosen = st.dataframe(
        {
            _("Category"): [theme.category.name for theme in found],
            _("Under"): [theme.path for theme in found],
            _("Respondents of the survey"): [theme.respondents for theme in found],
            _("Mentions in the survey"): [theme.mentions for theme in found],
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"themes-{workshop.id}",
        height=min(420, 38 + 35 * len(found)),
    )
    rows = list(chosen["selection"]["rows"])
    with bench.store.reading() as reading:
        steps = [one.step for one in workshop_script.steps_of(reading, workshop.id)]
    names = {NEW_STEP: _("a new step"), **{step.id: step.name for step in steps}}
    with st.container(horizontal=True, vertical_alignment="bottom", key="themes-row"):
        step = st.selectbox(
            _("To which step of the script"),
            list(names),
            format_func=names.__getitem__,
            key=f"themes-step-{workshop.id}",
            width=360,
        )
        if st.button(
            _("Take {n} themes into the script").format(n=len(rows)),
            type="primary",
            disabled=not rows,
            key="themes-take",
        ):
            wanted = [found[row].category.name for row in rows]
            said = _("The themes are in the script.")
            undo_line.attempt(
                place,
                lambda: workshop_script.take_themes(bench, workshop.id, wanted, step or None),
                said,
            )
            st.rerun()
