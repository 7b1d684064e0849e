"""Original expressions as a list: the quote, whose it is, where it stood, and the way to it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.store.views import ExpressionQuery, ExpressionRow
from qualcode.ui import state, turning
from qualcode.ui.places import open_thing
from qualcode.ui.words import plain
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.origins import Origin, origins_of

ROWS = 12


def show(bench: Workbench, query: ExpressionQuery, key: str) -> None:
    """A page of the expressions that match, each with a button that opens its answer."""
    _ = state.translator()
    page_key = state.filter_key(key, "originals")
    with bench.store.reading() as rows:
        page = turning.open_page(page_key, ROWS, partial(rows.expressions, query))
        origins = origins_of(rows, (row.document_id for row in page.rows))
    if not page.total:
        st.caption(_("No original expressions."))
        return
    for row in page.rows:
        quote(row, key, origins.get(row.document_id))
    turning.numbers(page_key, ROWS, page.total)


def quote(row: ExpressionRow, key: str, origin: Origin | None = None) -> None:
    """One expression as it was written, and under it where it comes from."""
    _ = state.translator()
    with st.container(gap=None, key=f"{key}-quote-{row.segment_id}"):
        st.markdown(_("“{text}”").format(text=plain(" ".join(row.text.split()))))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                plain(source_of(row, origin)),
                width="stretch",
                help=whereabouts.place(state.reviewing(), row.provenance) or None,
            )
            st.button(
                _("Open"),
                key=f"{key}-open-{row.segment_id}",
                type="tertiary",
                help=_("Show in its answer"),
                on_click=_remember,
                args=(row.segment_id,),
            )
    if state.chosen("open-passage") == row.segment_id:
        state.choose("open-passage", None)
        open_thing("segment", row.segment_id)


def source_of(row: ExpressionRow, origin: Origin | None = None) -> str:
    """Whose words: respondent, actor group, question; and of which workshop they are."""
    item = row.item_number or row.theme
    where = origin.told(state.translator()) if origin and origin.is_workshop else ""
    label = whereabouts.label(state.reviewing(), row.respondent_label)
    if origin and where and label == origin.table:
        label = ""  # The table of a workshop is its respondent, and is told once.
    return " · ".join(part for part in (label, row.actor_group, item, where) if part)


def _remember(segment_id: str) -> None:
    # A callback can't turn the page; the run that follows it does.
    state.choose("open-passage", segment_id)
