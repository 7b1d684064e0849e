"""Above the answers, when the machine orders them: how fresh the order is, and making it anew."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.store.answer_query import AnswerQuery
from qualcode.ui import state
from qualcode.ui.history_view import local
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Preparation
from qualcode.workbench.reading_orders import ACTIVE
from qualcode.workbench.suggesting import outlook

NEWS_EVERY = 1.0
ASKED = "coding:outlook-asked"
"""True from asking for a new order until the answers are drawn in it. What somebody else asks for
does not move the answers that are being read."""

PROBLEM = "coding:outlook-problem"
"""(study, why its answers could not be looked through)"""


def show(bench: Workbench, query: AnswerQuery) -> bool:
    """Whether an order that this window asked for is ready and not drawn yet."""
    if query.order not in ACTIVE:
        return False
    made = outlook.made(bench)
    running = outlook.running(bench)
    if made is None and running is None and problem_of(bench) is None:
        running = begin(bench)
        made = outlook.made(bench)
    if running is not None:
        watch()
    else:
        _told(bench)
    ready = bool(state.chosen(ASKED)) and running is None
    if ready:
        state.choose(ASKED, None)
    return ready


def begin(bench: Workbench) -> Preparation | None:
    """Starts looking through the answers; what keeps it from that is told in the line."""
    state.choose(ASKED, True)
    going_on = outlook.begin(bench)
    problem = going_on.problem if going_on else None
    _keep(bench, problem)
    return None if problem else going_on


def problem_of(bench: Workbench) -> QualcodeError | None:
    """Why the answers of this study could not be looked through, when this window last asked."""
    kept = state.chosen(PROBLEM)
    mine = isinstance(kept, tuple) and kept[0] == bench.store.address
    problem: QualcodeError | None = kept[1] if mine else None
    return problem


def _keep(bench: Workbench, problem: QualcodeError | None) -> None:
    state.choose(PROBLEM, (bench.store.address, problem))


@st.fragment(run_every=NEWS_EVERY)
def watch() -> None:
    """How far it is, by itself, until it is done; then the whole page is drawn."""
    bench = state.bench()
    going_on = outlook.running(bench)
    if going_on is None:
        _keep(bench, outlook.problem(bench))
        st.rerun()
    _ = state.translator()
    share = going_on.done / going_on.all if going_on.all else 0.0
    with st.container(key="outlook-running"):
        st.progress(min(1.0, share), _("Looking through the answers…"))


def _told(bench: Workbench) -> None:
    _, ngettext = state.translator(), state.plural()
    problem = problem_of(bench)
    made = outlook.made(bench)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="outlook-line"
    ):
        if problem is not None:
            st.caption(plain(state.message(problem)), width="content")
        elif made is not None:
            with bench.store.reading() as rows:
                since = rows.revision() - made.revision
            when = _("Order worked out {at}, the same for everybody; it stays as it is.")
            acts = ngettext("{n} act since.", "{n} acts since.", since).format(n=since)
            told = when.format(at=f"{local(made.at):%d.%m. %H:%M}")
            st.caption(f"{told} {acts}" if since else told, width="content")
        st.button(
            _("Try again") if problem is not None else _("Work out anew"),
            key="outlook-again",
            type="tertiary",
            icon=":material/refresh:",
            help=_(
                "Looks through all answers with what has been coded by now. Until then the order "
                "does not move. The log keeps with each act in which order the answers were read."
            ),
            on_click=_again,
        )


def _again() -> None:
    begin(state.bench())
