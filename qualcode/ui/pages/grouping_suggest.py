"""The row above the board: have groups suggested, about how many, and by which engine."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qualcode.analysis.grouping import PER_GROUP, Piles
from qualcode.domain.categories import Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.errors import QualcodeError
from qualcode.nlp.registry import EngineChoice
from qualcode.ui import state
from qualcode.ui.grouping_board import Offer
from qualcode.workbench import suggesting
from qualcode.workbench.bench import Workbench

FEWEST = 4
"""Groups are offered of so many reductions at least: fewer are seen at a glance."""


def show(bench: Workbench) -> None:
    """The button, the number of groups, and what the engine is and costs."""
    _ = state.translator()
    with bench.store.reading() as rows:
        waiting = rows.count(ReducedExpression) - rows.count(Placement)
    most = max(3, waiting // 2)
    number_key = state.filter_key("grouping", "number")
    if number_key in st.session_state:
        st.session_state[number_key] = min(most, max(2, int(st.session_state[number_key])))
    with st.container(horizontal=True, vertical_alignment="center", key="grouping-suggest"):
        asked = st.button(
            _("Suggest groups"),
            icon=":material/lightbulb:",
            key="suggest-groups",
            disabled=waiting < FEWEST,
            help=_("Forms groups of the reductions that have no place. Nothing is accepted yet."),
        )
        number = st.slider(
            _("About how many groups"),
            2,
            most,
            value=None if number_key in st.session_state else _usual(waiting, most),
            key=number_key,
            width=220,
            disabled=waiting < FEWEST,
            on_change=_ask_again,
        )
        _engine_note()
    if asked or state.chosen("grouping:again"):
        state.choose("grouping:again", None)
        _suggest(bench, waiting, number)


def _usual(waiting: int, most: int) -> int:
    return min(most, max(2, round(waiting / PER_GROUP)))


def _ask_again() -> None:
    """Another number re-cuts the groups on the board; with none on it, it waits for the button."""
    offer = state.chosen("grouping:offer")
    if offer is not None and offer.groups:
        state.choose("grouping:again", True)


def _engine_note() -> None:
    _ = state.translator()
    try:
        engine = _engine()
    except QualcodeError as error:
        st.caption(state.message(error))
        return
    heading, label, cost = _("Engine"), _(engine.label), _(engine.cost)
    st.caption(
        f"{heading}: {label}. {cost}",
        width="stretch",
        help="\n\n".join(state.message(problem) for problem in engine.passed_over) or None,
    )


@st.cache_resource(show_spinner=False)
def _engine() -> EngineChoice:
    return suggesting.engine()


def _suggest(bench: Workbench, waiting: int, number: int) -> None:
    _ = state.translator()
    bar = st.progress(0.0, text=_("Comparing the reductions…"))

    def progressed(done: int, all: int) -> None:
        bar.progress(done / max(1, all), text=_("Comparing the reductions…"))

    try:
        grouping = suggesting.suggest_groups(
            bench,
            per_group=max(1.0, waiting / number),
            piles=Piles.EVEN,
            on_progress=progressed,
        )
    except QualcodeError as error:
        bar.empty()
        st.error(state.message(error), icon=":material/error:")
        return
    bar.empty()
    before = state.chosen("grouping:offer") or Offer()
    state.choose(
        "grouping:offer", replace(before, groups=grouping.groups, number=before.number + 1)
    )
    if not grouping.groups:
        st.info(_("No groups stood out among the reductions. Group them by hand on the board."))
