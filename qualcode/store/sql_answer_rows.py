"""Texts in SQL with everything a coder needs beside them: whose they are, and their marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    select,
)
from sqlalchemy.sql.elements import KeyedColumnElement

from qualcode.domain.documents import Document
from qualcode.store import views as v
from qualcode.store.kinds import from_row
from qualcode.store.sql_asking import (
    group_of_text,
    texts_in_place,
    theme_of_text,
)
from qualcode.store.sql_memos import MemoViews
from qualcode.store.tables import (
    coding,
    document,
    item,
    reduction,
    reduction_link,
    respondent,
    segment,
    source,
)


class AnswerRows(MemoViews):
    """Rows of texts that are known by their ids; mixed into the views of one transaction."""

    def texts(self, document_ids: Sequence[str]) -> dict[str, v.AnswerRow]:
        found = self.connection.execute(
            select(
                document,
                respondent.c.label.label("respondent_label"),
                respondent.c.background,
                group_of_text.label("group"),
                item.c.number,
                item.c.text.label("item_text"),
                theme_of_text.label("theme"),
                source.c.name.label("source_name"),
            )
            .select_from(texts_in_place.join(source, document.c.source_id == source.c.id))
            .where(self._one_of(document.c.id, document_ids))
        ).mappings()
        spans = self._spans(document_ids)
        reductions = self._reduction_spans(document_ids)
        memos = self._memo_marks(document_ids)
        return {
            row["id"]: v.AnswerRow(
                document=from_row(Document, dict(row)),
                respondent_label=row["respondent_label"] or "",
                actor_group=row["group"],
                background=row["background"] or {},
                item_number=row["number"] or "",
                item_text=row["item_text"] or "",
                theme=row["theme"],
                source_name=row["source_name"],
                spans=tuple(spans[row["id"]]),
                reductions=tuple(reductions[row["id"]]),
                memos=tuple(memos[row["id"]]),
            )
            for row in found
        }

    def _spans(self, document_ids: Sequence[str]) -> dict[str, list[v.SpanRow]]:
        found: dict[str, list[v.SpanRow]] = defaultdict(list)
        rows = self.connection.execute(
            select(
                coding.c.id,
                segment.c.id,
                segment.c.document_id,
                segment.c.start,
                segment.c.end,
                coding.c.code_id,
                coding.c.coder,
            )
            .join(segment, coding.c.segment_id == segment.c.id)
            .where(self._one_of(segment.c.document_id, document_ids))
            .order_by(segment.c.start, segment.c.end, coding.c.created_at, coding.c.id)
        )
        for row in rows:
            found[row[2]].append(v.SpanRow(*row))
        return found

    def _reduction_spans(self, document_ids: Sequence[str]) -> dict[str, list[v.ReductionSpanRow]]:
        found: dict[str, list[v.ReductionSpanRow]] = defaultdict(list)
        rows = self.connection.execute(
            select(
                reduction_link.c.id,
                segment.c.id,
                segment.c.document_id,
                segment.c.start,
                segment.c.end,
                reduction.c.id,
                reduction.c.wording,
                reduction_link.c.coder,
            )
            .join(segment, reduction_link.c.segment_id == segment.c.id)
            .join(reduction, reduction_link.c.reduction_id == reduction.c.id)
            .where(self._one_of(segment.c.document_id, document_ids))
            .order_by(
                segment.c.start, segment.c.end, reduction_link.c.created_at, reduction_link.c.id
            )
        )
        for row in rows:
            found[row[2]].append(v.ReductionSpanRow(*row))
        return found

    def attribute_values(self) -> dict[str, list[str]]:
        values: dict[str, set[str]] = defaultdict(set)
        columns: tuple[KeyedColumnElement[Any], ...] = (
            respondent.c.background,
            document.c.attributes,
        )
        for column in columns:
            for attributes in self.connection.execute(select(column).distinct()).scalars():
                for name, value in (attributes or {}).items():
                    values[name].add(value)
        return {name: sorted(found) for name, found in sorted(values.items())}
