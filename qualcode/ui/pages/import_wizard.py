"""One path for every file: what it is, how it is read, what would come in, import."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import SourceKind
from qualcode.ui import state
from qualcode.ui.labels import source_kind_label
from qualcode.ui.pages import import_parts, material_draft, survey_wizard, text_wizard
from qualcode.ui.pages import workshop_wizard as workshop
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain

WIZARDS = {
    SourceKind.SURVEY: survey_wizard.show,
    SourceKind.WORKSHOP: workshop.show,
    SourceKind.TEXT: text_wizard.show,
}


@st.fragment(key="material-wizard")
def show() -> None:
    """The file on its way in. Only this part of the page is drawn again while it is looked at."""
    draft = material_draft.current()
    if draft is None:
        return
    bench = state.bench()
    _kind(draft)
    if import_parts.already_in(bench, draft):
        return
    assert draft.kind is not None, "a file that was opened has been recognised"
    WIZARDS[draft.kind](bench, draft)


def _kind(draft: Draft) -> None:
    """The file's name, what it is taken for, and the way out."""
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="wizard-head"):
        st.markdown(f"**{plain(draft.file)}**", width="content")
        if draft.recognised is not None:
            choices = draft.recognised.choices
            picked = st.segmented_control(
                _("What the file is"),
                list(choices),
                format_func=lambda kind: source_kind_label(kind, _),
                default=draft.kind,
                required=True,
                key=draft.widget("kind"),
                label_visibility="collapsed",
                width="content",
            )
            draft.kind = picked or draft.kind
            if draft.kind is draft.recognised.kind:
                st.caption(_("Recognised from the file; change it if it is something else."))
        st.space("stretch")
        if st.button(_("Cancel"), key=draft.widget("cancel"), type="tertiary"):
            material_draft.drop()
            st.rerun()
