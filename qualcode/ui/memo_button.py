"""A button beside a thing that opens the memos about it, with how many there are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from qualcode.ui import memo_card, state, undo_line
from qualcode.workbench import memos
from qualcode.workbench.bench import Workbench


def show(bench: Workbench, kind: str, id: str, fragments: Sequence[str] = ()) -> None:
    """The button; pressed, it shows the memos about the thing and a field for a new one.

    ``fragments`` are drawn again after an act of its own; without any, the whole page is.
    """
    _, ngettext = state.translator(), state.plural()
    count = memos.counts(bench, kind, [id]).get(id, 0)
    if bench.reviewing and not count:
        return  # Nothing to read, and whoever only reviews writes none.
    label = ngettext("{n} memo", "{n} memos", count).format(n=count) if count else _("Memo")
    slug = hashlib.sha256(f"{kind}:{id}".encode()).hexdigest()[:12]
    box = st.popover(
        label,
        icon=":material/sticky_note_2:",
        key=f"memos-{slug}",
        type="tertiary",
        help=_("What has been thought of this, and a place for more"),
        on_change="rerun",
    )
    if not box.open:
        return
    with box, st.container(width=460, key=f"memos-box-{slug}"):
        undo_line.show(bench, memo_card.PLACE, fragments)
        for row in memos.about(bench, kind, id):
            with st.container(border=True, gap="xsmall"):
                if row.was_called:
                    st.caption(was_called(row))
                memo_card.show(row, f"box-{slug}", fragments)
        memo_card.new(kind, id, _("New memo"), fragments)


def was_called(row: memos.MemoRow) -> str:
    """What a memo's thing was called when it was written: it has been merged or renamed since."""
    _ = state.translator()
    return _("Written of: {name}").format(name=memo_card.plain(row.was_called))
