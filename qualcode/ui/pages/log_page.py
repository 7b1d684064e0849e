"""The decision log: who did what and when, newest first."""

from __future__ import annotations

import math

import streamlit as st

from qualcode.domain.decisions import Decision
from qualcode.ui import state
from qualcode.workbench import history
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence, local_time

ROWS = 40


def show(bench: Workbench) -> None:
    _ = state.translator()
    st.title(_("Decision log"))
    st.caption(
        _(
            "Every act that changes the study, with what was before and after. Undo takes back "
            "your own latest act; it works after a restart too."
        )
    )
    mine = st.toggle(_("Only mine"), key=state.filter_key("log", "mine"))
    who = state.coder() if mine else None
    page_key = state.filter_key("log", "page")
    offset = (int(st.session_state.get(page_key, 1)) - 1) * ROWS
    page = history.log(bench, offset, ROWS, who)
    if page.total and not page.rows:
        # Fewer acts than when the page was turned: back to the last that has any.
        st.session_state[page_key] = math.ceil(page.total / ROWS)
        page = history.log(bench, (math.ceil(page.total / ROWS) - 1) * ROWS, ROWS, who)
    if not page.total:
        st.info(_("Nothing has been done yet."), icon=":material/info:")
        return
    st.dataframe(
        {
            _("No."): [d.id for d in page.rows],
            _("When"): [local_time(d.at) for d in page.rows],
            _("Who"): [d.who for d in page.rows],
            _("What"): [_told(d) for d in page.rows],
            _("State"): [_("undone") if d.undone else "" for d in page.rows],
        },
        hide_index=True,
        height="content",
        column_config={
            _("No."): st.column_config.NumberColumn(width=60),
            _("When"): st.column_config.TextColumn(width=160),
            _("Who"): st.column_config.TextColumn(width=130),
            _("What"): st.column_config.TextColumn(width=900),
            _("State"): st.column_config.TextColumn(width=90),
        },
    )
    if page.total > ROWS:
        st.pagination(math.ceil(page.total / ROWS), key=page_key)


def _told(decision: Decision) -> str:
    return act_sentence(decision, state.translator())
