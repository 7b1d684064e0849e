"""What a date field says to a screen reader, in the session's language."""

from __future__ import annotations

from qualcode.ui import state
from qualcode.ui.components import component

ENGLISH = (
    "day",
    "month",
    "year",
    "Empty",
    "Choose date",
    "Previous month",
    "Next month",
    "Selected Date: ",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.",
)
"""Streamlit's own words, which cannot be set."""


def date_words() -> None:
    """Mount it once on a page that has date fields: see ``assets/date_words.js``.

    The calendar's own days and months are in the browser's language already.
    """
    _ = state.translator()
    own = (
        _("day"),
        _("month"),
        _("year"),
        _("empty"),
        _("Choose a date"),
        _("Previous month"),
        _("Next month"),
        _("Chosen day:") + " ",
        _("Arrow keys move from day to day, Enter chooses, Escape closes."),
    )
    words = dict(zip(ENGLISH, own, strict=True))
    component("date_words", html='<span class="qc-date-words"></span>')(
        key="date_words", data={"words": words, "language": state.language()}
    )
