"""Answers that are no option: each as it was written, to be interpreted or read as a text."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.domain.documents import ClosedState, Item, question_name
from qualcode.store.closed_views import ClosedAnswerRow, ClosedQuery
from qualcode.ui import state, turning, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import closed_tables, verbal_answers, whereabouts
from qualcode.workbench.bench import Workbench

ROWS = 15


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
    query = ClosedQuery(state=ClosedState.UNINTERPRETABLE)
    page_key = state.filter_key("closed", "verbal-page")
    found = turning.open_page(page_key, ROWS, partial(closed_tables.behind, bench, query))
    st.caption(
        _(
            "Answers that are none of the options: outside the scale, two at once, or in words. "
            "They are counted as not interpretable until an analyst says what was meant. What was "
            "written always stays as it is."
        )
        if bench.reviewing
        else _(
            "Answers that are none of the options: outside the scale, two at once, or in words. "
            "They are counted as not interpretable until you say what was meant. What was written "
            "always stays as it is."
        )
    )
    if not found.total:
        st.info(_("Every closed answer is one of its options, or missing."), icon=":material/info:")
        return
    with bench.store.reading() as rows:
        ids = tuple({row.answer.item_id for row in found.rows})
        items = {item.id: item for item in rows.find(Item, id=ids)}
        taken = verbal_answers.taken(rows, [row.answer for row in found.rows])
    written = [row.answer.id for row in found.rows if _in_words(row) and row.answer.id not in taken]

    def take() -> None:
        undo_line.attempt(
            place,
            lambda: verbal_answers.take_as_texts(bench, written),
            _("Taken as texts; they are on the page Read and code."),
        )

    if written and not bench.reviewing:
        st.button(
            _("Take those in words as texts to be coded ({count})").format(count=len(written)),
            icon=":material/format_ink_highlighter:",
            on_click=take,
        )
    for row in found.rows:
        _answer(bench, place, row, items[row.answer.item_id], row.answer.id in taken)
    turning.numbers(page_key, ROWS, found.total)


def _answer(bench: Workbench, place: str, row: ClosedAnswerRow, item: Item, taken: bool) -> None:
    _ = state.translator()
    answer = row.answer
    key = f"interpret-{answer.id}"

    def chosen() -> None:
        undo_line.attempt(
            place,
            lambda: verbal_answers.interpret(bench, answer.id, st.session_state[key]),
            _("Interpreted."),
        )

    with st.container(border=True, key=f"verbal-{answer.id}", gap="xxsmall"):
        text, choice = st.columns([6, 4], vertical_alignment="center")
        with text:
            times = f" × {answer.count}" if answer.count != 1 else ""
            shown = _("“{text}”").format(text=answer.raw) if answer.raw else _("(not written down)")
            st.markdown(plain(f"{shown}{times}"))
            question = question_name(row.item_number, row.item_text)
            places = [
                whereabouts.label(bench.reviewing, row.respondent_label),
                row.actor_group,
                question,
                whereabouts.place(bench.reviewing, answer.provenance),
                _("among the texts to be coded, too") if taken else "",
            ]
            st.caption(plain(" · ".join(part for part in places if part)))
        with choice:
            if bench.reviewing:
                return
            if answer.count != 1 or not answer.raw:
                st.caption(_("Brought in as a number: the answer itself is not here to be read."))
                return
            st.selectbox(
                _("What was meant"),
                list(item.options),
                index=None,
                placeholder=_("What was meant?"),
                key=key,
                on_change=chosen,
                label_visibility="collapsed",
            )


def _in_words(row: ClosedAnswerRow) -> bool:
    return sum(letter.isalpha() for letter in row.answer.raw) > 1
