"""Quotes: every expression of the analysis as a quote, chosen for the report and checked."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.ui import places, state, undo_line
from qualcode.ui.pages import (
    quotes_chosen,
    quotes_export,
    quotes_filters,
    quotes_gaps,
    quotes_list,
    quotes_rules,
)
from qualcode.workbench.bench import Workbench

PLACE = "quotes"
STYLE = Path(__file__).parent.parent / "assets" / "quotes.css"
ALL, CHOSEN, UNPLACED, EMPTY = "all", "chosen", "unplaced", "empty"
PART = state.filter_key(PLACE, "part")


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.html(STYLE)
    places.follow("category", choose=lambda kind, id: quotes_filters.of_category(id))
    with bench.store.reading() as rows:
        counts = {
            ALL: _count(rows, QuoteQuery()),
            CHOSEN: _count(rows, QuoteQuery(chosen=True)),
            UNPLACED: _count(rows, QuoteQuery(placed=False)),
        }
    with st.container(horizontal=True, vertical_alignment="center", key="quotes-head"):
        st.title(_("Quotes"), width="content", anchor=False)
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        if counts[ALL]:
            if not bench.reviewing:
                quotes_rules.show(bench, PLACE)
            quotes_export.show(bench)
    if not counts[ALL]:
        st.info(
            _(
                "There are no quotes yet. Every passage that is coded or reduced comes here, as "
                "its writer wrote it."
            ),
            icon=":material/format_quote:",
        )
        state.page_link("koodaus", _("Go to Read and code"), ":material/format_ink_highlighter:")
        return
    names = {
        ALL: _("All ({count})").format(count=counts[ALL]),
        CHOSEN: _("Chosen for the report ({count})").format(count=counts[CHOSEN]),
        UNPLACED: _("Without a category ({count})").format(count=counts[UNPLACED]),
        EMPTY: _("Categories without quotes"),
    }
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default=ALL,
        required=True,
        key=PART,
        label_visibility="collapsed",
    )
    if part == CHOSEN:
        quotes_chosen.show(bench, PLACE)
    elif part == UNPLACED:
        quotes_gaps.unplaced(bench)
    elif part == EMPTY:
        quotes_gaps.empty_categories(bench, to_all)
    else:
        quotes_list.show(bench, PLACE)


def to_all(category_id: str) -> None:
    """The bank at the quotes of a category."""
    st.session_state[PART] = ALL
    quotes_filters.of_category(category_id)


def _count(rows: Reading, query: QuoteQuery) -> int:
    return rows.expressions(ExpressionQuery(quotes=query), 0, 1).total
