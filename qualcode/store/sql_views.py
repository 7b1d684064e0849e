"""The screens' questions in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import distinct, exists, func, select

from qualcode.domain.coding import ReducedExpression, bare_wording
from qualcode.domain.documents import ClosedState, Provenance
from qualcode.store import views as v
from qualcode.store.kinds import from_row
from qualcode.store.sql_asking import (
    Condition,
    analysed,
    group_of_text,
    study_order,
    texts_in_place,
    theme_of_text,
)
from qualcode.store.sql_chain import ChainViews
from qualcode.store.sql_closed import ClosedViews
from qualcode.store.sql_progress import ProgressViews
from qualcode.store.sql_quotes import QuoteViews
from qualcode.store.sql_review import ReviewViews
from qualcode.store.sql_search import SearchViews
from qualcode.store.tables import (
    category,
    closed_answer,
    coding,
    document,
    item,
    placement,
    reduction,
    reduction_link,
    respondent,
    segment,
)


class Views(SearchViews, ClosedViews, QuoteViews, ReviewViews, ChainViews, ProgressViews):
    """Read-only rows for screens, asked of one open transaction."""

    # --- reductions and the expressions behind them ---

    def reductions(
        self, query: v.ReductionQuery, offset: int, limit: int
    ) -> v.Page[v.ReductionRow]:
        conditions: list[Condition] = []
        if query.text:
            conditions.append(self._holds(reduction.c.folded, v.sought(query.text)))
        if query.placed is not None:
            conditions.append(
                placement.c.id.is_not(None) if query.placed else placement.c.id.is_(None)
            )
        if query.category_id is not None:
            conditions.append(placement.c.category_id == query.category_id)
        if query.reduction_ids is not None:
            conditions.append(self._one_of(reduction.c.id, query.reduction_ids))
        with_place = reduction.outerjoin(placement, placement.c.id == reduction.c.id)
        total = self.connection.execute(
            select(func.count()).select_from(with_place).where(*conditions)
        ).scalar_one()
        order = (
            (placement.c.position, reduction.c.id)
            if query.category_id is not None
            else (reduction.c.folded, reduction.c.id)
        )
        found = self.connection.execute(
            select(
                reduction.c.id,
                reduction.c.wording,
                reduction.c.note,
                placement.c.category_id,
                category.c.name.label("category_name"),
            )
            .select_from(with_place.outerjoin(category, placement.c.category_id == category.c.id))
            .where(*conditions)
            .order_by(*order)
            .offset(offset)
            .limit(limit)
        ).mappings()
        rows = list(found)
        counts = self._expression_counts([row["id"] for row in rows])
        return v.Page(
            tuple(
                v.ReductionRow(
                    id=row["id"],
                    wording=row["wording"],
                    expressions=counts[row["id"]][0].mentions,
                    respondents=counts[row["id"]][0].respondents,
                    category_id=row["category_id"],
                    category_name=row["category_name"] or "",
                    example=counts[row["id"]][1],
                    note=row["note"],
                )
                for row in rows
            ),
            total,
            offset,
            limit,
        )

    def _expression_counts(self, ids: Sequence[str]) -> dict[str, tuple[v.Count, str]]:
        """Per reduction: its expressions and respondents counted, and its first expression."""
        segments: dict[str, set[str]] = defaultdict(set)
        people: dict[str, set[str]] = defaultdict(set)
        first: dict[str, str] = {}
        rows = self.connection.execute(
            select(
                reduction_link.c.reduction_id,
                segment.c.id,
                document.c.respondent_id,
                func.substr(document.c.text, segment.c.start + 1, segment.c.end - segment.c.start),
            )
            .join(segment, reduction_link.c.segment_id == segment.c.id)
            .join(document, segment.c.document_id == document.c.id)
            .where(self._one_of(reduction_link.c.reduction_id, ids), analysed)
            .order_by(*study_order, segment.c.start, segment.c.end, reduction_link.c.id)
        )
        for reduction_id, segment_id, respondent_id, text in rows:
            segments[reduction_id].add(segment_id)
            if respondent_id is not None:
                people[reduction_id].add(respondent_id)
            first.setdefault(reduction_id, text)
        return {id: (v.Count(len(segments[id]), len(people[id])), first.get(id, "")) for id in ids}

    def worded(self, wording: str) -> ReducedExpression | None:
        row = (
            self.connection.execute(
                select(reduction)
                .where(func.rtrim(reduction.c.folded, ".!") == bare_wording(wording))
                .order_by(reduction.c.created_at, reduction.c.id)
                .limit(1)
            )
            .mappings()
            .first()
        )
        return None if row is None else from_row(ReducedExpression, dict(row))

    def expressions(
        self, query: v.ExpressionQuery, offset: int, limit: int
    ) -> v.Page[v.ExpressionRow]:
        conditions: list[Condition] = []
        if query.reduction_ids is not None:
            conditions.append(
                exists().where(
                    reduction_link.c.segment_id == segment.c.id,
                    self._one_of(reduction_link.c.reduction_id, query.reduction_ids),
                )
            )
        if query.code_id is not None:
            conditions.append(
                exists().where(
                    coding.c.segment_id == segment.c.id, coding.c.code_id == query.code_id
                )
            )
        if query.segment_ids is not None:
            conditions.append(self._one_of(segment.c.id, query.segment_ids))
        if query.document_ids is not None:
            conditions.append(self._one_of(segment.c.document_id, query.document_ids))
        if query.actor_group is not None:
            conditions.append(group_of_text == query.actor_group)
        if query.quotes is not None:
            conditions += self._quotable(query.quotes)
        joined = segment.join(texts_in_place, segment.c.document_id == document.c.id)
        total = self.connection.execute(
            select(func.count()).select_from(joined).where(*conditions)
        ).scalar_one()
        rows = self.connection.execute(
            select(
                segment.c.id,
                document.c.id.label("document_id"),
                segment.c.start,
                segment.c.end,
                document.c.text,
                document.c.respondent_id,
                respondent.c.label,
                group_of_text.label("group"),
                document.c.item_id,
                item.c.number,
                item.c.text.label("item_text"),
                theme_of_text.label("theme"),
                document.c.provenance,
            )
            .select_from(joined)
            .where(*conditions)
            .order_by(*study_order, segment.c.start, segment.c.end)
            .offset(offset)
            .limit(limit)
        ).mappings()
        return v.Page(
            tuple(
                v.ExpressionRow(
                    segment_id=row["id"],
                    document_id=row["document_id"],
                    start=row["start"],
                    end=row["end"],
                    text=row["text"][row["start"] : row["end"]],
                    respondent_id=row["respondent_id"],
                    respondent_label=row["label"] or "",
                    actor_group=row["group"],
                    item_id=row["item_id"],
                    item_number=row["number"] or "",
                    item_text=row["item_text"] or "",
                    theme=row["theme"],
                    provenance=Provenance(**row["provenance"]),
                )
                for row in rows
            ),
            total,
            offset,
            limit,
        )

    # --- counts ---

    def code_counts(self, code_ids: Sequence[str] | None = None) -> dict[str, v.Count]:
        named = [] if code_ids is None else [self._one_of(coding.c.code_id, code_ids)]
        rows = self.connection.execute(
            select(
                coding.c.code_id,
                func.count(distinct(coding.c.segment_id)),
                func.count(distinct(document.c.respondent_id)),
            )
            .join(segment, coding.c.segment_id == segment.c.id)
            .join(document, segment.c.document_id == document.c.id)
            .where(analysed, *named)
            .group_by(coding.c.code_id)
        )
        return {code_id: v.Count(mentions, people) for code_id, mentions, people in rows}

    def evidence(self) -> list[v.EvidenceRow]:
        rows = self.connection.execute(
            select(
                reduction_link.c.reduction_id,
                placement.c.category_id,
                reduction_link.c.id,
                segment.c.id,
                document.c.id,
                document.c.respondent_id,
                group_of_text,
                theme_of_text,
                document.c.item_id,
            )
            .select_from(
                reduction_link.join(segment, reduction_link.c.segment_id == segment.c.id)
                .join(texts_in_place, segment.c.document_id == document.c.id)
                .outerjoin(placement, placement.c.id == reduction_link.c.reduction_id)
            )
            .where(analysed)
            .order_by(*study_order, segment.c.start, segment.c.end, reduction_link.c.id)
        )
        return [v.EvidenceRow(*row) for row in rows]

    def closed_counts(self) -> list[v.ClosedCount]:
        group = func.coalesce(
            func.nullif(closed_answer.c.actor_group, ""), respondent.c.actor_group, ""
        ).label("group")
        rows = self.connection.execute(
            select(
                closed_answer.c.item_id,
                group,
                closed_answer.c.state,
                closed_answer.c.value,
                func.sum(closed_answer.c.count),
            )
            .select_from(
                closed_answer.outerjoin(
                    respondent, closed_answer.c.respondent_id == respondent.c.id
                ).join(item, closed_answer.c.item_id == item.c.id)
            )
            .group_by(
                item.c.position,
                closed_answer.c.item_id,
                group,
                closed_answer.c.state,
                closed_answer.c.value,
            )
            .order_by(
                item.c.position,
                closed_answer.c.item_id,
                group,
                closed_answer.c.state,
                closed_answer.c.value,
            )
        )
        return [
            v.ClosedCount(item_id, actor_group, ClosedState(state), value, int(count))
            for item_id, actor_group, state, value, count in rows
        ]
