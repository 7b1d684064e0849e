"""The row above the board: have groups suggested, about how many, and by which engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from qualcode.analysis.grouping import PER_GROUP, Grouping, Piles, Piling
from qualcode.analysis.regrouping import Regrouping
from qualcode.domain.categories import Category, Level, Placement, level_name
from qualcode.domain.coding import ReducedExpression
from qualcode.texts import N_
from qualcode.ui import state, suggestions_line
from qualcode.ui.engine_note import engine_note
from qualcode.ui.grouping_board import Offer
from qualcode.ui.long_work import with_progress
from qualcode.workbench import categorising, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress
from qualcode.workbench.suggesting import options, phrases
from qualcode.workbench.suggesting.options import Shown

FEWEST = 4
"""Groups are offered of so many reductions at least: fewer are seen at a glance."""

AROUND = "around"
"""Groups joined with the categories there are; the default once there are some."""

PILES = {
    AROUND: N_("Around the categories"),
    Piles.EVEN: N_("Even piles"),
    Piles.PURER: N_("Many small piles"),
}
"""The ways of cutting groups."""

FEWEST_CATEGORIES = 3
"""The same of categories that lie under nothing."""


def show(bench: Workbench) -> None:
    """The button, the number of groups, and what the engine is and costs."""
    _ = state.translator()
    if suggestions_line.off(bench) or suggestions_line.hidden(
        bench,
        _(
            "Groups are not suggested here: suggestions are hidden until you have decided. Each "
            "reduction that you place is compared with what would have been suggested."
        ),
    ):
        # The board draws this part again after every act, also where it shows nothing.
        _higher()
        return
    with bench.store.reading() as rows:
        waiting = rows.count(ReducedExpression) - rows.count(Placement)
        grown = rows.count(Category, level=Level.SUBCATEGORY) > 0
    most = max(3, waiting // 2)
    # With the first category the choice is another one, and begins at what is best then.
    piles_key = state.filter_key("grouping", "piles-around" if grown else "piles")
    ways = list(PILES) if grown else [Piles.EVEN, Piles.PURER]
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
            # Many small piles find their number by themselves.
            disabled=waiting < FEWEST or st.session_state.get(piles_key) == Piles.PURER,
            on_change=_ask_again,
        )
        st.segmented_control(
            _("Groups"),
            ways,
            format_func=lambda piles: _(PILES[piles]),
            default=None if piles_key in st.session_state else ways[0],
            required=True,
            key=piles_key,
            label_visibility="collapsed",
            disabled=waiting < FEWEST,
            help=_(
                "Around the categories: what is like one of them is offered to it, the rest makes "
                "new groups. What you placed, pinned or turned down stays as it is. Even piles "
                "follow the number you choose. Many small piles are purer, and leave out what "
                "resembles nothing."
            )
            if grown
            else _(
                "Even piles follow the number you choose. Many small piles are purer, and leave "
                "out what resembles nothing."
            ),
            on_change=_ask_again,
        )
        _higher()
        engine_note(bench)
    if asked or state.chosen("grouping:again"):
        state.choose("grouping:again", None)
        _suggest(bench, waiting, number, str(st.session_state.get(piles_key) or ways[0]))


def _usual(waiting: int, most: int) -> int:
    return min(most, max(2, round(waiting / PER_GROUP)))


def _ask_again() -> None:
    """Another number re-cuts the groups on the board; with none on it, it waits for the button."""
    offer = state.chosen("grouping:offer")
    if offer is not None and offer.groups and offer.level is Level.SUBCATEGORY:
        state.choose("grouping:again", True)


def _suggest(bench: Workbench, waiting: int, number: int, way: str) -> None:
    _ = state.translator()
    per_group = max(1.0, waiting / number)
    if way == AROUND:
        around = _joined_around(bench)
        if around is None:
            return
        grouping = around.cut(per_group)
    else:
        joined = _joined(bench)
        if joined is None:
            return
        grouping = joined.cut(per_group, Piles(way))
    ids = [id for group in grouping.groups for id in group.member_ids]
    phrases.look_for(bench, grouping.groups, suggesting.wordings_of(bench, ids))
    _offer(grouping, Level.SUBCATEGORY)
    if not grouping.groups:
        st.info(_("No groups stood out among the reductions. Group them by hand on the board."))


def _joined(bench: Workbench) -> Piling | None:
    """What the slider cuts: compared anew only when the study has changed."""
    made: Piling | None = _kept(
        bench,
        "grouping:joined",
        lambda progressed: suggesting.piling(bench, on_progress=progressed),
    )
    return made


def _joined_around(bench: Workbench) -> Regrouping | None:
    """The same around the categories there are."""
    made: Regrouping | None = _kept(
        bench,
        "grouping:around",
        lambda progressed: suggesting.regrouping(bench, on_progress=progressed),
    )
    return made


def _kept(bench: Workbench, name: str, make: Callable[[Progress], Any]) -> Any:
    """What this window made of the study as it is now, or makes with its progress on the page."""
    _ = state.translator()
    with bench.store.reading() as rows:
        of = (bench.store.address, rows.revision(), bench.language)
    kept = state.chosen(name)
    if kept is not None and kept[0] == of:
        return kept[1]
    made = with_progress(_("Comparing the reductions…"), make, key="suggest-groups")
    state.choose(name, (of, made) if made is not None else None)
    return made


def _offer(grouping: Grouping, level: Level) -> None:
    """The board shows these groups from now on, instead of those it showed before."""
    before = state.chosen("grouping:offer") or Offer()
    state.choose(
        "grouping:offer",
        replace(
            before,
            groups=grouping.groups,
            number=before.number + 1,
            level=level,
            left_out=grouping.left_out,
        ),
    )


# --- categories above categories ------------------------------------------------------------


@st.fragment(key="higher")
def _higher() -> None:
    """Groups of the categories that lie under nothing yet, as categories of a level above."""
    _ = state.translator()
    bench = state.bench()
    if options.shown(bench.study()) is not Shown.SHOWN:
        return
    free = Counter(
        category.level
        for category in categorising.tree(bench).categories.values()
        if category.parent_id is None
    )
    below = [level for level in Level if level < max(Level) and free[level] >= FEWEST_CATEGORIES]
    offer = state.chosen("grouping:offer") or Offer()
    # Another key with every offer: what was just suggested closes the list of choices.
    with st.popover(
        _("Suggest higher categories"),
        key=f"suggest-higher-{offer.number}",
        disabled=not below,
        help=_("Forms groups of the categories that lie under nothing. Nothing is accepted yet."),
    ):
        if not below:
            return
        names = bench.study().level_names
        titles = {level: level_name(level, names, bench.language) for level in Level}
        of = st.selectbox(
            _("Categories that lie under nothing"),
            below,
            format_func=lambda level: f"{titles[level]} ({free[level]})",
            key="suggest-higher-of",
        )
        to = st.selectbox(
            _("What they would form"),
            [level for level in Level if level > of],
            format_func=lambda level: titles[level],
            key=f"suggest-higher-to-{of.name}",
        )
        if st.button(_("Suggest"), key="suggest-higher-go", type="primary"):
            _suggest_higher(bench, of, to)


def _suggest_higher(bench: Workbench, of: Level, to: Level) -> None:
    _ = state.translator()
    grouping = with_progress(
        _("Comparing the categories…"),
        lambda progressed: suggesting.suggest_higher_groups(bench, of, on_progress=progressed),
        key="suggest-higher",
    )
    if grouping is None:
        return
    if not grouping.groups:
        st.info(_("No groups stood out among the categories. Group them by hand on the board."))
        return
    _offer(grouping, to)
    st.rerun()
