"""Material: bring files in, see what is in the study, and what was set aside."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.domain.documents import Source
from qualcode.readers.recognising import KNOWN_TYPES
from qualcode.ui import state
from qualcode.ui.pages import import_parts, import_wizard, material_draft, material_lists
from qualcode.ui.pages.material_draft import Receipt
from qualcode.ui.uploader import uploader
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench

ASSETS = Path(__file__).parents[1] / "assets"
FILE, PASTE = "file", "paste"


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.html(ASSETS / "material.css")
    st.title(_("Material"))
    with bench.store.reading() as rows:
        is_empty = not rows.count(Source)
    draft = material_draft.current()
    if draft is not None and draft.problem is None:
        import_wizard.show()
        return
    _receipt(bench)
    _intake(is_empty)
    if not is_empty:
        material_lists.show(bench)


# --- a file or notes come ---------------------------------------------------------------------


def _intake(is_empty: bool) -> None:
    """Where the material comes from. A file that could be opened starts its own way in."""
    _ = state.translator()
    if is_empty:
        st.write(
            _(
                "Bring in the answers as the survey tool gave them, a workshop's notes, or an "
                "interview. You see what was understood of the file before anything is saved."
            )
        )
    names = {FILE: _("Bring in a file"), PASTE: _("Paste notes")}
    picked = st.segmented_control(
        _("How the material comes"),
        list(names),
        format_func=names.__getitem__,
        default=FILE,
        required=True,
        key=state.filter_key("material", "way"),
        label_visibility="collapsed",
    )
    if picked == PASTE:
        _pasted()
    else:
        _file(is_empty)


def _file(is_empty: bool) -> None:
    _ = state.translator()
    chosen = uploader(
        _("Bring in a file"),
        [ending.removeprefix(".") for ending in KNOWN_TYPES if ending not in (".xlsm", ".md")],
        key=f"material-file-{material_draft.number()}",
        label_visible=False,
    )
    draft = material_draft.current()
    if chosen is None:
        if draft is not None:
            # A file that could not be opened was taken out of the uploader.
            state.choose("material:draft", None)
        if is_empty:
            st.caption(
                _(
                    "Survey: .xlsx, .csv or .tsv from Forms, Webropol, Google Forms, LimeSurvey or "
                    "Qualtrics. Workshop notes: a SWOT grid or a list in Excel, or text. "
                    "Interviews and diaries: .docx or .txt."
                )
            )
        return
    if draft is None or draft.id != chosen.file_id:
        draft = material_draft.open_file(chosen.file_id, chosen.name, chosen.getvalue())
        if draft.problem is None:
            st.rerun()
    if draft.problem is not None:
        st.error(state.message(draft.problem), icon=":material/error:")


def _pasted() -> None:
    _ = state.translator()
    number = material_draft.number()
    with st.form(f"paste-{number}", border=True):
        text = st.text_area(
            _("The notes"),
            height=220,
            placeholder=_(
                "Table 1\nStrengths\nA familiar worker\nTime for the client\nWeaknesses\nHurry"
            ),
            help=_(
                "A note a line. A line such as “Strengths”, “Weaknesses”, “Opportunities” or "
                "“Threats” begins a quadrant, a line such as “Table 2” the notes of a table."
            ),
        )
        name = st.text_input(_("Name of these notes"), value=_("Workshop notes"))
        if not st.form_submit_button(_("Read the notes"), type="primary"):
            return
    if not text.strip():
        st.error(_("There are no notes in the field. Write or paste at least one line."))
        return
    material_draft.open_notes(name.strip() or _("Workshop notes"), text)
    st.rerun()


# --- what came in -----------------------------------------------------------------------------


def _receipt(bench: Workbench) -> None:
    """What the last import brought, as long as it is in the study."""
    _ = state.translator()
    receipt: Receipt | None = state.chosen("material:receipt")
    if receipt is None:
        return
    came = receipt.imported
    with bench.store.reading() as rows:
        still_there = rows.get(Source, came.source.id) is not None
    if not still_there:
        state.choose("material:receipt", None)
        return
    with st.container(border=True, key="receipt"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                ":material/check_circle: "
                + _("**{file}** is in the study.").format(file=plain(came.source.name)),
                width="stretch",
            )
            st.button(
                _("Close"),
                key="receipt-close",
                type="tertiary",
                icon=":material/close:",
                on_click=lambda: state.choose("material:receipt", None),
            )
        st.write(import_parts.counts_told(came))
        with st.container(horizontal=True, vertical_alignment="center"):
            state.page_link("koodaus", _("Read and code"), icon=":material/format_ink_highlighter:")
            st.caption(_("Undo, at the top of the page, takes the whole import back."))
        if receipt.problems:
            import_parts.problems(receipt.problems)
