"""Saturation: how much each respondent told that nobody had told before, and when that ended."""

from __future__ import annotations

import streamlit as st

from qualcode.analysis.saturation import ORDERS, Rule
from qualcode.exports.diverging_bars import Look
from qualcode.exports.report import Figure
from qualcode.texts import N_
from qualcode.ui import state, undo_line
from qualcode.ui.components.answer_bars import answer_bars
from qualcode.ui.words import plain
from qualcode.workbench import saturation
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.saturation import table
from qualcode.workbench.saturation import Found, Of, Order

PLACE = "saturation"
ORDERS_SHOWN = {
    Order.WORKED: N_("In the order they were worked on"),
    Order.BROUGHT_IN: N_("In the order of the material"),
}
MOST_ROWS = 2000


def show(bench: Workbench) -> None:
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="saturation-head"):
        st.title(_("Saturation"), width="content", anchor=False)
        with st.container(width="stretch"):
            undo_line.show(bench, PLACE)
    kept = saturation.rule(bench.study())
    of, order, rule = _choices(kept)
    with bench.store.reading() as rows:
        revision = rows.revision()
    with st.spinner(_("Following the course…")):
        result = _found(bench.store.address, revision, of, order, rule, _bench=bench)
    if result is None:
        _empty(of)
        return
    st.markdown("  \n".join(plain(told) for told in saturation.sentences(result, _, ORDERS)))
    if result.people < rule.base + rule.run:
        return
    look = Look(ink="currentColor")
    drawn = saturation.figure(result, _, look)
    with st.container(width=900):
        answer_bars(
            "saturation-figure",
            Figure("saturation", "", drawn, saturation.in_words(result, _)),
        )
    with st.expander(_("The course in numbers")):
        _numbers(result)


def _choices(kept: Rule) -> tuple[Of, Order, Rule]:
    """What is counted, in which order and by which rule; another rule can be kept for the study."""
    _ = state.translator()
    with st.container(horizontal=True, vertical_alignment="bottom", key="saturation-choices"):
        of = st.segmented_control(
            _("What is counted"),
            list(Of),
            format_func=lambda of: _(saturation.TITLES[of]),
            default=Of.CODES,
            required=True,
            key=state.filter_key(PLACE, "of"),
        )
        order = st.selectbox(
            _("Respondents"),
            list(Order),
            format_func=lambda order: _(ORDERS_SHOWN[order]),
            key=state.filter_key(PLACE, "order"),
            width=260,
        )
        base = _number(_("Base"), kept.base, 2, 50, _("How many first respondents are the base"))
        run = _number(_("Run"), kept.run, 1, 20, _("How many respondents a run has: 2 or 3"))
        percent = _number(
            _("Threshold (%)"),
            round(kept.threshold * 100),
            0,
            50,
            _("At most so much new information in a run, of what the base told"),
        )
        rule = Rule(base, run, percent / 100)
        if not state.reviewing():
            st.button(
                _("Use this in the report"),
                key="saturation-keep",
                disabled=rule == kept,
                on_click=_keep,
                args=(rule,),
            )
    return Of(of), Order(order or Order.WORKED), rule


def _number(label: str, value: int, least: int, most: int, told: str) -> int:
    number = st.number_input(
        label,
        min_value=least,
        max_value=most,
        value=value,
        help=told,
        key=f"saturation-{label}-{value}",
        width=130,
    )
    return int(number)


def _keep(rule: Rule) -> None:
    _ = state.translator()
    bench = state.bench()
    undo_line.attempt(PLACE, lambda: saturation.set_rule(bench, rule), _("Saved."))


@st.cache_resource(show_spinner=False, max_entries=12, ttl=3600)
def _found(
    address: str, revision: int, of: Of, order: Order, rule: Rule, _bench: Workbench
) -> Found | None:
    """The course of the study as it was at that revision."""
    with _bench.store.reading() as rows:
        return saturation.found(rows, of, order, rule)


def _numbers(result: Found) -> None:
    shown = table(result, state.language(), MOST_ROWS)
    st.dataframe(
        {
            column.title: [row.cells[n].value for row in shown.rows]
            for n, column in enumerate(shown.columns)
        },
        hide_index=True,
        width=760,
    )
    st.caption(plain(shown.note))


def _empty(of: Of) -> None:
    _ = state.translator()
    what = {
        Of.CODES: _("No expression has been coded yet."),
        Of.REDUCTIONS: _("No expression has been reduced yet."),
        Of.CATEGORIES: _("No reduction has been placed in a category yet."),
    }
    later = _("The course is drawn as the work advances.")
    st.info(f"{what[of]} {later}", icon=":material/info:")
    state.page_link("koodaus", _("Go to Read and code"), ":material/format_ink_highlighter:")
