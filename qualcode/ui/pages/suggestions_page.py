"""Suggestions: were they any good, what is not known, and how they are to be shown here."""

from __future__ import annotations

import streamlit as st

from qualcode.store.offers import CODE, PLACE
from qualcode.ui import state, suggestions_line
from qualcode.ui.pages import suggestions_settings, suggestions_worth, unsure_pile
from qualcode.workbench.bench import Workbench


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Suggestions"))
    off = suggestions_line.off(bench, there=True)
    # Only the open one is worked out: comparing the reductions of a large study takes a while.
    codes, places, unsure, settings = st.tabs(
        [_("Suggested codes"), _("Suggested places"), _("I do not know"), _("Settings")],
        default=_("Settings") if off else None,
        key="suggestions-tabs",
        on_change="rerun",
    )
    if codes.open:
        with codes:
            suggestions_worth.show(bench, CODE)
    if places.open:
        with places:
            suggestions_worth.show(bench, PLACE)
    if unsure.open:
        with unsure:
            unsure_pile.show(bench)
    if settings.open:
        with settings:
            suggestions_settings.show(bench)
