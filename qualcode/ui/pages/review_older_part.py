"""Codings made under an older definition: looked at code by code, held to or taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualcode.ui import state, turning, undo_line
from qualcode.ui.thread_box import PLACE
from qualcode.ui.words import plain
from qualcode.workbench import coding
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.reviewing import older_definitions
from qualcode.workbench.reviewing.older_definitions import Passage, ToCheck
from qualcode.workbench.reviewing.overview import Overview

ROWS = 12
CODE = "review:older-code"


def show(bench: Workbench, seen: Overview) -> None:
    _, ngettext = state.translator(), state.plural()
    with bench.store.reading() as rows:
        waiting = older_definitions.to_check(rows)
    if not waiting:
        st.info(
            _(
                "Every coding stands under the definition its code has now. When a definition or a "
                "rule is changed, the codings made before it are listed here."
            ),
            icon=":material/check:",
        )
        return
    ids = [one.code.id for one in waiting]
    key = state.filter_key("review", "older-code")
    if st.session_state.get(key) not in ids:
        st.session_state[key] = ids[0]
    listed, shown = st.columns([4, 8], gap="large")
    with listed:
        names = {one.code.id: one.code.label(bench.language) for one in waiting}
        counts = {one.code.id: len(one.coding_ids) for one in waiting}
        chosen = st.radio(
            _("Codes with a new definition"),
            ids,
            format_func=lambda id: plain(
                ngettext("{name}: check {n}", "{name}: check these {n}", counts[id]).format(
                    name=names[id], n=counts[id]
                )
            ),
            key=key,
        )
    with shown:
        _code(bench, next(one for one in waiting if one.code.id == chosen))


def _code(bench: Workbench, one: ToCheck) -> None:
    _, ngettext = state.translator(), state.plural()
    code, language = one.code, bench.language
    st.subheader(plain(code.label(language)), anchor=False)
    st.caption(_("Changed {at}").format(at=day_and_time(one.changed_at)))
    before, now = st.columns(2)
    for place, heading, definition, rule in (
        (before, _("Before"), one.older("definition", language), one.older("rule", language)),
        (now, _("Now"), code.definition(language), code.rule(language)),
    ):
        with place, st.container(border=True, gap="xsmall"):
            st.markdown(f"**{heading}**")
            st.markdown(plain(definition) or "*" + _("No definition has been written.") + "*")
            if rule:
                st.caption(plain(rule))
    count = len(one.coding_ids)
    if not bench.reviewing:
        st.button(
            ngettext("Seen, still right ({n})", "All seen, still right ({n})", count).format(
                n=count
            ),
            key=f"older-all-{code.id}",
            type="primary",
            icon=":material/done_all:",
            on_click=_hold,
            args=(one.coding_ids,),
        )
    page_key = state.filter_key("review", f"older-{code.id}")
    first = turning.begins_at(page_key, ROWS, count)
    with bench.store.reading() as rows:
        # The oldest first over the pages; within one in the order of the texts.
        ids = one.coding_ids[first : first + ROWS]
        passages = older_definitions.passages(rows, ids)
    for passage in passages:
        _passage(bench, passage)
    turning.numbers(page_key, ROWS, count)


def _passage(bench: Workbench, passage: Passage) -> None:
    _ = state.translator()
    with st.container(border=True, gap="xsmall", key=f"older-{passage.coding.id}"):
        words = f"{plain(passage.before)}**{plain(passage.quote.strip())}**{plain(passage.after)}"
        st.markdown(words.replace("  \n", " "))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                f"{plain(passage.coding.coder)} · {day_and_time(passage.coding.created_at)}",
                width="stretch",
            )
            if bench.reviewing:
                return
            st.button(
                _("Still right"),
                key=f"older-hold-{passage.coding.id}",
                type="tertiary",
                icon=":material/check:",
                on_click=_hold,
                args=((passage.coding.id,),),
            )
            if passage.coding.coder == bench.coder:
                st.button(
                    _("Take the code off"),
                    key=f"older-off-{passage.coding.id}",
                    type="tertiary",
                    icon=":material/label_off:",
                    on_click=_do,
                    args=(
                        lambda: coding.uncode(state.bench(), passage.coding.id),
                        _("Code taken off."),
                    ),
                )


def _hold(coding_ids: Sequence[str]) -> None:
    ngettext = state.plural()
    said = ngettext("Held to {n} coding.", "Held to {n} codings.", len(coding_ids))
    _do(
        lambda: older_definitions.hold(state.bench(), coding_ids),
        said.format(n=len(coding_ids)),
    )


def _do(act: Callable[[], object], said: str) -> None:
    undo_line.attempt(PLACE, act, said)
    st.rerun()
