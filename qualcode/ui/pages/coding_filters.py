"""What the answers are filtered, ordered and grouped by in this window, and the way back to it.

The question and the state and the search have widgets of their own; every other condition is kept
as it is and shown as a chip. ``asked`` joins them, ``use`` takes a whole query apart again.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qualcode.store.answer_query import Among, AnswerQuery, AnswerState, Facet, How, Order
from qualcode.store.views import among
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import coding_choices
from qualcode.workbench import whereabouts
from qualcode.workbench.saved_views import ME

PAGE = "coding"

MINE = "mine"
STATES = {
    AnswerState.ANSWERS.value: N_("All answers"),
    AnswerState.UNCODED.value: N_("Not coded yet"),
    AnswerState.UNREDUCED.value: N_("Not reduced yet"),
    AnswerState.CODED.value: N_("Coded"),
    MINE: N_("Coded or reduced by me"),
    AnswerState.SET_ASIDE.value: N_("Set aside"),
}
BY_ME = among(Facet.CODER, ME)


def key(name: str) -> str:
    return state.filter_key(PAGE, name)


def _permitted(query: AnswerQuery) -> AnswerQuery:
    """The query without what this person may not ask."""
    if not state.reviewing():
        return query
    return whereabouts.permitted(True, query, coding_choices.of_people(state.bench()))


def conditions() -> tuple[Among, ...]:
    """The conditions that are shown as chips: of those that may be asked."""
    kept = st.session_state.get(key("conditions"))
    asked = AnswerQuery(conditions=kept) if isinstance(kept, tuple) else AnswerQuery()
    return _permitted(asked).conditions


def asked() -> AnswerQuery:
    """What the widgets and chips ask, "by me" still unnamed."""
    chosen = st.session_state.get(key("state")) or AnswerState.ANSWERS.value
    item = st.session_state.get(key("item"))
    more = (BY_ME,) if chosen == MINE else ()
    query = AnswerQuery(
        state=AnswerState.ANSWERS if chosen == MINE else AnswerState(chosen),
        conditions=(*([among(Facet.ITEM, item)] if item else []), *more, *conditions()),
        text=(st.session_state.get(key("text")) or "").strip(),
        order=st.session_state.get(key("order")) or Order(),
        group_by=st.session_state.get(key("group")),
    )
    return _permitted(query)


def use(query: AnswerQuery) -> None:
    """Sets every filter so that ``asked`` gives this query: in a callback or before the widgets."""
    left = list(query.conditions)
    item = next((c for c in left if c.facet is Facet.ITEM and _one(c)), None)
    if item:
        left.remove(item)
    mine = query.state is AnswerState.ANSWERS and BY_ME in left
    if mine:
        left.remove(BY_ME)
    st.session_state[key("item")] = item.values[0] if item else None
    st.session_state[key("state")] = MINE if mine else query.state.value
    st.session_state[key("text")] = query.text
    st.session_state[key("order")] = None if query.order == Order() else query.order
    st.session_state[key("group")] = query.group_by
    st.session_state[key("conditions")] = tuple(left)


def add(condition: Among) -> None:
    """One more condition, instead of an earlier one of the same facet and manner."""

    def same(other: Among) -> bool:
        return (other.facet, other.name, other.how) == (
            condition.facet,
            condition.name,
            condition.how,
        )

    kept = tuple(other for other in conditions() if not same(other))
    st.session_state[key("conditions")] = (*kept, condition)


def tell_what_is_not_asked() -> None:
    """Said once of a link or a view that asks who has answered, which is not told to reviewers."""
    kept = st.session_state.get(key("conditions")) or ()
    query = AnswerQuery(conditions=kept, order=st.session_state.get(key("order")) or Order())
    query = replace(query, group_by=st.session_state.get(key("group")))
    if _permitted(query) != query:
        _ = state.translator()
        state.notify(
            _(
                "Who has answered is not told to whoever reviews: answers are not chosen, ordered "
                "or grouped by it here."
            )
        )


def take_off(condition: Among) -> None:
    kept = tuple(other for other in conditions() if other != condition)
    st.session_state[key("conditions")] = kept


def _one(condition: Among) -> bool:
    return condition.how is How.ANY and len(condition.values) == 1 and bool(condition.values[0])
