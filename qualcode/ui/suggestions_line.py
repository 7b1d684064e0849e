"""Where suggestions would stand: they are off in this study, or hidden until one has decided."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown


def off(bench: Workbench, *, there: bool = False) -> bool:
    """Says that suggestions are off, and leads to where they are turned on; False where not.

    ``there``: on that very page, which needs no way to itself.
    """
    if options.shown(bench.study()) is not Shown.OFF:
        return False
    _ = state.translator()
    if there:
        st.caption(_("Suggestions are off in this study. They are turned on under Settings."))
    else:
        _line(_("Suggestions are off in this study."))
    return True


def hidden(bench: Workbench, told: str) -> bool:
    """Says ``told``, why nothing is shown beforehand, in blind mode; False elsewhere."""
    if not blind(bench):
        return False
    _line(told)
    return True


def blind(bench: Workbench) -> bool:
    """Whether the study hides suggestions until the person has decided."""
    return options.shown(bench.study()) is Shown.BLIND


def _line(told: str) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/lightbulb: {told}", width="content")
        state.page_link("ehdotukset", _("Settings of suggestions"), icon=":material/tune:")
