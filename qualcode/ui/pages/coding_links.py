"""Links to the reading page: to an answer, to a passage of one, to a respondent or a question.

``?vastaus=<text>`` opens the page at that answer, ``?ilmaus=<expression, coding or reduction
link>`` at a passage, which is then picked. ``?vastaaja=`` and ``?kysymys=`` show the answers of one
respondent or to one question. Each is followed once; the address is then free for the next.
"""

from __future__ import annotations

import streamlit as st

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Document, Item, Respondent, Segment
from qualcode.store.answer_query import AnswerQuery, Facet
from qualcode.store.repository import Reading
from qualcode.store.views import among
from qualcode.ui import gone, state
from qualcode.ui.channel import Desk
from qualcode.ui.pages import coding_address, coding_filters, coding_toolbar
from qualcode.ui.places import parameter
from qualcode.workbench import saved_views
from qualcode.workbench.bench import Workbench

OPENED = "coding:opened"
"""What the last link opened: (answer, passage or None, how many links there have been)."""


def follow(bench: Workbench, desk: Desk, rows: Reading) -> None:
    """Sets the filters and the sheet as the address tells, and says so when it can't."""
    coding_address.follow(rows)
    for kind, open_it in (
        ("document", _open_answer),
        ("segment", _open_passage),
        ("respondent", _show_respondent),
        ("item", _show_item),
    ):
        wanted = st.query_params.get(parameter(kind))
        if wanted:
            del st.query_params[parameter(kind)]
            open_it(bench, desk, rows, wanted)
            return


def opened() -> tuple[str, tuple[int, int] | None, str] | None:
    """(answer, passage or None, token) of the last link; the token changes with every link."""
    found = state.chosen(OPENED)
    return (found[0], found[1], str(found[2])) if isinstance(found, tuple) else None


def _open_answer(bench: Workbench, desk: Desk, rows: Reading, wanted: str) -> None:
    document = rows.get(Document, wanted)
    if document is None:
        gone.tell("document")
        return
    _open(bench, desk, rows, document, None)


def _open_passage(bench: Workbench, desk: Desk, rows: Reading, wanted: str) -> None:
    link = rows.get(Coding, wanted) or rows.get(ReductionLink, wanted)
    segment = rows.get(Segment, link.segment_id if link else wanted)
    document = rows.get(Document, segment.document_id) if segment else None
    if segment is None or document is None:
        gone.tell("segment")
        return
    _open(bench, desk, rows, document, (segment.start, segment.end))


def _open(
    bench: Workbench,
    desk: Desk,
    rows: Reading,
    document: Document,
    passage: tuple[int, int] | None,
) -> None:
    query = saved_views.asked_by(coding_filters.asked(), bench.coder)
    if query == AnswerQuery() or rows.answer_position(query, document.id) is None:
        query = coding_toolbar.show_only(document)
    desk.sheets.open_at(rows, query, document)
    before = opened()
    state.choose(OPENED, (document.id, passage, int(before[2]) + 1 if before else 1))


def _show_respondent(_bench: Workbench, _desk: Desk, rows: Reading, wanted: str) -> None:
    if rows.get(Respondent, wanted) is None:
        gone.tell("respondent")
        return
    coding_toolbar.clear()
    coding_filters.add(among(Facet.RESPONDENT, wanted))
    coding_filters.tell_what_is_not_asked()


def _show_item(_bench: Workbench, _desk: Desk, rows: Reading, wanted: str) -> None:
    if rows.get(Item, wanted) is None:
        gone.tell("item")
        return
    coding_filters.use(AnswerQuery(conditions=(among(Facet.ITEM, wanted),)))
