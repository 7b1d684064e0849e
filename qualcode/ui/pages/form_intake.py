"""Forms coming in from a file or begun here, and going out as a file."""

from __future__ import annotations

import re
import unicodedata

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.instruments import Instrument
from qualcode.readers.forms import KNOWN_TYPES, FormRow, read_forms
from qualcode.ui import state, undo_line
from qualcode.ui.file_types import EXCEL
from qualcode.ui.pages import import_parts
from qualcode.ui.uploader import uploader
from qualcode.ui.words import plain
from qualcode.workbench import form_files, instruments
from qualcode.workbench.bench import Workbench

_NUMBER = "forms:file"
_REMARKS = "forms:remarks"


def show(bench: Workbench, place: str) -> None:
    """A file, the forms found in it, and the button that brings the chosen ones in."""
    _ = state.translator()
    st.caption(_("A form in Excel or CSV (a question a row), in YAML, or several forms in JSON."))
    with st.container(horizontal=True):
        st.download_button(
            _("Example in Excel"),
            data=lambda: form_files.as_excel(form_files.example()),
            file_name=_("example form") + ".xlsx",
            mime=EXCEL,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Example in YAML"),
            data=lambda: form_files.as_yaml(form_files.example()).encode(),
            file_name=_("example form") + ".yaml",
            mime="application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
    number = int(state.chosen(_NUMBER) or 0)
    types = [ending.removeprefix(".") for ending in KNOWN_TYPES if ending != ".yml"]
    chosen = uploader(_("Bring in a form"), types, f"forms-file-{number}", label_visible=False)
    if chosen is None:
        return
    try:
        reading = read_forms(chosen.getvalue(), chosen.name)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return
    wanted: list[FormRow] = []
    for n, form in enumerate(reading.forms):
        told = f"{form.name} ({len(form.items)})"
        if st.checkbox(plain(told), value=True, key=f"forms-take-{chosen.file_id}-{n}"):
            wanted.append(form)
    if reading.problems:
        import_parts.problems(reading.problems)
    if st.button(_("Bring in"), type="primary", disabled=not wanted, key="forms-bring"):
        made: list[Instrument] = []
        if undo_line.attempt(
            place,
            lambda: made.extend(instruments.define(bench, wanted)),
            _("{file} is in the study.").format(file=chosen.name),
        ):
            state.choose(_NUMBER, number + 1)
            state.choose(_REMARKS, reading.problems)
            if len(made) == 1:
                state.choose("form", made[0].id)
        st.rerun()


def remarks() -> None:
    """What could not be understood of the file that came in last."""
    found = state.chosen(_REMARKS)
    if found:
        import_parts.problems(found)


def start(bench: Workbench, place: str) -> None:
    """An empty form by its name."""
    _ = state.translator()
    with st.form("form-start", border=False):
        name = st.text_input(_("Name of the form"))
        group = st.text_input(_("Actor group"), placeholder=_("who answers, for example: client"))
        if st.form_submit_button(_("Start the form"), type="primary"):
            made: list[Instrument] = []
            if undo_line.attempt(
                place,
                lambda: made.extend(instruments.define(bench, [FormRow(name, (), group)])),
                _("Form started."),
            ):
                state.choose("form", made[0].id)
            st.rerun()


def downloads(bench: Workbench, form: Instrument) -> None:
    _ = state.translator()
    stem = unicodedata.normalize("NFKD", form.name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower() or "lomake"
    name = f"{stem}-v{form.version}"
    st.download_button(
        "Excel",
        data=lambda: form_files.as_excel(instruments.as_row(bench, form.id)),
        file_name=f"{name}.xlsx",
        mime=EXCEL,
        icon=":material/download:",
        on_click="ignore",
    )
    st.download_button(
        "YAML",
        data=lambda: form_files.as_yaml(instruments.as_row(bench, form.id)).encode(),
        file_name=f"{name}.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
    )
