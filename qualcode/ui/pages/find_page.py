"""Search: words in any form, exactly, by a pattern or by meaning, in context, and coded in one go.

Typing runs no page: the search asks the direct channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from qualcode.domain.documents import Document
from qualcode.ui import channel, places, state
from qualcode.ui.components.find_list import find_list
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.find_view import find_told
from qualcode.workbench.bench import Workbench

FIND = "find_list"
"""The component's key."""

WORDS = "sana"
"""``?sana=palvelu`` opens the page with these words looked for."""

OPENED = "find:opened"


def show(bench: Workbench) -> None:
    _ = state.translator()
    page_waker()
    _go_to_what_was_opened()
    with bench.store.reading() as rows:
        if not rows.count(Document):
            st.info(_("There is nothing to search yet. Bring in the answers first."))
            state.page_link("aineisto", _("Material"), icon=":material/upload_file:")
            return
    find_list(
        FIND,
        {
            **find_told(bench),
            "channel": {"path": channel.path(), "token": state.desk().token},
            "question": _question(),
        },
        on_open=_opened,
        on_acted=_acted,
    )


def _acted() -> None:
    """The run itself is what was asked for: the undo button of the head tells what was done."""


def _question() -> dict[str, Any] | None:
    """What the address asks for, once; the address is then free for the next."""
    words = st.query_params.get(WORDS)
    if not words:
        return None
    del st.query_params[WORDS]
    return {"text": words}


def _opened() -> None:
    """A line was opened. A browser may send anything, and a callback cannot turn the page."""
    sent = st.session_state[FIND]["open"]
    if isinstance(sent, Mapping) and sent.get("kind") in places.PAGES:
        state.choose(OPENED, (str(sent["kind"]), str(sent.get("id", ""))))


def _go_to_what_was_opened() -> None:
    opened = state.chosen(OPENED)
    state.choose(OPENED, None)
    if opened:
        places.open_thing(*opened)
