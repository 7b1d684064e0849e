"""The category tree in numbers, and the themes by result categories."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.ui.pages import tables_shown
from qualcode.ui.pages.tables_themes import themes_from
from qualcode.workbench import cross_tables
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_words import TableWords


def tree(bench: Workbench) -> None:
    """The whole tree with respondents and mentions of each actor group."""
    _ = state.translator()
    made = cross_tables.tree(bench, state.language())
    if made is None:
        no_categories()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="tables-tools"):
        st.space("stretch")
        tables_shown.downloads(bench, [made.table], _("category tree"))
    tables_shown.one(bench, made)


def summaries(bench: Workbench, words: TableWords) -> None:
    """Tables 8-9: for each actor group what was found of each theme."""
    _ = state.translator()
    if not words.tree.categories:
        no_categories()
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables-tools"):
        chosen = themes_from(bench, words)
        st.space("stretch")
        made = cross_tables.summaries(bench, state.language(), chosen)
        tables_shown.downloads(bench, [one.table for one in made], _("themes and results"))
    if not made:
        st.info(_("No reduction has been placed in a category yet."), icon=":material/info:")
        state.page_link("luokat", _("Go to Categories"), ":material/account_tree:")
    for one in made:
        with st.container(gap="small"):
            tables_shown.one(bench, one)


def no_categories() -> None:
    _ = state.translator()
    st.info(_("There are no categories to count yet."), icon=":material/info:")
    state.page_link("luokat", _("Go to Categories"), ":material/account_tree:")
