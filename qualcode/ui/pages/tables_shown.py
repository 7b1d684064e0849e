"""One table on the page: its caption and note, its downloads, and what a clicked number opens."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import streamlit as st

from qualcode.domain.documents import question_name
from qualcode.exports.report import Table
from qualcode.store.answer_query import AnswerQuery, as_conditions
from qualcode.store.views import ExpressionRow
from qualcode.ui import places, state
from qualcode.ui.components.report_table import report_table
from qualcode.ui.pages.coding_address import CONDITIONS
from qualcode.ui.words import plain
from qualcode.workbench import cross_tables, table_files
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made

ROWS = 40
EVIDENCE = 10
_PICKED = "tables-cell"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def one(bench: Workbench, made: Made) -> None:
    """The table with everything that belongs to it."""
    _ = state.translator()
    table = made.table
    key = f"tables-{table.key}"
    st.markdown(f"**{plain(table.caption)}**")
    pages = max(1, math.ceil(len(table.rows) / ROWS))
    page_key = state.filter_key("tables", f"page-{table.key}")
    page = min(int(st.session_state.get(page_key, 1)), pages)

    def opened() -> None:
        state.choose(_PICKED, st.session_state[key]["open"])
        state.choose(f"{_PICKED}-page", 1)

    report_table(
        key,
        table,
        state.language(),
        _("Show the expressions counted here"),
        opened,
        offset=(page - 1) * ROWS,
        limit=ROWS,
    )
    if pages > 1:
        st.pagination(pages, key=page_key)
    for text in (table.note, *table.warnings):
        if text:
            st.caption(plain(text))
    picked = state.chosen(_PICKED)
    if picked and picked.get("table") == table.key:
        _open(bench, made, int(picked["row"]), int(picked["column"]))


def downloads(bench: Workbench, tables: list[Table], name: str) -> None:
    """The tables as files, made when asked for."""
    downloads_of(bench, lambda: tables, name)


def downloads_of(bench: Workbench, tables: Callable[[], list[Table]], name: str) -> None:
    """The same of tables that are read only when a file is asked for."""
    language = state.language()
    st.download_button(
        "Word",
        data=lambda: table_files.as_word(bench, tables(), language),
        file_name=f"{name}.docx",
        mime=_WORD,
        icon=":material/download:",
        on_click="ignore",
        key=f"tables-word-{name}",
    )
    st.download_button(
        "Excel",
        data=lambda: table_files.as_excel(bench, tables(), language),
        file_name=f"{name}.xlsx",
        mime=_EXCEL,
        icon=":material/download:",
        on_click="ignore",
        key=f"tables-excel-{name}",
    )
    st.download_button(
        "HTML",
        data=lambda: table_files.as_html(bench, tables(), language),
        file_name=f"{name}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        key=f"tables-html-{name}",
    )


def _open(bench: Workbench, made: Made, row: int, column: int) -> None:
    """A window over the page: the expressions that the number counts."""
    _ = state.translator()
    table = made.table
    if not (0 <= row < len(table.rows) and 0 <= column < len(table.rows[row].cells)):
        return
    cell = table.rows[row].cells[column]
    if not cell.evidence:
        return
    titled = table.columns[column]
    title = ": ".join(part for part in (titled.group, titled.title) if part)

    def closed() -> None:
        state.choose(_PICKED, None)

    @st.dialog(f"{title}: {cell.text(state.language())}", width="large", on_dismiss=closed)
    def dialog() -> None:
        page = int(state.chosen(f"{_PICKED}-page") or 1)
        found = cross_tables.behind(bench, made, cell.evidence, (page - 1) * EVIDENCE, EVIDENCE)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(table.rows[row].cells[0].text(state.language()))}**")
            _read_button(bench, made, cell.evidence)
        with st.container(gap="xsmall"):
            for expression in found.rows:
                card(expression)
        if found.total > EVIDENCE:
            turned = st.pagination(math.ceil(found.total / EVIDENCE), key="tables-evidence-page")
            if turned != page:
                state.choose(f"{_PICKED}-page", turned)
                st.rerun(scope="fragment")

    dialog()


def _read_button(bench: Workbench, made: Made, evidence: tuple[str, ...]) -> None:
    """The way to the same answers in the reading view, where its conditions can say them."""
    _ = state.translator()
    conditions = cross_tables.conditions(made, evidence)
    if conditions is not None and st.button(
        _("Read the answers"), icon=":material/menu_book:", key="tables-read"
    ):
        state.choose(_PICKED, None)
        asked = as_conditions(AnswerQuery(conditions=conditions))
        state.go_to("koodaus", **{CONDITIONS: json.dumps(asked, ensure_ascii=False)})


def card(row: ExpressionRow) -> None:
    """One expression as it was written, whose it is, and a way to where it stands."""
    _ = state.translator()
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="top"):
            st.markdown(plain(row.text), width="stretch")
            if st.button(
                "",
                icon=":material/open_in_new:",
                help=_("Open in the reading view"),
                type="tertiary",
                key=f"tables-to-{row.segment_id}",
            ):
                state.choose(_PICKED, None)
                places.open_thing("segment", row.segment_id)
        question = question_name(row.item_number, row.item_text)
        said = (row.respondent_label, row.actor_group, question)
        st.caption(plain(" · ".join(part for part in said if part)))
