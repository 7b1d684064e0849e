"""What stands around every page: the study's name, undo and redo, the language."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.decisions import REVIEWERS_ACTS, Decision
from qualcode.domain.errors import QualcodeError
from qualcode.ui import begun, state, who
from qualcode.ui.components.load_guard import load_guard
from qualcode.ui.words import plain
from qualcode.workbench import history, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence

SHORTEST = 4
LETTERS_A_SECOND = 14


def header() -> None:
    """One slim row above the page."""
    _ = state.translator()
    bench = state.bench()
    with st.container(key="header"):
        name, turning, speaking = st.columns([6, 3, 2], vertical_alignment="center")
        with name, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(bench.study().name)}**", width="content")
            who.chooser()
        with turning:
            _history_buttons()
        with speaking, st.container(horizontal=True, horizontal_alignment="right"):
            language_switch()
    who.keep()
    load_guard()
    tell()


def tell() -> None:
    """What is to be told in passing: above the page of earlier runs, below it of this one."""
    notice = state.take_notice()
    if notice:
        st.toast(notice, duration=seconds_to_read(notice))


def seconds_to_read(text: str) -> int:
    """How long news stay: as long as a slow reader needs, and four seconds at least."""
    return max(SHORTEST, 2 + len(text) // LETTERS_A_SECOND)


@st.fragment(key=state.HISTORY)
def _history_buttons() -> None:
    _ = state.translator()
    bench = state.bench()
    undo, redo = history.next_undo(bench), history.next_redo(bench)
    if bench.reviewing:
        # What they did as an analyst is not taken back by mistake either.
        undo, redo = (one if one and one.act in REVIEWERS_ACTS else None for one in (undo, redo))
    told_undo, told_redo = (
        act_sentence(whereabouts.act(bench.reviewing, one), _) if one else None
        for one in (undo, redo)
    )
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        # What is turned is the act that the button names, not the one that is the newest by then.
        st.button(
            _("Undo"),
            icon=":material/undo:",
            key="undo",
            on_click=_turn,
            args=(history.undo_decision, undo.id if undo else 0, _("Undone: {act}")),
            disabled=undo is None,
            help=told_undo,
        )
        st.button(
            _("Redo"),
            icon=":material/redo:",
            key="redo",
            on_click=_turn,
            args=(history.redo_decision, redo.id if redo else 0, _("Done again: {act}")),
            disabled=redo is None,
            help=told_redo,
        )


def _turn(turn: Callable[[Workbench, int], list[Decision]], number: int, told: str) -> None:
    bench, _ = state.bench(), state.translator()
    try:
        turned = turn(bench, number)
    except QualcodeError as error:
        state.notify(state.message(error))
    else:
        begun.turned(turned)
        meant = next(one for one in turned if one.id == number)
        said = act_sentence(whereabouts.act(bench.reviewing, meant), _)
        state.notify(told.format(act=said))
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
