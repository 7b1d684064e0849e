"""Were the suggestions worth it? The finished analysis gone through again, engine by engine."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import worth_figures
from qualcode.workbench.bench import Workbench
from qualcode.workbench.worth import beside
from qualcode.workbench.worth.beside import Replay
from qualcode.workbench.worth.of_table import CODING, EMBEDDING, PLACING
from qualcode.workbench.worth.study import FEWEST
from qualcode.workbench.worth.telling import engine_name

SHUFFLES = 5
NEWS_EVERY = 1.0
STEPS = {
    EMBEDDING: N_("{engine}: reading the texts, {done} / {all}"),
    PLACING: N_("{engine}: placing the reductions again, {done} / {all}"),
    CODING: N_("{engine}: coding the passages again, {done} / {all}"),
}


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Were the suggestions worth it?"))
    st.caption(
        _(
            "The program goes through your finished analysis again in the order you made it, and "
            "looks before each decision at what it would have offered, knowing only what you had "
            "decided by then. Nothing in the study changes."
        )
    )
    with bench.store.reading() as rows:
        placed, coded, revision = rows.count(Placement), rows.count(Coding), rows.revision()
    if max(placed, coded) < FEWEST:
        _too_little(placed, coded)
        return
    replay = beside.state(bench)
    if replay is not None and replay.running:
        _watch()
    else:
        _start(replay)
    if replay is None:
        return
    for problem in replay.problems:
        st.warning(problem, icon=":material/warning:")
    if replay.cancelled:
        st.info(_("It was stopped. What was finished by then is below."), icon=":material/info:")
    if replay.found and replay.revision < revision:
        st.info(
            _("The study has changed since. Go through it again to see how it is now."),
            icon=":material/update:",
        )
    worth_figures.show(replay)


def _too_little(placed: int, coded: int) -> None:
    _ = state.translator()
    st.info(
        _(
            "There is too little to go through: at least {fewest} placed reductions or coded "
            "passages are needed. Now there are {placed} placed reductions and {coded} codings."
        ).format(fewest=FEWEST, placed=placed, coded=coded),
        icon=":material/info:",
    )
    with st.container(horizontal=True):
        state.page_link("koodaus", _("Go to Read and code"), ":material/format_ink_highlighter:")
        state.page_link("luokat", _("Go to Categories"), ":material/account_tree:")


def _start(replay: Replay | None) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        orders = {0: _("The order of the work"), SHUFFLES: _("Five random orders")}
        shuffled = st.segmented_control(
            _("Order"),
            list(orders),
            format_func=orders.__getitem__,
            # While it goes on the choice is not shown and is forgotten: it is that of the figures.
            default=replay.shuffled if replay is not None and replay.shuffled in orders else 0,
            required=True,
            key=state.filter_key("worth", "order"),
        )
        st.button(
            _("Go through the analysis") if replay is None else _("Go through it again"),
            type="primary",
            icon=":material/replay:",
            key="worth-start",
            on_click=_begin,
            args=(int(shuffled or 0),),
        )


def _begin(shuffled: int) -> None:
    beside.start(state.bench(), shuffled=shuffled)


@st.fragment(run_every=NEWS_EVERY)
def _watch() -> None:
    """How far it is, by itself, until it is done; then the whole page is drawn."""
    bench = state.bench()
    replay = beside.state(bench)
    if replay is None or not replay.running:
        st.rerun()
    _ = state.translator()
    with st.container(key="worth-running"):
        st.progress(replay.share, _far(replay, _))
        st.button(
            _("Stop"),
            icon=":material/stop_circle:",
            key="worth-stop",
            on_click=lambda: beside.cancel(state.bench()),
        )
    # An engine that has become ready is shown at once, below.
    shown = st.session_state.setdefault("worth-shown", 0)
    if len(replay.found) != shown:
        st.session_state["worth-shown"] = len(replay.found)
        st.rerun()


def _far(replay: Replay, _: Callable[[str], str]) -> str:
    if not replay.step:
        return _("Reading the log…")
    return _(STEPS[replay.step]).format(
        engine=engine_name(replay.engine, _), done=replay.done, all=replay.all
    )
