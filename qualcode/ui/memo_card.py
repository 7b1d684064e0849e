"""One memo on a page, read and edited where it stands, and the field for a new one.

Used by the page of memos and by the memo buttons of the other pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import streamlit as st

from qualcode.domain.errors import ChangedMeanwhile
from qualcode.ui import places, state, undo_line
from qualcode.ui.memo_text import as_markdown
from qualcode.ui.words import plain
from qualcode.workbench import memos
from qualcode.workbench.memo_links import WORDS, Thing
from qualcode.workbench.memos import MemoRow
from qualcode.workbench.messages import day_and_time, kind_title

EDITED = "memos:edited"
"""(memo id, its text when the writing began) of the memo that is being changed."""

PLACE = "memos"
"""Where the line of what was done is kept."""

HEIGHT = 120


def show(
    row: MemoRow,
    key: str,
    fragments: Sequence[str] = (),
    head: Callable[[], object] | None = None,
) -> None:
    """The memo with its links and buttons, or the field in which it is changed.

    ``head`` draws what it is about, where that is not plain from the place. ``fragments`` are
    drawn again after its acts; without any, the whole page is.
    """
    _ = state.translator()
    memo = row.memo
    edited = state.chosen(EDITED)
    editing = bool(edited) and edited[0] == memo.id
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-head-{memo.id}"
    ):
        if head is not None:
            with st.container(width="stretch", gap=None):
                head()
        st.caption(told(row), width="content" if head else "stretch")
        if not state.reviewing():
            _buttons(row, key, fragments, editing=editing)
    if editing:
        _editor(row, key, fragments)
        return
    st.markdown(as_markdown(memo.text, row.links, _))
    targets = _targets(row)
    if targets:
        with st.container(horizontal=True, gap="small"):
            for number, thing in enumerate(targets):
                link_button(thing, f"{key}-link-{memo.id}-{number}")


def _buttons(row: MemoRow, key: str, fragments: Sequence[str], *, editing: bool) -> None:
    _ = state.translator()
    memo = row.memo
    st.button(
        _("Edit"),
        key=f"{key}-edit-{memo.id}",
        icon=":material/edit:",
        type="tertiary",
        disabled=editing,
        on_click=state.choose,
        args=(EDITED, (memo.id, memo.text)),
    )
    if memo.created_by == state.coder():
        st.button(
            _("Remove"),
            key=f"{key}-remove-{memo.id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_do,
            args=(lambda: memos.remove(state.bench(), memo.id), _("Memo removed."), fragments),
        )


def told(row: MemoRow) -> str:
    """Who wrote it and when, and whether it has been changed since."""
    _ = state.translator()
    memo = row.memo
    parts = [plain(memo.created_by), day_and_time(memo.created_at)]
    if memo.changed_at:
        parts.append(_("changed {at}").format(at=day_and_time(memo.changed_at)))
    return " · ".join(parts)


def link_button(thing: Thing, key: str) -> None:
    """A button that opens the thing on the page where it is seen."""
    _ = state.translator()
    kind = kind_title(thing.kind, _)
    if st.button(
        f"{kind}: {plain(thing.label)}",
        key=key,
        icon=":material/arrow_outward:",
        type="tertiary",
        help=_("Open the {kind}").format(kind=kind),
    ):
        places.open_thing(thing.kind, thing.id)


def new(
    kind: str, id: str, label: str, fragments: Sequence[str] = (), said: str | None = None
) -> None:
    """The field for a new memo about the thing; whoever only reviews writes none."""
    if state.reviewing():
        return
    _ = state.translator()
    slug = hashlib.sha256(f"{kind}:{id}".encode()).hexdigest()[:12]
    name = f"memos:new:{slug}"
    # A new key empties the field after saving; a refused text stays in it.
    number = int(state.chosen(name) or 0)
    key = f"memo-new-{slug}-{number}"

    def save() -> None:
        if state.chosen(name) not in (None, number):
            return  # The same field was sent twice in a row: the memo is written already.
        text = str(st.session_state[key] or "")
        act = lambda: memos.write(state.bench(), kind, id, text)  # noqa: E731
        if undo_line.attempt(PLACE, act, said or _("Memo written.")):
            state.choose(name, number + 1)
        _redraw(fragments)

    with st.form(f"{key}-form", border=False, enter_to_submit=True):
        st.text_area(
            label,
            key=key,
            height=HEIGHT,
            max_chars=memos.LONGEST,
            placeholder=_("What do you think, and why?"),
            help=help_text(),
        )
        st.form_submit_button(
            _("Save the memo"), key=f"{key}-save", icon=":material/save:", on_click=save
        )


def help_text() -> str:
    """How a memo is written, in a few lines."""
    _ = state.translator()
    example = f"[[{WORDS['code'][0]}:…]], [[{WORDS['category'][0]}:…]], [[{WORDS['role'][0]}:…]]"
    return _(
        "Markdown: **bold**, *italic*, - list, > quote. Link to a thing of the study by its name: "
        "{example}, or paste the address of a page. Ctrl+Enter saves."
    ).format(example=plain(example))


def _editor(row: MemoRow, key: str, fragments: Sequence[str]) -> None:
    _ = state.translator()
    memo = row.memo
    field = f"{key}-text-{memo.id}"

    def save() -> None:
        bench = state.bench()
        seen = state.chosen(EDITED)[1]
        conflicts: list[ChangedMeanwhile] = []

        def act() -> None:
            try:
                memos.change(bench, memo.id, str(st.session_state[field] or ""), seen)
            except ChangedMeanwhile as error:
                conflicts.append(error)
                raise

        if undo_line.attempt(PLACE, act, _("Memo saved.")):
            state.choose(EDITED, None)
        for conflict in conflicts:
            # Both versions have been told: saving once more is a choice.
            state.choose(EDITED, (memo.id, str(conflict.values["now"])))
        _redraw(fragments)

    with st.form(f"{key}-form-{memo.id}", border=False):
        st.text_area(
            _("Memo"),
            value=memo.text,
            key=field,
            height=HEIGHT + 60,
            max_chars=memos.LONGEST,
            help=help_text(),
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Save"), key=f"{field}-save", icon=":material/save:", on_click=save
            )
            st.form_submit_button(
                _("Cancel"), key=f"{field}-cancel", on_click=state.choose, args=(EDITED, None)
            )


def _targets(row: MemoRow) -> list[Thing]:
    there = (thing for thing in row.links.values() if thing.there)
    return list({(thing.kind, thing.id): thing for thing in there}.values())


def _do(act: Callable[[], object], said: str, fragments: Sequence[str]) -> None:
    undo_line.attempt(PLACE, act, said)
    _redraw(fragments)


def _redraw(fragments: Sequence[str]) -> None:
    if fragments:
        st.rerun([*fragments])
