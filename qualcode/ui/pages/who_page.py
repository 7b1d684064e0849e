"""Who sits at this browser: asked first on a server that several people use."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import state, who
from qualcode.ui.words import plain


def show() -> None:
    _ = state.translator()
    __, middle, __ = st.columns([1, 2, 1])
    with middle:
        st.title("qualcode", anchor=False)
        _study()
        with st.form("who-form", border=True):
            name = st.text_input(
                _("Your name"),
                max_chars=who.LONGEST_NAME,
                key="who-first-name",
            )
            st.caption(_("Stands in the log and on your codings, and keeps coders apart."))
            way = st.radio(
                _("How do you work?"),
                list(who.WAYS),
                format_func=lambda one: _(who.WAYS[one]),
                captions=[
                    _("You bring in, code, reduce and group."),
                    _("You read, comment, approve and propose; nothing is changed by mistake."),
                ],
                key="who-first-way",
            )
            if st.form_submit_button(_("Begin"), type="primary"):
                if not name.strip():
                    st.error(_("Write your name first."), icon=":material/error:")
                    return
                state.sit_down(name.strip(), way == who.REVIEWING)
                st.rerun()


def _study() -> None:
    """The study's name; what is wrong with it is told on the page that opens it."""
    _ = state.translator()
    try:
        st.write(_("The study: {name}").format(name=plain(state.bench().study().name)))
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
