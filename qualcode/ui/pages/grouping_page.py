"""Grouping: reductions into subcategories, subcategories into higher ones, on a board.

An act on the board runs no page: the component sends operations, the workbench carries them out,
and only the board, the side panel and the undo buttons are drawn again.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import coding_view, others_line, places, sent_acts, state
from qualcode.ui.components.category_board import Find, Operations, category_board
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.grouping_board import Offer, read_board
from qualcode.ui.pages import grouping_compared, grouping_side, grouping_suggest
from qualcode.workbench.bench import Workbench

STYLE = Path(__file__).parent.parent / "assets" / "grouping.css"
BOARD = "category_board"
"""The component's key, and the name under which its replies are kept."""

SHOWN = (
    "category",
    "placement",
    "reduction",
    "reduction_link",
    "document",
    "role_placement",
    "dismissal",
    "pin",
)
"""Kinds of rows that the board shows something of."""

AFTER_AN_ACT = ("board", "side", "higher", state.HISTORY)
"""What is drawn again after every act."""


def show(bench: Workbench) -> None:
    _ = state.translator()
    page_waker()
    places.follow("category", choose=lambda *named: state.choose("grouping:opened", named))
    with bench.store.reading() as rows:
        progress = rows.progress()
    if not progress.reductions and not progress.categories:
        st.info(
            _("There is nothing to group yet. Write reductions first, or take a frame from theory.")
        )
        state.page_link("koodaus", _("Read and code"), icon=":material/format_ink_highlighter:")
    st.html(STYLE)
    if not bench.reviewing:
        grouping_suggest.show(bench)
    board, side = st.columns([3, 1], gap="small")
    with board:
        _board()
    with side:
        grouping_side.show(AFTER_AN_ACT)
    others_line.show(BOARD, SHOWN, at_once=True)


@st.fragment(key="board")
def _board() -> None:
    bench = state.bench()
    find = state.chosen("grouping:find") or Find()
    offer = state.chosen("grouping:offer") or Offer()
    with bench.store.reading() as rows:
        revision, turns = rows.revision(), coding_view.turns_told(rows, bench)
    others_line.drawn(BOARD, revision)
    category_board(
        read_board(bench, find, offer),
        key=BOARD,
        language=bench.language,
        reply=sent_acts.reply_data(BOARD) | {"turns": turns, "revision": revision},
        on_operations=_carry_out,
        on_open=_open,
        on_find=_find,
    )


def _carry_out(client: str, sent: Operations) -> None:
    bench = state.bench()
    try:
        done = sent_acts.carry_out(BOARD, bench, client, sent)
    except QualcodeError as error:
        # The study itself can't be read or written. Nothing is acknowledged, so the window keeps
        # its work and sends it again.
        state.notify(state.message(error))
        st.rerun()
    if done:
        grouping_compared.just_placed(grouping_compared.placed_by(sent))
    offer = state.chosen("grouping:offer")
    if offer is not None and done:
        state.choose("grouping:offer", offer.with_accepted(sent))
    st.rerun([*AFTER_AN_ACT])


def _open(kind: str, id: str) -> None:
    state.choose("grouping:opened", (kind, id))
    st.rerun(["side"])


def _find(find: Find) -> None:
    state.choose("grouping:find", find)
    st.rerun(["board"])
