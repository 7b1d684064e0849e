"""Which engine suggestions come from, and what is lost where a better one is missing."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.nlp.labels import LABELS, LACKS
from qualcode.ui import state
from qualcode.workbench import suggesting
from qualcode.workbench.bench import Workbench


def engine_note(bench: Workbench) -> None:
    """A line on the engine in use; a second one on the better one that cannot be used, and why."""
    _ = state.translator()
    try:
        engine = suggesting.engine(bench)
    except QualcodeError as error:
        st.caption(state.message(error))
        return
    heading, label, cost = _("Engine"), _(engine.label), _(engine.cost)
    why = list(dict.fromkeys(state.message(problem) for problem in engine.passed_over))
    if not why:
        warned = f" :material/warning: {_(engine.warning)}" if engine.warning else ""
        st.caption(f"{heading}: {label}. {cost}{warned}", width="stretch")
        return
    better = str(engine.passed_over[0].values.get("engine", ""))
    missing = _("A better one is not in use: {engine}.").format(
        engine=_(LABELS.get(better, better))
    )
    lack = _(LACKS[better]) if better in LACKS else ""
    with st.container(key="engine-note", gap=None):
        st.caption(
            f"{heading}: {label}. :material/info: {missing} {lack}",
            width="stretch",
            help="\n\n".join([cost, *why]),
        )
        state.page_link("hanke", _("What to do about it"), ":material/build:")
