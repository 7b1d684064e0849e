"""One code, or a codebook, as whoever only reviews reads it: the same texts without fields."""

from __future__ import annotations

import streamlit as st

from qualcode.store.views import ExpressionQuery
from qualcode.ui import memo_button, originals, state
from qualcode.ui.labels import origin_label
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebooks import CodebookBranch, CodeRow


def show(bench: Workbench, row: CodeRow, branch: CodebookBranch) -> None:
    """What belongs to the code, and the expressions that carry it."""
    _, ngettext = state.translator(), state.plural()
    code, language = row.code, bench.language
    with st.container(border=True, key="code-reading"):
        st.subheader(plain(code.label(language)), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            told = (branch.codebook.name(language), origin_label(code.origin, _))
            st.caption(plain(" · ".join(told)), width="stretch")
            memo_button.show(bench, "code", code.id)
        for title, text in (
            (_("Definition"), code.definition(language) or _("No definition.")),
            (_("Rule"), code.rule(language)),
            (_("Example"), code.example(language)),
        ):
            if text:
                st.markdown(f"**{title}**  \n{plain(text)}")
    if row.count.mentions:
        title = ngettext(
            "{count} original expression", "{count} original expressions", row.count.mentions
        ).format(count=row.count.mentions)
        with st.expander(title, key=f"originals-read-{code.id}", on_change="rerun") as part:
            if part.open:
                originals.show(bench, ExpressionQuery(code_id=code.id), "codebooks")


def codebook(bench: Workbench, branch: CodebookBranch) -> None:
    """What the codebook is and whose theory it leans on."""
    _ = state.translator()
    book = branch.codebook
    with st.container(border=True, key="codebook-reading"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(plain(book.name(bench.language)), anchor=False, width="stretch")
            memo_button.show(bench, "codebook", book.id)
        for title, text in (
            (_("Theory source"), book.theory_source),
            (_("What is coded"), book.unit),
            (_("Note"), book.note),
        ):
            if text:
                st.markdown(f"**{title}**  \n{plain(text)}")
