"""Categories without quotes and expressions without a category, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.coding import ReductionLink
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.ui import state, turning
from qualcode.ui.pages import quotes_list, quotes_row
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quoting.bank import BankRow
from qualcode.workbench.quoting.gaps import Gap, gaps

ROWS = 20


def unplaced(bench: Workbench) -> None:
    """The expressions that no category has: reduced and waiting for a place, or only coded."""
    _ = state.translator()
    query = ExpressionQuery(quotes=QuoteQuery(placed=False))
    key = state.filter_key("quotes", "unplaced-page")
    page = quotes_list.turned(bench, query, key)
    if not page.total:
        st.success(_("Every expression is in a category."), icon=":material/check:")
        return
    st.caption(
        _("What has been coded or reduced but is in no category.")
        if bench.reviewing
        else _(
            "What has been coded or reduced but is in no category: place it, or reduce it first."
        )
    )
    for row in page.rows:
        with st.container(border=True, gap="xxsmall", key=f"unplaced-{row.id}"):
            _unplaced(bench, row)
    turning.numbers(key, quotes_list.ROWS, page.total)
    quotes_row.follow_opened()


def _unplaced(bench: Workbench, row: BankRow) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        quotes_row.words(row)
        quotes_row.open_button(row, "unplaced")
        if bench.reviewing:
            return
        if row.reductions:
            with bench.store.reading() as rows:
                links = rows.find(ReductionLink, segment_id=row.id)
            st.button(
                _("Place its reduction"),
                key=f"place-{row.id}",
                icon=":material/account_tree:",
                help=plain("; ".join(row.reductions)),
                on_click=quotes_row.open_next,
                args=("reduction", links[0].reduction_id),
            )
        else:
            st.button(
                _("Reduce it"),
                key=f"reduce-{row.id}",
                icon=":material/short_text:",
                on_click=quotes_row.open_next,
                args=("segment", row.id),
            )


def empty_categories(bench: Workbench, to_all: Callable[[str], None]) -> None:
    """The categories that nothing is in, and those none of whose expressions is chosen."""
    _ = state.translator()
    found = gaps(bench)
    if not found:
        st.success(_("Every category has a quote."), icon=":material/check:")
        return
    key = state.filter_key("quotes", "gaps-page")
    first = turning.begins_at(key, ROWS, len(found))
    st.caption(
        _(
            "Categories that nothing of the material is in come first, then those from which no "
            "quote is chosen for the report."
        )
    )
    for gap in found[first : first + ROWS]:
        with st.container(border=True, key=f"gap-{gap.category_id}"):
            _gap(gap, to_all)
    turning.numbers(key, ROWS, len(found))
    quotes_row.follow_opened()


def _gap(gap: Gap, to_all: Callable[[str], None]) -> None:
    _, ngettext = state.translator(), state.plural()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        above = f"{plain(gap.path)} › " if gap.path else ""
        st.markdown(f"{above}**{plain(gap.name)}**", width="stretch")
        if gap.mentions:
            told = ngettext("{n} mention", "{n} mentions", gap.mentions).format(n=gap.mentions)
            st.caption(told, width="content")
            st.button(
                _("Its quotes") if state.reviewing() else _("Choose a quote"),
                key=f"quotes-of-{gap.category_id}",
                icon=":material/format_quote:",
                on_click=to_all,
                args=(gap.category_id,),
            )
        else:
            st.caption(_("nothing of the material"), width="content")
            st.button(
                _("Open the category"),
                key=f"open-{gap.category_id}",
                icon=":material/account_tree:",
                on_click=quotes_row.open_next,
                args=("category", gap.category_id),
            )
