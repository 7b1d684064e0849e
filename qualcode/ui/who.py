"""Who works in this window, and how: the name in the log, and whether they only review."""

from __future__ import annotations

import streamlit as st

from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.components.who_keeper import who_keeper
from qualcode.ui.words import plain

ANALYSING, REVIEWING = "analysing", "reviewing"
WAYS = {ANALYSING: N_("I analyse"), REVIEWING: N_("I review")}
LONGEST_NAME = 60


def fields(key: str) -> tuple[str, bool]:
    """The name and the way of working as fields; what stands in them now."""
    _ = state.translator()
    name = st.text_input(
        _("Your name as coder"),
        value=state.coder(),
        max_chars=LONGEST_NAME,
        key=f"{key}-name-{state.coder()}",
        help=_("Stands in the log and on your codings, and keeps coders apart."),
    )
    way = st.segmented_control(
        _("How do you work?"),
        list(WAYS),
        format_func=lambda one: _(WAYS[one]),
        default=REVIEWING if state.reviewing() else ANALYSING,
        key=f"{key}-way-{state.reviewing()}",
        required=True,
        help=_(
            "Whoever reviews reads, comments, approves and proposes; the analysis cannot be "
            "changed by mistake."
        ),
    )
    return name.strip(), way == REVIEWING


def chooser() -> None:
    """A button with the person's name in the header; pressed, name and way can be changed."""
    _ = state.translator()
    role = _("Reviewer: {name}") if state.reviewing() else _("Coder: {name}")
    with (
        st.popover(
            role.format(name=plain(state.coder())),
            icon=":material/rate_review:" if state.reviewing() else ":material/person:",
            key="who",
            type="tertiary",
            on_change="rerun",
        ) as box,
        st.container(width=340),
    ):
        if box.open:
            name, reviewing = fields("who")
            if (name or state.coder(), reviewing) != (state.coder(), state.reviewing()):
                state.sit_down(name or state.coder(), reviewing)
                st.rerun()


def keep() -> None:
    """What was chosen is remembered by the browser; nothing is kept of who chose nothing."""
    if state.sat_down():
        with st.container(key="who-kept"):
            who_keeper(state.coder(), state.reviewing())
