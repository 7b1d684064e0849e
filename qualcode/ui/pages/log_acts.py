"""One act in the log: its sentence, whether it is in force, what it touched, the way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.domain.decisions import Decision
from qualcode.domain.errors import QualcodeError
from qualcode.texts import N_
from qualcode.ui import memo_card, state
from qualcode.ui.history_view import PastAct
from qualcode.ui.pages import log_filters
from qualcode.ui.words import plain
from qualcode.workbench import history, reading_orders, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence, kind_title
from qualcode.workbench.touched import How, Touched, touched

OPENED = "log:opened"
"""The act whose details are shown."""

ASKED = "log:asked"
"""(act, numbers of the acts that build on it) while a person is asked whether to undo it."""

HOW = {How.NEW: N_("new"), How.CHANGED: N_("changed"), How.GONE: N_("removed")}

TURNED = "log:turned"
"""True when an act was just taken back or done again: the rest of the page is old by then."""

PENDING = "log:pending"
"""(act, numbers of the acts to go with it) when it is to be undone now; None for the numbers while
they are still to be found. Either may take seconds, so it is done where it can be shown."""

SHOWN_BUILDERS = 12


def show(bench: Workbench, act: PastAct, next_undo: int | None) -> None:
    """The act's line, and below it its details or the question whether to undo it."""
    _ = state.translator()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"log-act-{act.id}"
    ):
        st.caption(f"{act.at:%H:%M}", width=44)
        st.caption(f":gray[{act.id}]", width=48, text_alignment="right")
        st.markdown(_sentence(act), width="stretch")
        if act.undone:
            st.caption(_taken_back(act), width="content")
        elif act.id == next_undo and act.undoable:
            st.caption(_("Undo at the top takes this back"), width="content")
        if act.undoable:
            label = _("Redo") if act.undone else _("Undo")
            st.button(
                label,
                key=f"log-turn-{act.id}",
                type="tertiary",
                icon=":material/redo:" if act.undone else ":material/undo:",
                on_click=_redo if act.undone else _later,
                args=(act.id,) if act.undone else (act.id, None),
            )
        opened = state.chosen(OPENED) == act.id
        st.button(
            _("Close") if opened else _("Details"),
            key=f"log-open-{act.id}",
            type="tertiary",
            icon=":material/expand_less:" if opened else ":material/expand_more:",
            on_click=state.choose,
            args=(OPENED, None if opened else act.id),
        )
    _carry_out(act)
    asked = state.chosen(ASKED)
    if isinstance(asked, tuple) and asked[0] == act.id:
        _question(bench, act, asked[1])
    if opened:
        _details(bench, act)


def _sentence(act: PastAct) -> str:
    told = f"**{plain(act.who)}** {plain(act.what)}"
    return f"~~{told}~~" if act.undone else told


def _taken_back(act: PastAct) -> str:
    _ = state.translator()
    if act.turned_at is None:
        return _("undone")
    at = f"{act.turned_at:%d.%m. %H:%M}"
    return _("undone by {who} {at}").format(who=plain(act.turned_by), at=at)


# --- undo and redo ------------------------------------------------------------------------------


def _later(number: int, along: Sequence[int] | None) -> None:
    state.choose(ASKED, None)
    state.choose(PENDING, (number, along))


def forget_pending() -> None:
    """An act that is not on the page any more is not undone by a press of a moment ago."""
    state.choose(PENDING, None)


def _carry_out(act: PastAct) -> None:
    """What was pressed a moment ago on this act, with a word of it while it lasts."""
    _, ngettext = state.translator(), state.plural()
    pending = state.chosen(PENDING)
    if not isinstance(pending, tuple) or pending[0] != act.id:
        return
    state.choose(PENDING, None)
    along = pending[1]
    if along is None:
        with st.spinner(_("Looking at what builds on it…")):
            _ask(act.id, act.mine)
    else:
        count = len(along) + 1
        with st.spinner(ngettext("Undoing {n} act…", "Undoing {n} acts…", count).format(n=count)):
            _undo(act.id, along)
    st.rerun()


def _ask(number: int, mine: bool) -> None:
    """My own act that nothing builds on goes at once; anything else is asked about first."""
    bench = state.bench()
    try:
        along = history.dependents(bench, number)
    except QualcodeError as error:
        state.notify(state.message(error))
        state.choose(TURNED, True)
        return
    if mine and not along:
        _undo(number, ())
    else:
        state.choose(ASKED, (number, tuple(one.id for one in along)))


def _undo(number: int, along: Sequence[int]) -> None:
    _, ngettext = state.translator(), state.plural()
    state.choose(ASKED, None)
    try:
        taken = history.undo_decision(state.bench(), number, along)
    except QualcodeError as error:
        state.notify(state.message(error))
        state.choose(TURNED, True)
        return
    told = _("Undone: {act}").format(act=_said(taken[-1]))
    if len(taken) > 1:
        more = ngettext("{n} act in all.", "{n} acts in all.", len(taken))
        told = f"{told}. {more.format(n=len(taken))}"
    state.notify(told)
    state.choose(TURNED, True)


def _redo(number: int) -> None:
    _ = state.translator()
    try:
        done = history.redo_decision(state.bench(), number)
    except QualcodeError as error:
        state.notify(state.message(error))
        state.choose(TURNED, True)
        return
    state.notify(_("Done again: {act}").format(act=_said(done[0])))
    state.choose(TURNED, True)


def _question(bench: Workbench, act: PastAct, along: Sequence[int]) -> None:
    _, ngettext = state.translator(), state.plural()
    with st.container(border=True, key=f"log-question-{act.id}"):
        if not act.mine:
            st.markdown(
                _("{who} did this. It will be told in the log that you undid it.").format(
                    who=plain(act.who)
                )
            )
        if along:
            told = ngettext(
                "{n} later act builds on it and is undone with it, in one step:",
                "{n} later acts build on it and are undone with it, in one step:",
                len(along),
            )
            st.markdown(told.format(n=len(along)))
            for one in _acts(bench, along[:SHOWN_BUILDERS]):
                st.caption(f"{plain(one.who)} {plain(_said(one))}")
            if len(along) > SHOWN_BUILDERS:
                st.caption(_("… and {n} more").format(n=len(along) - SHOWN_BUILDERS))
        with st.container(horizontal=True):
            count = len(along) + 1
            st.button(
                ngettext("Undo it", "Undo all {n}", count).format(n=count),
                key=f"log-yes-{act.id}",
                type="primary",
                on_click=_later,
                args=(act.id, tuple(along)),
            )
            st.button(
                _("Cancel"),
                key=f"log-no-{act.id}",
                on_click=state.choose,
                args=(ASKED, None),
            )


def _said(decision: Decision) -> str:
    told = whereabouts.act(state.reviewing(), decision)
    return act_sentence(told, state.translator())


def _acts(bench: Workbench, numbers: Sequence[int]) -> list[Decision]:
    with bench.store.reading() as rows:
        found = (rows.decision(number) for number in numbers)
        return [decision for decision in found if decision is not None]


# --- what it touched ----------------------------------------------------------------------------


def _details(bench: Workbench, act: PastAct) -> None:
    _, ngettext = state.translator(), state.plural()
    with bench.store.reading() as rows:
        decision = rows.decision(act.id)
        found, total = (
            touched(rows, decision, bench.language, reviewing=bench.reviewing)
            if decision
            else ([], 0)
        )
    with st.container(border=True, gap="small", key=f"log-details-{act.id}"):
        st.caption(ngettext("{n} thing touched", "{n} things touched", total).format(n=total))
        order = decision.summary.get("reading_order") if decision else None
        if isinstance(order, str):
            said = _("Answers were read in this order: {order}.")
            st.caption(plain(said.format(order=_(reading_orders.named(order)))))
        for number, one in enumerate(found):
            _thing(act, one, number)
        if total > len(found):
            st.caption(_("… and {n} more").format(n=total - len(found)))


def _thing(act: PastAct, one: Touched, number: int) -> None:
    """A row of what was touched: what it is, links to where it is seen, its own history."""
    _ = state.translator()
    key = f"log-{act.id}-{number}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        kind = kind_title(one.kind, _)
        st.caption(f"{kind[:1].upper()}{kind[1:]}, {_(HOW[one.how])}", width=190)
        for place, thing in enumerate(one.things):
            if thing.there:
                memo_card.link_button(thing, f"{key}-{place}")
            elif thing.label:
                st.markdown(plain(thing.label), width="content")
        first = next((thing for thing in one.things if thing.there), None)
        if first is not None:
            st.button(
                _("Its history"),
                key=f"{key}-history",
                type="tertiary",
                icon=":material/history:",
                on_click=log_filters.only_about,
                args=(first.kind, first.id),
            )
