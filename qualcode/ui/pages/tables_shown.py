"""One table on the page: its caption and note, its downloads, and what a clicked number opens."""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from qualcode.domain.documents import question_name
from qualcode.exports.report import Table
from qualcode.store.answer_query import AnswerQuery, as_conditions
from qualcode.store.views import ExpressionRow
from qualcode.ui import places, state
from qualcode.ui.file_types import EXCEL, WORD
from qualcode.ui.pages import table_in_pages
from qualcode.ui.pages.coding_address import CONDITIONS
from qualcode.ui.pages.table_in_pages import EVIDENCE, Opened
from qualcode.ui.words import plain
from qualcode.workbench import cross_tables, table_files, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made

ROWS = 40
_PLACE = "tables"


def one(bench: Workbench, made: Made) -> None:
    """The table with everything that belongs to it."""
    _ = state.translator()
    table = made.table
    key = f"tables-{table.key}"
    st.markdown(f"**{plain(table.caption)}**")
    opened = table_in_pages.show(
        _PLACE, key, table, state.language(), _("Show the expressions counted here"), ROWS
    )
    if opened is not None:
        _open(bench, made, opened)


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
        mime=WORD,
        icon=":material/download:",
        on_click="ignore",
        key=f"tables-word-{name}",
    )
    st.download_button(
        "Excel",
        data=lambda: table_files.as_excel(bench, tables(), language),
        file_name=f"{name}.xlsx",
        mime=EXCEL,
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


def _open(bench: Workbench, made: Made, opened: Opened) -> None:
    """A window over the page: the expressions that the number counts."""
    table, cell = made.table, opened.cell
    titled = table.columns[opened.column]
    title = ": ".join(part for part in (titled.group, titled.title) if part)
    heading = f"{title}: {cell.text(state.language())}"

    @st.dialog(heading, width="large", on_dismiss=lambda: table_in_pages.close(_PLACE))
    def dialog() -> None:
        offset = (table_in_pages.window_page(_PLACE) - 1) * EVIDENCE
        found = cross_tables.behind(bench, made, cell.evidence, offset, EVIDENCE)
        first = table.rows[opened.row].cells[0].text(state.language())
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(first)}**")
            _read_button(bench, made, cell.evidence)
        with st.container(gap="xsmall"):
            for expression in found.rows:
                card(expression)
        table_in_pages.turn_window(_PLACE, found.total)

    dialog()


def _read_button(bench: Workbench, made: Made, evidence: tuple[str, ...]) -> None:
    """The way to the same answers in the reading view, where its conditions can say them."""
    _ = state.translator()
    conditions = cross_tables.conditions(made, evidence)
    if conditions is not None and st.button(
        _("Read the answers"), icon=":material/menu_book:", key="tables-read"
    ):
        table_in_pages.close(_PLACE)
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
                table_in_pages.close(_PLACE)
                places.open_thing("segment", row.segment_id)
        question = question_name(row.item_number, row.item_text)
        label = whereabouts.label(state.reviewing(), row.respondent_label)
        said = (label, row.actor_group, question)
        st.caption(plain(" · ".join(part for part in said if part)))
