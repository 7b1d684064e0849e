"""Bringing notes into a workshop from its own page: a file, or text typed from the flipchart."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import Document, DocumentKind, SourceKind
from qualcode.domain.workshop_days import WorkshopSource
from qualcode.readers.recognising import KNOWN_TYPES
from qualcode.ui import state
from qualcode.ui.pages import material_draft
from qualcode.ui.uploader import uploader

SHOWN_IN = {DocumentKind.WORKSHOP_NOTE: "wall", DocumentKind.ROLE_NOTE: "roles"}
"""Which part of the page shows notes of a kind; others are among the notes and files."""


def bring_in() -> None:
    """A file or a text opens the way in; it begins as workshop notes whatever it looks like."""
    _ = state.translator()
    chosen = uploader(
        _("Bring in notes"),
        [ending.removeprefix(".") for ending in KNOWN_TYPES if ending not in (".xlsm", ".md")],
        key=f"workshop-file-{material_draft.number()}",
        label_visible=False,
    )
    st.caption(
        _(
            "Excel, CSV or Word: a SWOT grid, a list of notes, or what Miro, Mural, Padlet or "
            "Flinga gives out. You see what was understood before anything is saved."
        )
    )
    if chosen is not None:
        draft = material_draft.current()
        if draft is None or draft.id != chosen.file_id:
            draft = material_draft.open_file(chosen.file_id, chosen.name, chosen.getvalue())
            if draft.problem is None:
                assert draft.recognised is not None
                if SourceKind.WORKSHOP in draft.recognised.choices:
                    draft.kind = SourceKind.WORKSHOP
                st.rerun()
        if draft.problem is not None:
            st.error(state.message(draft.problem), icon=":material/error:")
    with st.form(f"workshop-paste-{material_draft.number()}", border=False):
        text = st.text_area(
            _("Or write or paste them here"),
            height=140,
            placeholder=_(
                "Table 1\nStrengths\nA familiar worker\nTime for the client\nWeaknesses\nHurry"
            ),
        )
        name = st.text_input(_("Name of these notes"), value=_("Workshop notes"))
        if st.form_submit_button(_("Read the notes")):
            if not text.strip():
                st.error(_("There are no notes in the field. Write or paste at least one line."))
                return
            material_draft.open_notes(name.strip() or _("Workshop notes"), text)
            st.rerun()


def take_what_came() -> None:
    """After an import from this page the workshop is open where what came in is shown: its wall,
    the board of role-shaping notes, or the list of notes for what hangs on neither."""
    receipt = state.chosen("material:receipt")
    if receipt is None or state.chosen("workshops:told") == receipt.imported.source.id:
        return
    source = receipt.imported.source.id
    state.choose("workshops:told", source)
    with state.bench().store.reading() as rows:
        link = rows.get(WorkshopSource, source)
        came = [
            part
            for kind, part in SHOWN_IN.items()
            if rows.count(Document, source_id=source, kind=kind)
        ]
    if link is not None:
        state.choose("workshops:open", link.workshop_id)
        part = state.filter_key("workshops", f"part-{link.workshop_id}")
        st.session_state[part] = came[0] if came else "notes"
