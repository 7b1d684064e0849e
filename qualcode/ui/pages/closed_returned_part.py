"""Forms sent and returned by group and pilot, and in which round each file was gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from qualcode.domain.documents import Source
from qualcode.domain.rounds import Round, Sending
from qualcode.ui import state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import rounds
from qualcode.workbench.bench import Workbench
from qualcode.workbench.rounds import ResponseRow

_EDITED = "closed:sending"
NEW = "new"


def show(bench: Workbench, place: str) -> None:
    _ = state.translator()
    lines = rounds.responses(bench)
    with bench.store.reading() as rows:
        named = rounds.rounds(rows)
    left, right = st.columns([13, 7], gap="large")
    with left:
        st.subheader(_("Forms sent and returned"))
        _table(lines, named)
        if not bench.reviewing:
            st.button(
                _("Enter forms sent to a group"),
                icon=":material/add:",
                key="sending-new",
                on_click=lambda: state.choose(_EDITED, NEW),
            )
            _form(bench, place, lines, named)
    with right:
        _rounds(bench, place, named)


def _table(lines: list[ResponseRow], named: list[Round]) -> None:
    _ = state.translator()
    if not lines:
        st.caption(
            _("How many forms were sent has not been entered.")
            if state.reviewing()
            else _(
                "Nothing yet: enter how many forms were sent to each group, and come back later."
            )
        )
        return
    weights = [3, 2, 2, 1.2, 1.4, 1.4, 1.6, 0.8]
    titles = [
        _("Actor group"),
        _("Pilot"),
        _("Round"),
        _("Sent"),
        _("Returned"),
        _("Response"),
        _("In the material"),
        "",
    ]
    with st.container(key="sent-table", gap="xsmall"):
        for column, title in zip(st.columns(weights), titles, strict=True):
            column.caption(title)
        for n, line in enumerate(lines):
            _line(n, line, weights)
    _sums(lines)


def _line(n: int, line: ResponseRow, weights: list[float]) -> None:
    _ = state.translator()
    sending = line.sending
    cells = st.columns(weights, vertical_alignment="center")
    known = [
        line.actor_group or _("no actor group"),
        sending.pilot if sending else "",
        line.round.name if line.round else "",
        _number(line.sent),
        _number(line.returned),
        "–" if line.rate is None else f"{round(line.rate * 100)} %",
        _number(line.found),
    ]
    for cell, text in zip(cells, known, strict=False):
        cell.markdown(plain(text) or "&nbsp;")
    target = sending.id if sending else f"{NEW}:{n}"
    if not state.reviewing():
        cells[-1].button(
            "",
            icon=":material/edit:",
            key=f"sending-{target}",
            type="tertiary",
            help=_("Enter or change the numbers of {group}").format(group=line.actor_group),
            on_click=lambda: state.choose(_EDITED, target),
        )
    if line.differs:
        warning = _("{entered} are entered as returned, but the material has {found}.")
        st.caption(
            ":material/warning: "
            + warning.format(entered=sending.returned if sending else "", found=line.found)
        )
    if sending and sending.note:
        st.caption(plain(sending.note))


def _sums(lines: list[ResponseRow]) -> None:
    """All sent and returned together, as long as both are known of every line."""
    _ = state.translator()
    sent = [line.sent for line in lines]
    back = [line.returned for line in lines]
    if len(lines) < 2 or None in sent or None in back:
        return
    total, returned = sum(n or 0 for n in sent), sum(n or 0 for n in back)
    if total:
        st.markdown(
            _("Together: {returned} of {sent} forms came back, {rate} %.").format(
                returned=returned, sent=total, rate=round(100 * returned / total)
            )
        )


def _number(n: int | None) -> str:
    return "–" if n is None else str(n)


def _form(bench: Workbench, place: str, lines: list[ResponseRow], named: list[Round]) -> None:
    """The numbers of one group, entered or changed."""
    _ = state.translator()
    edited = state.chosen(_EDITED)
    if not edited:
        return
    line = _edited_line(str(edited), lines)
    start = line.sending if line and line.sending else None
    if start is None:
        group = line.actor_group if line else ""
        told = line.told if line else None
        start = Sending(
            "", group, round_id=line.round.id if line and line.round else None, sent=told
        )
    by_id: dict[str | None, str] = {None: _("no round"), **{r.id: r.name for r in named}}
    with st.form(f"sending-form-{edited}", border=True):
        one, two, three = st.columns(3)
        group = one.text_input(_("Actor group"), value=start.actor_group)
        pilot = two.text_input(
            _("Pilot"), value=start.pilot, help=_("Empty when pilots are not told apart.")
        )
        round_id = three.selectbox(
            _("Round"),
            list(by_id),
            index=list(by_id).index(start.round_id),
            format_func=by_id.__getitem__,
        )
        one, two = st.columns(2)
        sent = one.number_input(_("Sent"), min_value=0, value=start.sent, step=1)
        returned = two.number_input(
            _("Returned"),
            min_value=0,
            value=start.returned,
            step=1,
            help=_("Empty: as many as the material has."),
        )
        note = st.text_input(
            _("Note"), value=start.note, placeholder=_("for example: the pilot dropped out, why")
        )
        with st.container(horizontal=True):
            saved = st.form_submit_button(_("Save"), type="primary")
            gone = bool(start.id) and st.form_submit_button(_("Remove"))
            left = st.form_submit_button(_("Cancel"), type="tertiary")
    if left:
        state.choose(_EDITED, None)
        st.rerun()
    if gone:
        undo_line.attempt(place, lambda: rounds.remove_sending(bench, start.id), _("Removed."))
        state.choose(_EDITED, None)
        st.rerun()
    if saved:
        new = replace(
            start,
            actor_group=group,
            pilot=pilot,
            round_id=round_id,
            sent=None if sent is None else int(sent),
            returned=None if returned is None else int(returned),
            note=note,
        )
        if undo_line.attempt(place, lambda: rounds.put_sending(bench, new), _("Saved.")):
            state.choose(_EDITED, None)
        st.rerun()


def _edited_line(edited: str, lines: list[ResponseRow]) -> ResponseRow | None:
    if edited.startswith(f"{NEW}:"):
        n = int(edited.partition(":")[2])
        return lines[n] if n < len(lines) and lines[n].sending is None else None
    return next((x for x in lines if x.sending and x.sending.id == edited), None)


# --- rounds --------------------------------------------------------------------------------------


def _rounds(bench: Workbench, place: str, named: list[Round]) -> None:
    _ = state.translator()
    st.subheader(_("Rounds"))
    st.caption(
        _("Answers gathered at different times are set side by side when each file has its round.")
    )
    for one in named:

        def remove(id: str = one.id) -> None:
            undo_line.attempt(place, lambda: rounds.remove_round(bench, id), _("Round removed."))

        with st.container(horizontal=True, vertical_alignment="center", key=f"round-{one.id}"):
            st.markdown(plain(" · ".join(part for part in (one.name, one.when) if part)))
            if bench.reviewing:
                continue
            st.space("stretch")
            st.button(_("Remove"), key=f"round-remove-{one.id}", type="tertiary", on_click=remove)
    if bench.reviewing:
        if not named:
            st.caption(_("No rounds have been named."))
        _told_files(bench, named)
        return
    with st.form("round-new", border=False, clear_on_submit=True):
        name_at, when_at, button_at = st.columns([4, 3, 2], vertical_alignment="bottom")
        name = name_at.text_input(_("New round"), placeholder=_("for example: baseline"))
        when = when_at.text_input(_("When"), placeholder=_("spring 2018"))
        if button_at.form_submit_button(_("Add")):
            undo_line.attempt(place, lambda: rounds.put_round(bench, name, when), _("Round added."))
            st.rerun()
    if named:
        _files(bench, place, named)


def _told_files(bench: Workbench, named: list[Round]) -> None:
    """How many files were gathered in each round, for reading; a file's name may be a person's."""
    ngettext = state.plural()
    with bench.store.reading() as rows:
        gathered = Counter(rounds.round_of_sources(rows).values())
    for one in named:
        count = gathered[one.id]
        told = ngettext("{n} file", "{n} files", count).format(n=count)
        st.caption(plain(f"{one.name}: {told}"))


def _files(bench: Workbench, place: str, named: list[Round]) -> None:
    """Each file with the round it was gathered in."""
    _ = state.translator()
    with bench.store.reading() as rows:
        sources = sorted(rows.find(Source), key=lambda s: (s.imported_at, s.name, s.id))
        of_round = rounds.round_of_sources(rows)
    by_id: dict[str | None, str] = {None: _("no round"), **{r.id: r.name for r in named}}
    for source in sources:
        now = of_round.get(source.id)
        key = f"source-round-{source.id}-{now}-{len(named)}"

        def chosen(source_id: str = source.id, key: str = key) -> None:
            undo_line.attempt(
                place,
                lambda: rounds.gathered_in(bench, source_id, st.session_state[key]),
                _("Saved."),
            )

        st.selectbox(
            source.name,
            list(by_id),
            index=list(by_id).index(now),
            format_func=by_id.__getitem__,
            key=key,
            on_change=chosen,
        )
