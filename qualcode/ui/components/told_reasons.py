"""Reasons beside the board: their words marked in the reduction's card, and what they open."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from qualcode.ui.components import component

KEY = "told_reasons"

Open = Callable[[str, str], None]
"""Told the kind and the id of what a reason names."""


def opener(kind: str, id: str, inner: str) -> str:
    """HTML of a reason that opens what it names; ``inner`` is HTML, too."""
    named = html.escape(f"{kind}:{id}", quote=True)
    return f'<button type="button" class="reason" data-opens="{named}">{inner}</button>'


def told_reasons(
    open_thing: Open,
    reduction_id: str = "",
    words: Sequence[str] = (),
    texts: Sequence[str] = (),
) -> None:
    """Put once beside the reasons: as long as it is there, they open what they name.

    ``words`` (lemmas) stand out in the reduction's card on the board; those that one of ``texts``
    has side by side, too, as one.
    """

    def opened() -> None:
        kind, _, id = str(st.session_state[KEY]["open"]).partition(":")
        open_thing(kind, id)

    component("told_reasons", html="<span></span>")(
        key=KEY,
        data={"card": reduction_id, "words": list(words), "texts": list(texts)},
        on_open_change=opened,
    )
