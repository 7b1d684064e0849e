"""Threads about a thing where it is seen: read, replied to, resolved, and begun."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from qualcode.domain.review import Remark, RemarkKind
from qualcode.ui import state, undo_line
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.reviewing import remarks
from qualcode.workbench.reviewing.remarks import Thread

PLACE = "review"
"""Where the line of what was done is kept."""

WRITING = "review:writing"
"""(what, remark id) of the field that is open: a reply to a thread, or a remark being changed."""

HEIGHT = 80


def show(bench: Workbench, kind: str, id: str, key: str) -> None:
    """The threads about the thing, open ones first, and a field for a new one."""
    for thread in remarks.about(bench, kind, [id]):
        one(bench, thread, key)
    new(kind, id, key)


def one(bench: Workbench, thread: Thread, key: str) -> None:
    """A thread with its replies; what the reader has not read is marked."""
    _ = state.translator()
    first = thread.first
    with st.container(border=True, gap="xsmall", key=f"{key}-thread-{first.id}"):
        _remark(bench, thread, first, key)
        for reply in thread.replies:
            with st.container(gap="xsmall", key=f"{key}-reply-{reply.id}"):
                _remark(bench, thread, reply, key)
        if not thread.open:
            st.caption(
                _("Resolved by {who} {at}").format(
                    who=plain(first.resolved_by), at=day_and_time(first.resolved_at)
                )
            )
        if state.chosen(WRITING) == ("reply", first.id):
            _field(
                f"{key}-reply-to-{first.id}",
                _("Your reply"),
                _("Reply"),
                lambda text: remarks.reply(state.bench(), first.id, text),
                _("Reply written."),
            )
            return
        with st.container(horizontal=True, gap="small"):
            _button(_("Reply"), f"{key}-to-{first.id}", _begin, ("reply", first.id), "reply")
            if thread.open:
                act, said = remarks.resolve, _("Thread resolved.")
                _button(_("Resolve"), f"{key}-do-{first.id}", _do, (act, first.id, said), "check")
            else:
                act, said = remarks.reopen, _("Thread open again.")
                _button(_("Reopen"), f"{key}-do-{first.id}", _do, (act, first.id, said), "undo")
            if thread.unread:
                _button(
                    _("Read"),
                    f"{key}-read-{first.id}",
                    _do,
                    (lambda b, ids: remarks.read(b, ids), sorted(thread.unread), _("Read.")),
                    "mark_email_read",
                )


def new(kind: str, id: str, key: str) -> None:
    """The field for a new thread: a comment, or a question that waits for an answer."""
    _ = state.translator()
    slug = hashlib.sha256(f"{kind}:{id}".encode()).hexdigest()[:12]
    name = f"review:new:{slug}"
    # A new key empties the field after saving; a refused text stays in it.
    number = int(state.chosen(name) or 0)
    field = f"{key}-new-{slug}-{number}"

    def save(what: RemarkKind, said: str) -> None:
        if state.chosen(name) not in (None, number):
            return  # The same field was sent twice in a row: it is written already.
        text = str(st.session_state[field] or "")
        act = lambda: remarks.say(state.bench(), kind, id, text, what)  # noqa: E731
        if undo_line.attempt(PLACE, act, said):
            state.choose(name, number + 1)
        st.rerun()

    with st.form(f"{field}-form", border=False, enter_to_submit=True):
        st.text_area(
            _("New comment or question"),
            key=field,
            height=HEIGHT,
            max_chars=remarks.LONGEST,
            placeholder=_("What do you think of this, or what do you ask?"),
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                _("Comment"),
                key=f"{field}-comment",
                icon=":material/chat:",
                on_click=save,
                args=(RemarkKind.COMMENT, _("Comment written.")),
            )
            st.form_submit_button(
                _("Ask"),
                key=f"{field}-ask",
                icon=":material/help:",
                on_click=save,
                args=(RemarkKind.QUESTION, _("Question asked.")),
                help=_("A question waits until somebody resolves its thread."),
            )


def _remark(bench: Workbench, thread: Thread, remark: Remark, key: str) -> None:
    _ = state.translator()
    own = remark.created_by == bench.coder
    if own and state.chosen(WRITING) == ("change", remark.id):
        _field(
            f"{key}-text-{remark.id}",
            _("Your comment"),
            _("Save"),
            lambda text: remarks.change(state.bench(), remark.id, text, remark.text),
            _("Comment saved."),
            remark.text,
        )
        return
    asks = remark.kind is RemarkKind.QUESTION and remark.reply_to is None
    sign = ":material/help:" if asks else ":material/reply:" if remark.reply_to else ""
    fresh = " :blue-badge[" + _("new") + "]" if remark.id in thread.unread else ""
    changed = " · " + _("changed") if remark.changed_at else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f"{sign} **{plain(remark.created_by)}** · {day_and_time(remark.created_at)}"
            f"{changed}{fresh}",
            width="stretch",
        )
        if own:
            _button(
                "",
                f"{key}-edit-{remark.id}",
                _begin,
                ("change", remark.id),
                "edit",
                _("Change your words"),
            )
            _button(
                "",
                f"{key}-gone-{remark.id}",
                _do,
                (remarks.remove, remark.id, _("Comment removed.")),
                "delete",
                _("Remove your words"),
            )
    st.markdown(plain(remark.text))


def _field(
    key: str,
    label: str,
    button: str,
    act: Callable[[str], object],
    said: str,
    text: str = "",
) -> None:
    _ = state.translator()

    def save() -> None:
        if undo_line.attempt(PLACE, lambda: act(str(st.session_state[key] or "")), said):
            state.choose(WRITING, None)
        st.rerun()

    with st.form(f"{key}-form", border=False, enter_to_submit=True):
        st.text_area(
            label,
            value=text,
            key=key,
            height=HEIGHT,
            max_chars=remarks.LONGEST,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(button, key=f"{key}-save", type="primary", on_click=save)
            st.form_submit_button(_("Cancel"), key=f"{key}-cancel", on_click=_stop)


def _begin(what: str, id: str) -> None:
    state.choose(WRITING, (what, id))


def _stop() -> None:
    state.choose(WRITING, None)


def _do(act: Callable[[Workbench, object], object], what: object, said: str) -> None:
    undo_line.attempt(PLACE, lambda: act(state.bench(), what), said)
    st.rerun()


def _button(
    label: str,
    key: str,
    act: Callable[..., None],
    args: tuple[object, ...],
    icon: str,
    help: str = "",
) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=act,
        args=args,
        help=help or None,
    )
