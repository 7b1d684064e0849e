"""Vectors that are not in use any more: how much room they take, and removing them."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import state
from qualcode.workbench import old_vectors
from qualcode.workbench.bench import Workbench

WORTH_TELLING = 1_000_000
"""Bytes; less room than this is not worth a line on the page."""


def show(bench: Workbench) -> None:
    """A line and a button; nothing while they take little room."""
    _ = state.translator()
    size = sum(old_vectors.old_vectors(bench).values())
    if size < WORTH_TELLING:
        return
    st.caption(
        _(
            "The study keeps {size} MB of vectors that are not in use: another engine made them, "
            "or an earlier version of it. Nothing is lost with them: what is needed is made again."
        ).format(size=old_vectors.megabytes(size, state.language()))
    )
    if "://" in bench.store.address:
        st.caption(_("A computer that has another version of the same engine makes its own again."))
    if not st.button(
        _("Remove the vectors not in use"),
        key="forget-vectors",
        icon=":material/cleaning_services:",
    ):
        return
    try:
        with st.spinner(_("Removing them and giving their room back…")):
            freed = old_vectors.forget_old_vectors(bench)
    except QualcodeError as error:
        state.notify(state.message(error))
    else:
        state.notify(old_vectors.told_freed(freed, _, state.language()))
    st.rerun()
