"""Which workshop the notes on their way in are from: one of the study's, or a new one."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from qualcode.ui import state
from qualcode.ui.pages.material_draft import Draft
from qualcode.workbench import workshops
from qualcode.workbench.bench import Workbench

NEW, NONE = "new", "none"


def choice(bench: Workbench, draft: Draft) -> str | workshops.Details | None:
    """The id of a workshop, what a new one is called, or None when they are from none."""
    _ = state.translator()
    with bench.store.reading() as rows:
        known = workshops.workshops(rows)
    names = {NEW: _("A new workshop"), **{w.id: w.name for w in known}, NONE: _("No workshop")}
    wanted = state.chosen("workshops:open")
    options = [*(w.id for w in known), NEW, NONE]
    with st.container(horizontal=True, vertical_alignment="bottom", key="note-workshop"):
        picked = st.selectbox(
            _("The workshop"),
            options,
            index=options.index(wanted) if wanted in options else 0,
            format_func=names.__getitem__,
            key=draft.widget("workshop"),
            width=320,
            help=_("Its notes hang on one wall, however many files they came in."),
        )
        if picked == NONE:
            return None
        if picked != NEW:
            return picked
        name = st.text_input(
            _("Name of the workshop"),
            value=PurePath(draft.file).stem,
            key=draft.widget("workshop-name"),
            width=320,
        )
        held_on = st.text_input(_("When"), key=draft.widget("workshop-when"), width=200)
    return workshops.Details(name.strip() or draft.file, held_on)
