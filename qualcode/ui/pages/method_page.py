"""The method chapter as a draft from the decision log, each sentence with its source."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.ui.file_types import WORD
from qualcode.ui.pages import log_filters
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.log_numbers import numbers_in_words
from qualcode.workbench.method_chapter import drafting
from qualcode.workbench.method_chapter.told import Part


def show(bench: Workbench) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="bottom", key="method-head"):
        st.title(_("Method chapter"), width="stretch", anchor=False)
        names = {"fi": "Suomi", "en": "English"}
        language = str(
            st.segmented_control(
                _("Language of the draft"),
                list(names),
                format_func=names.__getitem__,
                default=state.language(),
                required=True,
                key=f"method-language-{state.language()}",
                label_visibility="collapsed",
            )
        )
        name = _("method chapter")
        st.download_button(
            _("Download Word"),
            data=lambda: drafting.as_word(bench, language),
            file_name=f"{name}-{bench.clock()[:10]}.docx",
            mime=WORD,
            icon=":material/description:",
            type="primary",
            on_click="ignore",
        )
    st.caption(
        _(
            "A draft made from the decision log. Go through it, add why you decided so, and leave "
            "out what the reader does not need."
        )
    )
    with bench.store.reading() as rows:
        revision = rows.revision()
    with st.spinner(_("Reading the log…")):
        parts = _drafted(bench.store.address, revision, language, _bench=bench)
    with_sources = st.toggle(
        _("Show the source of each sentence"), key=state.filter_key("method", "sources")
    )
    with st.container(width=860, gap="small"):
        for part in parts:
            _part(part, language, with_sources)
    state.page_link("loki", _("Open the log"), ":material/history:")


@st.cache_resource(show_spinner=False, max_entries=6, ttl=3600)
def _drafted(address: str, revision: int, language: str, _bench: Workbench) -> list[Part]:
    return drafting.drafted(_bench, language)


def _part(part: Part, language: str, with_sources: bool) -> None:
    _ = state.translator()
    st.subheader(plain(part.heading), anchor=False)
    if not with_sources:
        st.markdown(plain(" ".join(told.text for told in part.told)))
        return
    for number, told in enumerate(part.told):
        st.markdown(plain(told.text))
        if not told.sources:
            st.caption(_("From the study as it is now"))
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            listed = drafting.sources(told.sources, language)
            st.caption(_("In the log: decisions {numbers}").format(numbers=listed), width="content")
            if st.button(
                _("Show in the log"),
                key=f"method-log-{part.heading}-{number}",
                type="tertiary",
                icon=":material/history:",
            ):
                log_filters.only_numbered(numbers_in_words(told.sources))
                state.go_to("loki")
