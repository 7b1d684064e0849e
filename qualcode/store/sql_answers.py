"""Texts asked for, ordered and grouped, in SQL.

Groups are counted first, in one question; a page then asks only for the groups it shows, so that
the next page costs as little among twenty thousand codings as among twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    FromClause,
    Select,
    Subquery,
    distinct,
    exists,
    func,
    not_,
    or_,
    select,
)

from qualcode.store import views as v
from qualcode.store.answer_query import (
    IN_ORDER_OF_STUDY,
    NONE,
    SEVERAL,
    Facet,
    in_sequence,
    natural,
)
from qualcode.store.sql_asking import (
    Condition,
    study_order,
)
from qualcode.store.sql_facets import FacetViews, has_any
from qualcode.store.sql_turns import in_material
from qualcode.store.tables import (
    category,
    code,
    codebook,
    coding,
    document,
    item,
    outlook,
    reduction,
    reduction_link,
    respondent,
    segment,
)

DIGITS = "0123456789"

OF_RESPONDENTS = {Facet.ATTRIBUTE.value, Facet.ACTOR_GROUP.value, Facet.RESPONDENT.value}
OF_ITEMS = {Facet.THEME.value, Facet.ACTOR_GROUP.value, Facet.ITEM.value}
"""What the rows of respondents and of questions are needed for."""


class AnswerViews(FacetViews):
    """What screens ask about texts; mixed into the views of one open transaction."""

    def answers(self, query: v.AnswerQuery, offset: int, limit: int) -> v.AnswerPage:
        asked = self._asked(query)
        texts = self._count(asked)
        groups: tuple[v.AnswerGroup, ...] = ()
        total = texts
        if query.group_by is None:
            places: list[tuple[str | None, str]] = [
                (None, id) for id in self._ids(asked, query.order, offset, limit)
            ]
        else:
            groups = self._groups(query, query.group_by, texts)
            total = sum(group.size for group in groups)
            places = list(self._grouped(query, query.group_by, groups, offset, limit))
        rows = self.texts([id for _, id in places])
        shown = tuple(replace(rows[id], group=group) for group, id in places)
        return v.AnswerPage(shown, total, offset, limit, texts, groups)

    def answer_position(self, query: v.AnswerQuery, document_id: str) -> int | None:
        asked = self._asked(query)
        if query.group_by is None:
            return self._place(asked, query.order, document_id)
        groups = self._groups(query, query.group_by, self._count(asked))
        mine = self._values_of(query.group_by, document_id)
        first = next((group for group in groups if group.value in mine), None)
        if first is None:
            return None
        inside = asked.where(self._inside(query.group_by, first.value))
        place = self._place(inside, query.order, document_id)
        return None if place is None else first.offset + place

    # --- which texts ---

    def _asked(self, query: v.AnswerQuery, links: Subquery | None = None) -> Select[Any]:
        """The ids of the texts that meet every condition; with ``links``, once for each link.

        Only what the query speaks of is joined: most pages then read an index and no texts.
        """
        named = {condition.facet.value for condition in query.conditions} | {query.order.by.value}
        if query.group_by:
            named.add(query.group_by.facet.value)
        joined: FromClause = document
        if named & OF_RESPONDENTS:
            joined = joined.outerjoin(respondent, document.c.respondent_id == respondent.c.id)
        if named & OF_ITEMS:
            joined = joined.outerjoin(item, document.c.item_id == item.c.id)
        if links is not None:
            joined = joined.join(links, links.c.document_id == document.c.id)
        return select(document.c.id).select_from(joined).where(*self._answer_conditions(query))

    def _answer_conditions(self, query: v.AnswerQuery) -> list[Condition]:
        conditions: list[Condition] = []
        if query.state is v.AnswerState.SET_ASIDE:
            conditions.append(document.c.set_aside.is_(True))
        elif query.state is not v.AnswerState.ALL:
            conditions.append(document.c.set_aside.is_(False))
        if query.state is v.AnswerState.UNCODED:
            conditions.append(not_(has_any(coding, in_material())))
        elif query.state is v.AnswerState.CODED:
            conditions.append(has_any(coding, in_material()))
        elif query.state is v.AnswerState.UNREDUCED:
            conditions.append(not_(has_any(reduction_link, in_material())))
        if query.document_ids is not None:
            conditions.append(self._one_of(document.c.id, query.document_ids))
        conditions.extend(self._meets(condition) for condition in query.conditions)
        if query.text:
            conditions.append(self._speaks_of(v.sought(query.text)))
        return conditions

    def _speaks_of(self, sought: str) -> Condition:
        return or_(
            self._holds(document.c.folded, sought),
            exists()
            .where(
                reduction_link.c.segment_id == segment.c.id,
                segment.c.document_id == document.c.id,
                reduction_link.c.reduction_id == reduction.c.id,
                self._holds(reduction.c.folded, sought),
            )
            .correlate(document),
        )

    def _count(self, asked: Select[Any]) -> int:
        return self.connection.execute(
            asked.with_only_columns(func.count(), maintain_column_froms=True)
        ).scalar_one()

    # --- in which order ---

    def _ids(self, asked: Select[Any], order: v.Order, offset: int, limit: int) -> list[str]:
        ordered, keys = self._ordered(asked, order)
        question = ordered.order_by(*keys).offset(offset).limit(limit)
        return list(self.connection.execute(question).scalars())

    def _place(self, asked: Select[Any], order: v.Order, document_id: str) -> int | None:
        """How many of the texts come before this one."""
        ordered, keys = self._ordered(asked, order)
        number = func.row_number().over(order_by=keys).label("number")
        numbered = ordered.add_columns(number).subquery()
        found = self.connection.execute(
            select(numbered.c.number).where(numbered.c.id == document_id)
        ).scalar()
        return None if found is None else int(found) - 1

    def _ordered(self, asked: Select[Any], order: v.Order) -> tuple[Select[Any], list[Any]]:
        """The question for the ids, and what its rows are ordered by."""
        if order.by is v.OrderBy.STUDY:
            return asked, list(study_order)
        if order.by in (v.OrderBy.ACTOR_GROUP, v.OrderBy.THEME, v.OrderBy.ATTRIBUTE):
            # Worked out once for each text: SQLite would do it wherever it is named.
            value = self._single(v.Facet(order.by.value), order.name).label("value")
            valued = asked.add_columns(document.c.position, value).cte("valued")
            of = valued.prefix_with("MATERIALIZED").c
            keys = _turned(_natural_keys(of.value), order)
            return select(of.id), [of.value == NONE, *keys, of.position, of.id]
        lacks, own = self._order_keys(order)
        return asked, [*lacks, *_turned(own, order), *study_order]

    def _order_keys(self, order: v.Order) -> tuple[list[Any], list[Any]]:
        """Whether a text lacks what the order is by, and the order of those that have it."""
        match order.by:
            case v.OrderBy.LENGTH:
                return [], [func.length(document.c.text)]
            case v.OrderBy.CODINGS:
                return [], [self._tally(func.count())]
            case v.OrderBy.NEWEST:
                newest = func.coalesce(self._tally(func.max(coding.c.created_at)), NONE)
                # The other way round an empty time is the last one anyway.
                return [] if order.descending else [newest == NONE], [newest]
            case v.OrderBy.UNSURE | v.OrderBy.NEW:
                turn = (
                    select(outlook.c[order.by.value])
                    .where(outlook.c.document_id == document.c.id)
                    .correlate(document)
                    .scalar_subquery()
                )
                return [turn.is_(None)], [turn]
        table = respondent if order.by is v.OrderBy.RESPONDENT else item
        return [table.c.id.is_(None)], [table.c.position, table.c.id]

    def _tally(self, of_codings: Any) -> Any:
        """A number (or a time) of all codings of a text."""
        return (
            select(of_codings)
            .select_from(segment.join(coding, coding.c.segment_id == segment.c.id))
            .where(segment.c.document_id == document.c.id)
            .correlate(document)
            .scalar_subquery()
        )

    # --- in which groups ---

    def _groups(self, query: v.AnswerQuery, by: v.GroupBy, texts: int) -> tuple[v.AnswerGroup, ...]:
        """Every heading with its size, in order. ``texts``: how many match in all."""
        links = self._links(by.facet) if by.facet in SEVERAL else None
        value = self._single(by.facet, by.name) if links is None else links.c.value
        asked = self._asked(query, links)
        size = func.count() if links is None else func.count(distinct(document.c.id))
        found = self.connection.execute(
            asked.with_only_columns(
                value.label("value"),
                size,
                func.min(document.c.position),
                maintain_column_froms=True,
            ).group_by("value")
        ).all()
        own = self._own_order(by.facet)
        ordered = sorted(
            found,
            key=lambda row: (
                row[0] == NONE,
                (row[2],) if by.facet in IN_ORDER_OF_STUDY else own(row[0]),
                row[0],
            ),
        )
        sizes = [(row[0], int(row[1])) for row in ordered]
        if links is not None and texts:
            without = self._count(self._asked(query).where(self._has_none(by.facet)))
            sizes += [(NONE, without)] if without else []
        return in_sequence(sizes)

    def _grouped(
        self,
        query: v.AnswerQuery,
        by: v.GroupBy,
        groups: Sequence[v.AnswerGroup],
        offset: int,
        limit: int,
    ) -> Iterator[tuple[str, str]]:
        """(group, text) of one page: only the groups that it shows are asked for."""
        asked = self._asked(query)
        for group in groups:
            start = max(0, offset - group.offset)
            end = min(group.size, offset + limit - group.offset)
            if start < end:
                inside = asked.where(self._inside(by, group.value))
                for id in self._ids(inside, query.order, start, end - start):
                    yield group.value, id

    def _inside(self, by: v.GroupBy, value: str) -> Condition:
        return self._any_of(v.among(by.facet, value, name=by.name), [value])

    def _own_order(self, facet: v.Facet) -> Callable[[str], tuple[Any, ...]]:
        """How values of a facet follow each other, where that is not the order of the texts."""
        questions: dict[v.Facet, Select[Any]] = {
            v.Facet.CODE: select(
                code.c.id, codebook.c.position, codebook.c.id, code.c.position
            ).join(codebook, code.c.codebook_id == codebook.c.id),
            v.Facet.CATEGORY: select(category.c.id, -category.c.level, category.c.position),
            v.Facet.REDUCTION: select(reduction.c.id, reduction.c.folded),
        }
        if facet not in questions:
            return natural
        places = {row[0]: tuple(row[1:]) for row in self.connection.execute(questions[facet])}
        if facet is v.Facet.REDUCTION:
            return lambda id: natural(places[id][0])
        return places.__getitem__


def _natural_keys(value: Any) -> list[Any]:
    """``natural`` of the store's questions in SQL: by a leading number, then as written."""
    after = func.length(value) - func.length(func.ltrim(value, DIGITS))
    digits = func.substr(value, 1, after)
    number = func.ltrim(digits, "0")
    return [digits == "", func.length(number), number, value]


def _turned(keys: Sequence[Any], order: v.Order) -> list[Any]:
    return [key.desc() if order.descending else key for key in keys]
