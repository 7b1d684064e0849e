"""A printed figure on the screen as it is: bars of closed answers, a profile of roles."""

from __future__ import annotations

from typing import Any

from qualcode.exports.report import Figure
from qualcode.ui.components import component


def answer_bars(key: str, figure: Figure) -> Any:
    """The figure on the page; its words for those who do not see it are read aloud."""
    mount = component("answer_bars", html='<div class="qc-bars"></div>')
    return mount(key=key, data={"svg": figure.svg, "label": figure.alt})
