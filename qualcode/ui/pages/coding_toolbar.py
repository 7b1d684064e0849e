"""Which answers are read: one row of filters, and the question they put to the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from qualcode.domain.documents import Document, Item, ItemKind, Respondent, Source
from qualcode.store.views import AnswerQuery, AnswerState
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.labels import attribute_name, attribute_value
from qualcode.workbench.bench import Workbench

PAGE = "coding"
MOST_RESPONDENTS = 2_000
"""In the list of respondents; in a larger study the label is typed."""

MOST_VALUES = 40
"""A background variable with more values (an age, a postcode) is searched, not filtered by."""

MINE = "mine"
STATES = {
    AnswerState.ANSWERS.value: N_("All answers"),
    AnswerState.UNCODED.value: N_("Not coded yet"),
    AnswerState.UNREDUCED.value: N_("Not reduced yet"),
    AnswerState.CODED.value: N_("Coded"),
    MINE: N_("Coded or reduced by me"),
    AnswerState.SET_ASIDE.value: N_("Set aside"),
}
BY_QUESTION, BY_RESPONDENT = "question", "respondent"
ACTOR_GROUP = "\0actor group"
"""Stands among the background variables under a name no variable of a file can have."""


@dataclass(frozen=True)
class FilterLists:
    """What the filters can be set to. Made anew when material comes or goes."""

    items: dict[str, str]
    respondents: dict[str, str] | None
    attributes: list[tuple[str, str]]


def key(name: str) -> str:
    return state.filter_key(PAGE, name)


def show(bench: Workbench, codes: dict[str, str]) -> AnswerQuery:
    """The row of filters and what it asks for. ``codes``: id -> label, in their order."""
    _ = state.translator()
    lists = _lists_of(bench)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        by = _by()
        item_id, respondent_id = (
            (_item(lists), None) if by == BY_QUESTION else (None, _respondent(bench, lists))
        )
        chosen_state = _choice("state", STATES, _("Which answers"), 165, _, required=True)
        code_id = _choice("code", codes, _("Any code"), 150, str)
        attribute = _attribute(lists)
        text = st.text_input(
            _("Search"),
            key=key("text"),
            type="search",
            placeholder=_("Search"),
            label_visibility="collapsed",
            persist_state="session",
            width=205,
        )
    mine = chosen_state == MINE
    is_group = attribute is not None and attribute[0] == ACTOR_GROUP
    return AnswerQuery(
        state=AnswerState.ANSWERS if mine or not chosen_state else AnswerState(chosen_state),
        item_id=item_id,
        respondent_id=respondent_id,
        actor_group=attribute[1] if attribute and is_group else None,
        code_id=code_id,
        coder=bench.coder if mine else None,
        text=(text or "").strip(),
        attribute=None if is_group else attribute,
    )


def clear() -> None:
    """No filter is on. For a callback: widgets take their values from here in the next run."""
    st.session_state[key("by")] = BY_QUESTION
    st.session_state[key("state")] = AnswerState.ANSWERS.value
    for name in ("item", "respondent", "code", "attribute"):
        st.session_state[key(name)] = None
    st.session_state[key("text")] = ""


def show_only(document: Document) -> AnswerQuery:
    """Sets the filters so that the answer a link names is shown among those of its question."""
    clear()
    chosen_state = AnswerState.SET_ASIDE if document.set_aside else AnswerState.ANSWERS
    st.session_state[key("state")] = chosen_state.value
    st.session_state[key("item")] = document.item_id
    return AnswerQuery(state=chosen_state, item_id=document.item_id)


def _by() -> str:
    _ = state.translator()
    names = {BY_QUESTION: _("By question"), BY_RESPONDENT: _("By respondent")}
    picked = st.segmented_control(
        _("Read"),
        list(names),
        format_func=names.__getitem__,
        key=key("by"),
        default=None if key("by") in st.session_state else BY_QUESTION,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return picked or BY_QUESTION


def _item(lists: FilterLists) -> str | None:
    _ = state.translator()
    return _choice("item", lists.items, _("All questions"), 225, str)


def _respondent(bench: Workbench, lists: FilterLists) -> str | None:
    _ = state.translator()
    if lists.respondents is not None:
        return _choice("respondent", lists.respondents, _("All respondents"), 225, str)
    label = st.text_input(
        _("Respondent"),
        key=key("respondent-label"),
        placeholder=_("Respondent, as in the material"),
        label_visibility="collapsed",
        persist_state="session",
        width=225,
    )
    if not label:
        return None
    with bench.store.reading() as rows:
        found = rows.find(Respondent, label=label.strip())
    # An id nobody has finds nothing, which is what a label nobody has should find.
    return found[0].id if found else "-"


def _attribute(lists: FilterLists) -> tuple[str, str] | None:
    _ = state.translator()
    group = _("Actor group")

    def named(attribute: tuple[str, str]) -> str:
        name, value = attribute
        called = group if name == ACTOR_GROUP else attribute_name(name, _)
        return f"{called}: {attribute_value(name, value, _)}"

    options = lists.attributes
    if not options:
        return None
    _forget_missing("attribute", options)
    return st.selectbox(
        _("Background"),
        options,
        index=None,
        format_func=named,
        key=key("attribute"),
        placeholder=_("Any background"),
        label_visibility="collapsed",
        persist_state="session",
        width=165,
    )


def _choice(
    name: str,
    options: dict[str, str],
    placeholder: str,
    width: int,
    translate: Callable[[str], str],
    *,
    required: bool = False,
) -> str | None:
    _forget_missing(name, list(options))
    if required and st.session_state.get(key(name)) is None:
        st.session_state[key(name)] = next(iter(options))
    return st.selectbox(
        placeholder,
        list(options),
        index=None,
        format_func=lambda value: translate(options[value]),
        key=key(name),
        placeholder=placeholder,
        label_visibility="collapsed",
        required=required,
        persist_state="session",
        width=width,
    )


def _forget_missing(name: str, options: Sequence[object]) -> None:
    """A kept choice that is no longer there (another study, a removed code) is no choice."""
    kept = st.session_state.get(key(name))
    if kept is not None and kept not in options:
        st.session_state[key(name)] = None


def _lists_of(bench: Workbench) -> FilterLists:
    with bench.store.reading() as rows:
        extent = (rows.count(Source), rows.count(Respondent), rows.count(Item))
    return _lists(bench.store.address, extent, bench)


@st.cache_data(max_entries=16, ttl=120, show_spinner=False)
def _lists(address: str, extent: tuple[int, ...], _bench: Workbench) -> FilterLists:
    """Kept a while: ten thousand respondents are not read again at every click of a filter."""
    with _bench.store.reading() as rows:
        texts = (ItemKind.OPEN, ItemKind.COMPLETION)
        items = sorted(rows.find(Item, kind=texts), key=lambda i: (i.source_id, i.position))
        respondents = sorted(rows.find(Respondent), key=lambda r: r.position)
        values = rows.attribute_values()
    groups = sorted({r.actor_group for r in respondents if r.actor_group})
    return FilterLists(
        items={i.id: " ".join(part for part in (i.number, i.text) if part) for i in items},
        respondents={r.id: r.label for r in respondents}
        if len(respondents) <= MOST_RESPONDENTS
        else None,
        attributes=[(ACTOR_GROUP, group) for group in groups]
        + [
            (name, value)
            for name, found in values.items()
            if len(found) <= MOST_VALUES
            for value in found
        ],
    )
