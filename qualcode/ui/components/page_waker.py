"""What wakes a page whose server was restarted: see ``assets/page_waker.js``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.ui.components import inline_component

KEY = "page_waker"


def page_waker() -> Mapping[str, Any] | None:
    """What the sleeping component said when it asked for this run; None in every other run.

    Mount it on the page itself, outside all fragments.
    """
    # Fetched apart it might be what is missing, just where a server went down.
    mounted = inline_component("page_waker", html="<span></span>")(key=KEY, on_wake_change=_nothing)
    said = mounted.get("wake")
    return said if isinstance(said, Mapping) else None


def _nothing() -> None:
    """The run itself is what was asked for."""
