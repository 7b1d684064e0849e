"""What somebody began to write on: kept until it is saved, so that typed text never vanishes.

Fields are made of what is stored. Were they made anew when another window saves, whatever had been
typed into them would be gone without a word, and a save could not tell what its writer had seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

from qualcode.domain.decisions import Decision
from qualcode.ui import state

Row = TypeVar("Row", bound=Any)
KEPT = "begun:"


def from_what(name: str, now: Row) -> Row:
    """The row as it was when this window began; says so when it reads otherwise by now."""
    _ = state.translator()
    kept = state.chosen(KEPT + name)
    if kept is None or kept.id != now.id:
        state.choose(KEPT + name, now)
        return now
    begun: Row = kept
    if begun != now:
        with st.container(horizontal=True, vertical_alignment="center", key=f"begun-{name}"):
            st.caption(_("This was changed after you opened it."), width="content")
            st.button(
                _("Show it as it is now"),
                key=f"begun-{name}-anew",
                type="tertiary",
                on_click=anew,
                args=(name,),
            )
    return begun


def anew(name: str) -> None:
    """The fields are made of what is stored the next time."""
    state.choose(KEPT + name, None)


def turned(decisions: Sequence[Decision]) -> None:
    """This window took the acts back or did them again: fields of their rows follow."""
    ids = {change.id for decision in decisions for change in decision.changes}
    for name, row in state.choices(KEPT):
        if row is not None and row.id in ids:
            anew(name.removeprefix(KEPT))
