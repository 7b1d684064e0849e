"""A table that is read page by page, and the window that a clicked number opens over it.

``place`` is the page's own word in the keys of the session ("report", "tables").
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from qualcode.exports.report import Cell, Table
from qualcode.ui import state, turning
from qualcode.ui.components.report_table import report_table
from qualcode.ui.words import plain

EVIDENCE = 10
"""How many answers or expressions stand on one page of the window."""


@dataclass(frozen=True)
class Opened:
    """The cell whose number was clicked."""

    row: int
    column: int
    cell: Cell


def show(
    place: str, key: str, table: Table, language: str, label: str, most_rows: int
) -> Opened | None:
    """The table with its notes, ``most_rows`` at a time; the cell to open, if one was clicked."""
    page_key = state.filter_key(place, f"page-{table.key}")
    first = turning.begins_at(page_key, most_rows, len(table.rows))

    def opened() -> None:
        state.choose(_cell(place), st.session_state[key]["open"])
        state.choose(_window_page(place), 1)

    report_table(key, table, language, label, opened, offset=first, limit=most_rows)
    turning.numbers(page_key, most_rows, len(table.rows))
    for text in (table.note, *table.warnings):
        if text:
            st.caption(plain(text))
    picked = state.chosen(_cell(place))
    if not picked or picked.get("table") != table.key:
        return None
    row, column = int(picked["row"]), int(picked["column"])
    if not (0 <= row < len(table.rows) and 0 <= column < len(table.rows[row].cells)):
        return None
    cell = table.rows[row].cells[column]
    return Opened(row, column, cell) if cell.evidence else None


def close(place: str) -> None:
    """No number is open any more."""
    state.choose(_cell(place), None)


def window_page(place: str) -> int:
    """Which page of the window is read, from 1."""
    return int(state.chosen(_window_page(place)) or 1)


def turn_window(place: str, total: int) -> None:
    """The pages of the window, when there is more than fits on one."""
    if total <= EVIDENCE:
        return
    turned = st.pagination(math.ceil(total / EVIDENCE), key=f"{place}-evidence-page")
    if turned != window_page(place):
        state.choose(_window_page(place), turned)
        st.rerun(scope="fragment")


def _cell(place: str) -> str:
    return f"{place}-cell"


def _window_page(place: str) -> str:
    return f"{place}-cell-page"
