"""What others have done meanwhile, told on a page calmly: it comes by itself and moves nothing.

A page that can take new data while it is worked on (the grouping board) is drawn again at once; on
another the line has a button, and the page stays as it is until that is pressed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from qualcode.domain.decisions import Decision
from qualcode.store.repository import Reading
from qualcode.ui import state
from qualcode.ui.words import plain
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence

EVERY = 4.0
"""Seconds between two looks at the study."""

TOLD_FOR = 60.0
"""Seconds that a line stays when nothing new comes."""

MOST_CHANGES = 500


@dataclass(frozen=True)
class Heard:
    """What a window has been told: up to which revision; whose acts, how many, the latest.

    ``newest`` is the number of the newest act that shows on the page, ``at`` when it was heard of.
    """

    revision: int
    newest: int = 0
    acts: tuple[tuple[str, int, str], ...] = ()
    at: float = 0.0


def drawn(place: str, revision: int) -> None:
    """The page, or its main part, shows the study as of this revision from now on."""
    state.choose(f"{place}:drawn", revision)


def show(place: str, kinds: Collection[str], *, at_once: bool) -> None:
    """The line; ``kinds`` are the rows whose change shows on the page.

    With ``at_once`` the page is drawn again by itself when something has changed; without it the
    person is asked. To be called last on the page.
    """
    state.choose(f"{place}:whole-run", True)
    _look(place, tuple(kinds), at_once)


@st.fragment(run_every=EVERY, key="others")
def _look(place: str, kinds: Collection[str], at_once: bool) -> None:
    bench = state.bench()
    with bench.store.reading() as rows:
        now = rows.revision()
        heard = state.chosen(f"{place}:heard")
        if not isinstance(heard, Heard):
            heard = Heard(now)
        news = [] if now == heard.revision else _news(rows, heard.revision, kinds)
    if now != heard.revision:
        heard = _told(bench, heard, now, news)
    state.choose(f"{place}:heard", heard)
    behind = heard.newest > int(state.chosen(f"{place}:drawn") or 0)
    # Never in a run of the whole page: that has drawn everything just now.
    whole_run = state.chosen(f"{place}:whole-run")
    state.choose(f"{place}:whole-run", False)
    if behind and at_once and not whole_run:
        st.rerun()
    if behind or time.time() - heard.at <= TOLD_FOR:
        _line(place, heard, behind)


def _line(place: str, heard: Heard, behind: bool) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key=f"others-{place}"):
        if heard.acts:
            st.caption(_sentence(heard), width="content")
        elif behind:
            st.caption(_("You have changed this in another window."), width="content")
        if behind and st.button(_("Show the changes"), key=f"show-others-{place}", type="tertiary"):
            st.rerun()


def _news(rows: Reading, since: int, kinds: Collection[str]) -> list[Decision]:
    """The decisions whose rows show on the page; after very many of them, the newest."""
    later = rows.changes_since(since, MOST_CHANGES)
    if later is None:
        return [d for d in rows.decisions(0, MOST_CHANGES).rows if d.id > since][::-1]
    return [d for d in later if any(change.kind in kinds for change in d.changes)]


def _told(bench: Workbench, heard: Heard, now: int, news: Sequence[Decision]) -> Heard:
    translate = state.translator()
    fresh = time.time() - heard.at <= TOLD_FOR
    acts = {who: (count, what) for who, count, what in heard.acts} if fresh else {}
    theirs = [decision for decision in news if decision.who != bench.coder]
    for decision in theirs:
        count = acts.get(decision.who, (0, ""))[0] + 1
        told = whereabouts.act(bench.reviewing, decision)
        acts[decision.who] = (count, act_sentence(told, translate))
    return Heard(
        now,
        max([heard.newest, *(decision.id for decision in news)]),
        tuple((who, count, what) for who, (count, what) in acts.items()),
        time.time() if theirs else heard.at,
    )


def _sentence(heard: Heard) -> str:
    _ = state.translator()
    many = _("{who}: {count} new acts, the latest: {what}")
    told = [
        f"{who} {what}" if count == 1 else many.format(who=who, count=count, what=what)
        for who, count, what in heard.acts
    ]
    return plain(" · ".join(told))
