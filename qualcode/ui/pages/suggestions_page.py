"""Suggestions: were they any good, and how they are to be shown in this study."""

from __future__ import annotations

import streamlit as st

from qualcode.store.offers import CODE, PLACE
from qualcode.ui import state
from qualcode.ui.pages import suggestions_settings, suggestions_worth, unsure_pile
from qualcode.workbench.bench import Workbench


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Suggestions"))
    codes, places, unsure, settings = st.tabs(
        [_("Suggested codes"), _("Suggested places"), _("I do not know"), _("Settings")]
    )
    with codes:
        suggestions_worth.show(bench, CODE)
    with places:
        suggestions_worth.show(bench, PLACE)
    with unsure:
        unsure_pile.show(bench)
    with settings:
        suggestions_settings.show(bench)
