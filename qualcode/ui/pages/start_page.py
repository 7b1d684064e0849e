"""No study is open: open one, start one, or look around in the invented demo study."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import streamlit as st

from qualcode.bootstrap import (
    SUFFIX,
    create_demo,
    create_store,
    full_address,
    studies_in,
    workbench,
)
from qualcode.domain.approaches import Approach
from qualcode.domain.errors import QualcodeError
from qualcode.ui import state, who
from qualcode.ui.labels import approach_label
from qualcode.ui.stores import use_store
from qualcode.workbench import studies
from qualcode.workbench.demo import ANALYST


def show(problem: str | None = None) -> None:
    """The first page. ``problem`` says why the study asked for could not be opened."""
    _ = state.translator()
    settings = state.settings_of_run()
    __, middle, __ = st.columns([1, 2, 1])
    with middle:
        st.title("qualcode")
        st.write(
            _(
                "A workbench for qualitative content analysis: from open answers to categories "
                "and role maps, every step traceable. Everything stays on this computer."
            )
        )
        if problem:
            st.error(problem, icon=":material/error:")
        _who()
        _recent(settings.folder)
        _new_study(settings.folder)
        _by_path()
        _demo(settings.folder)


def _who() -> None:
    """Whose hands, and whether they only review: for whatever is opened below."""
    with st.container(border=True):
        name, reviewing = who.fields("start")
    if (name or state.coder(), reviewing) != (state.coder(), state.reviewing()):
        state.sit_down(name or state.coder(), reviewing)
        st.rerun()


def _recent(folder: Path) -> None:
    _ = state.translator()
    found = studies_in(folder)
    if not found:
        return
    st.subheader(_("Open a study"))
    for path in found[:12]:
        if st.button(path.stem, icon=":material/folder_open:", key=f"open:{path}"):
            state.open_study(path)
            st.rerun()
    st.caption(_("In the folder {folder}").format(folder=folder))


def _new_study(folder: Path) -> None:
    _ = state.translator()
    st.subheader(_("Start a new study"))
    with st.form("new-study", border=True):
        name = st.text_input(
            _("Name of the study"), placeholder=_("For example: Thesis interviews")
        )
        approach = st.selectbox(
            _("Approach"),
            list(Approach),
            index=1,
            format_func=lambda a: approach_label(a, _),
            help=_(
                "Data-driven: categories grow from the data. Theory-guided: theory is brought in "
                "on the way up. Theory-driven: the frame is there first. You can change this later."
            ),
        )
        if st.form_submit_button(_("Start"), type="primary"):
            if not name.strip():
                st.error(_("Give the study a name."), icon=":material/error:")
                return
            path = folder / f"{_file_stem(name)}{SUFFIX}"
            try:
                store = create_store(path)
                settings = replace(
                    state.settings_of_run(), coder=state.coder(), language=state.language()
                )
                try:
                    bench = workbench(store, settings)
                    studies.start(bench, name, approach or Approach.THEORY_GUIDED)
                finally:
                    store.close()
            except QualcodeError as error:
                st.error(state.message(error), icon=":material/error:")
                return
            state.open_study(path)
            st.rerun()


def _by_path() -> None:
    _ = state.translator()
    with st.expander(_("Open a study file elsewhere")):
        path = st.text_input(
            _("Path of the file"), placeholder=str(Path.home() / f"study{SUFFIX}"), key="path"
        )
        if st.button(_("Open"), key="open-path", disabled=not path.strip()):
            address = full_address(path)
            try:
                use_store(address)
            except QualcodeError as error:
                st.error(state.message(error), icon=":material/error:")
                return
            state.open_study(address)
            st.rerun()


def _demo(folder: Path) -> None:
    _ = state.translator()
    st.subheader(_("Look around"))
    st.write(
        _(
            "The demo study holds invented answers, partly analysed, so that every page has "
            "something to show."
        )
    )
    if st.button(_("Open the demo study"), icon=":material/school:"):
        path = folder / f"demo{SUFFIX}"
        if not path.exists():
            try:
                with st.spinner(_("Making the demo study…")):
                    create_demo(path, state.settings_of_run()).close()
            except QualcodeError as error:
                st.error(state.message(error), icon=":material/error:")
                return
        if not state.sat_down():
            # Under the invented analyst's name undo has something to take back.
            st.session_state["coder"] = ANALYST
        state.open_study(path)
        st.rerun()


def _file_stem(name: str) -> str:
    """A file name any system takes, still readable.

    >>> _file_stem("Opinnäytetyö: osa 1/2")
    'Opinnäytetyö osa 1 2'
    """
    return " ".join(re.sub(r"[^\w-]+", " ", name).split())[:80].strip() or "study"
