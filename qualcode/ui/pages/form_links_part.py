"""The files whose answers were gathered with a form, their questions bound to the form's own."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import Item, Source, question_name
from qualcode.domain.instruments import Instrument
from qualcode.ui import state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import form_links, instruments
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_links import Linked


def show(bench: Workbench, form: Instrument, place: str) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        with_items = {item.source_id for item in rows.find(Item)}
        sources = [s for s in rows.find(Source) if s.id in with_items]
        bound = form_links.bound_sources(rows, form.id)
    if not sources:
        st.info(
            _("There are no answers yet. Bring a survey's answers in on the Material page."),
            icon=":material/info:",
        )
        state.page_link("aineisto", _("Go to Material"), ":material/upload_file:")
        return
    st.caption(
        _(
            "Bind each question of a file to the question of the form it was asked with. Numbers, "
            "sections, themes and options then come from the form, files of one round are counted "
            "together, and an answer that is no option of the form is told and kept as written."
        )
    )
    by_id = {source.id: source for source in sorted(sources, key=lambda s: (s.name, s.id))}

    def named(id: str) -> str:
        mark = " ✓" if id in bound else ""
        return f"{by_id[id].name}{mark}"

    chosen = st.selectbox(
        _("File"),
        list(by_id),
        format_func=named,
        key=state.filter_key("forms", f"file-{form.id}"),
        width=420,
    )
    _pairs(bench, form, by_id[chosen], chosen in bound, place)


def _pairs(bench: Workbench, form: Instrument, source: Source, is_bound: bool, place: str) -> None:
    _ = state.translator()
    offers = form_links.offers(bench, source.id, form.id)
    sheet = instruments.sheet(bench, form.id)
    assert sheet is not None, "the form that is open is in the study"
    titles = {item.id: item.title for item in sheet.items}
    choices: list[str | None] = [None, *titles]

    def title(id: str | None) -> str:
        return titles[id] if id else _("none")

    pairs: dict[str, str | None] = {}
    with st.form(f"form-pairs-{source.id}-{form.id}-{is_bound}", border=True):
        for offer in offers:
            one, two = st.columns([6, 7], vertical_alignment="center")
            one.markdown(plain(question_name(offer.item.number, offer.item.text)))
            at = offer.asked.id if offer.asked else None
            pairs[offer.item.id] = two.selectbox(
                _("Question of the form: {question}").format(question=offer.item.text),
                choices,
                index=choices.index(at),
                format_func=title,
                label_visibility="collapsed",
                key=f"pair-{form.id}-{offer.item.id}-{at}",
            )
        with st.container(horizontal=True):
            save = st.form_submit_button(_("Bind the questions"), type="primary")
            take_off = is_bound and st.form_submit_button(_("Take off the form"))
    if save:
        done: list[Linked] = []
        undo_line.attempt(
            place,
            lambda: done.append(form_links.link(bench, source.id, form.id, pairs)),
            "",
        )
        if done:
            said = _("Questions bound: {bound}. Answers that are no option: {wrong}.")
            state.notify(said.format(bound=done[0].bound, wrong=done[0].not_options))
        st.rerun()
    if take_off:
        undo_line.attempt(
            place, lambda: form_links.unlink(bench, source.id, form.id), _("Taken off the form.")
        )
        st.rerun()
