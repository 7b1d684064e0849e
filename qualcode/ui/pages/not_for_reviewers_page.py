"""Instead of a page that is there for its acts, for whoever only reviews and opens its address."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.workbench.bench import Workbench


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.info(
        _(
            "This page is for those who make the analysis. You are reviewing: read the category "
            "tree, comment and propose on the page Review. The way of working is changed at the "
            "top of the page, under your name."
        ),
        icon=":material/rate_review:",
    )
    state.page_link("tarkastelu", _("Review"), icon=":material/rate_review:")
