"""Which answers are read: one calm row of filters, and the question they put to the store.

The question, the state and the search are always in sight; any other condition is added from a
list and stands in the row as a chip that a click takes off again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from qualcode.domain.documents import Document
from qualcode.store.answer_query import SEVERAL, Among, AnswerQuery, AnswerState, Facet, How
from qualcode.store.views import among
from qualcode.ui import state
from qualcode.ui.facet_names import HOWS, condition_said, facet_title
from qualcode.ui.pages import coding_address, coding_filters, coding_views
from qualcode.ui.pages.coding_choices import Choices, choices_of
from qualcode.ui.pages.coding_filters import STATES, key
from qualcode.ui.words import plain
from qualcode.workbench import saved_views
from qualcode.workbench.bench import Workbench


def show(bench: Workbench, codes: dict[str, str]) -> AnswerQuery:
    """The row of filters and what it asks for. ``codes``: id -> label, in their order."""
    _ = state.translator()
    with bench.store.reading() as rows:
        coding_address.follow(rows)
        view = coding_address.active(rows)
    choices = choices_of(bench, codes, _)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        coding_views.menu(bench, view, coding_filters.asked(), codes)
        _choice("item", choices.items, _("All questions"), 215)
        states = {name: _(title) for name, title in STATES.items()}
        _choice("state", states, _("Which answers"), 150, required=True)
        _add_condition(bench, choices)
        _choice("order", choices.orders(_), _("Study's order"), 200)
        _choice("group", choices.groups(_), _("No groups"), 150)
        st.text_input(
            _("Search"),
            key=key("text"),
            type="search",
            placeholder=_("Search"),
            label_visibility="collapsed",
            persist_state="session",
            width=150,
        )
    _chips(bench)
    query = coding_filters.asked()
    coding_address.write(view, query)
    return saved_views.asked_by(query, bench.coder)


def clear() -> None:
    """No filter is on. For a callback: widgets take their values from here in the next run."""
    coding_address.look_through(None)


def show_only(document: Document) -> AnswerQuery:
    """Sets the filters so that the answer a link names is shown among those of its question."""
    clear()
    query = AnswerQuery(
        AnswerState.SET_ASIDE if document.set_aside else AnswerState.ANSWERS,
        (among(Facet.ITEM, document.item_id),) if document.item_id else (),
    )
    coding_filters.use(query)
    return query


def show_code(code_id: str) -> None:
    """Of the answers shown only those with this code. For a callback, as ``clear``."""
    coding_filters.add(among(Facet.CODE, code_id))


def view(bench: Workbench) -> str | None:
    """The id of the view that this window looks through."""
    with bench.store.reading() as rows:
        active = coding_address.active(rows)
    return active.id if active else None


# --- adding a condition and taking it off -----------------------------------------------------


def _add_condition(bench: Workbench, choices: Choices) -> None:
    _ = state.translator()
    kinds = {by: facet_title(by, _) for by in choices.values if by.facet is not Facet.ITEM}
    with st.popover(_("Condition"), icon=":material/add:", key=key("add"), width="content"):
        by = st.selectbox(
            _("What is asked of the answer"),
            list(kinds),
            format_func=lambda one: kinds[one],
            key=key("facet"),
        )
        values = choices.values[by]
        picked = st.multiselect(
            _("Values"),
            list(values),
            format_func=lambda value: values[value],
            key=key(f"values:{by.facet}:{by.name}"),
            placeholder=_("Choose one or more"),
        )
        hows = [how for how in How if how is not How.ALL or by.facet in SEVERAL]
        how = st.segmented_control(
            _("The answer has"),
            hows,
            format_func=lambda one: _(HOWS[one]),
            default=How.ANY,
            required=True,
            key=key(f"how:{by.facet in SEVERAL}"),
        )
        st.button(
            _("Add condition"),
            type="primary",
            disabled=not picked,
            on_click=_add,
            args=(Among(by.facet, tuple(picked), how or How.ANY, by.name),),
        )


def _add(condition: Among) -> None:
    coding_filters.add(condition)
    st.session_state[key(f"values:{condition.facet}:{condition.name}")] = []
    st.session_state[key("add")] = False


def _chips(bench: Workbench) -> None:
    _ = state.translator()
    conditions = coding_filters.conditions()
    if not conditions:
        return
    with bench.store.reading() as rows:
        said = {c: condition_said(rows, c, bench.language) for c in conditions}
    with st.container(horizontal=True, gap="small", key="conditions"):
        for number, (condition, words) in enumerate(said.items()):
            st.button(
                plain(words),
                key=f"condition-{number}",
                icon=":material/close:",
                icon_position="right",
                help=_("Take off the condition"),
                on_click=coding_filters.take_off,
                args=(condition,),
            )


# --- widgets ----------------------------------------------------------------------------------


def _choice(
    name: str,
    options: Mapping[Any, str],
    placeholder: str,
    width: int,
    *,
    required: bool = False,
) -> None:
    # A kept choice that is no longer there (another study, a removed code) is no choice.
    kept = st.session_state.get(key(name))
    if kept is not None and kept not in options:
        st.session_state[key(name)] = None
    if required and st.session_state.get(key(name)) is None:
        st.session_state[key(name)] = next(iter(options))
    st.selectbox(
        placeholder,
        list(options),
        index=None,
        format_func=lambda value: options[value],
        key=key(name),
        placeholder=placeholder,
        label_visibility="collapsed",
        required=required,
        persist_state="session",
        width=width,
    )
