"""The chain from words to categories (Table 1), in SQL: a page of it, in the order of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, func, select

from qualcode.store import views as v
from qualcode.store.cross_query import MARKS, ChainQuery, ChainRow, Near
from qualcode.store.sql_asking import Condition, analysed, group_of_text
from qualcode.store.sql_cross import CrossViews
from qualcode.store.tables import (
    document,
    item,
    placement,
    reduction,
    reduction_link,
    respondent,
    segment,
)


class ChainViews(CrossViews):
    """What Table 1 asks; mixed into the views of one open transaction."""

    def chain(self, query: ChainQuery, offset: int, limit: int) -> v.Page[ChainRow]:
        joined: FromClause = (
            reduction_link.join(segment, reduction_link.c.segment_id == segment.c.id)
            .join(document, segment.c.document_id == document.c.id)
            .join(reduction, reduction.c.id == reduction_link.c.reduction_id)
            .outerjoin(placement, placement.c.id == reduction_link.c.reduction_id)
            .outerjoin(respondent, document.c.respondent_id == respondent.c.id)
            .outerjoin(item, document.c.item_id == item.c.id)
        )
        theme: Any
        if query.themes.by in MARKS:
            joined, theme = self._meeting(joined, query.themes, Near.WORDS)
        else:
            theme = self._single_of(query.themes)
        conditions: list[Condition] = [analysed]
        if query.theme is not None:
            conditions.append(theme == query.theme)
        if query.within is not None:
            conditions.append(self._one_of(placement.c.category_id, query.within))
        # All of them are put in order, ids and places only: the database would take longer over
        # it than over finding them. The words of one page are read afterwards.
        found = self.connection.execute(
            select(
                reduction_link.c.id,
                theme.label("theme"),
                placement.c.category_id,
                placement.c.position,
                reduction.c.folded,
                reduction.c.id,
                document.c.position,
                document.c.id,
                segment.c.start,
                segment.c.end,
            )
            .select_from(joined)
            .where(*conditions)
        )
        themes = {value: n for n, value in enumerate(query.theme_order)}
        places = {category: n for n, category in enumerate(query.categories)}
        ordered = sorted(
            (
                themes.get(of_theme, len(themes)),
                of_theme,
                places.get(category, len(places)),
                position or 0.0,
                folded.encode(),
                reduction_id,
                *words,
                link,
                category,
            )
            for link, of_theme, category, position, folded, reduction_id, *words in found
        )
        keys = [(row[1], row[-1], row[5], row[-2]) for row in ordered]
        chosen = range(len(keys)) if query.each is None else _of_each(keys, query.each)
        named = [(keys[n][3], keys[n][0]) for n in chosen]
        return v.Page(self._chained(named[offset : offset + limit]), len(named), offset, limit)

    def _chained(self, named: Sequence[tuple[str, str]]) -> tuple[ChainRow, ...]:
        """The rows of these links, each under the theme named with it."""
        text = func.substr(document.c.text, segment.c.start + 1, segment.c.end - segment.c.start)
        found = self.connection.execute(
            select(
                reduction_link.c.id,
                segment.c.id,
                document.c.id,
                text,
                reduction.c.id,
                reduction.c.wording,
                placement.c.category_id,
                document.c.respondent_id,
                group_of_text,
            )
            .select_from(
                reduction_link.join(segment, reduction_link.c.segment_id == segment.c.id)
                .join(document, segment.c.document_id == document.c.id)
                .join(reduction, reduction.c.id == reduction_link.c.reduction_id)
                .outerjoin(placement, placement.c.id == reduction_link.c.reduction_id)
                .outerjoin(respondent, document.c.respondent_id == respondent.c.id)
                .outerjoin(item, document.c.item_id == item.c.id)
            )
            .where(self._one_of(reduction_link.c.id, sorted({link for link, _ in named})))
        )
        rows = {row[0]: row[1:] for row in found}
        return tuple(
            ChainRow(segment_id, text_id, words, theme, *rest)
            for link, theme in named
            for segment_id, text_id, words, *rest in [rows[link]]
        )


def _of_each(keys: Sequence[tuple[Any, ...]], each: int) -> list[int]:
    """The places of at most so many rows of each theme and category, of every reduction in turn.

    ``keys``: (theme, category, reduction, ...) in the order of the table.
    """
    turns: dict[tuple[Any, ...], int] = defaultdict(int)
    ends: dict[tuple[Any, ...], list[tuple[int, int]]] = defaultdict(list)
    for n, (theme, category, reduction_id, *_rest) in enumerate(keys):
        turns[theme, reduction_id] += 1
        ends[theme, category].append((turns[theme, reduction_id], n))
    return sorted(n for found in ends.values() for _, n in sorted(found)[:each])
