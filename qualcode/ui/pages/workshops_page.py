"""Workshops: the wall the group makes, the notes behind it, the script, themes for the next."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.workshop_days import Workshop
from qualcode.ui import state, undo_line
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.pages import (
    import_wizard,
    material_draft,
    workshop_cards,
    workshop_intake,
    workshop_notes_part,
    workshop_roles_part,
    workshop_script_part,
    workshop_themes_part,
    workshop_wall_part,
)
from qualcode.ui.words import plain
from qualcode.workbench import role_notes, workshops
from qualcode.workbench.bench import Workbench

PLACE = "workshops"
WALL, ROLES, NOTES, SCRIPT, THEMES = "wall", "roles", "notes", "script", "themes"


def show(bench: Workbench) -> None:
    _ = state.translator()
    page_waker()
    draft = material_draft.current()
    if draft is not None and draft.problem is None:
        import_wizard.show()
        return
    workshop_intake.take_what_came()
    with bench.store.reading() as rows:
        opened = rows.get(Workshop, state.chosen("workshops:open") or "")
    if opened is None:
        workshop_cards.show(bench, PLACE)
        return
    _opened(bench, opened)


def _opened(bench: Workbench, workshop: Workshop) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="workshop-head"):
        st.button(
            _("All workshops"),
            icon=":material/arrow_back:",
            key="workshop-back",
            on_click=lambda: state.choose("workshops:open", None),
        )
        st.markdown(f"**{plain(workshop.name)}**", width="content")
        told = " · ".join(part for part in (workshop.held_on, workshop.place) if part)
        st.caption(plain(told), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        workshop_cards.settings(bench, workshop, PLACE)
    with bench.store.reading() as rows:
        has_notes = bool(workshops.sources_of(rows, workshop.id))
        asked = role_notes.board(rows, workshop.id)
    names = {
        WALL: _("Wall"),
        **({ROLES: _("Role-shaping")} if asked else {}),
        NOTES: _("Notes and files"),
        SCRIPT: _("Script of the day"),
        THEMES: _("Themes from the survey"),
    }
    key = state.filter_key("workshops", f"part-{workshop.id}")
    if st.session_state.get(key) not in (None, *names):
        # The role-shaping notes that were looked at have been taken back.
        del st.session_state[key]
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        # An import turns to the wall by itself; a default beside that would be told as a mistake.
        default=None if key in st.session_state else WALL if has_notes else SCRIPT,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    if part == ROLES:
        workshop_roles_part.show(bench, workshop, asked)
    elif part == NOTES:
        workshop_notes_part.show(bench, workshop, PLACE)
    elif part == SCRIPT:
        workshop_script_part.show(bench, workshop, PLACE)
    elif part == THEMES:
        workshop_themes_part.show(bench, workshop, PLACE)
    else:
        workshop_wall_part.show(bench, workshop)
