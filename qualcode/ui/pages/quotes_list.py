"""The quote bank as a list: a page at a time, each quote with a button that chooses it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.store.views import ExpressionQuery, Page
from qualcode.ui import state, turning, undo_line
from qualcode.ui.pages import quotes_filters, quotes_row
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quoting import choosing
from qualcode.workbench.quoting.bank import BankRow

ROWS = 12


def show(bench: Workbench, place: str) -> None:
    """Filters, the quotes that match, and the pages."""
    _ = state.translator()
    query = quotes_filters.show(bench)
    key = state.filter_key("quotes", "page")
    page = turned(bench, query, key)
    if not page.total:
        st.info(_("No quote matches these filters."), icon=":material/info:")
        return
    for row in page.rows:
        with st.container(border=True, gap="xxsmall", key=f"quote-{row.id}"):
            _row(row, place)
    turning.numbers(key, ROWS, page.total)
    quotes_row.follow_opened()


def turned(bench: Workbench, query: ExpressionQuery, key: str) -> Page[BankRow]:
    """The page that is open; the first one when the list has become shorter."""
    return turning.open_page(key, ROWS, partial(quotes_row.browse, bench, query))


def _row(row: BankRow, place: str) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        quotes_row.words(row)
        quotes_row.open_button(row, "bank")
        if state.reviewing():
            if row.quote is not None:
                st.caption(_("Chosen for the report"), width="content")
        elif row.quote is None:
            st.button(
                _("Choose"),
                key=f"choose-{row.id}",
                icon=":material/add:",
                help=_("It is printed in the report, once it has been checked"),
                on_click=_choose,
                args=(row.id, place),
            )
        else:
            st.button(
                _("Leave out"),
                key=f"leave-{row.id}",
                icon=":material/check:",
                type="tertiary",
                help=_("Chosen for the report: press to leave it out"),
                on_click=leave,
                args=(row.id, place),
            )
    doubts = quotes_row.doubts(row)
    if doubts:
        st.caption(f":material/visibility: {plain('; '.join(doubts))}")


def _choose(id: str, place: str) -> None:
    _ = state.translator()
    bench = state.bench()
    undo_line.attempt(place, lambda: choosing.choose(bench, [id]), _("Chosen for the report."))


def leave(id: str, place: str) -> None:
    """The quote is not printed."""
    _ = state.translator()
    bench = state.bench()
    undo_line.attempt(place, lambda: choosing.leave(bench, [id]), _("Left out of the report."))
