"""The screens' questions about texts, in memory: the readable definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, cast

from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Respondent, Segment, Source
from qualcode.domain.memos import Memo
from qualcode.domain.reading_places import Bookmark
from qualcode.domain.second_marks import ExpressionStance
from qualcode.store import views as v
from qualcode.store.answer_query import (
    BOOKMARK,
    IN_ORDER_OF_STUDY,
    MEMO,
    NONE,
    in_sequence,
    natural,
)
from qualcode.store.memory_memos import MemoryMemos

ValuesOf = Callable[[Document], set[str]]


class MemoryAnswers(MemoryMemos):
    """Texts asked for, ordered and grouped; mixed into the reading of a study in memory."""

    def answers(self, query: v.AnswerQuery, offset: int, limit: int) -> v.AnswerPage:
        matching = self._matching(query)
        places, groups = self._places(query, matching)
        spans, links = self._spans_by_document(), self._links_by_document()
        memos = self._marks_by_document()
        rows = tuple(
            self._answer_row(d, spans[d.id], links[d.id], memos[d.id], group)
            for group, d in places[offset : offset + limit]
        )
        return v.AnswerPage(rows, len(places), offset, limit, len(matching), groups)

    def texts(self, document_ids: Sequence[str]) -> dict[str, v.AnswerRow]:
        spans, links = self._spans_by_document(), self._links_by_document()
        memos = self._marks_by_document()
        return {
            d.id: self._answer_row(d, spans[d.id], links[d.id], memos[d.id], None)
            for d in self._all(Document)
            if d.id in document_ids
        }

    def answer_position(self, query: v.AnswerQuery, document_id: str) -> int | None:
        places, _ = self._places(query, self._matching(query))
        ids = [document.id for _, document in places]
        return ids.index(document_id) if document_id in ids else None

    def attribute_values(self) -> dict[str, list[str]]:
        values: dict[str, set[str]] = defaultdict(set)
        for attributes in [r.background for r in self._all(Respondent)] + [
            d.attributes for d in self._all(Document)
        ]:
            for name, value in attributes.items():
                values[name].add(value)
        return {name: sorted(found) for name, found in sorted(values.items())}

    # --- which texts ---

    def _matching(self, query: v.AnswerQuery) -> list[Document]:
        """The texts that meet every condition, each once, in the order asked for."""
        spans = self._spans_by_document()
        links = self._links_by_document()
        values = {(c.facet, c.name): self._values(c.facet, c.name) for c in query.conditions}
        sought = v.sought(query.text)
        state = query.state

        counted = self._counted_segments()

        def worked_on(marks: Sequence[v.SpanRow] | Sequence[v.ReductionSpanRow]) -> bool:
            return any(mark.segment_id in counted for mark in marks)

        def matches(d: Document) -> bool:
            conditions: list[Callable[[], bool]] = [
                lambda: (
                    d.set_aside
                    if state is v.AnswerState.SET_ASIDE
                    else state is v.AnswerState.ALL or not d.set_aside
                ),
                lambda: state is not v.AnswerState.UNCODED or not worked_on(spans[d.id]),
                lambda: state is not v.AnswerState.CODED or worked_on(spans[d.id]),
                lambda: state is not v.AnswerState.UNREDUCED or not worked_on(links[d.id]),
                lambda: query.document_ids is None or d.id in query.document_ids,
                lambda: all(c.holds_of(values[c.facet, c.name](d)) for c in query.conditions),
                lambda: (
                    not sought
                    or sought in d.text.casefold()
                    or any(sought in link.wording.casefold() for link in links[d.id])
                ),
            ]
            return all(holds() for holds in conditions)

        return self._in_order([d for d in self._all(Document) if matches(d)], query.order)

    def _in_order(self, documents: list[Document], order: v.Order) -> list[Document]:
        documents = sorted(documents, key=lambda d: (d.position, d.id))
        key = self._order_key(order)
        # Each sort leaves equals as they were: what is missing comes last either way round.
        documents.sort(key=lambda d: key(d)[1:], reverse=order.descending)
        documents.sort(key=lambda d: bool(key(d)[0]))
        return documents

    def _order_key(self, order: v.Order) -> Callable[[Document], tuple[Any, ...]]:
        """A key whose first part says whether the text lacks what the order is by."""
        coded: dict[str, list[str]] = defaultdict(list)
        if order.by in (v.OrderBy.CODINGS, v.OrderBy.NEWEST):
            for coding in self._all(Coding):
                segment = cast(Segment, self.get(Segment, coding.segment_id))
                coded[segment.document_id].append(coding.created_at)

        def key(d: Document) -> tuple[Any, ...]:
            match order.by:
                case v.OrderBy.STUDY:
                    return (False,)
                case v.OrderBy.LENGTH:
                    return (False, len(d.text))
                case v.OrderBy.CODINGS:
                    return (False, len(coded[d.id]))
                case v.OrderBy.NEWEST:
                    return (not coded[d.id], max(coded[d.id], default=""))
                case v.OrderBy.UNSURE | v.OrderBy.NEW:
                    seen = self._state.outlooks.get(d.id)
                    return (False, getattr(seen, order.by.value)) if seen else (True, 0)
                case v.OrderBy.RESPONDENT:
                    person = self.get(Respondent, d.respondent_id or "")
                    return (False, person.position, person.id) if person else (True, 0, "")
                case v.OrderBy.ITEM:
                    item = self._item(d)
                    return (False, item.position, item.id) if item else (True, 0, "")
                case _:
                    return natural(self._value(d, v.Facet(order.by.value), order.name))

        return key

    # --- in which groups ---

    def _places(
        self, query: v.AnswerQuery, matching: list[Document]
    ) -> tuple[list[tuple[str | None, Document]], tuple[v.AnswerGroup, ...]]:
        """Where the texts stand: (group, text), and the groups in their order."""
        if query.group_by is None:
            return [(None, d) for d in matching], ()
        facet = query.group_by.facet
        values = self._values(facet, query.group_by.name)
        members: dict[str, list[Document]] = defaultdict(list)
        for d in matching:
            for value in values(d):
                members[value].append(d)
        own = self._own_order(facet)

        def order(value: str) -> tuple[Any, ...]:
            first = min(d.position for d in members[value])
            return (value == NONE, first if facet in IN_ORDER_OF_STUDY else own(value), value)

        ordered = sorted(members, key=order)
        groups = in_sequence([(value, len(members[value])) for value in ordered])
        return [(value, d) for value in ordered for d in members[value]], groups

    def _own_order(self, facet: v.Facet) -> Callable[[str], tuple[Any, ...]]:
        """How values of a facet follow each other, where that is not the order of the texts."""

        def of_code(id: str) -> tuple[Any, ...]:
            code = cast(Code, self.get(Code, id))
            book = cast(Codebook, self.get(Codebook, code.codebook_id))
            return (book.position, book.id, code.position)

        def of_category(id: str) -> tuple[Any, ...]:
            category = cast(Category, self.get(Category, id))
            return (-category.level, category.position)

        def of_reduction(id: str) -> tuple[Any, ...]:
            return natural(
                cast(ReducedExpression, self.get(ReducedExpression, id)).wording.casefold()
            )

        own = {
            v.Facet.CODE: of_code,
            v.Facet.CATEGORY: of_category,
            v.Facet.REDUCTION: of_reduction,
        }.get(facet, natural)
        return lambda value: () if value == NONE else own(value)

    # --- the values of a text ---

    def _values(self, facet: v.Facet, name: str) -> ValuesOf:
        """Which values of the facet a text has; ``{""}`` when it has none."""
        of_document: dict[str, set[str]] = defaultdict(set)
        segments = {s.id: s.document_id for s in self._all(Segment)}
        match facet:
            case v.Facet.CODE:
                for coding in self._all(Coding):
                    of_document[segments[coding.segment_id]].add(coding.code_id)
            case v.Facet.CODER:
                for coding in self._all(Coding):
                    of_document[segments[coding.segment_id]].add(coding.coder)
                for link in self._all(ReductionLink):
                    of_document[segments[link.segment_id]].add(link.coder)
            case v.Facet.REDUCTION:
                for link in self._all(ReductionLink):
                    of_document[segments[link.segment_id]].add(link.reduction_id)
            case v.Facet.CATEGORY:
                for link in self._all(ReductionLink):
                    place = self.get(Placement, link.reduction_id)
                    if place:
                        of_document[segments[link.segment_id]].add(place.category_id)
            case v.Facet.MARK:
                for memo in self._all(Memo):
                    if memo.about_kind == "document":
                        of_document[memo.about_id].add(MEMO)
                    elif memo.about_kind == "segment" and memo.about_id in segments:
                        of_document[segments[memo.about_id]].add(MEMO)
                for bookmark in self._all(Bookmark):
                    of_document[bookmark.document_id].add(BOOKMARK)
                for stance in self._all(ExpressionStance):
                    of_document[segments[stance.segment_id]].add(
                        stance.stance.value if stance.stance else NONE
                    )
            case v.Facet.SPOKEN_OF:
                for stance in self._all(ExpressionStance):
                    of_document[segments[stance.segment_id]].add(stance.about)
            case _:
                return lambda d: {self._value(d, facet, name)}
        return lambda d: of_document[d.id] - {NONE} or {NONE}

    def _value(self, d: Document, facet: v.Facet, name: str) -> str:
        """The one value that a text has of this facet."""
        item = self._item(d)
        person = self._respondent(d)
        background = person.background.get(name, NONE) if person else NONE
        values: dict[v.Facet, str] = {
            v.Facet.SOURCE: d.source_id,
            v.Facet.KIND: d.kind.value,
            v.Facet.ITEM: d.item_id or NONE,
            v.Facet.THEME: item.theme if item else NONE,
            v.Facet.RESPONDENT: d.respondent_id or NONE,
            v.Facet.ACTOR_GROUP: self._group(d),
            v.Facet.ATTRIBUTE: d.attributes.get(name) or background,
        }
        return values[facet]

    # --- rows ---

    def _answer_row(
        self,
        d: Document,
        spans: Sequence[v.SpanRow],
        links: Sequence[v.ReductionSpanRow],
        memos: Sequence[v.MemoMark],
        group: str | None,
    ) -> v.AnswerRow:
        item, person = self._item(d), self._respondent(d)
        return v.AnswerRow(
            document=d,
            respondent_label=person.label if person else "",
            actor_group=self._group(d),
            background=person.background if person else {},
            item_number=item.number if item else "",
            item_text=item.text if item else "",
            theme=item.theme if item else "",
            source_name=cast(Source, self.get(Source, d.source_id)).name,
            spans=tuple(spans),
            reductions=tuple(links),
            memos=tuple(memos),
            group=group,
        )

    def _spans_by_document(self) -> dict[str, list[v.SpanRow]]:
        found: dict[str, list[v.SpanRow]] = defaultdict(list)
        for c in sorted(self._all(Coding), key=lambda c: (c.created_at, c.id)):
            s = cast(Segment, self.get(Segment, c.segment_id))
            found[s.document_id].append(
                v.SpanRow(c.id, s.id, s.document_id, s.start, s.end, c.code_id, c.coder)
            )
        for spans in found.values():
            spans.sort(key=lambda s: (s.start, s.end))
        return found

    def _links_by_document(self) -> dict[str, list[v.ReductionSpanRow]]:
        found: dict[str, list[v.ReductionSpanRow]] = defaultdict(list)
        for link in sorted(self._all(ReductionLink), key=lambda x: (x.created_at, x.id)):
            s = cast(Segment, self.get(Segment, link.segment_id))
            r = cast(ReducedExpression, self.get(ReducedExpression, link.reduction_id))
            found[s.document_id].append(
                v.ReductionSpanRow(
                    link.id, s.id, s.document_id, s.start, s.end, r.id, r.wording, link.coder
                )
            )
        for links in found.values():
            links.sort(key=lambda s: (s.start, s.end))
        return found
