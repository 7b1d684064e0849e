"""Self-assessment: a person goes through the roles of a map, alone or with somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from qualcode.domain.discussions import Discussion, agreed
from qualcode.domain.role_maps import RoleMap
from qualcode.ui import state, undo_line
from qualcode.ui.components.date_words import date_words
from qualcode.ui.pages import (
    discussion_details_part,
    discussion_privacy_part,
    discussion_profile_part,
    discussion_roles_part,
    discussion_start_part,
)
from qualcode.ui.pages.discussion_shared import (
    PART,
    PLACE,
    WHOSE,
    chosen_discussion,
    day_words,
    open_discussion,
)
from qualcode.ui.words import plain
from qualcode.workbench import discussing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_words import COMPANIES

SOON = timedelta(days=14)
SHOWN = 30


def show(bench: Workbench) -> None:
    _ = state.translator()
    if bench.reviewing:
        st.title(_("Self-assessment"))
        st.info(
            _("Discussions are confidential: whoever only reviews the analysis does not see them."),
            icon=":material/lock:",
        )
        return
    with bench.store.reading() as rows:
        maps = sorted(rows.find(RoleMap), key=lambda m: (m.position, m.title, m.id))
    found = discussing.discussions(bench)
    date_words()
    with st.container(horizontal=True, vertical_alignment="center", key="self-assessment-head"):
        st.title(_("Self-assessment"), width="content")
        if maps and found:
            # A key of its own after each start: the form closes and does not cover what began.
            with st.popover(
                _("Start a discussion"), icon=":material/add:", key=f"discussion-new-{len(found)}"
            ):
                discussion_start_part.show(bench, maps, found)
        discussion_privacy_part.show(bench)
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
    discussion_privacy_part.still_in_file(bench)
    if not found:
        _begin(bench, maps)
        return
    _reminders(found)
    left, right = st.columns([1, 3], gap="large")
    with left:
        mine = _of_one(found)
        chosen = chosen_discussion(mine)
        _list(mine, chosen)
    with right:
        _discussion(bench, found, chosen)


def _begin(bench: Workbench, maps: Sequence[RoleMap]) -> None:
    _ = state.translator()
    st.info(
        _(
            "In a self-assessment discussion a person looks at their own roles on a role map: "
            "which of them are there, which are only coming, and what is done next. One or two "
            "roles are enough, in the order the person wants. The result is a profile, not a grade."
        ),
        icon=":material/diversity_1:",
    )
    if not maps:
        st.caption(_("A discussion needs a role map. Start one first."))
        state.page_link("roolikartat", _("Go to Role maps"), ":material/hub:")
        return
    with st.container(width=620):
        discussion_start_part.show(bench, maps, ())


def _reminders(found: Sequence[Discussion]) -> None:
    """Dates agreed: those that have come or are near."""
    _ = state.translator()
    today = date.today()
    near = [one for one in agreed(list(found)) if date.fromisoformat(one.next_day) <= today + SOON]
    for one in near:
        day = date.fromisoformat(one.next_day)
        when = (
            _("today")
            if day == today
            else _("the agreed day has passed")
            if day < today
            else _("soon")
        )
        said = _("Next discussion of {person}: {day} ({when}). {role_map}").format(
            person=one.person, day=day_words(one.next_day), when=when, role_map=one.map_title
        )
        icon = ":material/event_upcoming:" if day > today else ":material/event_available:"
        with st.container(horizontal=True, vertical_alignment="center", key=f"agreed-{one.id}"):
            st.markdown(f"{icon} {plain(said)}", width="content")
            st.button(
                _("Open the last one"),
                key=f"agreed-open-{one.id}",
                type="tertiary",
                on_click=open_discussion,
                args=(one,),
            )


def _of_one(found: Sequence[Discussion]) -> Sequence[Discussion]:
    """The discussions of the person chosen: nobody else's is shown then, nor stays open."""
    _ = state.translator()
    people = sorted({one.person for one in found}, key=str.casefold)
    if len(people) < 2:
        return found
    if st.session_state.get(WHOSE) not in (None, *people):
        st.session_state[WHOSE] = None
    who = st.selectbox(
        _("Whose"),
        [None, *people],
        format_func=lambda one: one or _("everybody's"),
        key=WHOSE,
    )
    return [one for one in found if who in (None, one.person)]


def _list(mine: Sequence[Discussion], chosen: Discussion) -> None:
    ngettext = state.plural()
    _ = state.translator()
    alike = Counter((one.person, one.day) for one in mine)
    of_one_map = Counter((one.person, one.day, one.map_title) for one in mine)
    with st.container(gap="xsmall", key="discussion-list"):
        for one in mine[:SHOWN]:
            name = f"{plain(one.person)} · {day_words(one.day)}"
            # Two of one day, on the map of the client and of the worker say, are told apart.
            if alike[one.person, one.day] > 1:
                name = f"{name} · {plain(one.map_title)}"
            if of_one_map[one.person, one.day, one.map_title] > 1:
                name = f"{name} · {_(COMPANIES[one.company])}"
            st.button(
                name,
                key=f"discussion-{one.id}",
                help=plain(one.map_title),
                type="primary" if one.id == chosen.id else "secondary",
                on_click=open_discussion,
                args=(one,),
                width="stretch",
            )
    if len(mine) > SHOWN:
        more = ngettext("and {n} more", "and {n} more", len(mine) - SHOWN)
        st.caption(more.format(n=len(mine) - SHOWN))


def _discussion(bench: Workbench, found: Sequence[Discussion], chosen: Discussion) -> None:
    _ = state.translator()
    discussion_details_part.head(bench, found, chosen)
    names = {"talk": _("Discussion"), "profile": _("Profile")}
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default="talk",
        required=True,
        key=PART,
        label_visibility="collapsed",
    )
    if part == "profile":
        discussion_profile_part.show(bench, found, chosen)
    else:
        discussion_roles_part.show(bench, chosen)
        discussion_details_part.closing(bench, chosen)
