"""The search on a page of its own: what it looks like is in ``assets/find_panel.js``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qualcode.ui.components import component


def find_list(
    key: str, told: Mapping[str, Any], on_open: Callable[[], None], on_acted: Callable[[], None]
) -> Any:
    """The search. ``told``: what ``find_view.find_told`` gives, with ``channel`` ({path, token})
    and ``question``, one that an address asks instead of the last one of the tab.

    Opening a line calls ``on_open``: ``st.session_state[key]["open"]`` is then ``{kind, id}``.
    ``on_acted`` is called when something was coded or undone.
    """
    mount = component("find_list", html='<div class="qc-find"></div>')
    return mount(key=key, data=dict(told), on_open_change=on_open, on_acted_change=on_acted)
