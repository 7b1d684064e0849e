"""Holding findings against each other: the form, and a card of what has been held."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.second_marks import Alike
from qualcode.store.views import ReductionQuery
from qualcode.ui import state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import likenesses, triangulation
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likenesses import Finding, Told
from qualcode.workbench.table_words import TableWords

REDUCTIONS = 30
SIGNS = {Alike.SAME: "=", Alike.DIFFERS: "≠", Alike.CONTRADICTS: "⚡"}


def card(told: Told, place: str) -> None:
    """What is held of two findings, by whom, and a way to take it back."""
    _ = state.translator()
    row = told.likeness
    with st.container(border=True, gap="xxsmall", key=f"likeness-{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{plain(told.one)} **{SIGNS[row.how]}** {plain(told.other)}", width="stretch"
            )
            if not state.reviewing():
                st.button(
                    _("Take back"),
                    type="tertiary",
                    key=f"likeness-gone-{row.id}",
                    on_click=_taken_back,
                    args=(place, row.id),
                )
        said = (_(triangulation.ALIKE[row.how]), row.note, row.coder)
        st.caption(" · ".join(plain(part) for part in said if part))


def _taken_back(place: str, id: str) -> None:
    _ = state.translator()
    undo_line.attempt(place, lambda: likenesses.unliken(state.bench(), id), _("Taken back."))


def form(
    bench: Workbench, words: TableWords, place: str, key: str, one: Finding | None = None
) -> None:
    """Asks for two findings and what they are to each other; ``one`` may be known already."""
    _ = state.translator()
    if one is None:
        one = _finding(bench, words, _("Finding"), f"{key}-one")
    how = _how(key)
    other = _finding(bench, words, _("Other finding"), f"{key}-other")
    _mark(place, key, how, one, other)


def between(place: str, key: str, one: Finding, other: Finding) -> None:
    """Asks what two known findings are to each other."""
    _mark(place, key, _how(key), one, other)


def _how(key: str) -> Alike:
    _ = state.translator()
    chosen = st.segmented_control(
        _("To each other"),
        list(Alike),
        format_func=lambda alike: _(triangulation.ALIKE[alike]),
        default=Alike.CONTRADICTS,
        required=True,
        key=f"{key}-how",
    )
    return Alike(chosen)


def _mark(place: str, key: str, how: Alike, one: Finding | None, other: Finding | None) -> None:
    _ = state.translator()
    note = st.text_input(
        _("Note"),
        placeholder=_("for example: clients and workers see it otherwise"),
        max_chars=likenesses.LONGEST_NOTE,
        key=f"{key}-note",
    )
    st.button(
        _("Mark it so"),
        key=f"{key}-mark",
        disabled=one is None or other is None or one == other,
        on_click=_marked,
        args=(place, key, how, one, other, note),
    )


def _marked(place: str, key: str, how: Alike, one: Finding, other: Finding, note: str) -> None:
    _ = state.translator()
    said = _("Marked: {how}.").format(how=_(triangulation.ALIKE[how]))
    if undo_line.attempt(
        place, lambda: likenesses.liken(state.bench(), how, one, other, note), said
    ):
        st.session_state[f"{key}-note"] = ""


def _finding(bench: Workbench, words: TableWords, label: str, key: str) -> Finding | None:
    """A category, or a reduction that is looked for by its words."""
    _ = state.translator()
    order = {c.id: (depth, c.name) for depth, c in words.tree.walk()}
    sought = st.text_input(
        label,
        placeholder=_("look for a reduction, or choose a category below"),
        key=f"{key}-sought",
    ).strip()
    options: dict[Finding, str] = {}
    if sought:
        with bench.store.reading() as rows:
            found = rows.reductions(ReductionQuery(text=sought), 0, REDUCTIONS).rows
        options = {("reduction", row.id): row.wording for row in found}
        folded = sought.casefold()
        options |= {
            ("category", id): name for id, (_d, name) in order.items() if folded in name.casefold()
        }
    else:
        options = {("category", id): "\u2003" * depth + name for id, (depth, name) in order.items()}
    if not options:
        st.caption(_("Nothing has such words."))
        return None
    chosen: Finding | None = st.selectbox(
        label,
        list(options),
        index=None,
        format_func=options.__getitem__,
        placeholder=_("choose"),
        label_visibility="collapsed",
        key=f"{key}-{hash(tuple(options))}",
    )
    return chosen
