"""What opens a page anew whose parts could not be fetched, and tells the browser its language: see
``assets/load_guard.js``."""

from __future__ import annotations

from qualcode.ui import state
from qualcode.ui.components import inline_component


def load_guard() -> None:
    """Mount it on every page, before anything that is fetched apart."""
    _ = state.translator()
    data = {
        "language": state.language(),
        "waiting": _(
            "The connection broke while the page was opening. The page opens again as soon as "
            "the server answers; nothing that was saved is lost."
        ),
        "given_up": _(
            "A part of the page could not be fetched, though it was tried several times. Start "
            "the program anew and reload this page; nothing that was saved is lost."
        ),
    }
    inline_component("load_guard", html="<span></span>")(key="load_guard", data=data)
