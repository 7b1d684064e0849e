"""The address of the reading page: what is looked at can be sent to a colleague as a link.

``?nakyma=<id>`` names a saved view, ``?ehdot=<json>`` conditions that are no view (or another
than the view keeps). The address follows the filters; a link that is opened sets them.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from qualcode.domain.reading_places import SavedView
from qualcode.store.answer_query import AnswerQuery, as_conditions, from_conditions
from qualcode.store.repository import Reading
from qualcode.ui import gone, state
from qualcode.ui.pages import coding_filters
from qualcode.workbench import saved_views

VIEW, CONDITIONS = "nakyma", "ehdot"
LONGEST = 4_000
"""Characters of conditions in an address; longer ones no browser sends on whole."""

WRITTEN = "coding:address"
CHOSEN = "coding:view"


def active(rows: Reading) -> SavedView | None:
    """The view this window looks through; None when it has been removed meanwhile."""
    chosen = state.chosen(CHOSEN)
    return rows.get(SavedView, chosen) if isinstance(chosen, str) else None


def look_through(view: SavedView | None) -> None:
    """The view's own conditions, order and groups from now on; None: every answer."""
    state.choose(CHOSEN, view.id if view else None)
    coding_filters.use(saved_views.query_of(view.conditions) if view else AnswerQuery())


def follow(rows: Reading) -> None:
    """Sets the filters as the address tells, unless it is the one that was written from them."""
    named = _named()
    if not named or named == state.chosen(WRITTEN):
        return
    state.choose(WRITTEN, named)
    _ = state.translator()
    view = rows.get(SavedView, named[VIEW]) if VIEW in named else None
    if VIEW in named and view is None:
        gone.tell(gone.VIEW)
    if view or CONDITIONS in named:
        look_through(view)
    if CONDITIONS in named:
        query = _read(named[CONDITIONS])
        if query is None:
            state.notify(_("The link's conditions can't be read: every answer is shown."))
        else:
            coding_filters.use(query)
    coding_filters.tell_what_is_not_asked()


def write(view: SavedView | None, query: AnswerQuery) -> None:
    """The address of what is shown now."""
    named: dict[str, str] = {}
    if view:
        named[VIEW] = view.id
    if query != (saved_views.query_of(view.conditions) if view else AnswerQuery()):
        told = json.dumps(as_conditions(query), ensure_ascii=False, separators=(",", ":"))
        if len(told) <= LONGEST:
            named[CONDITIONS] = told
    for name in (VIEW, CONDITIONS):
        if name in named and st.query_params.get(name) != named[name]:
            st.query_params[name] = named[name]
        elif name not in named and name in st.query_params:
            del st.query_params[name]
    state.choose(WRITTEN, named)


def _named() -> dict[str, str]:
    return {name: st.query_params[name] for name in (VIEW, CONDITIONS) if name in st.query_params}


def _read(told: str) -> AnswerQuery | None:
    try:
        conditions: Any = json.loads(told)
    except (ValueError, RecursionError):
        return None
    return from_conditions(conditions) if isinstance(conditions, dict) else None
