"""Blind mode beside the board: a person's own place for a reduction, and what would be offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.ui import state, suggestions_line
from qualcode.ui.components.told_reasons import Open, told_reasons
from qualcode.ui.pages import grouping_places
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import comparing
from qualcode.workbench.suggesting.comparing import ComparedPlace

JUST = "grouping:just-placed"
MOST = 40
"""Placed by one act and compared at once; of more than these a hand has not decided one by one."""


def placed_by(operations: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The reductions that operations of the board have put into categories."""
    return tuple(
        str(id)
        for operation in operations
        if operation.get("op") == "place" and operation.get("category")
        for id in operation.get("reductions", ())
    )


def just_placed(ids: Sequence[str]) -> None:
    """These were placed by the act that has just been done; none forgets those before."""
    state.choose(JUST, tuple(ids) if len(ids) <= MOST else ())


def tell(bench: Workbench, opened: str) -> None:
    """A line on what was placed just now; nothing outside blind mode, nor of what is ``opened``."""
    ids: tuple[str, ...] = state.chosen(JUST) or ()
    if not ids or bench.reviewing or not suggestions_line.blind(bench):
        return
    places = grouping_places.compared(bench)
    if places is None:
        return
    found = comparing.look_after(bench, places, ids)
    if found and ids != (opened,):
        st.caption(plain(_told(found)))


def _told(found: Sequence[ComparedPlace]) -> str:
    _ = state.translator()
    if len(found) > 1:
        return _(
            "Compared: {count} placed. The first suggestion was the same for {first}, one of the "
            "three for {three}."
        ).format(
            count=len(found),
            first=sum(one.rank == 1 for one in found),
            three=sum(one.rank is not None for one in found),
        )
    return _("“{text}”: {told}").format(text=found[0].wording, told=_verdict(found[0]))


def _verdict(one: ComparedPlace) -> str:
    _ = state.translator()
    if one.rank is not None:
        return _("You agree: suggestion {n}.").format(n=one.rank)
    if not one.offered:
        return _("Nothing would have been suggested.")
    names = ", ".join(candidate.label for candidate in one.offered)
    return _("You differ from the suggestions: {names}.").format(names=names)


def show(bench: Workbench, reduction_id: str, open_thing: Open) -> None:
    """For a reduction that has a place, in blind mode: what would have been offered, and why."""
    _ = state.translator()
    if not suggestions_line.blind(bench):
        return
    places = grouping_places.compared(bench)
    one = comparing.compare(places, reduction_id) if places is not None else None
    if one is None:
        return
    heading = _("Compared with the suggestions")
    st.markdown(f"**{heading}**", help=_(grouping_places.WHAT_SCORES_TELL))
    st.caption(plain(_verdict(one)))
    for n, candidate in enumerate(one.offered):
        with st.container(border=True, gap=None, key=f"near-compared-{n}-{reduction_id}"):
            grouping_places.told(candidate, one.wording)
    words, texts = grouping_places.words_told(one.offered), grouping_places.texts_told(one.offered)
    told_reasons(open_thing, reduction_id, words, texts)
