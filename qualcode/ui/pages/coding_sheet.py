"""The sheet of answers on the screen: which ones, and turning to the next.

A sheet stays as it is until the person turns it or changes a filter. With the filter "not coded
yet" an answer would otherwise vanish from under the eyes the moment it gets its code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.domain.documents import Document
from qualcode.store.repository import Reading
from qualcode.store.views import AnswerQuery, AnswerState
from qualcode.ui import state

SIZE = 25
SHEET = "coding:sheet"


@dataclass(frozen=True)
class Sheet:
    """The answers shown: ``ids`` from ``offset`` on, of ``total`` that match ``query``."""

    query: AnswerQuery
    ids: tuple[str, ...]
    offset: int
    total: int

    @property
    def number(self) -> int:
        """Which sheet this is, from 1."""
        return self.offset // SIZE + 1

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return max(1, -(-self.total // SIZE))

    @property
    def has_next(self) -> bool:
        return self.offset + len(self.ids) < self.total


def current() -> Sheet | None:
    found = state.chosen(SHEET)
    return found if isinstance(found, Sheet) else None


def of_query(rows: Reading, query: AnswerQuery, *, anew: bool) -> Sheet:
    """The sheet on the screen, or the first of this query. ``anew`` looks what matches now."""
    sheet = current()
    if sheet is None or sheet.query != query:
        return _take(rows, query, 0)
    return _take(rows, query, sheet.offset) if anew else sheet


def turn_to(rows: Reading, number: int) -> None:
    """The sheet with this number, from 1."""
    sheet = current()
    if sheet is not None:
        _take(rows, sheet.query, (number - 1) * SIZE)


def turn(rows: Reading, step: int) -> None:
    """The next sheet (1) or the one before (-1).

    What was coded meanwhile may no longer match ("not coded yet"): the next sheet begins after
    those that still do, so that no answer is passed over.
    """
    sheet = current()
    if sheet is None:
        return
    if step < 0:
        _take(rows, sheet.query, max(0, sheet.offset - SIZE))
        return
    still = rows.answers(replace(sheet.query, document_ids=sheet.ids), 0, 1).total
    _take(rows, sheet.query, sheet.offset + still)


def open_at(rows: Reading, query: AnswerQuery, document: Document) -> None:
    """The sheet that holds the answer; a query it does not match is opened at its beginning."""
    before = rows.answer_position(query, document.id)
    _take(rows, query, 0 if before is None else before // SIZE * SIZE)


def rows_query(sheet: Sheet) -> AnswerQuery:
    """What reads the sheet's own answers, whatever has been done to them since."""
    return AnswerQuery(state=AnswerState.ALL, document_ids=sheet.ids)


def _take(rows: Reading, query: AnswerQuery, offset: int) -> Sheet:
    page = rows.answers(query, offset, SIZE)
    if not page.rows and page.total:
        page = rows.answers(query, (page.total - 1) // SIZE * SIZE, SIZE)
    sheet = Sheet(query, tuple(row.document.id for row in page.rows), page.offset, page.total)
    state.choose(SHEET, sheet)
    return sheet
