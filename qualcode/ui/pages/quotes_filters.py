"""Which quotes are shown: by words, category, code, actor group and whether they are chosen."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.categories import CategoryTree
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.documents import Respondent
from qualcode.store.views import ExpressionQuery, QuoteQuery
from qualcode.ui import state
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree

PAGE = "quotes"
CHOSEN = {"any": None, "chosen": True, "left": False}


def of_category(category_id: str) -> None:
    """The bank shows this category, whatever else was asked before."""
    for name in ("text", "code", "group", "chosen"):
        st.session_state.pop(state.filter_key(PAGE, name), None)
    st.session_state[state.filter_key(PAGE, "category")] = category_id


def show(bench: Workbench) -> ExpressionQuery:
    """The filters in one row, and what they ask."""
    _ = state.translator()
    with bench.store.reading() as rows:
        groups = sorted({r.actor_group for r in rows.find(Respondent)} - {""})
        books = {book.id for book in rows.find(Codebook, in_use=True)}
        used = rows.code_counts()
        codes = {
            code.id: code.label(bench.language)
            for code in sorted(rows.find(Code, codebook_id=tuple(books)), key=lambda c: c.position)
            if code.id in used
        }
    now = tree(bench)
    categories = {category.id: f"{'  ' * n}{category.name}" for n, category in now.walk()}
    with st.container(horizontal=True, vertical_alignment="center", key="quotes-filters"):
        text = st.text_input(
            _("Search quotes"),
            key=state.filter_key(PAGE, "text"),
            placeholder=_("Search quotes"),
            label_visibility="collapsed",
            type="search",
            live=True,
            width="stretch",
        )
        category = _select("category", categories, _("Category"), _("Any category"), 230)
        code = _select("code", codes, _("Code"), _("Any code"), 190) if codes else None
        group = (
            _select("group", dict.fromkeys(groups), _("Actor group"), _("Every group"), 150)
            if len(groups) > 1
            else None
        )
        names = {"any": _("Chosen or not"), "chosen": _("Chosen"), "left": _("Not chosen")}
        chosen = st.selectbox(
            _("Chosen"),
            list(names),
            format_func=names.__getitem__,
            key=state.filter_key(PAGE, "chosen"),
            label_visibility="collapsed",
            width=150,
        )
    return ExpressionQuery(
        code_id=code,
        actor_group=group,
        quotes=QuoteQuery(
            text=(text or "").strip(),
            category_ids=_branch(now, category),
            chosen=CHOSEN[chosen],
        ),
    )


def _branch(now: CategoryTree, category: str | None) -> tuple[str, ...] | None:
    if category is None or category not in now.categories:
        return None
    return tuple(now.branch(category))


def _select(
    name: str, options: dict[str, str] | dict[str, None], label: str, every: str, width: int
) -> str | None:
    key = state.filter_key(PAGE, name)
    if st.session_state.get(key) not in (None, *options):
        # What it was set to is not in the study any more.
        del st.session_state[key]

    def called(option: str | None) -> str:
        return every if option is None else str(options[option] or option)

    return st.selectbox(
        label,
        [None, *options],
        format_func=called,
        key=key,
        label_visibility="collapsed",
        width=width,
    )
