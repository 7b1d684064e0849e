"""Where the themes of a table come from: the questions, or the codes of a codebook."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.codes import Codebook
from qualcode.ui import state
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords


def sources(bench: Workbench, words: TableWords) -> dict[str, str]:
    """Where themes can come from -> what it is called; the questions first if they have any."""
    _ = state.translator()
    with bench.store.reading() as rows:
        books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.id))
    found = {FROM_QUESTIONS: _("the questions")} if words.question_themes else {}
    with_codes = {code.codebook_id for code in words.codes.values()}
    found |= {book.id: book.name(state.language()) for book in books if book.id in with_codes}
    return found or {FROM_QUESTIONS: _("the questions")}


def themes_from(bench: Workbench, words: TableWords) -> str:
    """The choice of the person, kept between pages."""
    _ = state.translator()
    names = sources(bench, words)
    if len(names) == 1:
        return next(iter(names))
    key = state.filter_key("tables", "themes-from")
    kept = state.filter_key("tables", "themes-from-kept")
    before = st.session_state.get(kept)
    chosen = st.selectbox(
        _("Themes come from"),
        list(names),
        index=list(names).index(before) if before in names else 0,
        format_func=names.__getitem__,
        key=f"{key}-{hash(tuple(names))}",
        width=260,
    )
    st.session_state[kept] = chosen
    return str(chosen)
