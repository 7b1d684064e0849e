"""Saved views: a way of looking at the answers that has a name, and its own codes on the keys 1–9.

A view belongs to the study, so everybody who works on it finds it. What it keeps are conditions,
not answers: texts that come later are seen through it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.codes import Code
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import DuplicateName, EmptyName
from qualcode.domain.reading_places import SavedView
from qualcode.store.answer_query import Among, AnswerQuery, Facet, as_conditions, from_conditions
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.codebook_rules import NotAShortcut

CODING = "coding"
"""The page of reading and coding, as views name it."""

KEYS = "123456789"

ME = "@me"
"""The coder of a condition who is whoever looks: "coded by me" is another set for each."""


def views_of(rows: Reading, page: str = CODING) -> list[SavedView]:
    """The views of a page in their order."""
    return sorted(rows.find(SavedView, page=page), key=lambda view: (view.position, view.id))


def save(
    bench: Workbench,
    name: str,
    query: AnswerQuery,
    pins: Sequence[str] = (),
    page: str = CODING,
) -> SavedView:
    """A new view, last in the list. ``pins``: codes for the keys 1, 2, ...; none: their own keys.

    Raises EmptyName or DuplicateName.
    """
    with bench.act(Act.SAVE_VIEW) as work:
        there = views_of(work.rows, page)
        view = SavedView(
            bench.new_id(),
            _free_name(name, there),
            page,
            as_conditions(query),
            pins_of(pins),
            bench.coder,
            bench.clock(),
            max((other.position for other in there), default=-1) + 1,
        )
        work.put(view)
        work.say(view=view.name)
    return view


def rename(bench: Workbench, view_id: str, name: str) -> None:
    """The view under another name. Raises EmptyName, DuplicateName or UnknownRow."""
    with bench.act(Act.RENAME_VIEW) as work:
        view = work.require(SavedView, view_id)
        others = [other for other in views_of(work.rows, view.page) if other.id != view_id]
        renamed = replace(view, name=_free_name(name, others))
        work.put(renamed)
        work.say(view=renamed.name, before=view.name)


def change(
    bench: Workbench,
    view_id: str,
    *,
    query: AnswerQuery | None = None,
    pins: Sequence[str] | None = None,
) -> None:
    """The view with other conditions, other codes on its keys, or both."""
    with bench.act(Act.CHANGE_VIEW) as work:
        view = work.require(SavedView, view_id)
        if query is not None:
            view = replace(view, conditions=as_conditions(query))
        if pins is not None:
            view = replace(view, pins=pins_of(pins))
        work.put(view)
        work.say(view=view.name)


def pin(bench: Workbench, view_id: str, code_id: str, key: str) -> None:
    """The code on a key 1-9 of the view, and on no other of its keys; an empty ``key`` frees it."""
    if key and key not in tuple(KEYS):
        raise NotAShortcut(shortcut=key)
    with bench.act(Act.CHANGE_VIEW) as work:
        view = work.require(SavedView, view_id)
        work.require(Code, code_id)
        pins = {
            digit: held for digit, held in view.pins.items() if held != code_id and digit != key
        }
        if key:
            pins[key] = code_id
        work.put(replace(view, pins=dict(sorted(pins.items()))))
        work.say(view=view.name)


def remove(bench: Workbench, view_id: str) -> None:
    """The view goes; no answer and no coding is touched."""
    with bench.act(Act.REMOVE_VIEW) as work:
        view = work.require(SavedView, view_id)
        work.remove(SavedView, [view_id])
        work.say(view=view.name)


def reorder(bench: Workbench, view_ids: Sequence[str]) -> None:
    """The named views first, in this order; those that came meanwhile stay behind them."""
    with bench.act(Act.ORDER_VIEWS) as work:
        named = [work.require(SavedView, id) for id in dict.fromkeys(view_ids)]
        page = named[0].page if named else CODING
        rest = [view for view in views_of(work.rows, page) if view.id not in view_ids]
        _place(work, [*named, *rest])
        work.say(view=named[0].name if named else "")


def _place(work: Work, views: Sequence[SavedView]) -> None:
    for position, view in enumerate(views):
        work.put(replace(view, position=position))


def _free_name(name: str, others: Sequence[SavedView]) -> str:
    tidy = one_line(name)
    if not tidy:
        raise EmptyName()
    if any(other.name.casefold() == tidy.casefold() for other in others):
        raise DuplicateName(name=tidy, kind="saved_view")
    return tidy


# --- what a view asks and pins ----------------------------------------------------------------


def query_of(conditions: Mapping[str, Any]) -> AnswerQuery:
    """The question that a view keeps; conditions this program does not know are left out."""
    return from_conditions(conditions)


def asked_by(query: AnswerQuery, coder: str) -> AnswerQuery:
    """The query as this coder asks it: "by me" names them."""

    def named(condition: Among) -> Among:
        if condition.facet is not Facet.CODER:
            return condition
        values = tuple(coder if value == ME else value for value in condition.values)
        return replace(condition, values=tuple(dict.fromkeys(values)))

    return replace(query, conditions=tuple(named(condition) for condition in query.conditions))


def pins_of(code_ids: Sequence[str]) -> dict[str, str]:
    """{"1": code, "2": code, ...} in the order given; codes after the ninth have no key."""
    return dict(zip(KEYS, dict.fromkeys(code_ids), strict=False))


def pins_in(rows: Reading, view_id: str | None) -> Mapping[str, str]:
    """{digit: code} of the view; empty when it has none, or is gone."""
    view = rows.get(SavedView, view_id) if view_id else None
    return view.pins if view else {}


def pinned(codes: Sequence[Code], pins: Mapping[str, str]) -> list[Code]:
    """The codes with the keys that the pins give them; without pins each has its own key.

    A pinned code that is gone leaves its key free.
    """
    if not pins:
        return list(codes)
    keys = {code_id: key for key, code_id in pins.items() if key in KEYS}
    return [replace(code, shortcut=keys.get(code.id, "")) for code in codes]
