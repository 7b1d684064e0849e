"""Versions of a form, what changed between them, and the form's own settings."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qualcode.domain.instruments import Instrument, Stage
from qualcode.ui import begun, state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import form_words, instruments
from qualcode.workbench.bench import Workbench


def settings(bench: Workbench, form: Instrument, place: str) -> None:
    """Name, stage, letter and feedback in a small window."""
    _ = state.translator()
    with st.popover(_("Form's settings"), icon=":material/settings:"):
        seen = begun.from_what("form", form)
        with st.form(f"form-settings-{hash(seen)}", border=False):
            name = st.text_input(_("Name of the form"), value=seen.name)
            one, two = st.columns(2)
            group = one.text_input(_("Actor group"), value=seen.actor_group)
            stages = list(Stage)
            stage = two.selectbox(
                _("Stage"),
                stages,
                index=stages.index(seen.stage),
                format_func=lambda stage: form_words.stage(stage, _),
            )
            stated = st.number_input(
                _("Questions the letter promises"),
                min_value=1,
                value=seen.stated,
                step=1,
                help=_("Checked against the numbered questions of the form."),
            )
            letter = st.text_area(_("Cover letter"), value=seen.cover_letter, height=110)
            feedback = st.text_area(
                _("What testers said of this version"), value=seen.feedback, height=80
            )
            note = st.text_area(_("Note"), value=seen.note, height=70)
            if st.form_submit_button(_("Save"), type="primary"):
                new = replace(
                    seen,
                    name=name,
                    actor_group=group,
                    stage=stage,
                    stated=None if stated is None else int(stated),
                    cover_letter=letter,
                    feedback=feedback,
                    note=note,
                )
                if undo_line.attempt(
                    place, lambda: instruments.edit(bench, new, seen), _("Form saved.")
                ):
                    begun.anew("form")
                st.rerun()
        if st.button(_("Remove this version"), icon=":material/delete:", key="form-remove"):
            if undo_line.attempt(
                place,
                lambda: instruments.remove(bench, form.id),
                _("Form removed: {name}").format(name=form.name),
            ):
                state.choose("form", None)
            st.rerun()


def show(bench: Workbench, form: Instrument, place: str) -> None:
    _ = state.translator()
    versions = [c.form for c in instruments.cards(bench) if c.form.family == form.family]
    left, right = st.columns([7, 12], gap="large")
    with left:
        st.subheader(_("Versions"))
        for one in versions:
            _version(one, one.id == form.id)
        _begin(bench, form, place)
    with right:
        st.subheader(_("What changed"))
        if len(versions) < 2:
            st.caption(
                _(
                    "There is one version. Begin a new one when the form is tested or changed: "
                    "the old one stays as it is, and the changes are listed here."
                )
            )
            return
        _changes(bench, versions)


def _version(form: Instrument, here: bool) -> None:
    _ = state.translator()
    with st.container(border=True, key=f"form-version-{form.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(form_words.version(form, _))}**")
            st.space("stretch")
            st.button(
                _("Open here") if not here else _("Open now"),
                key=f"form-version-open-{form.id}",
                disabled=here,
                type="tertiary",
                on_click=lambda: state.choose("form", form.id),
            )
        if form.feedback:
            st.caption(_("Testers: {text}").format(text=plain(form.feedback)))


def _begin(bench: Workbench, form: Instrument, place: str) -> None:
    _ = state.translator()
    with st.form("form-version-new", border=False):
        stages = list(Stage)
        at = min(stages.index(form.stage) + 1, len(stages) - 1)
        stage = st.selectbox(
            _("New version from the one that is open"),
            stages,
            index=at,
            format_func=lambda stage: form_words.stage(stage, _),
        )
        if st.form_submit_button(_("Begin the version"), icon=":material/content_copy:"):
            made: list[Instrument] = []
            if undo_line.attempt(
                place,
                lambda: made.append(instruments.new_version(bench, form.id, stage)),
                _("New version begun."),
            ):
                state.choose("form", made[0].id)
            st.rerun()


def _changes(bench: Workbench, versions: list[Instrument]) -> None:
    _ = state.translator()
    names = {form.id: form_words.version(form, _) for form in versions}
    ids = list(names)
    one, two = st.columns(2)
    older = one.selectbox(
        _("From"), ids, index=1, format_func=names.__getitem__, key=f"form-older-{len(ids)}"
    )
    newer = two.selectbox(
        _("To"), ids, index=0, format_func=names.__getitem__, key=f"form-newer-{len(ids)}"
    )
    found = instruments.changes_between(bench, older, newer)
    if not found:
        st.caption(_("The versions have the same questions."))
    for change in found:
        st.markdown(plain(form_words.change(change, _)))
        for before, after in form_words.differences(change, _):
            st.caption(f"{plain(before)} → {plain(after)}")
