"""What facets of answers and their values are called: on chips, in lists and over groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from qualcode.domain.categories import Category
from qualcode.domain.codes import Code
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.documents import DocumentKind, Item, Respondent, Source, question_name
from qualcode.domain.second_marks import Stance
from qualcode.store.answer_query import BOOKMARK, MEMO, NONE, Among, Facet, GroupBy, How
from qualcode.store.repository import Reading
from qualcode.texts import N_, gettext_for
from qualcode.ui.labels import attribute_name, attribute_value, document_kind_label
from qualcode.workbench.saved_views import ME

Translate = Callable[[str], str]

TITLES = {
    Facet.SOURCE: N_("File"),
    Facet.KIND: N_("Kind of text"),
    Facet.ITEM: N_("Question"),
    Facet.THEME: N_("Theme"),
    Facet.RESPONDENT: N_("Respondent"),
    Facet.ACTOR_GROUP: N_("Actor group"),
    Facet.CODE: N_("Code"),
    Facet.CODER: N_("Coder"),
    Facet.REDUCTION: N_("Reduction"),
    Facet.CATEGORY: N_("Category"),
    Facet.MARK: N_("Mark"),
    Facet.SPOKEN_OF: N_("Speaks of"),
}
WITHOUT = {
    Facet.ITEM: N_("No question"),
    Facet.THEME: N_("No theme"),
    Facet.RESPONDENT: N_("No respondent"),
    Facet.ACTOR_GROUP: N_("No actor group"),
    Facet.CODE: N_("No codes"),
    Facet.CODER: N_("No coder"),
    Facet.REDUCTION: N_("No reductions"),
    Facet.CATEGORY: N_("In no category"),
    Facet.MARK: N_("No marks"),
    Facet.SPOKEN_OF: N_("Speaks of no group"),
}
NOT_KNOWN = N_("Not known")
REMOVED = N_("removed from the study")
MARKS = {
    MEMO: N_("Has a memo"),
    BOOKMARK: N_("Has a bookmark"),
    Stance.SUCCESS.value: N_("Tells of a success"),
    Stance.DIFFICULTY.value: N_("Tells of a difficulty"),
    Stance.WISH.value: N_("Tells of a wish"),
    Stance.DOUBT.value: N_("Tells of a doubt"),
}
BY_ME = N_("me")
HOWS = {How.ANY: N_("any of these"), How.ALL: N_("all of these"), How.NONE: N_("none of these")}
SHOWN_VALUES = 2
"""So many values a chip names; of the rest it tells the number."""


def facet_title(by: GroupBy, translate: Translate) -> str:
    """What is asked: "Question", or the name of a background variable."""
    if by.facet is Facet.ATTRIBUTE:
        return attribute_name(by.name, translate)
    return translate(TITLES[by.facet])


def without(facet: Facet, translate: Translate) -> str:
    """What the texts that have no value are called."""
    return translate(WITHOUT.get(facet, NOT_KNOWN))


def value_labels(
    rows: Reading, by: GroupBy, values: Collection[str], language: str
) -> dict[str, str]:
    """Value -> what it is called. One that is no longer in the study is called as it is missing."""
    translate = gettext_for(language)
    labels = {value: _said(by, value, translate) for value in values}
    found = _NAMED.get(by.facet)
    if found:
        cls, name = found
        ids = tuple(value for value in values if value != NONE)
        labels |= {row.id: name(row, language) for row in rows.find(cls, id=ids)} if ids else {}
    return labels


def _said(by: GroupBy, value: str, translate: Translate) -> str:
    if value == NONE:
        return without(by.facet, translate)
    match by.facet:
        case Facet.ATTRIBUTE:
            return attribute_value(by.name, value, translate)
        case Facet.KIND if value in list(DocumentKind):
            return document_kind_label(DocumentKind(value), translate)
        case Facet.MARK if value in MARKS:
            return translate(MARKS[value])
        case Facet.CODER if value == ME:
            return translate(BY_ME)
        case facet if facet in _NAMED:
            return translate(REMOVED)
    return value


def of_what_is_gone(rows: Reading, conditions: Collection[Among]) -> list[Among]:
    """The conditions that name something removed since: a code, a category, a question."""
    found = []
    for condition in conditions:
        cls, _name = _NAMED.get(condition.facet, (None, None))
        ids = tuple(value for value in condition.values if value != NONE)
        if cls is not None and ids and len(rows.find(cls, id=ids)) < len(set(ids)):
            found.append(condition)
    return found


def item_name(item: Item) -> str:
    return question_name(item.number, item.text)


_NAMED: Mapping[Facet, tuple[type[Any], Callable[[Any, str], str]]] = {
    Facet.SOURCE: (Source, lambda source, _: source.name),
    Facet.ITEM: (Item, lambda item, _: item_name(item)),
    Facet.RESPONDENT: (Respondent, lambda person, _: person.label),
    Facet.CODE: (Code, lambda code, language: code.label(language)),
    Facet.REDUCTION: (ReducedExpression, lambda reduction, _: reduction.wording),
    Facet.CATEGORY: (Category, lambda category, _: category.name),
}
"""Facets whose values are ids, with what is shown of the row."""


def condition_said(rows: Reading, condition: Among, language: str) -> str:
    """The condition in a few words: "Ikä: 31–40, 41–50", "Koodi: ei Lohtu"."""
    translate = gettext_for(language)
    by = GroupBy(condition.facet, condition.name)
    labels = value_labels(rows, by, condition.values, language)
    named = [labels[value] for value in condition.values[:SHOWN_VALUES]]
    more = len(condition.values) - len(named)
    joint = translate(N_(" and ")) if condition.how is How.ALL else ", "
    said = joint.join(named)
    if more:
        said = translate(N_("{values} and {count} more")).format(values=said, count=more)
    template = (
        translate(N_("{facet}: not {values}")) if condition.how is How.NONE else "{facet}: {values}"
    )
    return template.format(facet=facet_title(by, translate), values=said)
