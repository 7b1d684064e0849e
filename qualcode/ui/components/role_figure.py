"""The role map on the screen: the printed figure itself, with roles that can be chosen.

Clicking a role, or Enter or Space on it, sends ``on_choose``; the value is
``st.session_state[key]["choose"]`` (``{role}``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qualcode.exports.role_figure import RoleFigure, draw
from qualcode.ui.components import component


def role_figure(key: str, figure: RoleFigure, label: str, on_choose: Callable[[], None]) -> Any:
    """The figure on the page. ``label`` tells a screen reader what it is."""
    mount = component("role_figure", html='<div class="qc-figure"></div>')
    return mount(
        key=key,
        data={"svg": draw(figure), "label": label, "chosen": figure.chosen},
        on_choose_change=on_choose,
    )
