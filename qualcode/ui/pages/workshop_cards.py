"""The study's workshops as cards, starting one, and the details of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.domain.documents import Source
from qualcode.domain.errors import QualcodeError
from qualcode.domain.workshop_days import Workshop
from qualcode.readers.workshop_script import read_scripts
from qualcode.ui import begun, state, undo_line
from qualcode.ui.pages import import_parts, workshop_intake
from qualcode.ui.uploader import uploader
from qualcode.ui.words import plain
from qualcode.workbench import wall, workshop_script, workshops
from qualcode.workbench.bench import Workbench


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(_("Workshops"), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, place)
        with st.popover(_("Bring in notes"), icon=":material/upload_file:", type="primary"):
            workshop_intake.bring_in()
        with st.popover(_("Plan a workshop"), icon=":material/add:"):
            _start(bench, place)
    with bench.store.reading() as rows:
        found = workshops.workshops(rows)
        loose = workshops.loose_sources(rows)
        counts = {w.id: len(wall.hanging(rows, w.id)) for w in found}
        steps = {w.id: len(workshop_script.steps_of(rows, w.id)) for w in found}
    if not found:
        st.info(
            _(
                "A workshop has a script, notes and a wall. Bring in the notes of an evening and "
                "show the group what it said, or plan the next workshop: its schedule, tables and "
                "questions."
            ),
            icon=":material/groups:",
        )
    for workshop in found:
        _card(workshop, counts[workshop.id], steps[workshop.id])
    if loose:
        _loose(bench, loose, found, place)


def _card(workshop: Workshop, notes: int, steps: int) -> None:
    _, ngettext = state.translator(), state.plural()
    told = [
        workshop.held_on,
        workshop.place,
        workshop.actor_group,
        ngettext("{n} note on the wall", "{n} notes on the wall", notes).format(n=notes),
    ]
    if steps:
        told.append(
            ngettext("{n} step in the script", "{n} steps in the script", steps).format(n=steps)
        )
    with (
        st.container(border=True, key=f"workshop-{workshop.id}", gap="small"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        with st.container(gap="xsmall"):
            st.markdown(f"**{plain(workshop.name)}**")
            st.caption(plain(" · ".join(part for part in told if part)))
        st.button(
            _("Open"),
            key=f"workshop-open-{workshop.id}",
            icon=":material/dashboard:",
            on_click=lambda: state.choose("workshops:open", workshop.id),
        )


def _loose(bench: Workbench, loose: list[Source], found: list[Workshop], place: str) -> None:
    """Files of notes brought in before anybody said which workshop they are from."""
    _ = state.translator()
    st.subheader(_("Notes of no workshop"))
    names = {workshop.id: workshop.name for workshop in found}
    for source in loose:
        with st.container(horizontal=True, vertical_alignment="center", key=f"loose-{source.id}"):
            st.markdown(plain(source.name), width="stretch")
            for workshop_id, name in names.items():
                if st.button(
                    _("They are from “{name}”").format(name=plain(name)),
                    key=f"loose-{source.id}-{workshop_id}",
                ):
                    act = partial(workshops.set_workshop, bench, source.id, workshop_id)
                    undo_line.attempt(place, act)
                    st.rerun()
            if st.button(_("A workshop of their own"), key=f"loose-{source.id}-new"):
                undo_line.attempt(place, partial(_own, bench, source))
                st.rerun()


def _own(bench: Workbench, source: Source) -> None:
    new = workshops.add(bench, workshops.Details(Path(source.name).stem))
    workshops.set_workshop(bench, source.id, new.id)


# --- starting one ------------------------------------------------------------------------------


def _start(bench: Workbench, place: str) -> None:
    _ = state.translator()
    with st.form("workshop-start", border=False):
        name = st.text_input(_("Name of the workshop"))
        if st.form_submit_button(_("Start"), type="primary"):
            _started(place, lambda: workshops.add(bench, workshops.Details(name)))
    with st.form("workshop-script", border=False, clear_on_submit=True):
        file = uploader(
            _("Or bring in a script (JSON)"),
            ["json"],
            "workshop-script-file",
            help=_(
                "A list called “steps”, each with a name; times, minutes, questions and tables if "
                "there are any."
            ),
        )
        if st.form_submit_button(_("Bring in the script")) and file is not None:
            try:
                scripts = read_scripts(file.getvalue(), file.name)
            except QualcodeError as error:
                st.error(state.message(error), icon=":material/error:")
                return
            for script in scripts:
                _started(place, partial(workshop_script.take, bench, script), last=False)
            st.rerun()


def _started(place: str, act: Callable[[], Workshop], last: bool = True) -> None:
    """The new workshop is open; the page is drawn again after the last one."""
    found: list[Workshop] = []

    if undo_line.attempt(place, lambda: found.append(act())):
        state.choose("workshops:open", found[0].id)
        if last:
            st.rerun()


# --- details -----------------------------------------------------------------------------------


def settings(bench: Workbench, workshop: Workshop, place: str) -> None:
    """Name, time, place, group, theme and targets of observation; and the workshop's end."""
    _ = state.translator()
    with st.popover(_("Details"), icon=":material/edit:"):
        was = begun.from_what(f"workshop-{workshop.id}", workshop)
        key = f"workshop-{workshop.id}-{hash(was)}"
        name = st.text_input(_("Name of the workshop"), value=was.name, key=f"{key}-name")
        held_on = st.text_input(_("When"), value=was.held_on, key=f"{key}-when")
        where = st.text_input(_("Where"), value=was.place, key=f"{key}-where")
        group = import_parts.actor_group(
            bench, f"{key}-group", _("Actor group of the participants"), was.actor_group, None
        )
        theme = st.text_input(_("Theme of the day"), value=was.theme, key=f"{key}-theme")
        watched = st.text_area(
            _("Targets of the observation, one a line"),
            value="\n".join(was.watched),
            height="content",
            key=f"{key}-watched",
        )
        if st.button(_("Save"), type="primary", key=f"{key}-save"):
            targets = tuple(watched.splitlines())
            details = workshops.Details(name, held_on, where, group, theme, targets)
            if undo_line.attempt(place, lambda: workshops.edit(bench, workshop.id, details)):
                begun.anew(f"workshop-{workshop.id}")
            st.rerun()
        if st.button(_("Remove the workshop"), type="tertiary", key=f"{key}-remove"):
            said = _("The workshop was removed.")
            if undo_line.attempt(place, lambda: workshops.remove(bench, workshop.id), said):
                state.choose("workshops:open", None)
            st.rerun()
