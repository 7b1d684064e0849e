"""Which category is read, and that it has been looked at: what the tree and the category share."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, undo_line
from qualcode.ui.thread_box import PLACE
from qualcode.workbench.reviewing import looking

CHOSEN = "review:category"


def choose(category_id: str) -> None:
    """The category is opened the next time the page is drawn."""
    state.choose(CHOSEN, category_id)


def see(category_id: str, following: str | None = None) -> None:
    """The category has been looked at, and the following one is opened."""
    bench, _ = state.bench(), state.translator()
    undo_line.attempt(PLACE, lambda: looking.look_at(bench, [category_id]), _("Marked as seen."))
    if following:
        choose(following)
    st.rerun()
