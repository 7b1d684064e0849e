"""Starting a self-assessment discussion: whose map, who, with whom, and about which roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from qualcode.domain.discussions import Company, Discussion, Purpose
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.ui import state, undo_line
from qualcode.ui.pages.discussion_shared import PART, PLACE, open_discussion
from qualcode.workbench import discussing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_words import COMPANIES, PURPOSES


def show(bench: Workbench, maps: Sequence[RoleMap], found: Sequence[Discussion]) -> None:
    _ = state.translator()
    titles = {role_map.id: role_map.title for role_map in maps}
    # Wide and low: the button is in sight on a small laptop.
    with st.container(width=640):
        _form(bench, titles, found)


def _form(bench: Workbench, titles: Mapping[str, str], found: Sequence[Discussion]) -> None:
    _ = state.translator()
    map_id = st.selectbox(
        _("Role map"), list(titles), format_func=titles.__getitem__, key="discussion-new-map"
    )
    with bench.store.reading() as rows:
        roles = sorted(
            rows.find(Role, map_id=map_id), key=lambda r: (not r.central, r.position, r.name)
        )
    if not roles:
        st.caption(_("The map has no roles yet, so there is nothing to discuss."))
        return
    names = {role.id: role.name for role in roles}
    known = sorted({one.person for one in found}, key=str.casefold)
    with st.form(f"discussion-new-{map_id}", border=False):
        with st.container(horizontal=True):
            person = st.text_input(
                _("Who (a pseudonym)"),
                placeholder=", ".join(known[:4]) or _("for example A1"),
                help=_("Never a real name. The same pseudonym joins a person's discussions."),
            )
            day = st.date_input(_("Day"), value="today", format="DD.MM.YYYY")
        with st.container(horizontal=True):
            company = st.segmented_control(
                _("With whom"),
                list(Company),
                format_func=lambda one: _(COMPANIES[one]),
                default=Company.ALONE,
                required=True,
            )
            companion = st.text_input(_("Companion (a pseudonym)"))
        with st.container(horizontal=True):
            place = st.text_input(_("Place"))
            purpose = st.selectbox(
                _("What for"), list(Purpose), format_func=lambda one: _(PURPOSES[one])
            )
        chosen = st.multiselect(
            _("Roles, in the order you want"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("All roles"),
        )
        pressed = st.form_submit_button(_("Start the discussion"), type="primary")
    if pressed:
        made: list[Discussion] = []
        if undo_line.attempt(
            PLACE,
            lambda: made.append(
                discussing.start(
                    bench,
                    map_id,
                    person,
                    day.isoformat() if isinstance(day, date) else "",
                    Company(str(company)),
                    companion,
                    Purpose(str(purpose)),
                    place,
                    chosen,
                )
            ),
            _("Discussion started."),
        ):
            open_discussion(made[0])
            # The profile of what has only begun is empty, whatever was looked at before.
            st.session_state[PART] = "talk"
        st.rerun()
