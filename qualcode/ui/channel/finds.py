"""Searching while somebody types, and coding what was found after a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qualcode.domain.codes import Code
from qualcode.domain.errors import BadOperation
from qualcode.nlp.problems import EngineProblem
from qualcode.store.search_query import ANY_TEXT, SEARCHED
from qualcode.store.views import AnswerQuery, AnswerState, Facet, Order, OrderBy, among
from qualcode.texts import gettext_for
from qualcode.ui.channel.desks import Desk
from qualcode.ui.find_view import codes_told, find_told
from qualcode.workbench import (
    coding_hits,
    edge,
    finding,
    history,
    kwic,
    memo_links,
    nearest_texts,
    whereabouts,
    words_aside,
)
from qualcode.workbench.bench import Workbench, watching
from qualcode.workbench.coding_hits import Unit
from qualcode.workbench.finding import Hit, Query, Replaced, Way
from qualcode.workbench.kwic import Line
from qualcode.workbench.meaning_index import NotPrepared
from qualcode.workbench.messages import act_sentence, message_of
from qualcode.workbench.preparing import Preparation, PreparationFailed

HITS = 50
"""Texts of one answer to the browser."""

NOTHING = {
    "lines": [],
    "totals": {},
    "total": 0,
    "offset": 0,
    "next": None,
    "preparing": None,
    "as_written": None,
    "looking_up": None,
}

PREPARING_PATIENCE = 0.5


def start(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the panel shows besides what it finds: ``{texts, codes, groups, study}``."""
    return find_told(desk.bench())


def codes(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The codes that can be given now: ``{codes}``. They change while a list is gone through."""
    return {"codes": codes_told(desk.bench())}


def find(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{text, way, where, group, by_item, offset}`` -> ``{lines, totals, total, offset, next}``.

    ``group``: only what this actor group said. ``by_item``: question by question. ``next`` is the
    offset of what follows, or None. ``preparing`` ({done, all}) tells that not all texts are
    searchable yet, ``unprepared`` (a sentence) that searching by meaning has to be prepared first.
    A ``problem`` of ``preparing`` is a sentence, after which it can be tried again. ``as_written``
    (a sentence) tells of words that are not found in other forms than the one they have,
    ``looking_up`` of those of them that are tried again just now.
    ``search`` numbers the searches of a window: one that a newer has replaced is left undone
    (``replaced``).
    """
    bench = desk.bench()
    query = _query(asked)
    offset = edge.whole(asked, "offset") if "offset" in asked else 0
    if not 0 <= offset <= edge.HIGHEST_NUMBER:
        raise BadOperation(operation=edge.shown(asked))
    wanted = finding.always
    if "search" in asked:
        wanted = desk.searches.begun(edge.whole(asked, "search"))
    try:
        found = finding.find(bench, query, offset, HITS, wanted=wanted)
    except Replaced:
        return {**NOTHING, "replaced": True}
    except NotPrepared as problem:
        return {**NOTHING, "unprepared": message_of(problem, gettext_for(desk.language))}
    except (EngineProblem, PreparationFailed) as problem:
        return {**NOTHING, "preparing": _preparing(desk, Preparation(problem=problem))}
    following = offset + len(found.hits)
    return {
        "lines": [
            _line(bench, line, hit.likeness)
            for hit in found.hits
            for line in kwic.lines(_as_told(bench, hit))
        ],
        "totals": found.totals,
        "total": found.total,
        "offset": offset,
        "next": following if following < found.total and found.hits else None,
        "preparing": _preparing(desk, found.preparing),
        "as_written": words_aside.told(found.as_written, desk.language)
        if found.as_written
        else None,
        "looking_up": words_aside.looked_up_told(found.looked_up, desk.language)
        if found.looked_up
        else None,
    }


def look_up(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The words that may be meant by the query and took too long are tried again: ``{}``.

    Nobody waits for it: the searches tell how it goes (``looking_up``).
    """
    finding.look_up_again(desk.bench(), _query(asked))
    return {}


def prepare(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Gets the texts ready for searching by meaning: ``{preparing}``, None when they are."""
    done = nearest_texts.prepare_beside(desk.bench(), PREPARING_PATIENCE)
    return {"preparing": _preparing(desk, done)}


def review(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The query with ``{code, unit}`` -> ``{rows, total}``: what would be coded, line by line.

    A row: {id, label, line, spans, carries}; the one that carries the code already is passed over.
    """
    bench = desk.bench()
    found = coding_hits.review(bench, _query(asked), _code(bench, asked), _unit(asked))
    return {
        "rows": [
            {
                "id": reviewed.hit.row.id,
                "line": _line(bench, kwic.lines(reviewed.hit)[0], reviewed.hit.likeness),
                "spans": len(reviewed.spans),
                "carries": reviewed.carries,
            }
            for reviewed in found.reviewed
        ],
        "total": found.total,
    }


def code_hits(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The query with ``{ids, code, unit}``: the chosen texts are coded in one act.

    ``{count, decision, said}``: how many passages, and the act for the undo beside it.
    """
    bench = desk.bench()
    ids = edge.identifiers(asked, "ids")
    if len(ids) > coding_hits.MOST:
        raise BadOperation(operation=edge.shown(asked))
    with watching() as made:
        count = coding_hits.code_hits(bench, _query(asked), ids, _code(bench, asked), _unit(asked))
    act = made[-1] if made else None
    return {
        "count": count if act else 0,
        "decision": act.id if act else None,
        "said": act_sentence(whereabouts.act(desk.reviewing, act), gettext_for(desk.language))
        if act
        else "",
    }


def undo(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Takes the act ``{decision}`` back and no other, whatever was done since: ``{said}``."""
    taken = history.undo_decision(desk.bench(), edge.whole(asked, "decision"))
    told = whereabouts.act(desk.reviewing, taken[-1])
    return {"said": act_sentence(told, gettext_for(desk.language))}


# --- what the browser sends -------------------------------------------------------------------


def _query(asked: Mapping[str, Any]) -> Query:
    text = asked.get("text")
    where = asked.get("where", list(SEARCHED))
    if text == "":
        return Query("", _way(asked))
    if not isinstance(where, list) or not set(map(str, where)) <= set(SEARCHED):
        raise BadOperation(operation=edge.shown(asked))
    return Query(
        edge.text(asked, "text", finding.LONGEST_QUESTION),
        _way(asked),
        tuple(kind for kind in SEARCHED if kind in where),
        _texts(asked),
    )


def _texts(asked: Mapping[str, Any]) -> AnswerQuery:
    group = edge.optional(asked, "group")
    order = Order(OrderBy.ITEM) if asked.get("by_item") is True else Order()
    if group is None and order == Order():
        return ANY_TEXT
    conditions = (among(Facet.ACTOR_GROUP, group),) if group is not None else ()
    return AnswerQuery(state=AnswerState.ALL, conditions=conditions, order=order)


def _way(asked: Mapping[str, Any]) -> Way:
    way = asked.get("way", Way.FORMS.value)
    if way not in list(Way):
        raise BadOperation(operation=edge.shown(asked))
    return Way(str(way))


def _unit(asked: Mapping[str, Any]) -> Unit:
    unit = asked.get("unit")
    if unit not in list(Unit):
        raise BadOperation(operation=edge.shown(asked))
    return Unit(str(unit))


def _code(bench: Workbench, asked: Mapping[str, Any]) -> str:
    wanted = edge.identifier(asked, "code")
    with bench.store.reading() as rows:
        if rows.get(Code, wanted) is None:
            raise BadOperation(operation=edge.shown(asked))
    return wanted


# --- what the browser gets --------------------------------------------------------------------


def _as_told(bench: Workbench, hit: Hit) -> Hit:
    """What was found; a memo without who its links name, where that is not told."""
    if hit.row.kind != "memo":
        return hit
    return replace(hit, row=replace(hit.row, text=memo_links.masked(bench.reviewing, hit.row.text)))


def _line(bench: Workbench, line: Line, likeness: float | None) -> dict[str, Any]:
    row = line.row
    return {
        "kind": row.kind,
        "id": row.id,
        "left": line.left,
        "words": line.words,
        "right": line.right,
        "start": line.start,
        "end": line.end,
        "who": whereabouts.label(bench.reviewing, row.respondent_label),
        "group": row.actor_group,
        "item": row.item_id,
        "number": row.item_number,
        "question": row.item_text,
        "category": row.category_id,
        "category_name": row.category_name,
        "about_kind": row.about_kind,
        "about_id": row.about_id,
        "about": whereabouts.label(
            bench.reviewing and row.about_kind == "respondent", row.about_label
        ),
        "likeness": likeness,
    }


def _preparing(desk: Desk, state: Preparation | None) -> dict[str, Any] | None:
    if state is None:
        return None
    problem = message_of(state.problem, gettext_for(desk.language)) if state.problem else None
    return {"done": state.done, "all": state.all, "problem": problem}
