"""The tables of closed answers with their bars, and the answers behind each number."""

from __future__ import annotations

import math

import streamlit as st

from qualcode.exports.diverging_bars import Look
from qualcode.exports.report import Figure, Table
from qualcode.ui import state, turning
from qualcode.ui.components.answer_bars import answer_bars
from qualcode.ui.components.report_table import report_table
from qualcode.ui.file_types import EXCEL, WORD
from qualcode.ui.words import plain
from qualcode.workbench import closed_tables, reporting, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reporting import Choices, Section

TABLES = 6
EVIDENCE = 10
LOOK = Look("currentColor", 720)
MOST_BESIDE = 9
"""Columns of a table that stands in half the page: those of five steps."""


def show(bench: Workbench) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="closed-tools"):
        group_place = st.container(width=260)
        shares = st.toggle(_("Shares beside the counts"), key=state.filter_key("closed", "shares"))
        bars = st.toggle(_("Bars"), value=True, key=state.filter_key("closed", "bars"))
        st.space("stretch")
        downloads(bench, Section.CLOSED, shares, bars)
    found = closed_tables.counted(bench, state.language())
    blocks = closed_tables.blocks(found, shares, bars, LOOK)
    every = _("Every actor group")
    groups = [every, *found.words.groups({row.actor_group for row in found.asked.rows})]
    with group_place:
        group = st.selectbox(
            _("Actor group"),
            groups,
            format_func=lambda name: name or _("no actor group"),
            key=state.filter_key("closed", f"group-{hash(tuple(groups))}"),
            label_visibility="collapsed",
        )
    shown = [block for block in blocks if group in (every, block.actor_group)]
    page_key = state.filter_key("closed", "page")
    first = turning.begins_at(page_key, TABLES, len(shown))
    for block in shown[first : first + TABLES]:
        one(bench, block.table, block.figure)
    turning.numbers(page_key, TABLES, len(shown))


def one(bench: Workbench, table: Table, figure: Figure | None) -> None:
    """A table with its figure beside it, its note and warnings, and what a clicked number opens."""
    _ = state.translator()
    key = f"closed-table-{table.key}"

    def opened() -> None:
        state.choose("closed-cell", st.session_state[key]["open"])
        state.choose("closed-cell-page", 1)

    with st.container(key=f"closed-block-{table.key}", gap="small"):
        st.markdown(f"**{plain(table.caption)}**")
        # A scale of seven steps, with shares beside, takes more room than its bars need.
        halves = [13, 7] if len(table.columns) > MOST_BESIDE else [11, 9]
        left, right = st.columns(halves, gap="medium") if figure else (st.container(), None)
        with left:
            report_table(
                key,
                table,
                state.language(),
                _("Show the answers counted here"),
                opened,
                limit=len(table.rows),
            )
            if table.note:
                st.caption(plain(table.note))
            for warning in table.warnings:
                st.caption(f":material/warning: {plain(warning)}")
        if figure is not None and right is not None:
            with right:
                answer_bars(f"{key}-bars", figure)
    picked = state.chosen("closed-cell")
    if picked and picked.get("table") == table.key:
        _open(bench, table, int(picked["row"]), int(picked["column"]))


def downloads(bench: Workbench, section: Section, shares: bool, bars: bool) -> None:
    """The tables of one part of the report, as they are printed there."""
    _ = state.translator()
    language = state.language()

    def made() -> reporting.Report:
        choices = Choices(shares=shares, bars=bars)
        return reporting.report(bench, language, [section], choices)

    st.download_button(
        "Word",
        data=lambda: reporting.as_word(made()),
        file_name=_("closed answers") + ".docx",
        mime=WORD,
        icon=":material/download:",
        key=f"closed-word-{section}",
        on_click="ignore",
    )
    st.download_button(
        "Excel",
        data=lambda: reporting.as_excel(made()),
        file_name=_("closed answers") + ".xlsx",
        mime=EXCEL,
        icon=":material/download:",
        key=f"closed-excel-{section}",
        on_click="ignore",
    )


def _open(bench: Workbench, table: Table, row: int, column: int) -> None:
    """A window over the page: the answers that the number counts."""
    _ = state.translator()
    if not (0 <= row < len(table.rows) and 0 <= column < len(table.rows[row].cells)):
        return
    cell = table.rows[row].cells[column]
    query = closed_tables.query_of(cell.evidence)
    if query is None:
        return

    def closed() -> None:
        state.choose("closed-cell", None)

    title = f"{table.columns[column].title}: {cell.text(state.language())}"

    @st.dialog(title, width="large", on_dismiss=closed)
    def dialog() -> None:
        page = int(state.chosen("closed-cell-page") or 1)
        found = closed_tables.behind(bench, query, (page - 1) * EVIDENCE, EVIDENCE)
        st.markdown(f"**{plain(table.rows[row].cells[0].text(state.language()))}**")
        with st.container(gap="xsmall"):
            for answer in found.rows:
                answer_card(answer)
        if found.total > EVIDENCE:
            turned = st.pagination(math.ceil(found.total / EVIDENCE), key="closed-evidence-page")
            if turned != page:
                state.choose("closed-cell-page", turned)
                st.rerun(scope="fragment")

    dialog()


def answer_card(row: closed_tables.ClosedAnswerRow) -> None:
    """One answer as it was written, what it was read as, whose it is and where it stood."""
    _ = state.translator()
    answer = row.answer
    with st.container(border=True, gap="xxsmall"):
        written = answer.raw or answer.value or _("(empty)")
        read = f" → {answer.value}" if answer.value and answer.value != written else ""
        times = f" × {answer.count}" if answer.count != 1 else ""
        st.markdown(plain(f"{written}{read}{times}"))
        whose = whereabouts.label(state.reviewing(), row.respondent_label) or (
            _("a table of counts") if answer.count else ""
        )
        places = (
            whose,
            row.actor_group,
            whereabouts.place(state.reviewing(), answer.provenance),
        )
        st.caption(plain(" · ".join(place for place in places if place)))
