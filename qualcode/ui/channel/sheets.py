"""Turning sheets without a run of the page: the next answers are there when the key is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.documents import Document
from qualcode.domain.errors import BadOperation, UnknownRow
from qualcode.store.repository import Reading
from qualcode.ui import coding_view
from qualcode.ui.channel.desks import Desk
from qualcode.ui.channel.news import told
from qualcode.ui.pages.coding_sheet import Sheet
from qualcode.workbench import edge
from qualcode.workbench.bench import Workbench


def sheet(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet asked for: ``{sheet, rows, revision}``; with ``take``, the news of its answers.

    ``{from, step}`` turns one sheet on (1) or back (-1) from the one with the key ``from``, unless
    it is turned already; with ``ahead: true`` the next one is read but not yet turned to, and
    ``{take: key, seen}`` turns to it later. ``{number}`` turns to a sheet by its number, ``{doc}``
    to the one that holds an answer.
    """
    bench = desk.bench()
    if "take" in asked:
        return _take(desk, bench, asked)
    with bench.store.reading() as rows:
        found = _turned(desk, rows, asked)
        return {
            "sheet": coding_view.sheet_told(rows, bench, found),
            "rows": coding_view.rows_told(rows, bench, found.ids, with_item=found.with_item),
            "revision": rows.revision(),
        }


def _turned(desk: Desk, rows: Reading, asked: Mapping[str, Any]) -> Sheet:
    sheets = desk.sheets
    if sheets.current is None:
        raise BadOperation(operation=edge.shown(asked))
    if "number" in asked:
        return sheets.turn_to(rows, edge.whole(asked, "number"))
    if "doc" in asked:
        document = rows.get(Document, edge.identifier(asked, "doc"))
        if document is None:
            raise UnknownRow(kind="document", id=edge.identifier(asked, "doc"))
        return sheets.open_at(rows, sheets.current.query, document)
    step = edge.whole(asked, "step")
    if step not in (1, -1):
        raise BadOperation(operation=edge.shown(asked))
    if asked.get("ahead") is True:
        return sheets.read_ahead(rows, step)
    return sheets.turn(rows, step, edge.whole(asked, "from"))


def _take(desk: Desk, bench: Workbench, asked: Mapping[str, Any]) -> dict[str, Any]:
    with bench.store.reading() as rows:
        taken = desk.sheets.take(rows, edge.whole(asked, "take"))
        place = coding_view.sheet_told(rows, bench, taken)
    news = told(desk, bench, {**asked, "docs": list(taken.ids)})
    return {**news, "sheet": place}
