"""What the filters of the reading page can be set to, made anew when the study has changed so."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from qualcode.domain.categories import Category, Level
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document, DocumentKind, Item, ItemKind, Respondent, Source
from qualcode.store.answer_query import (
    NONE,
    AnswerQuery,
    AnswerState,
    Facet,
    GroupBy,
    Order,
    OrderBy,
)
from qualcode.store.repository import Reading
from qualcode.ui.facet_names import BY_ME, MARKS, Translate, facet_title, item_name, without
from qualcode.ui.labels import attribute_value, document_kind_label
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reading_orders import ORDERS
from qualcode.workbench.saved_views import ME

MOST_RESPONDENTS = 2_000
"""In the list of respondents; in a larger study they are searched."""

MOST_VALUES = 200
"""A background variable with more values (free words, a postcode) is searched, not filtered by."""


_GROUPS = tuple(GroupBy(f) for f in (Facet.CODE, Facet.ITEM, Facet.RESPONDENT))


@dataclass(frozen=True)
class Choices:
    """Facet -> its values with their labels, for those that tell answers apart.

    ``always``: what answers can be grouped by also where it tells none apart.
    """

    values: dict[GroupBy, dict[str, str]]
    items: dict[str, str]
    always: tuple[GroupBy, ...] = ()

    def attributes(self) -> list[GroupBy]:
        return [by for by in self.values if by.facet is Facet.ATTRIBUTE]

    def orders(self, translate: Translate) -> dict[Order, str]:
        """Every order with its name; a variable can be gone through either way."""
        names = {order: translate(name) for order, name in ORDERS.items()}
        for by in self.attributes():
            title = facet_title(by, translate)
            names[Order(OrderBy.ATTRIBUTE, by.name)] = f"{title} ↑"
            names[Order(OrderBy.ATTRIBUTE, by.name, True)] = f"{title} ↓"
        return names

    def groups(self, translate: Translate) -> dict[GroupBy, str]:
        """What answers can be grouped by, with its name."""
        every = dict.fromkeys([*self.always, *self.values, GroupBy(Facet.REDUCTION)])
        return {by: facet_title(by, translate) for by in every}


def choices_of(bench: Workbench, codes: dict[str, str], translate: Translate) -> Choices:
    """What can be chosen now. ``codes``: id -> label, in their order."""
    with bench.store.reading() as rows:
        kinds = (Source, Respondent, Item, Document, Category)
        extent = (*(rows.count(kind) for kind in kinds), rows.count(Coding) > 0)
    found = _choices(bench.store.address, extent, bench.language, bench, translate)
    by_code = {GroupBy(Facet.CODE): codes} if codes else {}
    people = of_people(bench)
    values = {
        by: values
        for by, values in {**by_code, **found.values}.items()
        if whereabouts.may_ask(bench.reviewing, by, people)
    }
    groups = [by for by in _GROUPS if whereabouts.may_ask(bench.reviewing, by, people)]
    return Choices(values, found.items, tuple(groups))


def of_people(bench: Workbench) -> frozenset[str]:
    """What whoever reviews may not ask of texts: it is somebody's background in this study."""
    if not bench.reviewing:
        return frozenset()
    with bench.store.reading() as rows:
        respondents = rows.count(Respondent)
    return _of_people(bench.store.address, respondents, bench)


@st.cache_data(max_entries=16, ttl=120, show_spinner=False)
def _of_people(address: str, respondents: int, _bench: Workbench) -> frozenset[str]:
    with _bench.store.reading() as rows:
        return whereabouts.of_people(rows)


@st.cache_data(max_entries=16, ttl=120, show_spinner=False)
def _choices(
    address: str,
    extent: tuple[int, ...],
    language: str,
    _bench: Workbench,
    _translate: Translate,
) -> Choices:
    """Kept a while: ten thousand respondents are not read again at every click of a filter."""
    with _bench.store.reading() as rows:
        return Choices(_values(rows, _translate), _items(rows))


def _items(rows: Reading) -> dict[str, str]:
    texts = (ItemKind.OPEN, ItemKind.COMPLETION)
    items = sorted(rows.find(Item, kind=texts), key=lambda i: (i.source_id, i.position))
    return {item.id: item_name(item) for item in items}


def _values(rows: Reading, translate: Translate) -> dict[GroupBy, dict[str, str]]:
    respondents = sorted(rows.find(Respondent), key=lambda r: (r.position, r.id))
    everything: dict[GroupBy, dict[str, str]] = {
        GroupBy(Facet.ACTOR_GROUP): _plain(_present(rows, Facet.ACTOR_GROUP)),
        GroupBy(Facet.THEME): _plain(_present(rows, Facet.THEME)),
        **_attributes(rows, translate),
        GroupBy(Facet.RESPONDENT): {r.id: r.label for r in respondents}
        if len(respondents) <= MOST_RESPONDENTS
        else {},
        GroupBy(Facet.CODER): {
            ME: translate(BY_ME),
            **_plain(_present(rows, Facet.CODER)),
        },
        GroupBy(Facet.CATEGORY): _categories(rows),
        GroupBy(Facet.SOURCE): {s.id: s.name for s in rows.find(Source)},
        GroupBy(Facet.KIND): {
            value: document_kind_label(DocumentKind(value), translate)
            for value in _present(rows, Facet.KIND)
        },
        GroupBy(Facet.MARK): {value: translate(name) for value, name in MARKS.items()},
        GroupBy(Facet.SPOKEN_OF): {
            **_plain(_present(rows, Facet.SPOKEN_OF)),
            NONE: without(Facet.SPOKEN_OF, translate),
        },
    }
    # What has one value for every answer tells nothing apart.
    return {by: values for by, values in everything.items() if len(values) > 1}


def _present(rows: Reading, facet: Facet) -> list[str]:
    query = AnswerQuery(AnswerState.ALL, group_by=GroupBy(facet))
    return [group.value for group in rows.answers(query, 0, 0).groups if group.value != NONE]


def _plain(values: list[str]) -> dict[str, str]:
    return {value: value for value in values}


def _attributes(rows: Reading, translate: Translate) -> dict[GroupBy, dict[str, str]]:
    return {
        GroupBy(Facet.ATTRIBUTE, name): {
            **{value: attribute_value(name, value, translate) for value in values if value},
            NONE: without(Facet.ATTRIBUTE, translate),
        }
        for name, values in rows.attribute_values().items()
        if len(values) <= MOST_VALUES
    }


def _categories(rows: Reading) -> dict[str, str]:
    """Subcategories and what stands above them; a category's texts are those placed right in it."""
    categories = sorted(rows.find(Category), key=lambda c: (-c.level, c.position, c.name))
    placed = [c for c in categories if c.level is not Level.UNIFYING_CATEGORY]
    return {category.id: category.name for category in placed}
