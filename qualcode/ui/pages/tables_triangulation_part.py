"""Triangulation: what supports a finding, what differs, and findings held against each other."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.second_marks import Alike
from qualcode.store.views import ReductionQuery
from qualcode.ui import state, undo_line
from qualcode.ui.pages import tables_shown
from qualcode.ui.pages.tables_tree_part import no_categories
from qualcode.ui.words import plain
from qualcode.workbench import likenesses, triangulation
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likenesses import Finding, Told
from qualcode.workbench.table_words import TableWords

REDUCTIONS = 30
SHOWN = 20
SIGNS = {Alike.SAME: "=", Alike.DIFFERS: "≠", Alike.CONTRADICTS: "⚡"}


def show(bench: Workbench, words: TableWords, place: str) -> None:
    _ = state.translator()
    made = triangulation.table(bench, state.language())
    if made is None:
        no_categories()
        return
    table = triangulation.findings(bench, state.language())
    with st.container(horizontal=True, vertical_alignment="center", key="tables-tools"):
        with st.popover(_("Hold two findings against each other"), icon=":material/compare:"):
            _form(bench, words, place)
        st.space("stretch")
        tables = [made.table, *([table] if table else [])]
        tables_shown.downloads(bench, tables, _("triangulation"))
    tables_shown.one(bench, made)
    with bench.store.reading() as rows:
        told = likenesses.every(rows)
    title = _("Findings held against each other")
    st.markdown(f"**{title}**")
    if not told:
        st.caption(
            _(
                "Nothing has been held against anything yet. A contradiction between groups or "
                "methods is a finding: mark it with the button above."
            )
        )
    for one in told[:SHOWN]:
        _card(one, place)
    if len(told) > SHOWN:
        st.caption(_("{n} more are in the files.").format(n=len(told) - SHOWN))


def _card(told: Told, place: str) -> None:
    _ = state.translator()
    row = told.likeness
    with st.container(border=True, gap="xxsmall", key=f"likeness-{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{plain(told.one)} **{SIGNS[row.how]}** {plain(told.other)}", width="stretch"
            )
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


def _form(bench: Workbench, words: TableWords, place: str) -> None:
    _ = state.translator()
    one = _finding(bench, words, _("Finding"), "one")
    how = st.segmented_control(
        _("To each other"),
        list(Alike),
        format_func=lambda alike: _(triangulation.ALIKE[alike]),
        default=Alike.CONTRADICTS,
        required=True,
        key="likeness-how",
    )
    other = _finding(bench, words, _("Other finding"), "other")
    note = st.text_input(
        _("Note"),
        placeholder=_("for example: clients and workers see it otherwise"),
        max_chars=likenesses.LONGEST_NOTE,
        key="likeness-note",
    )
    st.button(
        _("Mark it so"),
        key="likeness-mark",
        disabled=one is None or other is None or one == other,
        on_click=_marked,
        args=(place, how, one, other, note),
    )


def _marked(place: str, how: Alike, one: Finding, other: Finding, note: str) -> None:
    _ = state.translator()
    said = _("Marked: {how}.").format(how=_(triangulation.ALIKE[how]))
    if undo_line.attempt(
        place, lambda: likenesses.liken(state.bench(), how, one, other, note), said
    ):
        st.session_state["likeness-note"] = ""


def _finding(bench: Workbench, words: TableWords, label: str, key: str) -> Finding | None:
    """A category, or a reduction that is looked for by its words."""
    _ = state.translator()
    order = {c.id: (depth, c.name) for depth, c in words.tree.walk()}
    sought = st.text_input(
        label,
        placeholder=_("look for a reduction, or choose a category below"),
        key=f"likeness-{key}-sought",
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
        key=f"likeness-{key}-{hash(tuple(options))}",
    )
    return chosen
