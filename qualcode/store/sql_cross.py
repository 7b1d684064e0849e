"""Tables of marks, counted in SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    FromClause,
    and_,
    case,
    distinct,
    func,
    literal,
    select,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from qualcode.store.cross_query import (
    MARKS,
    Axis,
    CellAt,
    CrossCell,
    CrossMark,
    CrossQuery,
    Near,
    Side,
    StanceRow,
)
from qualcode.store.sql_asking import (
    Asking,
    Condition,
    analysed,
    group_of_text,
    study_order,
    theme_of_text,
)
from qualcode.store.sql_turns import in_material
from qualcode.store.tables import (
    coding,
    document,
    item,
    placement,
    reduction_link,
    respondent,
    segment,
    stance,
)


@dataclass(frozen=True)
class _Asked:
    """A question being put together: what is joined, and what its two sides are."""

    joined: FromClause
    row: Any
    column: Any
    group: Any
    coder: Any
    conditions: tuple[Condition, ...]


class CrossViews(Asking):
    """What screens ask about tables of marks; mixed into the views of one open transaction."""

    _lists = 0
    """How many lists of pairs have been sent: each needs a name of its own in its question."""

    def crossed(self, query: CrossQuery) -> list[CrossCell]:
        if query.rows.by is Axis.CATEGORY:
            return self._counted_upwards(query)
        asked = self._crossing(query)
        keys = (asked.row.label("r"), asked.column.label("c"), asked.group.label("g"))
        # The marks are gathered once; counting distinct ones of a plain list is what takes time.
        found = (
            select(
                *keys,
                segment.c.id.label("s"),
                document.c.respondent_id.label("p"),
                document.c.id.label("d"),
            )
            .select_from(asked.joined)
            .where(*asked.conditions)
            .distinct()
            .subquery()
        )
        marks = found.c
        rows = self.connection.execute(
            select(
                marks.r,
                marks.c,
                marks.g,
                func.count(),
                func.count(distinct(marks.p)),
                func.count(distinct(marks.d)),
            )
            .group_by(marks.r, marks.c, marks.g)
            .order_by(marks.r, marks.c, marks.g)
        )
        return [CrossCell(*row) for row in rows]

    def _counted_upwards(self, query: CrossQuery) -> list[CrossCell]:
        """A table of categories, told apart once and added up the tree here.

        A category counts what is below it, each expression once: were every expression repeated
        for each category above it, a tree of four levels would take the database four times as
        long. Only ids are read.
        """
        above: dict[str, list[str]] = defaultdict(list)
        for category, value in query.rows.pairs:
            above[category].append(value)
        asked = self._crossing(query)
        marks = self.connection.execute(
            select(
                asked.row,
                asked.column,
                asked.group,
                segment.c.id,
                document.c.respondent_id,
                document.c.id,
            )
            .select_from(asked.joined)
            .where(*asked.conditions)
        )
        mentions: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        people: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        texts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for category, column, group, segment_id, person, text in marks:
            for value in above.get(category, ()):
                key = (value, column, group)
                mentions[key].add(segment_id)
                texts[key].add(text)
                if person is not None:
                    people[key].add(person)
        return [
            CrossCell(*key, len(found), len(people.get(key, ())), len(texts[key]))
            for key, found in sorted(mentions.items())
        ]

    def crossed_segments(self, query: CrossQuery, at: CellAt) -> list[str]:
        asked = self._crossing(query)
        conditions = list(asked.conditions)
        if query.rows.by is Axis.CATEGORY:
            below = {id for id, value in query.rows.pairs if at.row in (None, value)}
            conditions.append(self._one_of(asked.row, sorted(below)))
        elif at.row is not None:
            conditions.append(asked.row == at.row)
        if at.columns is not None:
            conditions.append(self._one_of(asked.column, at.columns))
        if at.actor_group is not None:
            conditions.append(asked.group == at.actor_group)
        if at.coder is not None:
            conditions.append(asked.coder == at.coder)
        found = self.connection.execute(
            select(segment.c.id, *study_order, segment.c.start, segment.c.end)
            .select_from(asked.joined)
            .where(*conditions)
            .distinct()
            .order_by(*study_order, segment.c.start, segment.c.end)
        )
        return [row[0] for row in found]

    def crossed_marks(self, query: CrossQuery) -> list[CrossMark]:
        asked = self._crossing(query)
        marks = self.connection.execute(
            select(asked.row, asked.column, asked.group, asked.coder, segment.c.id)
            .select_from(asked.joined)
            .where(*asked.conditions)
            .distinct()
        )
        if query.rows.by is not Axis.CATEGORY:
            return [CrossMark(*mark) for mark in marks]
        above: dict[str, list[str]] = defaultdict(list)
        for category, value in query.rows.pairs:
            above[category].append(value)
        found = {
            CrossMark(value, *rest)
            for category, *rest in marks
            for value in above.get(category, ())
        }
        return list(found)

    def background(self, name: str, actor_group: str | None = None) -> list[tuple[str, str, int]]:
        value = func.coalesce(self._value(respondent.c.background, name), "").label("value")
        labelled = select(value, respondent.c.actor_group.label("of_group")).subquery()
        keys = (labelled.c.value, labelled.c.of_group)
        wanted = [] if actor_group is None else [labelled.c.of_group == actor_group]
        found = self.connection.execute(
            select(*keys, func.count()).where(*wanted).group_by(*keys).order_by(*keys)
        )
        return [(value, group, int(n)) for value, group, n in found]

    def stances(self, document_ids: Sequence[str]) -> list[StanceRow]:
        found = self.connection.execute(
            select(
                stance.c.id,
                segment.c.id,
                segment.c.document_id,
                segment.c.start,
                segment.c.end,
                func.coalesce(stance.c.stance, ""),
                stance.c.about,
                stance.c.coder,
                stance.c.speaker,
            )
            .join(segment, stance.c.segment_id == segment.c.id)
            .where(self._one_of(segment.c.document_id, document_ids))
            .order_by(
                segment.c.document_id,
                segment.c.start,
                segment.c.end,
                stance.c.created_at,
                stance.c.id,
            )
        )
        return [StanceRow(*row) for row in found]

    # --- the two sides ---

    def _crossing(self, query: CrossQuery) -> _Asked:
        joined, row, coder = self._rows(query.rows)
        joined = joined.join(document, segment.c.document_id == document.c.id)
        joined = joined.outerjoin(respondent, document.c.respondent_id == respondent.c.id)
        joined = joined.outerjoin(item, document.c.item_id == item.c.id)
        conditions: list[Condition] = [analysed, row.is_not(None)]
        if query.rows.named is not None:
            conditions.append(self._one_of(coding.c.code_id, query.rows.named))
        group: Any = group_of_text
        if query.rows.by is Axis.SPOKEN_OF:
            group = func.coalesce(func.nullif(stance.c.speaker, ""), group_of_text)
        if query.actor_group is not None:
            conditions.append(group == query.actor_group)
        if query.standing is not None:
            conditions.append(self._stands(query.standing))
        if query.sources is not None:
            conditions.append(self._one_of(document.c.source_id, query.sources))
        side = query.columns
        if side.by in MARKS:
            joined, column = self._meeting(joined, side, query.near)
        else:
            column = coder if side.by is Axis.CODER else self._single_of(side)
        return _Asked(joined, row, column, group, coder, tuple(conditions))

    def _rows(self, side: Side) -> tuple[FromClause, Any, Any]:
        """The rows' marks. Categories come as they are given: what they count under is added up
        afterwards, for joined with the pairs the database may go through all texts for each."""
        if side.by is not Axis.CATEGORY:
            return self._marked(side)
        joined = reduction_link.join(segment, reduction_link.c.segment_id == segment.c.id).join(
            placement, placement.c.id == reduction_link.c.reduction_id
        )
        return joined, placement.c.category_id, reduction_link.c.coder

    def _stands(self, stances: Sequence[str]) -> Condition:
        """That somebody gave one of these stances to words of the segment."""
        place = segment.alias("stood")
        found = select(stance.c.id).join(place, stance.c.segment_id == place.c.id)
        return (
            found.where(
                place.c.document_id == segment.c.document_id,
                place.c.start < segment.c.end,
                segment.c.start < place.c.end,
                stance.c.stance.in_(stances),
            )
            .correlate(segment)
            .exists()
        )

    def _marked(self, side: Side) -> tuple[FromClause, Any, Any]:
        """Expressions joined with their marks; what a mark counts under; who gave it."""
        if side.by is Axis.CODE:
            joined = coding.join(segment, coding.c.segment_id == segment.c.id)
            return joined, _renamed(coding.c.code_id, side.renamed), coding.c.coder
        if side.by in (Axis.STANCE, Axis.SPOKEN_OF):
            value: Any = stance.c.stance if side.by is Axis.STANCE else stance.c.about
            joined = stance.join(segment, stance.c.segment_id == segment.c.id)
            return joined, func.nullif(_renamed(value, side.renamed), ""), stance.c.coder
        pairs = self._pairs(side.pairs)
        joined = (
            reduction_link.join(segment, reduction_link.c.segment_id == segment.c.id)
            .join(placement, placement.c.id == reduction_link.c.reduction_id)
            .join(pairs, pairs.c.one == placement.c.category_id)
        )
        return joined, pairs.c.other, reduction_link.c.coder

    def _meeting(self, joined: FromClause, side: Side, near: Near) -> tuple[FromClause, Any]:
        """The same with the marks of another side that the expressions meet."""
        other, value, _ = self._marked(side)
        wanted = (
            [self._one_of(coding.c.code_id, side.named)]
            if side.by is Axis.CODE and side.named is not None
            else []
        )
        marks = (
            select(
                segment.c.document_id,
                segment.c.start.label("start"),
                segment.c.end.label("end"),
                value.label("value"),
            )
            .select_from(other)
            .where(in_material(), value.is_not(None), *wanted)
            .distinct()
            .cte("beside")
        )
        meets: Condition = marks.c.document_id == segment.c.document_id
        if near is Near.WORDS:
            meets = and_(meets, marks.c.start < segment.c.end, segment.c.start < marks.c.end)
        column = func.coalesce(marks.c.value, "") if side.lacking else marks.c.value
        return joined.join(marks, meets, isouter=side.lacking), column

    def _single_of(self, side: Side) -> Any:
        match side.by:
            case Axis.THEME:
                return _renamed(theme_of_text, side.renamed)
            case Axis.ATTRIBUTE:
                return func.coalesce(self._value(respondent.c.background, side.name), "")
            case Axis.ITEM:
                return func.coalesce(document.c.item_id, "")
            case Axis.SOURCE:
                return _renamed(document.c.source_id, side.renamed)
        return literal("")

    def _pairs(self, told: Sequence[tuple[str, str | int]]) -> CTE:
        """The pairs as rows (one, other), sent as one JSON value and unpacked once."""
        values = [list(pair) for pair in told]
        if self._on_server:
            rows = func.jsonb_array_elements(sql_cast(values, JSONB)).table_valued("value")
            one, other = (func.jsonb_extract_path_text(rows.c.value, str(n)) for n in (0, 1))
        else:
            rows = func.json_each(json.dumps(values)).table_valued("value")
            one, other = (func.json_extract(rows.c.value, f"$[{n}]") for n in (0, 1))
        self._lists += 1
        named = select(one.label("one"), other.label("other")).cte(f"pairs_{self._lists}")
        return named.prefix_with("MATERIALIZED")


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    return case(dict(names), value=value, else_=value) if names else value
