"""What a text can be asked for, in SQL: its values of a facet, and the conditions on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    func,
    literal,
    not_,
    or_,
    select,
    union,
)

from qualcode.store import views as v
from qualcode.store.answer_query import (
    BOOKMARK,
    MEMO,
    NONE,
    SEVERAL,
    Facet,
)
from qualcode.store.sql_answer_rows import AnswerRows
from qualcode.store.sql_asking import (
    Condition,
    group_of_text,
    texts_in_place,
    theme_of_text,
)
from qualcode.store.tables import (
    bookmark,
    coding,
    document,
    memo,
    placement,
    reduction_link,
    respondent,
    segment,
    stance,
)

LINKS: dict[Facet, tuple[Any, ...]] = {
    Facet.CODE: (coding,),
    Facet.REDUCTION: (reduction_link,),
    Facet.CATEGORY: (placement,),
    Facet.CODER: (coding, reduction_link),
}
"""The rows that give a text such a value."""


class FacetViews(AnswerRows):
    """Facets of texts; mixed into the views of one open transaction."""

    def _meets(self, condition: v.Among) -> Condition:
        if condition.how is v.How.ALL:
            each = [self._any_of(condition, [value]) for value in condition.values]
            return and_(literal(True), *each)
        any_of = self._any_of(condition, condition.values)
        return any_of if condition.how is v.How.ANY else not_(any_of)

    def _any_of(self, condition: v.Among, values: Sequence[str]) -> Condition:
        if condition.facet not in SEVERAL:
            return self._one_of(self._single(condition.facet, condition.name), values)
        named = [value for value in values if value != NONE]
        found = document.c.id.in_(select(self._links(condition.facet, named).c.document_id))
        if NONE in values:
            return or_(found, self._has_none(condition.facet))
        return found

    def _has_none(self, facet: v.Facet) -> Condition:
        if facet in (v.Facet.MARK, v.Facet.SPOKEN_OF):
            return document.c.id.not_in(select(self._links(facet).c.document_id))
        return and_(literal(True), *(not_(has_any(link)) for link in LINKS[facet]))

    # --- the values of a text ---

    def _single(self, facet: v.Facet, name: str) -> ColumnElement[Any]:
        """The one value that a text has of this facet; an empty string when it has none."""
        if facet is v.Facet.ATTRIBUTE:
            own = func.nullif(self._value(document.c.attributes, name), NONE)
            return func.coalesce(own, self._value(respondent.c.background, name), NONE)
        columns: dict[v.Facet, Any] = {
            v.Facet.SOURCE: document.c.source_id,
            v.Facet.KIND: document.c.kind,
            v.Facet.ITEM: func.coalesce(document.c.item_id, NONE),
            v.Facet.THEME: theme_of_text,
            v.Facet.RESPONDENT: func.coalesce(document.c.respondent_id, NONE),
            v.Facet.ACTOR_GROUP: group_of_text,
        }
        return cast("ColumnElement[Any]", columns[facet])

    def _links(self, facet: v.Facet, values: Sequence[str] | None = None) -> Subquery:
        """(document_id, value) of a facet of which a text can have several, some pairs twice."""

        def chosen(question: Select[Any], value: Any) -> Select[Any]:
            return question if values is None else question.where(self._one_of(value, values))

        def through(link: Any, value: Any, *joins: tuple[Any, Condition]) -> Select[Any]:
            joined = link.join(segment, link.c.segment_id == segment.c.id)
            for table, on in joins:
                joined = joined.join(table, on)
            columns = (segment.c.document_id, value.label("value"))
            return chosen(select(*columns).select_from(joined), value)

        match facet:
            case v.Facet.CODE:
                return through(coding, coding.c.code_id).subquery()
            case v.Facet.REDUCTION:
                return through(reduction_link, reduction_link.c.reduction_id).subquery()
            case v.Facet.CATEGORY:
                place = (placement, placement.c.id == reduction_link.c.reduction_id)
                return through(reduction_link, placement.c.category_id, place).subquery()
            case v.Facet.SPOKEN_OF:
                named = select(segment.c.document_id, stance.c.about.label("value")).join_from(
                    stance, segment, stance.c.segment_id == segment.c.id
                )
                return chosen(named.where(stance.c.about != NONE), stance.c.about).subquery()
            case v.Facet.CODER:
                return union(
                    through(coding, coding.c.coder),
                    through(reduction_link, reduction_link.c.coder),
                ).subquery()
        noted, marked = literal(MEMO), literal(BOOKMARK)
        whole = select(memo.c.about_id.label("document_id"), noted.label("value"))
        part = select(segment.c.document_id, noted.label("value")).join_from(
            memo, segment, and_(memo.c.about_kind == "segment", memo.c.about_id == segment.c.id)
        )
        place_kept = select(bookmark.c.document_id, marked.label("value"))
        standing = select(segment.c.document_id, stance.c.stance.label("value")).join_from(
            stance, segment, stance.c.segment_id == segment.c.id
        )
        return union(
            chosen(standing.where(stance.c.stance.is_not(None)), stance.c.stance),
            chosen(whole.where(memo.c.about_kind == "document"), noted),
            chosen(part, noted),
            chosen(place_kept, marked),
        ).subquery()

    def _values_of(self, by: v.GroupBy, document_id: str) -> set[str]:
        if by.facet in SEVERAL:
            links = self._links(by.facet)
            question = select(links.c.value).where(links.c.document_id == document_id)
            return set(self.connection.execute(question).scalars()) or {NONE}
        value = self._single(by.facet, by.name)
        question = select(value).select_from(texts_in_place).where(document.c.id == document_id)
        return set(self.connection.execute(question).scalars())


def has_any(link: Any, *more: Condition) -> Condition:
    """Whether the text has a coding (or a reduction link) on one of its expressions.

    Asked of each text: it has few expressions, the study has many.
    """
    if link is not placement:
        joined = segment.join(link, link.c.segment_id == segment.c.id)
    else:
        joined = segment.join(reduction_link, reduction_link.c.segment_id == segment.c.id).join(
            placement, placement.c.id == reduction_link.c.reduction_id
        )
    found = select(segment.c.id).select_from(joined)
    return found.where(segment.c.document_id == document.c.id, *more).correlate(document).exists()
