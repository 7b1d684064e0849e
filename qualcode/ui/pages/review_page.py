"""Review: somebody who did not build the tree reads it through, asks, proposes and approves.

What the page shows is computed once a run (``overview``); moving in the tree draws only the
category beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from qualcode.texts import N_
from qualcode.ui import others_line, places, state, undo_line
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.pages import (
    review_looks,
    review_older_part,
    review_proposals_part,
    review_threads_part,
    review_tree_part,
    review_versions_part,
)
from qualcode.ui.thread_box import PLACE
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import older_definitions
from qualcode.workbench.reviewing.overview import Overview, overview

STYLE = Path(__file__).parent.parent / "assets" / "review.css"

SHOWN = (
    "category",
    "placement",
    "reduction",
    "reduction_link",
    "remark",
    "review_state",
    "proposal",
    "tree_version",
    "look",
    "coding",
    "code",
    "still_right",
    "role",
)
"""Kinds of rows that the page shows something of."""

VIEWS = {
    "tree": N_("Tree"),
    "threads": N_("Threads"),
    "proposals": N_("Proposals"),
    "versions": N_("Versions"),
    "older": N_("Older definitions"),
}

PARTS: dict[str, Callable[[Workbench, Overview], None]] = {
    "tree": review_tree_part.show,
    "threads": review_threads_part.show,
    "proposals": review_proposals_part.show,
    "versions": review_versions_part.show,
    "older": review_older_part.show,
}


def show(bench: Workbench) -> None:
    _ = state.translator()
    page_waker()
    places.follow("category", choose=lambda _kind, id: review_looks.choose(id))
    st.html(STYLE)
    seen = overview(bench)
    if not seen.nodes:
        st.title(_("Review"), anchor=False)
        st.info(
            _("There is no category tree to review yet. It is built on the Categories page."),
            icon=":material/account_tree:",
        )
        state.page_link("luokat", _("Categories"), icon=":material/account_tree:")
        return
    with bench.store.reading() as rows:
        others_line.drawn(PLACE, rows.revision())
        older = sum(len(one.coding_ids) for one in older_definitions.to_check(rows))
    with st.container(horizontal=True, vertical_alignment="center", key="review-head"):
        st.title(_("Review"), width="content", anchor=False)
        view = _views(seen, older)
        # Beside the title, not under it: nothing must move when the line comes or goes.
        with st.container(width="stretch", key="review-line"):
            undo_line.show(bench, PLACE)
    PARTS[view](bench, seen)
    others_line.show(PLACE, SHOWN, at_once=True)


def _views(seen: Overview, older: int) -> str:
    """Which part is shown; each says how much waits in it."""
    _ = state.translator()
    waiting = {"threads": seen.unread, "proposals": len(seen.proposals), "older": older}
    key = state.filter_key("review", "view")
    chosen = st.segmented_control(
        _("What to review"),
        list(VIEWS),
        format_func=lambda name: (
            _(VIEWS[name]) + (f" ({waiting[name]})" if waiting.get(name) else "")
        ),
        default="tree",
        key=key,
        label_visibility="collapsed",
        width="content",
        required=True,
    )
    return str(chosen or "tree")
