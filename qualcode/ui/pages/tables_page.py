"""Tables of the analysis: the tree in numbers, themes by results, Table 1, and what meets what."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.categories import Category
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.ui import state, undo_line
from qualcode.ui.pages import (
    tables_chain_part,
    tables_choices_part,
    tables_cross_part,
    tables_tree_part,
    tables_triangulation_part,
)
from qualcode.workbench import table_words
from qualcode.workbench.bench import Workbench

PLACE = "tables"
TREE, THEMES, CHAIN, CROSS = "tree", "themes", "chain", "cross"
TRIANGULATION = "triangulation"


def show(bench: Workbench) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        words = table_words.read(rows, state.language())
        reduced, coded = rows.count(ReductionLink), rows.count(Coding)
        grouped = rows.count(Category)
    with st.container(horizontal=True, vertical_alignment="center", key="tables-head"):
        st.title(_("Tables"), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        if (reduced or coded) and not bench.reviewing:
            tables_choices_part.show(bench, words, PLACE)
    if not (reduced or coded):
        _empty()
        return
    names = {
        TREE: _("Category tree"),
        THEMES: _("Themes and results"),
        CHAIN: _("From words to roles"),
        CROSS: _("Cross-tables"),
        TRIANGULATION: _("Triangulation"),
    }
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default=TREE if grouped else CHAIN if reduced else CROSS,
        required=True,
        key=state.filter_key(PLACE, f"part-{bool(grouped)}-{bool(reduced)}"),
        label_visibility="collapsed",
    )
    if part == THEMES:
        tables_tree_part.summaries(bench, words)
    elif part == CHAIN:
        tables_chain_part.show(bench, words)
    elif part == TRIANGULATION:
        tables_triangulation_part.show(bench, words, PLACE)
    elif part == CROSS:
        tables_cross_part.show(bench, words)
    else:
        tables_tree_part.tree(bench)


def _empty() -> None:
    _ = state.translator()
    st.info(
        _("There is nothing to count yet. Code or reduce expressions on the Read and code page."),
        icon=":material/info:",
    )
    state.page_link("koodaus", _("Go to Read and code"), ":material/format_ink_highlighter:")
