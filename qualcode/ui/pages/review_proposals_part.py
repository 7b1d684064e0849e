"""Proposals: what reviewers would change, accepted or declined in one click by who builds."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.proposals import Proposal
from qualcode.ui import state, undo_line
from qualcode.ui.thread_box import PLACE
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.reviewing import proposing
from qualcode.workbench.reviewing.overview import Overview
from qualcode.workbench.reviewing.proposing import WHY_STALE, Open
from qualcode.workbench.reviewing.words import DECIDED, proposed

LATEST = 20


def show(bench: Workbench, seen: Overview) -> None:
    _, ngettext = state.translator(), state.plural()
    waiting = seen.proposals
    if not waiting:
        st.info(
            _("No proposals wait. One is made with the Propose button beside a category."),
            icon=":material/edit_note:",
        )
    else:
        st.caption(
            ngettext("{n} proposal waits", "{n} proposals wait", len(waiting)).format(
                n=len(waiting)
            )
        )
    for one in waiting:
        _waiting(bench, one)
    with bench.store.reading() as rows:
        past = proposing.decided(rows, LATEST)
    if past:
        with st.expander(_("Decided before"), key="proposals-decided"):
            for proposal in past:
                _past(proposal)


def _waiting(bench: Workbench, one: Open) -> None:
    _ = state.translator()
    proposal = one.proposal
    with st.container(border=True, gap="xsmall", key=f"proposal-{proposal.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{plain(proposed(proposal, _))}**")
                st.caption(f"{plain(proposal.created_by)} · {day_and_time(proposal.created_at)}")
            if proposal.created_by == bench.coder:
                _button(_("Withdraw"), proposing.withdraw, proposal, _("Proposal withdrawn."))
            if not bench.reviewing:
                if one.stale is None:
                    _button(
                        _("Accept"), proposing.accept, proposal, _("Done as proposed."), "primary"
                    )
                _decline(proposal)
        if proposal.why:
            st.markdown(plain(proposal.why))
        if one.stale is not None:
            st.warning(
                _("Out of date: {why}.").format(why=_(WHY_STALE[one.stale])),
                icon=":material/update:",
            )


def _button(
    label: str,
    act: Callable[[Workbench, str], None],
    proposal: Proposal,
    said: str,
    type: str = "secondary",
) -> None:
    st.button(
        label,
        key=f"proposal-{act.__name__}-{proposal.id}",
        type="primary" if type == "primary" else "secondary",
        on_click=_do,
        args=(lambda: act(state.bench(), proposal.id), said),
    )


def _decline(proposal: Proposal) -> None:
    """Declined in one click; a reason can be written first, and the proposer reads it."""
    _ = state.translator()
    field = f"proposal-why-not-{proposal.id}"

    def decline() -> None:
        answer = str(st.session_state.get(field) or "")
        _do(lambda: proposing.decline(state.bench(), proposal.id, answer), _("Proposal declined."))

    st.text_input(
        _("Why not (if you like)"),
        key=field,
        placeholder=_("Why not (if you like)"),
        label_visibility="collapsed",
        width=210,
    )
    st.button(_("Decline"), key=f"proposal-decline-{proposal.id}", on_click=decline)


def _past(proposal: Proposal) -> None:
    _ = state.translator()
    decided = _(DECIDED[proposal.state]).format(
        who=plain(proposal.decided_by), at=day_and_time(proposal.decided_at)
    )
    st.markdown(plain(proposed(proposal, _)))
    by = _("Proposed by {who}").format(who=plain(proposal.created_by))
    answer = f" · {plain(proposal.answer)}" if proposal.answer else ""
    st.caption(f"{by} · {decided}{answer}")


def _do(act: Callable[[], object], said: str) -> None:
    undo_line.attempt(PLACE, act, said)
    st.rerun()
