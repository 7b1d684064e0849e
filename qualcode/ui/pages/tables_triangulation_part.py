"""Triangulation: what supports a finding, what differs, and findings held against each other."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.ui.pages import likeness_form, tables_shown
from qualcode.ui.pages.tables_tree_part import no_categories
from qualcode.workbench import likenesses, theory_tables, triangulation
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_words import TableWords

SHOWN = 20


def show(bench: Workbench, words: TableWords, place: str) -> None:
    _ = state.translator()
    made = triangulation.table(bench, state.language())
    if made is None:
        no_categories()
        return
    theories = theory_tables.by_theories(bench, state.language())
    table = triangulation.findings(bench, state.language())
    with st.container(horizontal=True, vertical_alignment="center", key="tables-tools"):
        if not bench.reviewing:
            with st.popover(_("Hold two findings against each other"), icon=":material/compare:"):
                likeness_form.form(bench, words, place, "likeness")
        st.space("stretch")
        tables = [made.table, *([theories.table] if theories else []), *([table] if table else [])]
        tables_shown.downloads(bench, tables, _("triangulation"))
    tables_shown.one(bench, made)
    if theories is not None:
        tables_shown.one(bench, theories)
    with bench.store.reading() as rows:
        told = likenesses.every(rows)
    title = _("Findings held against each other")
    st.markdown(f"**{title}**")
    if not told:
        st.caption(
            _(
                "Nothing has been held against anything yet. A contradiction between groups or "
                "methods is a finding: mark it with the button above."
            )
        )
    for one in told[:SHOWN]:
        likeness_form.card(one, place)
    if len(told) > SHOWN:
        st.caption(_("{n} more are in the files.").format(n=len(told) - SHOWN))
