"""The screens' questions about closed answers in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import distinct, func, literal, select

from qualcode.domain.documents import ClosedAnswer, ClosedState
from qualcode.store import views as v
from qualcode.store.closed_views import ClosedAnswerRow, ClosedQuery, Returned
from qualcode.store.kinds import from_row
from qualcode.store.sql_asking import Asking, Condition
from qualcode.store.tables import closed_answer, item, respondent

closed_group = func.coalesce(
    func.nullif(closed_answer.c.actor_group, ""), respondent.c.actor_group, ""
)
_with_people = closed_answer.outerjoin(
    respondent, closed_answer.c.respondent_id == respondent.c.id
).join(item, closed_answer.c.item_id == item.c.id)


class ClosedViews(Asking):
    """What screens ask about closed answers; mixed into the views of one open transaction."""

    def closed_answers(
        self, query: ClosedQuery, offset: int, limit: int
    ) -> v.Page[ClosedAnswerRow]:
        conditions = self._closed_conditions(query)
        total = self.connection.execute(
            select(func.count()).select_from(_with_people).where(*conditions)
        ).scalar_one()
        found = self.connection.execute(
            select(
                closed_answer,
                respondent.c.label.label("of_label"),
                closed_group.label("of_group"),
                item.c.number.label("of_number"),
                item.c.text.label("of_text"),
            )
            .select_from(_with_people)
            .where(*conditions)
            .order_by(
                item.c.position,
                closed_answer.c.item_id,
                func.coalesce(respondent.c.position, 0),
                closed_answer.c.id,
            )
            .offset(offset)
            .limit(limit)
        ).mappings()
        rows = tuple(
            ClosedAnswerRow(
                from_row(ClosedAnswer, dict(row)),
                row["of_label"] or "",
                row["of_group"],
                row["of_number"],
                row["of_text"],
            )
            for row in found
        )
        return v.Page(rows, total, offset, limit)

    def _closed_conditions(self, query: ClosedQuery) -> list[Condition]:
        conditions: list[Condition] = []
        if query.item_ids is not None:
            conditions.append(self._one_of(closed_answer.c.item_id, query.item_ids))
        if query.actor_group is not None:
            conditions.append(closed_group == query.actor_group)
        if query.state is not None:
            conditions.append(closed_answer.c.state == query.state.value)
        if query.value is not None:
            conditions.append(closed_answer.c.value == query.value)
        return conditions

    def closed_answerers(self) -> dict[tuple[str, str], int]:
        found = self.connection.execute(
            select(
                closed_answer.c.item_id,
                closed_group.label("of_group"),
                func.count(distinct(closed_answer.c.respondent_id)),
            )
            .select_from(_with_people)
            .where(
                closed_answer.c.state == ClosedState.ANSWERED.value,
                closed_answer.c.respondent_id.is_not(None),
            )
            .group_by(closed_answer.c.item_id, closed_group)
        )
        return {(item_id, group): int(n) for item_id, group, n in found}

    def returned(self, place: str = "") -> list[Returned]:
        value: Any = literal("")
        if place:
            value = func.coalesce(self._value(respondent.c.background, place), "")
        labelled = select(
            respondent.c.source_id,
            respondent.c.actor_group,
            value.label("place"),
            respondent.c.position,
        ).subquery()
        keys = (labelled.c.source_id, labelled.c.actor_group, labelled.c.place)
        found = self.connection.execute(
            select(*keys, func.count(), func.min(labelled.c.position))
            .group_by(*keys)
            .order_by(*keys)
        )
        return [
            Returned(source, group, where, int(n), int(first))
            for source, group, where, n, first in found
        ]
