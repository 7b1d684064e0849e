"""Tables of marks, in memory: the readable definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Respondent, Segment
from qualcode.domain.second_marks import ExpressionStance
from qualcode.store import views as v
from qualcode.store.cross_query import (
    MARKS,
    Axis,
    CellAt,
    ChainQuery,
    ChainRow,
    CrossCell,
    CrossMark,
    CrossQuery,
    Near,
    Side,
    StanceRow,
)
from qualcode.store.memory_rows import MemoryRows


class _Mark(NamedTuple):
    """An expression with a mark, what the mark counts under, and who gave it. ``speaker``: who
    speaks there when the coder names another than the text's own group."""

    segment: Segment
    value: str
    coder: str
    speaker: str = ""


class MemoryCross(MemoryRows):
    """Mixed into the reading of a study in memory."""

    def crossed(self, query: CrossQuery) -> list[CrossCell]:
        found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for segment, row, column, group, _coder in self._crossing(query):
            found[row, column, group].add(segment.id)
        return [self._cell(key, ids) for key, ids in sorted(found.items())]

    def _cell(self, key: tuple[str, str, str], segment_ids: set[str]) -> CrossCell:
        segments = [cast(Segment, self.get(Segment, id)) for id in segment_ids]
        texts = {s.document_id for s in segments}
        people = {self._text(s).respondent_id for s in segments} - {None}
        return CrossCell(*key, len(segment_ids), len(people), len(texts))

    def crossed_segments(self, query: CrossQuery, at: CellAt) -> list[str]:
        found = {
            segment
            for segment, row, column, group, coder in self._crossing(query)
            if at.row in (None, row)
            and (at.columns is None or column in at.columns)
            and at.actor_group in (None, group)
            and at.coder in (None, coder)
        }
        return [segment.id for segment in sorted(found, key=self._place)]

    def crossed_marks(self, query: CrossQuery) -> list[CrossMark]:
        found = {
            CrossMark(row, column, group, coder, segment.id)
            for segment, row, column, group, coder in self._crossing(query)
        }
        return list(found)

    def background(self, name: str, actor_group: str | None = None) -> list[tuple[str, str, int]]:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for person in self._all(Respondent):
            if actor_group in (None, person.actor_group):
                found[person.background.get(name, ""), person.actor_group] += 1
        return [(value, group, n) for (value, group), n in sorted(found.items())]

    def stances(self, document_ids: Sequence[str]) -> list[StanceRow]:
        wanted = set(document_ids)
        found = []
        for row in self._all(ExpressionStance):
            s = cast(Segment, self.get(Segment, row.segment_id))
            if s.document_id in wanted:
                place = (s.document_id, s.start, s.end)
                told = StanceRow(
                    row.id, s.id, *place, row.stance or "", row.about, row.coder, row.speaker
                )
                found.append(((*place, row.created_at, row.id), told))
        return [told for _, told in sorted(found, key=lambda pair: pair[0])]

    # --- the two sides ---

    def _crossing(self, query: CrossQuery) -> Iterator[tuple[Segment, str, str, str, str]]:
        """(expression, row, column, actor group, coder) of all that meets, some many times."""
        beside = self._beside(query.columns) if query.columns.by in MARKS else {}
        stood = self._beside(Side(Axis.STANCE)) if query.standing is not None else {}
        for mark in self._marked(query.rows):
            if query.standing is not None and not (
                _met(mark.segment, stood, Near.WORDS) & set(query.standing)
            ):
                continue
            if query.sources is not None and (
                self._text(mark.segment).source_id not in query.sources
            ):
                continue
            group = mark.speaker or self._group(self._text(mark.segment))
            if query.actor_group not in (None, group):
                continue
            if query.columns.by in MARKS:
                values = _met(mark.segment, beside, query.near)
                if not values and query.columns.lacking:
                    values = {""}
            elif query.columns.by is Axis.CODER:
                values = {mark.coder}
            else:
                values = {self._single(query.columns, mark.segment)}
            for value in values:
                yield mark.segment, mark.value, value, group, mark.coder

    def _marked(self, side: Side) -> Iterator[_Mark]:
        counted = self._counted_segments()
        if side.by is Axis.CODE:
            for coding in self._all(Coding):
                wanted = side.named is None or coding.code_id in side.named
                if wanted and coding.segment_id in counted:
                    segment = cast(Segment, self.get(Segment, coding.segment_id))
                    value = side.renamed.get(coding.code_id, coding.code_id)
                    yield _Mark(segment, value, coding.coder)
            return
        if side.by in (Axis.STANCE, Axis.SPOKEN_OF):
            for row in self._all(ExpressionStance):
                plain = row.about if side.by is Axis.SPOKEN_OF else (row.stance or "")
                if plain and row.segment_id in counted:
                    segment = cast(Segment, self.get(Segment, row.segment_id))
                    speaker = row.speaker if side.by is Axis.SPOKEN_OF else ""
                    yield _Mark(segment, side.renamed.get(plain, plain), row.coder, speaker)
            return
        above: dict[str, list[str]] = defaultdict(list)
        for category, value in side.pairs:
            above[category].append(value)
        for link in self._all(ReductionLink):
            place = self.get(Placement, link.reduction_id)
            if place is not None and link.segment_id in counted:
                for value in above[place.category_id]:
                    segment = cast(Segment, self.get(Segment, link.segment_id))
                    yield _Mark(segment, value, link.coder)

    def _beside(self, side: Side) -> dict[str, list[_Mark]]:
        found: dict[str, list[_Mark]] = defaultdict(list)
        for mark in self._marked(side):
            found[mark.segment.document_id].append(mark)
        return found

    def _single(self, side: Side, segment: Segment) -> str:
        text = self._text(segment)
        match side.by:
            case Axis.THEME:
                item = self._item(text)
                theme = item.theme if item else ""
                return side.renamed.get(theme, theme)
            case Axis.ATTRIBUTE:
                person = self._respondent(text)
                return person.background.get(side.name, "") if person else ""
            case Axis.ITEM:
                return text.item_id or ""
            case Axis.SOURCE:
                return side.renamed.get(text.source_id, text.source_id)
        return ""

    def _text(self, segment: Segment) -> Document:
        return cast(Document, self.get(Document, segment.document_id))

    def _place(self, segment: Segment) -> tuple[int, str, int, int]:
        text = self._text(segment)
        return (text.position, text.id, segment.start, segment.end)

    # --- the chain ---

    def chain(self, query: ChainQuery, offset: int, limit: int) -> v.Page[ChainRow]:
        themes = {theme: n for n, theme in enumerate(query.theme_order)}
        places = {category: n for n, category in enumerate(query.categories)}

        def order(pair: tuple[Segment, ChainRow]) -> tuple[object, ...]:
            segment, row = pair
            place = self.get(Placement, row.reduction_id)
            return (
                themes.get(row.theme, len(themes)),
                row.theme,
                places.get(row.category_id or "", len(places)),
                place.position if place else 0.0,
                row.wording.casefold().encode(),
                row.reduction_id,
                *self._place(segment),
            )

        rows = sorted(self._links(query), key=order)
        if query.each is not None:
            rows = self._of_each(rows, query.each)
        page = tuple(row for _, row in rows[offset : offset + limit])
        return v.Page(page, len(rows), offset, limit)

    def _links(self, query: ChainQuery) -> Iterator[tuple[Segment, ChainRow]]:
        counted = self._counted_segments()
        beside = self._beside(query.themes) if query.themes.by in MARKS else {}
        for link in self._all(ReductionLink):
            segment = cast(Segment, self.get(Segment, link.segment_id))
            place = self.get(Placement, link.reduction_id)
            category = place.category_id if place else None
            if segment.id not in counted:
                continue
            if query.within is not None and category not in query.within:
                continue
            if query.themes.by in MARKS:
                values = _met(segment, beside, Near.WORDS)
                if not values and query.themes.lacking:
                    values = {""}
            else:
                values = {self._single(query.themes, segment)}
            text = self._text(segment)
            wording = cast(ReducedExpression, self.get(ReducedExpression, link.reduction_id))
            for theme in values:
                if query.theme in (None, theme):
                    yield (
                        segment,
                        ChainRow(
                            segment.id,
                            text.id,
                            segment.of(text.text),
                            theme,
                            link.reduction_id,
                            wording.wording,
                            category,
                            text.respondent_id,
                            self._group(text),
                        ),
                    )

    def _of_each(
        self, rows: list[tuple[Segment, ChainRow]], each: int
    ) -> list[tuple[Segment, ChainRow]]:
        """At most so many of each theme and category, of every reduction in turn."""
        turns: dict[tuple[str, str], int] = defaultdict(int)
        ends: dict[tuple[str, str | None], list[tuple[int, int]]] = defaultdict(list)
        for n, (_segment, row) in enumerate(rows):
            turns[row.theme, row.reduction_id] += 1
            ends[row.theme, row.category_id].append((turns[row.theme, row.reduction_id], n))
        chosen = sorted(n for found in ends.values() for _, n in sorted(found)[:each])
        return [rows[n] for n in chosen]


def _met(segment: Segment, beside: dict[str, list[_Mark]], near: Near) -> set[str]:
    """What marks stand on the same words or in the same answer."""
    return {
        mark.value
        for mark in beside.get(segment.document_id, ())
        if near is Near.ANSWER
        or (mark.segment.start < segment.end and segment.start < mark.segment.end)
    }
