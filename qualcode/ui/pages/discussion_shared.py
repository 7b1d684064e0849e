"""What the parts of the self-assessment page share: which discussion is open, days, fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from qualcode.domain.discussions import Discussion
from qualcode.ui import state, undo_line
from qualcode.workbench.messages import day_of

PLACE = "self-assessment"
WHOSE = state.filter_key(PLACE, "person")
"""The choice of whose discussions are listed; None for everybody's."""
PART = state.filter_key(PLACE, "part")
"""Whether the discussion itself is shown or its profile."""
_OPEN = "discussion"
_NOTHING = object()


def chosen_discussion(found: Sequence[Discussion]) -> Discussion:
    """The discussion that was opened, else the newest one."""
    picked = state.chosen(_OPEN)
    return next((one for one in found if one.id == picked), found[0])


def open_discussion(discussion: Discussion) -> None:
    """Opens it; a list of somebody else's discussions becomes a list of this person's."""
    state.choose(_OPEN, discussion.id)
    state.choose("discussed-role", None)
    if st.session_state.get(WHOSE) not in (None, discussion.person):
        st.session_state[WHOSE] = discussion.person


def close_discussion() -> None:
    """The one that was open is gone; the newest is shown."""
    state.choose(_OPEN, "")
    state.choose("discussed-role", None)


def day_words(iso: str) -> str:
    """An ISO date as people read it; a text that is none stays as it is."""
    try:
        return day_of(date.fromisoformat(iso))
    except ValueError:
        return iso


def as_stored(key: str, stored: object) -> None:
    """The field of this key shows what is stored, also after undo or another window's change.

    Its own change is saved before the page is drawn, so the two differ only then. The field keeps
    its key, and whoever works by keyboard stays where they were.
    """
    if st.session_state.get(key, _NOTHING) != stored:
        st.session_state[key] = stored


def written(label: str, stored: str, key: str, save: Callable[[str], None], hint: str = "") -> None:
    """A field that saves itself when it is left: nobody in a discussion looks for a button."""
    as_stored(key, stored)
    st.text_area(
        label, key=key, height=80, placeholder=hint or None, on_change=_save, args=(key, save)
    )


def _save(key: str, save: Callable[[str], None]) -> None:
    undo_line.attempt(PLACE, lambda: save(str(st.session_state[key] or "")))
