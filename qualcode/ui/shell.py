"""What stands around every page: the study's name, undo and redo, the language."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import state
from qualcode.ui.words import plain
from qualcode.workbench import history
from qualcode.workbench.messages import act_sentence


def header() -> None:
    """One slim row above the page."""
    _ = state.translator()
    bench = state.bench()
    with st.container(key="header"):
        name, turning, speaking = st.columns([6, 3, 2], vertical_alignment="center")
        with name, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(bench.study().name)}**", width="content")
            st.caption(_("Coder: {name}").format(name=plain(state.coder())), width="content")
        with turning:
            _history_buttons()
        with speaking, st.container(horizontal=True, horizontal_alignment="right"):
            language_switch()
    notice = state.take_notice()
    if notice:
        st.toast(notice)


@st.fragment(key=state.HISTORY)
def _history_buttons() -> None:
    _ = state.translator()
    bench = state.bench()
    undo, redo = history.next_undo(bench), history.next_redo(bench)
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        back = st.button(
            _("Undo"),
            icon=":material/undo:",
            key="undo",
            disabled=undo is None,
            help=act_sentence(undo, _) if undo else None,
        )
        again = st.button(
            _("Redo"),
            icon=":material/redo:",
            key="redo",
            disabled=redo is None,
            help=act_sentence(redo, _) if redo else None,
        )
    if not (back or again):
        return
    try:
        decision = history.undo(bench) if back else history.redo(bench)
    except QualcodeError as error:
        state.notify(state.message(error))
    else:
        told = _("Undone: {act}") if back else _("Done again: {act}")
        state.notify(told.format(act=act_sentence(decision, _)))
    # The whole page shows the study: a fragment's own rerun would leave the rest as it was.
    st.rerun()


def language_switch() -> None:
    """Finnish or English, for this window."""
    names = {"fi": "Suomi", "en": "English"}
    current = state.language()
    # The key carries the language, so that a change made elsewhere is never undone by the widget.
    picked = st.segmented_control(
        "Kieli / Language",
        list(names),
        format_func=names.__getitem__,
        default=current,
        label_visibility="collapsed",
        key=f"language-switch-{current}",
        width="content",
    )
    if picked and picked != current:
        st.session_state["language"] = picked
        st.rerun()
