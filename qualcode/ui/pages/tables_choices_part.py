"""How the study's tables are made: themes told as one, and the guard of small numbers."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, undo_line
from qualcode.ui.pages.tables_themes import sources
from qualcode.ui.words import plain
from qualcode.workbench import table_choices
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_words import TableWords


def show(bench: Workbench, words: TableWords, place: str) -> None:
    """A button that opens the choices."""
    _ = state.translator()
    with st.popover(_("How tables are made"), icon=":material/tune:"):
        _themes(bench, words, place)
        st.divider()
        _guard(bench, words, place)


def _themes(bench: Workbench, words: TableWords, place: str) -> None:
    _ = state.translator()
    title = _("Themes told as one")
    st.markdown(f"**{title}**")
    st.caption(_("The coding keeps them apart. The tables say below them what was joined."))
    names = {
        theme: name
        for source in sources(bench, words)
        for theme, name in words.theme_names(source).items()
    }
    merged = table_choices.merged(words.study)
    for name in dict.fromkeys(merged.values()):
        parts = [names.get(theme, theme) for theme, told in merged.items() if told == name]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(name)}: {plain(', '.join(parts))}", width="stretch")
            st.button(
                _("Tell apart"),
                key=f"tables-part-{name}",
                on_click=_parted,
                args=(place, name),
            )
    free = [theme for theme in names if theme not in merged]
    if len(free) < 2:
        return
    chosen = st.multiselect(
        _("Themes"),
        free,
        format_func=lambda theme: names.get(theme, theme),
        placeholder=_("Choose themes"),
        key=f"tables-merge-{hash(tuple(free))}",
    )
    name = st.text_input(_("Told as"), key=f"tables-merge-name-{hash(tuple(free))}", max_chars=200)
    st.button(
        _("Tell as one"),
        key="tables-merge",
        disabled=len(chosen) < 2 or not name.strip(),
        on_click=_merged,
        args=(place, tuple(chosen), name),
    )


def _merged(place: str, themes: tuple[str, ...], name: str) -> None:
    _ = state.translator()
    said = _("Told as one: {name}.").format(name=name)
    undo_line.attempt(place, lambda: table_choices.merge(state.bench(), themes, name), said)


def _parted(place: str, name: str) -> None:
    _ = state.translator()
    said = _("Told apart again: {name}.").format(name=name)
    undo_line.attempt(place, lambda: table_choices.part(state.bench(), name), said)


def _guard(bench: Workbench, words: TableWords, place: str) -> None:
    _ = state.translator()
    now = table_choices.least(words.study)
    values = sorted({table_choices.OFF, 3, 5, 10, now})
    names = {
        n: _("no guard") if n == table_choices.OFF else _("fewer than {n}").format(n=n)
        for n in values
    }
    key = f"tables-guard-{now}"

    def changed() -> None:
        n = int(st.session_state[key])
        undo_line.attempt(
            place, lambda: table_choices.set_least(state.bench(), n), _("The guard was changed.")
        )

    st.selectbox(
        _("People that do not show in tables of background variables"),
        values,
        index=values.index(now),
        format_func=names.__getitem__,
        help=_(
            "A count of so few people is left out, and so are the numbers that would tell it. "
            "Files for Word and Excel are guarded in the same way."
        ),
        key=key,
        on_change=changed,
    )
    if now == table_choices.OFF:
        st.caption(_("Small numbers are shown: somebody may be recognised."))
