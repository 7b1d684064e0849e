"""For a category: the members that another category draws more, to be moved or left for good."""

from __future__ import annotations

import html

import streamlit as st

from qualcode.analysis.doubts import Doubt
from qualcode.domain.categories import Category
from qualcode.domain.suggestions import Suggestion
from qualcode.ui import state, suggestions_line
from qualcode.ui.components.told_reasons import Open, opener, told_reasons
from qualcode.ui.pages import grouping_places
from qualcode.ui.pages.grouping_places import Do
from qualcode.workbench import suggesting
from qualcode.workbench.bench import Workbench

ASKED = "grouping:doubts"
"""Whether this window has asked: comparing takes a while the first time, so nobody has to wait."""

SHOWN = 3
"""Doubts on the panel at a time, the clearest first: deciding on one brings the next."""


def show(bench: Workbench, category: Category, do: Do, open_thing: Open) -> None:
    """“Does this still belong here?”: once asked, the doubts of every category that is opened."""
    _ = state.translator()
    if suggestions_line.off(bench):
        return
    if not state.chosen(ASKED):
        st.button(
            _("Does everything still belong here?"),
            key=f"doubts-ask-{category.id}",
            icon=":material/rule:",
            help=_("Looks for members that another category draws more. Nothing moves by itself."),
            on_click=_ask,
        )
        return
    places = grouping_places.compared(bench)
    if places is None:
        return
    doubts = places.doubts(category.id)
    _heading(_("Does this still belong here?"), len(doubts))
    if not doubts:
        st.caption(_("No member is clearly nearer to another category."))
    for n, doubt in enumerate(doubts[:SHOWN]):
        with st.container(border=True, gap=None, key=f"near-doubt-{n}-{category.id}"):
            subject = opener("reduction", doubt.subject_id, html.escape(doubt.subject))
            st.html(f'<div class="place-name">{subject}</div>')
            why = grouping_places.reasons(doubt.elsewhere, doubt.subject)
            st.html(f'<div class="why">{_nearer(doubt)}</div>{why}')
            _buttons(doubt, category, places.groups.engine, do)
    if doubts:
        told_reasons(open_thing)
    if len(doubts) > SHOWN:
        st.caption(_("{n} more after these.").format(n=len(doubts) - SHOWN))


def _ask() -> None:
    state.choose(ASKED, True)
    st.rerun(["side"])


def _heading(text: str, count: int) -> None:
    st.markdown(f"**{text}**{f' · {count}' if count else ''}")


def _nearer(doubt: Doubt) -> str:
    """HTML of where it would rather be: the name opens that category."""
    _ = state.translator()
    there = doubt.elsewhere
    name = opener("category", there.target_id, html.escape(there.label))
    return _("Nearer to “{name}”: {there}, here {here}").format(
        name=name,
        there=grouping_places.decimal(there.score),
        here=grouping_places.decimal(doubt.own_score),
    )


def _buttons(doubt: Doubt, category: Category, engine: str, do: Do) -> None:
    _ = state.translator()
    there, id = doubt.elsewhere, doubt.subject_id
    offered = Suggestion(id, doubt.subject, engine, (there,))
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Move there"),
            key=f"doubt-move-{id}-{there.target_id}",
            on_click=do,
            args=(
                lambda b: suggesting.accept_place(
                    b, id, there.target_id, offered, instead_of=category.id
                ),
                _("Moved “{name}” to: {where}").format(name=doubt.subject, where=there.label),
            ),
        )
        st.button(
            _("Belongs here"),
            key=f"doubt-stay-{id}-{category.id}",
            type="tertiary",
            help=_("It is not asked again."),
            on_click=do,
            args=(
                lambda b: suggesting.let_stay(b, id, category.id),
                _("Stays: {name}").format(name=doubt.subject),
            ),
        )
