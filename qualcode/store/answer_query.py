"""The question a page of reading puts to the store: which texts, in what order, in what groups.

Filters, order and groups speak of the same things: a *facet* is anything a text can be asked for.
A text has one value of some facets (its question) and several of others (its codes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from qualcode.domain.documents import normalise

M = TypeVar("M", bound=StrEnum)

NONE = ""
"""The value of a text that has none: no code, no such background variable."""


class AnswerState(StrEnum):
    """Which texts are shown. All but ALL and SET_ASIDE leave out what was set aside.

    A text is coded or reduced when something of it that is material is (``domain.turns``).
    """

    ANSWERS = "answers"
    ALL = "all"
    UNCODED = "uncoded"
    CODED = "coded"
    UNREDUCED = "unreduced"
    SET_ASIDE = "set_aside"


class Facet(StrEnum):
    """What a text can be asked for. The value is an id where the thing has one.

    ATTRIBUTE is an attribute of the text or, where it has none of that name, a background
    variable of its respondent. CODER: who coded or reduced something of the text. CATEGORY: where
    its reductions are placed. MARK: what somebody left on it (``MEMO``, ``BOOKMARK``, a
    stance). SPOKEN_OF: the actor groups that its expressions speak of.
    """

    SOURCE = "source"
    KIND = "kind"
    ITEM = "item"
    THEME = "theme"
    RESPONDENT = "respondent"
    ACTOR_GROUP = "actor_group"
    ATTRIBUTE = "attribute"
    CODE = "code"
    CODER = "coder"
    REDUCTION = "reduction"
    CATEGORY = "category"
    MARK = "mark"
    SPOKEN_OF = "spoken_of"


MEMO, BOOKMARK = "memo", "bookmark"
"""Values of Facet.MARK: a memo on the text or on one of its expressions; a bookmark in it. The
others are the stances of its expressions (``domain.second_marks.Stance``)."""

SEVERAL = frozenset(
    {
        Facet.CODE,
        Facet.CODER,
        Facet.REDUCTION,
        Facet.CATEGORY,
        Facet.MARK,
        Facet.SPOKEN_OF,
    }
)
"""Facets of which one text can have several values."""

IN_ORDER_OF_STUDY = frozenset(
    {Facet.SOURCE, Facet.KIND, Facet.ITEM, Facet.THEME, Facet.RESPONDENT, Facet.MARK}
)
"""Groups of these come as their first texts do; the others by their own order or by name."""


class How(StrEnum):
    """ANY: at least one of the values; ALL: every one of them; NONE: none of them."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True)
class Among:
    """A condition: how the text's values of a facet meet these. ``name`` is an attribute's.

    The value ``""`` stands for having none.
    """

    facet: Facet
    values: tuple[str, ...]
    how: How = How.ANY
    name: str = ""

    def holds_of(self, values: set[str]) -> bool:
        """Whether a text with these values of the facet meets the condition."""
        named = set(self.values)
        if self.how is How.ALL:
            return named <= values
        return bool(named & values) is (self.how is How.ANY)


def among(facet: Facet, *values: str, how: How = How.ANY, name: str = "") -> Among:
    """``among(Facet.CODE, "c1", "c2")``: texts with one of these codes."""
    return Among(facet, values, how, name)


class OrderBy(StrEnum):
    """What texts are put in order by; equals stay in the study's order.

    CODINGS is how many there are, LENGTH is in characters, NEWEST the time of the last coding.
    UNSURE and NEW are the turns that the machine gave when it last looked through all answers:
    those first of whose codes it is least sure, and those least like what is coded or came before.
    """

    STUDY = "study"
    RESPONDENT = "respondent"
    ITEM = "item"
    ACTOR_GROUP = "actor_group"
    THEME = "theme"
    ATTRIBUTE = "attribute"
    LENGTH = "length"
    CODINGS = "codings"
    NEWEST = "newest"
    UNSURE = "unsure"
    NEW = "new"


@dataclass(frozen=True)
class Order:
    """Texts that lack what they are ordered by come last, also when ``descending``."""

    by: OrderBy = OrderBy.STUDY
    name: str = ""
    descending: bool = False

    def told(self) -> str:
        """In one word, as the log keeps it.

        >>> Order().told(), Order(OrderBy.LENGTH, descending=True).told()
        ('study', '-length')
        """
        named = f"{self.by.value}:{self.name}" if self.name else self.by.value
        return f"-{named}" if self.descending else named


@dataclass(frozen=True)
class GroupBy:
    """Texts under headings, one a value of the facet; those with no value come last."""

    facet: Facet
    name: str = ""


@dataclass(frozen=True)
class AnswerQuery:
    """Which texts a page of reading shows. Every condition given must hold.

    ``text`` is looked for, letter case aside, in the text and in the reductions written of it.
    With ``group_by`` a text with several values (two codes) stands in each of their groups.
    """

    state: AnswerState = AnswerState.ANSWERS
    conditions: tuple[Among, ...] = ()
    text: str = ""
    document_ids: tuple[str, ...] | None = None
    order: Order = Order()
    group_by: GroupBy | None = None

    def only(self, facet: Facet) -> str | None:
        """The one value of the facet that every text found has, when the query names one.

        >>> AnswerQuery(conditions=(among(Facet.ITEM, "q1"),)).only(Facet.ITEM)
        'q1'
        """
        for condition in self.conditions:
            one = len(condition.values) == 1 and condition.values[0] != NONE
            if condition.facet is facet and condition.how is not How.NONE and one:
                return condition.values[0]
        return None


@dataclass(frozen=True)
class AnswerGroup:
    """One heading: its value of the facet, how many texts, and where in the paging it begins."""

    value: str
    size: int
    offset: int


def in_sequence(sizes: list[tuple[str, int]]) -> tuple[AnswerGroup, ...]:
    """The groups with their beginnings, from (value, size) in their order."""
    groups, offset = [], 0
    for value, size in sizes:
        groups.append(AnswerGroup(value, size, offset))
        offset += size
    return tuple(groups)


def natural(value: str) -> tuple[bool, bool, int, str, str]:
    """A key that puts values as people do: by the number they begin with, then as written.

    >>> sorted(["101", "alle 18", "", "31–40", "9"], key=natural)
    ['9', '31–40', '101', 'alle 18', '']
    """
    digits = value[: len(value) - len(value.lstrip("0123456789"))]
    number = digits.lstrip("0")
    return (value == NONE, digits == "", len(number), number, value)


# --- as plain JSON values: in a saved view, in an address ----------------------------------------


def as_conditions(query: AnswerQuery) -> dict[str, Any]:
    """The query as plain JSON values, without what is as in an empty query.

    >>> as_conditions(AnswerQuery(conditions=(among(Facet.CODE, "c1", how=How.NONE),)))
    {'where': [['code', 'none', ['c1']]]}
    """
    found: dict[str, Any] = {}
    if query.state is not AnswerState.ANSWERS:
        found["state"] = query.state.value
    if query.conditions:
        found["where"] = [
            [c.facet.value, c.how.value, list(c.values), *([c.name] if c.name else [])]
            for c in query.conditions
        ]
    if query.text:
        found["text"] = query.text
    if query.order != Order():
        named = [query.order.name] if query.order.name else []
        found["order"] = [query.order.by.value, query.order.descending, *named]
    if query.group_by:
        named = [query.group_by.name] if query.group_by.name else []
        found["group"] = [query.group_by.facet.value, *named]
    return found


def from_conditions(conditions: Mapping[str, Any]) -> AnswerQuery:
    """The query of plain values, which may come from a link: what makes no sense is left out."""
    asked = AnswerQuery(
        state=_member(AnswerState, conditions.get("state")) or AnswerState.ANSWERS,
        conditions=tuple(filter(None, (_among(raw) for raw in _listed(conditions.get("where"))))),
        text=_text(conditions.get("text")),
        group_by=_group(_listed(conditions.get("group"))),
    )
    by, descending, name = _padded(_listed(conditions.get("order")))
    known = _member(OrderBy, by)
    if known is None:
        return asked
    return AnswerQuery(
        asked.state,
        asked.conditions,
        asked.text,
        order=Order(known, _text(name), descending is True),
        group_by=asked.group_by,
    )


def _among(raw: Any) -> Among | None:
    facet, how, values, name = (*_listed(raw), None, None, None, None)[:4]
    known, way = _member(Facet, facet), _member(How, how)
    if known is None or way is None:
        return None
    named = tuple(_text(value) for value in _listed(values) if isinstance(value, str))
    return Among(known, named, way, _text(name)) if named else None


def _group(raw: list[Any]) -> GroupBy | None:
    facet, name, _ = _padded(raw)
    known = _member(Facet, facet)
    return None if known is None else GroupBy(known, _text(name))


def _padded(raw: list[Any]) -> tuple[Any, Any, Any]:
    first, second, third = (*raw, None, None, None)[:3]
    return first, second, third


def _listed(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, list | tuple) else []


def _text(raw: Any) -> str:
    return normalise(raw) if isinstance(raw, str) else ""


def _member(enum: type[M], raw: Any) -> M | None:
    return enum(raw) if isinstance(raw, str) and raw in list(enum) else None
