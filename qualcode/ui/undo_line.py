"""What was done just now, with a way back: one line instead of a question asked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualcode.domain.decisions import Decision
from qualcode.domain.errors import QualcodeError
from qualcode.ui import begun, state
from qualcode.ui.words import plain
from qualcode.workbench import history
from qualcode.workbench.bench import Workbench, watching


def attempt(place: str, act: Callable[[], object], said: str | Callable[[], str] = "") -> bool:
    """Carries the act out and keeps what to say of it at ``place``; a refusal is kept as well.

    ``said`` is asked for after the act when only what came of it tells what to say. True when it
    was done.
    """
    try:
        with watching() as made:
            act()
    except QualcodeError as error:
        tell(place, (), "")
        state.choose(f"{place}:problem", state.message(error))
        return False
    tell(place, made, said if isinstance(said, str) else said())
    return True


def tell(place: str, made: Sequence[Decision], said: str) -> None:
    """Keeps what to say at ``place`` of the acts just made; without an act there is nothing."""
    state.choose(f"{place}:problem", None)
    state.choose(f"{place}:done", (made[-1].id, said) if said and made else None)


def show(bench: Workbench, place: str, fragments: Sequence[str] = ()) -> None:
    """The line, while the act it tells of is still the coder's latest one.

    ``fragments`` are drawn again when it is undone.
    """
    _ = state.translator()
    problem = state.chosen(f"{place}:problem")
    if problem:
        st.error(problem, icon=":material/error:")
    done = state.chosen(f"{place}:done")
    latest = history.next_undo(bench) if done else None
    if not done or latest is None or latest.id != done[0]:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{place}-done"):
        st.caption(plain(done[1]), width="content")
        st.button(
            _("Undo"),
            key=f"{place}-undo",
            type="tertiary",
            on_click=_undo,
            args=(place, done[0], tuple(fragments)),
        )


def _undo(place: str, number: int, fragments: Sequence[str]) -> None:
    taken: list[Decision] = []
    attempt(place, lambda: taken.extend(history.undo_decision(state.bench(), number)))
    begun.turned(taken)
    if fragments:
        st.rerun([*fragments])
