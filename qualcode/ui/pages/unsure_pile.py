"""“I do not know”: all answers and reductions of the study for which nothing is likely enough."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.analysis.calibration import FEWEST
from qualcode.domain.codes import Code
from qualcode.store.outlook import OutlookMade, UnsureAnswer
from qualcode.ui import places, state, suggestions_line, turning
from qualcode.ui.history_view import local
from qualcode.ui.pages import grouping_places, reading_order_line
from qualcode.ui.pages.unsure_reductions import ROWS, asked_limit, chance_of
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options, outlook
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.placing import Unsure

QUOTE = 160
OPEN = "unsure-pile:open"


def show(bench: Workbench) -> None:
    """The limit, and below it the answers and the reductions that do not reach it."""
    _ = state.translator()
    opened = state.chosen(OPEN)
    if isinstance(opened, tuple):
        state.choose(OPEN, None)
        places.open_thing(*opened)
    if options.shown(bench.study()) is Shown.OFF:
        st.caption(_("Nothing is looked through while suggestions are off."))
        return
    st.caption(
        _(
            "What the program does not know, for a person to read: answers without a code and "
            "reductions without a place, whose likeliest choice is less likely than the limit."
        )
    )
    limit = asked_limit(bench, "suggestions", "pile-limit")
    _answers(bench, limit)
    _reductions(bench, limit)


# --- answers ----------------------------------------------------------------------------------


def _answers(bench: Workbench, limit: int) -> None:
    _ = state.translator()
    st.subheader(_("Answers without a code"), anchor=False)
    made = outlook.made(bench)
    if outlook.running(bench) is not None:
        reading_order_line.watch()
    else:
        _look(bench, made)
    if made is None:
        return
    if not made.known:
        st.caption(
            _(
                "How likely a code is cannot be told yet: {fewest} suggestions have to be decided "
                "on first, and the answers looked through again after that."
            ).format(fewest=FEWEST)
        )
        return
    number_key = state.filter_key("suggestions", "pile-page")
    with bench.store.reading() as rows:
        page = turning.open_page(number_key, ROWS, partial(rows.unsure_answers, limit * 10))
        codes = {code.id: code.label(bench.language) for code in rows.find(Code)}
    st.markdown(f"**{_('I do not know')}** · {page.total}")
    if not page.total:
        st.caption(_("Every answer without a code has a likely one."))
    blind = suggestions_line.blind(bench)
    for one in page.rows:
        _answer(one, codes, blind)
    turning.numbers(number_key, ROWS, page.total)


def _look(bench: Workbench, made: OutlookMade | None) -> None:
    _, ngettext = state.translator(), state.plural()
    problem = reading_order_line.problem_of(bench)
    with st.container(horizontal=True, vertical_alignment="center", key="pile-look"):
        if problem is not None:
            st.caption(plain(state.message(problem)), width="content")
        elif made is not None:
            told = ngettext(
                "{n} answer looked through {at}.", "{n} answers looked through {at}.", made.answers
            )
            at = f"{local(made.at):%d.%m. %H:%M}"
            st.caption(told.format(n=made.answers, at=at), width="content")
        else:
            st.caption(_("The answers have not been looked through yet."), width="content")
        st.button(
            _("Look through the answers") if made is None else _("Look through again"),
            key="pile-begin",
            type="secondary" if made is None else "tertiary",
            icon=":material/refresh:",
            on_click=_begin,
        )


def _begin() -> None:
    reading_order_line.begin(state.bench())


def _answer(one: UnsureAnswer, codes: dict[str, str], blind: bool) -> None:
    _ = state.translator()
    text = " ".join(one.text.split())
    shown = text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
    nearest = codes.get(one.code_id or "", "–")
    # In blind mode the nearest code is told only after the coder's own decision.
    said = "{chance} %" if blind else _("{chance} % · nearest: {name}")
    told = said.format(chance=round(one.chance / 10), name=nearest)
    _row("document", one.document_id, shown, told)


# --- reductions -------------------------------------------------------------------------------


def _reductions(bench: Workbench, limit: int) -> None:
    _ = state.translator()
    st.subheader(_("Reductions without a place"), anchor=False)
    compared = grouping_places.compared(bench)
    everything = compared.unsure() if compared is not None else []
    if not everything:
        st.caption(
            _(
                "Nothing can be said yet: place some reductions in categories first. When all have "
                "a place, this list is empty."
            )
        )
        return
    below = [one for one in everything if one.chance * 100 < limit]
    st.markdown(f"**{_('I do not know')}** · {len(below)}")
    if not below:
        st.caption(_("Every reduction without a place is likely to fit some category."))
    key = state.filter_key("suggestions", "pile-reductions")
    first = turning.begins_at(key, ROWS, len(below))
    blind = suggestions_line.blind(bench)
    for one in below[first : first + ROWS]:
        _reduction(one, blind)
    turning.numbers(key, ROWS, len(below))


def _reduction(one: Unsure, blind: bool) -> None:
    _row("reduction", one.reduction_id, one.wording, chance_of(one, blind))


def _row(kind: str, id: str, text: str, told: str) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key=f"pile-{kind}-{id}"):
        st.markdown(plain(text), width="stretch")
        st.caption(plain(told), width="content")
        st.button(
            _("Open"),
            key=f"pile-open-{kind}-{id}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=state.choose,
            args=(OPEN, (kind, id)),
        )
