"""The sheet of answers on the screen: which ones, and turning to the next.

A sheet stays as it is until the person turns it or changes a filter. With the filter "not coded
yet" an answer would otherwise vanish from under the eyes the moment it gets its code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import Any

from qualcode.domain.documents import Document
from qualcode.domain.errors import BadOperation
from qualcode.store.repository import Reading
from qualcode.store.views import AnswerPage, AnswerQuery, Facet, Order

SIZE = 25


@dataclass(frozen=True)
class SheetGroup:
    """A heading on a sheet: its value, how many answers it has, and which of them stand here.

    ``goes_on`` when its first answers stand on the sheet before.
    """

    value: str
    size: int
    ids: tuple[str, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Sheet:
    """The answers shown: ``ids`` from ``offset`` on, of ``total`` that match ``query``.

    ``key`` tells the sheets of one window apart: a later one has a higher key. In groups an answer
    may have two places on one sheet: ``ids`` names it once, where it stands first, so that it has
    one caret and one state; ``groups`` name it in each of its groups.
    """

    query: AnswerQuery
    ids: tuple[str, ...]
    offset: int
    total: int
    key: int = 0
    groups: tuple[SheetGroup, ...] = ()

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
        return self.offset + self.places < self.total

    @property
    def places(self) -> int:
        """How many places of the paging it fills: more than answers where some have two."""
        return sum(len(group.ids) for group in self.groups) or len(self.ids)

    @property
    def with_item(self) -> bool:
        """Whether answers to different questions stand on it, so that each tells its own."""
        return self.query.only(Facet.ITEM) is None

    def place(self) -> dict[str, Any]:
        """Where the sheet lies among all, as the browser is told."""
        return {
            "key": self.key,
            "ids": list(self.ids),
            "first": self.offset + 1,
            "last": self.offset + self.places,
            "total": self.total,
            "number": self.number,
            "count": self.count,
            "has_previous": self.offset > 0,
            "has_next": self.has_next,
        }


class Sheets:
    """The sheets of one window: the one it shows, and one that is read ahead.

    ``view`` is the saved view they are looked at through, if any.
    The page and the direct channel turn them, so every turn is made whole before the next.
    """

    def __init__(self) -> None:
        self.current: Sheet | None = None
        self.view: str | None = None
        self._ahead: Sheet | None = None
        self._last_key = 0
        self._turning = RLock()

    def of_query(self, rows: Reading, query: AnswerQuery, *, anew: bool) -> Sheet:
        """The sheet on the screen, or the first of this query. ``anew``: what matches now."""
        with self._turning:
            if self.current is None or self.current.query != query:
                return self._show(self._read(rows, query, 0))
            if anew:
                return self._show(self._read(rows, query, self.current.offset))
            return self.current

    def turn_to(self, rows: Reading, number: int) -> Sheet:
        """The sheet with this number, from 1; the first or the last for one beyond them."""
        with self._turning:
            offset = max(0, min(number, self._shown().count) - 1) * SIZE
            return self._show(self._read(rows, self._shown().query, offset))

    def turn(self, rows: Reading, step: int, key: int) -> Sheet:
        """The next sheet (1) or the one before (-1), unless the one with ``key`` is turned."""
        with self._turning:
            if self._shown().key != key:
                return self._shown()
            return self._show(self._beside(rows, step))

    def read_ahead(self, rows: Reading, step: int) -> Sheet:
        """What ``turn`` would show, kept for ``take``; the sheet on the screen stays."""
        with self._turning:
            self._ahead = self._beside(rows, step)
            return self._ahead

    def take(self, rows: Reading, key: int) -> Sheet:
        """Turns to the sheet that was read ahead, with its place as it is by now."""
        with self._turning:
            ahead = self._ahead
            if ahead is None or ahead.key != key:
                if self._shown().key != key:
                    raise BadOperation(operation="sheet")
                return self._shown()
            # In groups the first answer may have an earlier place too: that one is not meant.
            known = ahead.ids and not ahead.groups
            before = rows.answer_position(ahead.query, ahead.ids[0]) if known else None
            total = rows.answers(ahead.query, 0, 1).total
            offset = ahead.offset if before is None else before
            return self._show(replace(ahead, offset=offset, total=max(total, offset)))

    def open_at(self, rows: Reading, query: AnswerQuery, document: Document) -> Sheet:
        """The sheet that holds the answer; one it does not match is opened at its beginning."""
        with self._turning:
            before = rows.answer_position(query, document.id)
            return self._show(self._read(rows, query, (before or 0) // SIZE * SIZE))

    def _shown(self) -> Sheet:
        if self.current is None:
            raise BadOperation(operation="sheet")
        return self.current

    def _beside(self, rows: Reading, step: int) -> Sheet:
        """The sheet after the one on the screen, or before it.

        What was coded meanwhile may no longer match ("not coded yet"): the next sheet begins after
        those that still do, so that no answer is passed over.
        """
        sheet = self._shown()
        if step < 0:
            return self._read(rows, sheet.query, max(0, sheet.offset - SIZE))
        if sheet.groups or sheet.query.order != Order():
            return self._read(rows, sheet.query, self._end(rows, sheet))
        still = rows.answers(replace(sheet.query, document_ids=sheet.ids), 0, 1).total
        return self._read(rows, sheet.query, sheet.offset + still)

    def _end(self, rows: Reading, sheet: Sheet) -> int:
        """Where the next sheet begins, among groups and orders that the coding itself changes.

        What has moved elsewhere is passed by: after the last place that is where it was.
        """
        page = rows.answers(sheet.query, sheet.offset, SIZE)
        places = {(group.value, id) for group in sheet.groups for id in group.ids}
        there = [
            number
            for number, row in enumerate(page.rows, start=1)
            if (row.group, row.document.id) in places
            or (row.group is None and row.document.id in sheet.ids)
        ]
        return sheet.offset + (there[-1] if there else 0)

    def _read(self, rows: Reading, query: AnswerQuery, offset: int) -> Sheet:
        page = rows.answers(query, offset, SIZE)
        if not page.rows and page.total:
            page = rows.answers(query, (page.total - 1) // SIZE * SIZE, SIZE)
        self._last_key += 1
        ids = tuple(dict.fromkeys(row.document.id for row in page.rows))
        return Sheet(query, ids, page.offset, page.total, self._last_key, _groups_of(page))

    def _show(self, sheet: Sheet) -> Sheet:
        self.current = sheet
        self._ahead = None
        return sheet


def _groups_of(page: AnswerPage) -> tuple[SheetGroup, ...]:
    """The headings of a page with the answers under each."""
    found = []
    for group in page.groups:
        ids = tuple(row.document.id for row in page.rows if row.group == group.value)
        if ids:
            found.append(SheetGroup(group.value, group.size, ids, group.offset < page.offset))
    return tuple(found)
