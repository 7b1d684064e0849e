"""Work that takes longer than a moment, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import state
from qualcode.workbench.likeness import Progress

Done = TypeVar("Done")


def with_progress(
    said: str, work: Callable[[Progress], Done], key: str, stopped: str = ""
) -> Done | None:
    """What the work gives; None when it could not be done, and why is then on the page.

    Stopping it, or doing anything else on the page, ends the work where it is: vectors made so far
    are kept, and the next time goes on from there. ``stopped``: what is said then of other work.
    """
    _ = state.translator()
    room = st.empty()
    with room.container(horizontal=True, vertical_alignment="center", key=f"{key}-work"):
        bar = st.progress(0.0, text=said)
        stop = st.empty()

    def progressed(done: int, whole: int) -> None:
        bar.progress(done / max(1, whole), text=f"{said} {done}/{whole}")

    # A button that is drawn while a script runs can be pressed: the run ends at its next drawing.
    stop.button(
        _("Break off"),
        key=f"{key}-stop",
        icon=":material/close:",
        on_click=_stopped,
        args=(stopped,),
    )
    try:
        return work(progressed)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return None
    finally:
        room.empty()


def _stopped(told: str) -> None:
    _ = state.translator()
    kept = _("Stopped. What was compared so far is kept: the next time goes on from there.")
    state.notify(told or kept)
