"""Which cross-tables are printed in the report."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import Respondent
from qualcode.ui import state
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.crossed import NAMES, Cross, variables


def show(bench: Workbench) -> tuple[tuple[Cross, ...], tuple[str, ...]]:
    """The kinds of tables, and the background variables."""
    _ = state.translator()
    kinds = st.multiselect(
        _("Cross-tables to print"),
        list(Cross),
        default=[Cross.THEMES, Cross.ORIGIN],
        format_func=lambda kind: _(NAMES[kind]),
        placeholder=_("Choose tables"),
        key=state.filter_key("report", "cross-kinds"),
    )
    with bench.store.reading() as rows:
        named = list(variables(rows.find(Respondent)))
    chosen = []
    if named:
        chosen = st.multiselect(
            _("By background"),
            named,
            help=_(
                "One actor group at a time. Counts of few people are not shown, and these tables "
                "do not list who stands behind a number."
            ),
            placeholder=_("Choose background variables"),
            key=state.filter_key("report", f"backgrounds-{hash(tuple(named))}"),
        )
    return tuple(kind for kind in Cross if kind in kinds), tuple(chosen)
