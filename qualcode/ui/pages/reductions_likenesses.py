"""Beside the reductions: what they have been held to be to others, and marking it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.store.views import ReductionRow
from qualcode.ui import state
from qualcode.ui.pages import likeness_form
from qualcode.workbench import likenesses, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likenesses import Finding, Told

KEY = "reductions-likeness"


def show(bench: Workbench, ticked: Sequence[ReductionRow], place: str) -> None:
    """Of one ticked reduction all that is held of it, and a form; of two what they are to each
    other. With more ticked there is nothing to hold against what."""
    if len(ticked) not in (1, 2):
        return
    _ = state.translator()
    one, *other = [("reduction", row.id) for row in ticked]
    with bench.store.reading() as rows:
        told = likenesses.of(rows, one)
    if other:
        told = [held for held in told if other[0] in _ends(held)]
    if bench.reviewing and not told:
        return
    title = _("Held against other findings") if not other else _("To each other")
    names = "-".join(row.id for row in ticked)
    with st.expander(f"{title} ({len(told)})" if told else title, key=f"{KEY}-box-{names}"):
        for held in told:
            likeness_form.card(held, place)
        if bench.reviewing:
            return
        key = f"{KEY}-{names}"
        if other:
            likeness_form.between(place, key, one, other[0])
            return
        with bench.store.reading() as rows:
            words = table_words.read(rows, state.language())
        likeness_form.form(bench, words, place, key, one)


def _ends(told: Told) -> tuple[Finding, Finding]:
    row = told.likeness
    return (row.one_kind, row.one_id), (row.other_kind, row.other_id)
