"""Every thread of the review in one list, and a place to ask about a role."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.review_views import ThreadQuery
from qualcode.texts import N_
from qualcode.ui import memo_card, state, thread_box, turning
from qualcode.ui.pages import review_looks
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import kind_title
from qualcode.workbench.reviewing import remarks
from qualcode.workbench.reviewing.overview import Overview
from qualcode.workbench.reviewing.remarks import Thread

ROWS = 12
WHICH = {
    "open": N_("Open threads"),
    "questions": N_("Open questions"),
    "resolved": N_("Resolved"),
    "all": N_("All"),
}
QUERIES = {
    "open": ThreadQuery(open=True),
    "questions": ThreadQuery(open=True, question=True),
    "resolved": ThreadQuery(open=False),
    "all": ThreadQuery(),
}


def show(bench: Workbench, seen: Overview) -> None:
    listed, side = st.columns([7, 4], gap="large")
    with side:
        _roles(bench)
    with listed:
        _list(bench, seen)


def _list(bench: Workbench, seen: Overview) -> None:
    _, ngettext = state.translator(), state.plural()
    which = st.segmented_control(
        _("Which threads"),
        list(WHICH),
        format_func=lambda one: _(WHICH[one]),
        default="open",
        key=state.filter_key("review", "threads"),
        label_visibility="collapsed",
        required=True,
    )
    key = state.filter_key("review", f"threads-page-{which}")
    query = QUERIES[str(which or "open")]
    page = turning.open_page(key, ROWS, partial(remarks.browse, bench, query))
    if not page.total:
        st.info(
            _("No threads here. Comment on a category beside it in the tree.")
            if which == "all"
            else _("No open threads. Comment on a category beside it in the tree.")
            if which == "open"
            else _("No threads here."),
            icon=":material/forum:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        told = ngettext("{n} thread", "{n} threads", page.total).format(n=page.total)
        st.caption(told, width="stretch")
        if seen.unread:
            st.caption(
                ngettext("{n} unread comment", "{n} unread comments", seen.unread).format(
                    n=seen.unread
                ),
                width="content",
            )
    for thread in page.rows:
        _about(bench, thread)
        thread_box.one(bench, thread, "all")
    turning.numbers(key, ROWS, page.total)


def _about(bench: Workbench, thread: Thread) -> None:
    """What the thread speaks of, as a way there."""
    _ = state.translator()
    about = thread.about
    if not about.there:
        gone = _("removed from the study")
        st.markdown(f"{kind_title(about.kind, _)}: ~~{plain(about.label)}~~ ({gone})")
    elif about.kind == "category":
        st.button(
            f"{kind_title(about.kind, _)}: {plain(about.label)}",
            key=f"thread-about-{thread.first.id}",
            icon=":material/account_tree:",
            type="tertiary",
            on_click=_open,
            args=(about.id,),
        )
    else:
        memo_card.link_button(about, f"thread-about-{thread.first.id}")


def _open(category_id: str) -> None:
    review_looks.choose(category_id)
    st.session_state[state.filter_key("review", "view")] = "tree"


def _roles(bench: Workbench) -> None:
    """Roles have no place in the tree: they are asked about here."""
    _ = state.translator()
    with bench.store.reading() as rows:
        maps = {one.id: one for one in rows.find(RoleMap)}
        roles = sorted(rows.find(Role), key=lambda one: (maps[one.map_id].position, one.position))
    with st.container(border=True, gap="small", key="threads-roles"):
        st.markdown("**" + _("About a role") + "**")
        if not roles:
            st.caption(_("The study has no role maps yet."))
            return
        names = {role.id: f"{maps[role.map_id].title}: {role.name}" for role in roles}
        chosen = st.selectbox(
            _("Role"),
            list(names),
            index=None,
            format_func=lambda id: names.get(id, id),
            key=state.filter_key("review", "role"),
            placeholder=_("Choose a role"),
            label_visibility="collapsed",
        )
        if chosen:
            thread_box.show(bench, "role", chosen, "role")
