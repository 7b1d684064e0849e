"""The map's guide and form on paper: what it is for, how it is gone through, and a form to fill."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.exports.role_paper import write
from qualcode.ui import state
from qualcode.ui.pages.discussion_print_part import WORD
from qualcode.ui.pages.role_map_shared import file_name
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.role_guides import READERS, Reader, frame_of, guide_of, reader_of
from qualcode.workbench.role_papers import blank_paper

LANGUAGES = {"fi": "Suomi", "en": "English"}


def show(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> None:
    _ = state.translator()
    if not roles:
        st.info(_("The map has no roles yet. Add the first one in the part “Map”."))
        return
    left, right = st.columns([3, 2], gap="large")
    with right:
        reader = _choices(bench, role_map, roles)
    with left:
        _guide(bench, role_map, reader)


def _choices(bench: Workbench, role_map: RoleMap, roles: Sequence[Role]) -> Reader:
    _ = state.translator()
    st.subheader(_("On paper"))
    st.caption(
        _(
            "A Word file, A4: a person without a computer fills it with a pen. Talks noted on the "
            "Self-assessment page are printed there."
        )
    )
    reader = reader_of(role_map)
    if frame_of(role_map) is None:
        picked = st.segmented_control(
            _("Whose guide"),
            list(Reader),
            default=reader,
            format_func=lambda one: _(READERS[one]),
            required=True,
            key=f"guide-reader-{role_map.id}",
        )
        reader = Reader(str(picked))
    names = {"both": _("guide and form"), "guide": _("guide"), "form": _("form")}
    what = st.segmented_control(
        _("What is printed"),
        list(names),
        default="both",
        format_func=names.__getitem__,
        required=True,
        key=state.filter_key("roles", "paper"),
    )
    language = st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        default=bench.language,
        format_func=LANGUAGES.__getitem__,
        required=True,
        key=state.filter_key("roles", "paper-language"),
    )
    titles = {role.id: role.name for role in roles}
    chosen = st.multiselect(
        _("Roles on the form"),
        list(titles),
        format_func=titles.__getitem__,
        placeholder=_("All roles"),
        key=f"guide-roles-{role_map.id}",
    )
    shown = [role for role in roles if not chosen or role.id in chosen]
    st.download_button(
        _("Download the Word file"),
        data=lambda: write(
            blank_paper(
                bench, role_map, shown, reader, str(language), what != "form", what != "guide"
            )
        ),
        file_name=f"{file_name(role_map.title, 'role-map')}-{language}.docx",
        mime=WORD,
        icon=":material/print:",
        type="primary",
        on_click="ignore",
    )
    return reader


def _guide(bench: Workbench, role_map: RoleMap, reader: Reader) -> None:
    """The same guide to be read on the screen."""
    _ = state.translator()
    guide = guide_of(role_map, reader, bench.language, _)
    for title, texts in (
        (_("What the map is for"), guide.purposes),
        (_("Keep in mind"), guide.principles),
    ):
        st.subheader(title)
        st.markdown("\n".join(f"- {plain(text)}" for text in texts))
    st.subheader(_("How to go through it"))
    st.markdown("\n".join(f"{n}. {plain(text)}" for n, text in enumerate(guide.steps, start=1)))
    if not bench.reviewing:
        state.page_link("itsearviointi", _("Go to Self-assessment"), ":material/diversity_1:")
