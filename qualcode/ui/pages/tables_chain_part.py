"""Table 1: from original expressions to reductions, categories and roles, a page at a time."""

from __future__ import annotations

import math

import streamlit as st

from qualcode.ui import places, state
from qualcode.ui.components.report_table import report_table
from qualcode.ui.pages import tables_shown
from qualcode.ui.pages.tables_themes import themes_from
from qualcode.ui.words import plain
from qualcode.workbench import table_chain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_chain import Asked
from qualcode.workbench.table_words import TableWords

ROWS = 20
MOST_PRINTED = 20_000
_KEY = "tables-chain"


def show(bench: Workbench, words: TableWords) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables-tools"):
        asked = _asked(bench, words)
        st.space("stretch")
        place = st.container(horizontal=True, width="content")
    page_key = state.filter_key("tables", f"page-chain-{hash(asked)}")
    page = int(st.session_state.get(page_key, 1))
    found = table_chain.page(bench, state.language(), asked, (page - 1) * ROWS, ROWS)
    if not found.total:
        st.info(
            _("Nothing has been reduced under these choices yet."),
            icon=":material/info:",
        )
        return
    with place:
        _downloads(bench, asked)
    st.markdown(f"**{plain(found.table.caption)}**")

    def opened() -> None:
        state.choose("tables-expression", st.session_state[_KEY]["open"])

    report_table(
        _KEY,
        found.table,
        state.language(),
        _("Open in the reading view"),
        opened,
        limit=ROWS,
    )
    pages = math.ceil(found.total / ROWS)
    if pages > 1:
        st.pagination(pages, key=page_key)
    ngettext = state.plural()
    told = ngettext("{n} row", "{n} rows", found.total).format(n=found.total)
    st.caption(plain(" ".join(part for part in (f"{told}.", found.table.note) if part)))
    picked = state.chosen("tables-expression")
    if picked:
        state.choose("tables-expression", None)
        row = int(picked["row"])
        if 0 <= row < len(found.rows):
            places.open_thing("segment", found.rows[row].segment_id)


def _asked(bench: Workbench, words: TableWords) -> Asked:
    """What is shown: themes, one category's branch, an example or everything."""
    _ = state.translator()
    source = themes_from(bench, words)
    titles = words.theme_order(source)
    theme = st.selectbox(
        _("Theme"),
        [None, *titles],
        format_func=lambda id: titles[id] if id else _("all"),
        key=state.filter_key("tables", f"theme-{hash(tuple(titles))}"),
        width=200,
    )
    order = {c.id: (depth, c.name) for depth, c in words.tree.walk()}
    category = st.selectbox(
        _("Category"),
        [None, *order],
        format_func=lambda id: "\u2003" * order[id][0] + order[id][1] if id else _("all"),
        key=state.filter_key("tables", f"category-{hash(tuple(order))}"),
        width=260,
    )
    amounts = {1: _("1 of each category"), 3: _("3 of each category"), None: _("everything")}
    each = st.selectbox(
        _("Rows"),
        list(amounts),
        index=1,
        format_func=amounts.__getitem__,
        key=state.filter_key("tables", "each"),
        width=190,
    )
    return Asked(source, theme, category, each)


def _downloads(bench: Workbench, asked: Asked) -> None:
    _ = state.translator()
    tables_shown.downloads_of(
        bench,
        lambda: [
            table_chain.page(bench, state.language(), asked, 0, MOST_PRINTED, printed=True).table,
        ],
        _("from words to roles"),
    )
