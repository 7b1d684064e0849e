"""Which expressions are material for quotes, in SQL."""

from __future__ import annotations

from sqlalchemy import exists, func, or_

from qualcode.store.sql_asking import Asking, Condition, analysed
from qualcode.store.tables import (
    chosen_quote,
    coding,
    document,
    placement,
    reduction_link,
    segment,
)
from qualcode.store.views import QuoteQuery, sought


class QuoteViews(Asking):
    """Mixed into the views of one open transaction."""

    def _quotable(self, query: QuoteQuery) -> list[Condition]:
        """Conditions on a segment with its document, beside it the texts in place."""
        coded = exists().where(coding.c.segment_id == segment.c.id)
        reduced = exists().where(reduction_link.c.segment_id == segment.c.id)
        conditions: list[Condition] = [analysed, or_(coded, reduced)]
        if query.text:
            wanted = sought(query.text)
            conditions.append(self._holds(document.c.folded, wanted))
            # Where folding changes the length, the span is not the same letters: the text will do.
            span = func.substr(
                document.c.folded, segment.c.start + 1, segment.c.end - segment.c.start
            )
            same_length = func.length(document.c.folded) == func.length(document.c.text)
            conditions.append(or_(self._holds(span, wanted), ~same_length))
        if query.respondent_id is not None:
            conditions.append(document.c.respondent_id == query.respondent_id)
        placed = exists().where(
            reduction_link.c.segment_id == segment.c.id,
            placement.c.id == reduction_link.c.reduction_id,
        )
        if query.category_ids is not None:
            conditions.append(
                placed.where(self._one_of(placement.c.category_id, query.category_ids))
            )
        if query.placed is not None:
            conditions.append(placed if query.placed else ~placed)
        chosen = exists().where(chosen_quote.c.id == segment.c.id)
        if query.chosen is not None:
            conditions.append(chosen if query.chosen else ~chosen)
        if query.checked is not None:
            looked_at = chosen.where(chosen_quote.c.checked_by != "")
            conditions.append(looked_at if query.checked else ~looked_at)
        return conditions
