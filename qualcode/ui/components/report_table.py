"""A table of the report as it is printed, with numbers that open the answers behind them.

Clicking a cell that has evidence sends ``on_open``; the value is ``st.session_state[key]["open"]``
(``{table, row, column}``, the row counted from the beginning of the whole table).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qualcode.exports.report import Cell, Row, Table
from qualcode.ui.components import component


def report_table(
    key: str,
    table: Table,
    language: str,
    open_label: str,
    on_open: Callable[[], None],
    offset: int = 0,
    limit: int = 25,
) -> Any:
    """``limit`` rows of the table from ``offset`` on. ``open_label`` is read before a number."""
    mount = component("report_table", html='<div class="qc-table"></div>')
    return mount(
        key=key,
        data=payload(table, language, open_label, offset, limit),
        on_open_change=on_open,
    )


def payload(
    table: Table, language: str, open_label: str, offset: int, limit: int
) -> dict[str, Any]:
    """The JSON the browser gets: the rows of one page, ids of evidence left out."""
    rows = list(table.rows[offset : offset + limit])
    return {
        "table": table.key,
        "label": open_label,
        "columns": [
            {"title": c.title, "group": c.group, "align": c.align.value, "width": c.width}
            for c in table.columns
        ],
        "rows": [_row(row, offset + n, n == 0, language) for n, row in enumerate(rows)],
    }


def _row(row: Row, number: int, first: bool, language: str) -> dict[str, Any]:
    return {
        "n": number,
        "kind": row.kind.value,
        "level": row.level,
        "italic": row.italic,
        "cells": [_cell(cell, first, language) for cell in row.cells],
    }


def _cell(cell: Cell, first: bool, language: str) -> dict[str, Any]:
    # A page may begin in the middle of joined cells: its first row says the value again.
    return {
        "text": cell.text(language),
        "joined": cell.joined and not first,
        "strong": cell.strong,
        "open": bool(cell.evidence),
    }
