"""The study at a glance: how far it is, what to do next, and its settings."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.approaches import Approach
from qualcode.domain.categories import DEFAULT_LEVEL_NAMES, Level, LevelNames
from qualcode.domain.errors import QualcodeError
from qualcode.store.views import StudyProgress
from qualcode.ui import state, who
from qualcode.ui.labels import approach_label
from qualcode.ui.pages import engine_settings
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench


def show(bench: Workbench) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        progress = rows.progress()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.title(_("Where the study is"))
        _steps(progress)
    with right:
        st.title(_("Settings"))
        if not bench.reviewing:
            _settings(bench)
            engine_settings.show(bench)
        _session(bench)


def _steps(p: StudyProgress) -> None:
    """One row a step of the method: what is done, and the way there."""
    _ = state.translator()
    answers = p.documents - p.set_aside
    steps = [
        (
            "aineisto",
            _("Material"),
            _("{sources} files, {documents} texts, {people} respondents; {aside} set aside").format(
                sources=p.sources, documents=p.documents, people=p.respondents, aside=p.set_aside
            ),
            None if p.documents else 0.0,
        ),
        (
            "koodikirjat",
            _("Codebooks"),
            _("{books} in use, {codes} codes").format(books=p.codebooks, codes=p.codes),
            None,
        ),
        (
            "koodaus",
            _("Read and code"),
            _("{done} of {all} texts coded, {codings} codings").format(
                done=p.coded_documents, all=answers, codings=p.codings
            ),
            p.coded_documents / answers if answers else 0.0,
        ),
        (
            "pelkistykset",
            _("Reductions"),
            _("{done} of {all} texts reduced, {reductions} reductions").format(
                done=p.reduced_documents, all=answers, reductions=p.reductions
            ),
            p.reduced_documents / answers if answers else 0.0,
        ),
        (
            "luokat",
            _("Categories"),
            _("{placed} of {all} reductions have a place, {categories} categories").format(
                placed=p.placed, all=p.reductions, categories=p.categories
            ),
            p.placed / p.reductions if p.reductions else 0.0,
        ),
        (
            "roolikartat",
            _("Role maps"),
            _("{maps} maps, {roles} roles").format(maps=p.role_maps, roles=p.roles),
            None,
        ),
    ]
    page, next_step = _next_step(p)
    if state.reviewing():
        page, next_step = "tarkastelu", _("Next: read the category tree through and review it.")
    with st.container(border=True, key="next-step"):
        state.page_link(page, next_step, ":material/arrow_forward:")
    for address, title, text, share in steps:
        with st.container(border=True, key=f"step-{address}"):
            name, told = st.columns([1, 3], vertical_alignment="center")
            with name:
                if state.reviewing():
                    st.markdown(title)
                else:
                    state.page_link(address, title)
            with told:
                if share is None:
                    st.write(text)
                else:
                    st.progress(share, text=text)


def _next_step(p: StudyProgress) -> tuple[str, str]:
    """The page where the work goes on, and what to do there."""
    _ = state.translator()
    answers = p.documents - p.set_aside
    if not p.documents:
        return "aineisto", _(
            "Next: bring in your material on the Material page (Excel, CSV, Word or text)."
        )
    if not p.codes and not p.codings:
        return "koodikirjat", _(
            "Next: choose a codebook on the Codebooks page, or start reading and make codes as "
            "you go."
        )
    if p.coded_documents < answers and p.reduced_documents < answers / 2:
        return "koodaus", _("Next: read and code. {left} texts are still uncoded.").format(
            left=answers - p.coded_documents
        )
    if p.placed < p.reductions:
        return "luokat", _("Next: group the reductions. {left} have no place yet.").format(
            left=p.reductions - p.placed
        )
    if p.reduced_documents < answers / 2:
        return "koodaus", _("Next: write reductions (Enter). {left} texts have none yet.").format(
            left=answers - p.reduced_documents
        )
    if not p.role_maps:
        return "roolikartat", _("Next: draw a role map of the categories, or print the report.")
    return "raportti", _(
        "Next: read the report through and follow its numbers back to the answers."
    )


def _settings(bench: Workbench) -> None:
    _ = state.translator()
    study = bench.study()
    with st.form("study-settings", border=True):
        name = st.text_input(_("Name of the study"), value=study.name)
        task = st.text_area(
            _("Research task"),
            value=study.task,
            height=80,
            placeholder=_("What do you ask of the material?"),
        )
        approach = st.selectbox(
            _("Approach"),
            list(Approach),
            index=list(Approach).index(study.approach),
            format_func=lambda a: approach_label(a, _),
        )
        strict = st.checkbox(
            _("Strict frame: no codes outside the codebooks (theory-driven only)"),
            value=study.strict_frame,
        )
        with st.expander(_("Names of the levels")):
            names = _level_names(study.level_names, bench.language)
        if st.form_submit_button(_("Save settings")):
            try:
                studies.edit(
                    bench,
                    name=name,
                    task=task,
                    approach=approach,
                    strict_frame=strict,
                    level_names=names,
                )
            except QualcodeError as error:
                st.error(state.message(error), icon=":material/error:")
                return
            state.notify(_("Settings saved."))
            st.rerun()


def _level_names(names: LevelNames, language: str) -> LevelNames:
    """Fields for the study's own level names; an empty one falls back on the default."""
    mine = {}
    for level in reversed(Level):
        key = level.name.lower()
        default = DEFAULT_LEVEL_NAMES[language][key]
        mine[key] = st.text_input(default, value=names.get(language, {}).get(key, default))
    return {**names, language: {k: v.strip() for k, v in mine.items() if v.strip()}}


def _session(bench: Workbench) -> None:
    _ = state.translator()
    with st.container(border=True):
        name, reviewing = who.fields("study")
        if (name or state.coder(), reviewing) != (state.coder(), state.reviewing()):
            state.sit_down(name or state.coder(), reviewing)
            st.rerun()
        st.caption(_("The study is kept in {address}").format(address=bench.store.address))
        if st.button(_("Close the study"), icon=":material/logout:"):
            state.open_study(None)
            st.rerun()
