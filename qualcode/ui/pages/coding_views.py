"""The menu of saved views: looking through one, saving, renaming, pins, order, removing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.reading_places import SavedView
from qualcode.store.answer_query import AnswerQuery
from qualcode.ui import state
from qualcode.ui.pages import coding_address
from qualcode.ui.pages.coding_filters import key
from qualcode.ui.words import plain
from qualcode.workbench import saved_views
from qualcode.workbench.bench import Workbench

MENU_WIDTH = 150
LONGEST_LABEL = 16


def menu(
    bench: Workbench, view: SavedView | None, query: AnswerQuery, codes: dict[str, str]
) -> None:
    """The button that names the view looked through, and the menu it opens."""
    _ = state.translator()
    with bench.store.reading() as rows:
        views = saved_views.views_of(rows)
    changed = view is not None and saved_views.query_of(view.conditions) != query
    label = _cut(view.name) if view else _("Views")
    with st.popover(
        plain(f"{label} *" if changed else label),
        icon=":material/bookmarks:",
        key=key("views"),
        width=MENU_WIDTH,
        help=view.name if view else None,
    ):
        if views:
            _list(views, view)
        if bench.reviewing:
            return
        if view:
            st.divider()
            _of_view(bench, view, views, query, codes, changed=changed)
        if views:
            st.divider()
        _save(bench, query, codes)


def _list(views: list[SavedView], active: SavedView | None) -> None:
    _ = state.translator()
    with st.container(gap=None, key="view-list"):
        for one in (None, *views):
            chosen = (active and active.id) == (one and one.id)
            st.button(
                plain(one.name) if one else _("All answers"),
                key=f"view-{one.id if one else 'none'}",
                icon=":material/check:" if chosen else ":material/visibility:",
                type="tertiary",
                on_click=_look_through,
                args=(one,),
            )


def _look_through(view: SavedView | None) -> None:
    coding_address.look_through(view)
    st.session_state[key("views")] = False


# --- the view looked through ------------------------------------------------------------------


def _of_view(
    bench: Workbench,
    view: SavedView,
    views: list[SavedView],
    query: AnswerQuery,
    codes: dict[str, str],
    *,
    changed: bool,
) -> None:
    _ = state.translator()
    pinned = [view.pins[digit] for digit in saved_views.KEYS if view.pins.get(digit) in codes]
    st.multiselect(
        _("Codes on the keys 1–9, in this order"),
        list(codes),
        default=pinned,
        format_func=lambda id: codes[id],
        max_selections=len(saved_views.KEYS),
        # The pins are part of the name: the list then shows them also when another changes them.
        key=f"view-pins:{view.id}:{'.'.join(pinned)}",
        placeholder=_("The codes' own keys"),
        on_change=_pin,
        args=(bench, view.id, f"view-pins:{view.id}:{'.'.join(pinned)}"),
    )
    with st.form(key=f"rename:{view.id}", border=False):
        name = st.text_input(_("Name of the view"), value=view.name)
        if st.form_submit_button(_("Rename")):
            _try(lambda: saved_views.rename(bench, view.id, name))
    with st.container(horizontal=True, gap="small"):
        if changed and st.button(_("Save the changes"), icon=":material/save:", type="primary"):
            _try(lambda: saved_views.change(bench, view.id, query=query))
        ids = [one.id for one in views]
        first = ids[0] == view.id
        if st.button(_("Move up"), icon=":material/arrow_upward:", disabled=first):
            place = ids.index(view.id)
            ids[place - 1], ids[place] = ids[place], ids[place - 1]
            _try(lambda: saved_views.reorder(bench, ids))
        if st.button(_("Remove the view"), icon=":material/delete:"):
            _try(lambda: saved_views.remove(bench, view.id))


def _pin(bench: Workbench, view_id: str, widget: str) -> None:
    picked = list(st.session_state[widget])
    try:
        saved_views.change(bench, view_id, pins=picked)
    except QualcodeError as error:
        state.notify(state.message(error))


# --- a new one --------------------------------------------------------------------------------


def _save(bench: Workbench, query: AnswerQuery, codes: dict[str, str]) -> None:
    _ = state.translator()
    with st.form(key="save-view", border=False, clear_on_submit=True):
        name = st.text_input(
            _("Save this way of looking as a new view"), placeholder=_("Name of the view")
        )
        pins = st.multiselect(
            _("Codes on the keys 1–9, in this order"),
            list(codes),
            format_func=lambda id: codes[id],
            max_selections=len(saved_views.KEYS),
            placeholder=_("The codes' own keys"),
        )
        if st.form_submit_button(_("Save view"), icon=":material/bookmark_add:"):
            _try(lambda: _look_at_new(saved_views.save(bench, name, query, pins)))


def _look_at_new(view: SavedView) -> None:
    state.choose(coding_address.CHOSEN, view.id)


def _try(act: Callable[[], object]) -> None:
    """The act, and the page as it is after it; what can't be done is told in the menu."""
    try:
        act()
    except QualcodeError as error:
        st.error(state.message(error))
    else:
        st.rerun()


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
