"""Forms: what was asked, question by question, with versions and the material gathered by them."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.instruments import Instrument
from qualcode.ui import state, undo_line
from qualcode.ui.pages import form_intake, form_links_part, form_questions, form_versions
from qualcode.ui.words import plain
from qualcode.workbench import form_words, instruments
from qualcode.workbench.bench import Workbench
from qualcode.workbench.instruments import FormCard

PLACE = "forms"
QUESTIONS, VERSIONS, MATERIAL = "questions", "versions", "material"


def show(bench: Workbench) -> None:
    _ = state.translator()
    opened = instruments.sheet(bench, state.chosen("form") or "")
    if opened is None:
        _list(bench)
        return
    form = opened.form
    with st.container(horizontal=True, vertical_alignment="center", key="form-head"):
        st.button(
            _("All forms"),
            icon=":material/arrow_back:",
            key="form-back",
            on_click=lambda: state.choose("form", None),
        )
        st.markdown(f"**{plain(form.name)}**", width="content")
        st.caption(form_words.version(form, _), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        form_versions.settings(bench, form, PLACE)
        form_intake.downloads(bench, form)
    for warning in opened.warnings_of(None):
        st.warning(form_words.told(warning, _), icon=":material/rule:")
    names = {
        QUESTIONS: _("Questions ({count})").format(count=len(opened.items)),
        VERSIONS: _("Versions and changes"),
        MATERIAL: _("Answers gathered with it"),
    }
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default=QUESTIONS,
        required=True,
        key=state.filter_key("forms", "part"),
        label_visibility="collapsed",
    )
    if part == VERSIONS:
        form_versions.show(bench, form, PLACE)
    elif part == MATERIAL:
        form_links_part.show(bench, form, PLACE)
    else:
        form_questions.show(bench, opened, PLACE)


def _list(bench: Workbench) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(_("Forms"), width="content")
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
        with st.popover(_("Bring in a form"), icon=":material/upload_file:"):
            form_intake.show(bench, PLACE)
        with st.popover(_("Start a form"), icon=":material/add:"):
            form_intake.start(bench, PLACE)
    form_intake.remarks()
    cards = instruments.cards(bench)
    if not cards:
        st.info(
            _(
                "A form tells what was asked: questions in their order, with sections, themes and "
                "options. Bring one in from Excel, YAML or JSON, or start one and write it here. "
                "Answers bound to a form get their section and scale from it."
            ),
            icon=":material/list_alt:",
        )
    for card in cards:
        _card(card)


def _card(card: FormCard) -> None:
    _ = state.translator()
    form = card.form
    with (
        st.container(border=True, key=f"form-{form.id}", gap="small"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        with st.container(gap="xsmall"):
            st.markdown(f"**{plain(form.name)}**  :gray[{plain(form_words.version(form, _))}]")
            st.caption(plain(_card_told(card)))
        st.button(
            _("Open"),
            key=f"form-open-{form.id}",
            icon=":material/edit_note:",
            on_click=_open,
            args=(form,),
        )


def _card_told(card: FormCard) -> str:
    _, ngettext = state.translator(), state.plural()
    parts = [
        card.form.actor_group,
        ngettext("{n} question", "{n} questions", card.questions).format(n=card.questions),
    ]
    if card.warnings:
        parts.append(ngettext("{n} remark", "{n} remarks", card.warnings).format(n=card.warnings))
    return " · ".join(part for part in parts if part)


def _open(form: Instrument) -> None:
    state.choose("form", form.id)
    state.choose("form-item", None)
