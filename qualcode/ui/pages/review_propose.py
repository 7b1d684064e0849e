"""What a reader would change in the tree, said as a proposal that its builder decides on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.domain.categories import Category, CategoryTree, Level
from qualcode.domain.proposals import Proposed
from qualcode.store.views import ReductionRow
from qualcode.texts import N_
from qualcode.ui import state, undo_line
from qualcode.ui.thread_box import PLACE
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import proposing

WHAT = {
    Proposed.MOVE: N_("Move under another"),
    Proposed.MERGE: N_("Merge into another"),
    Proposed.RENAME: N_("Rename"),
}
INDENT = "\u2003"
TOP = ""
SENT = "review:proposals-sent"


def button(bench: Workbench, tree: CategoryTree, category: Category) -> None:
    """The button that opens the form of a proposal about the category."""
    _ = state.translator()
    # A new key closes the form after it has been sent.
    key = f"propose-{category.id}-{int(state.chosen(SENT) or 0)}"
    box = st.popover(
        _("Propose"),
        icon=":material/edit_note:",
        key=key,
        help=_("Propose a change; whoever builds the tree accepts or declines it."),
        on_change="rerun",
    )
    if not box.open:
        return
    with box, st.container(width=420, gap="small"):
        what = st.radio(
            _("What would you change?"),
            list(WHAT),
            format_func=lambda one: _(WHAT[one]),
            key=f"{key}-what",
            horizontal=True,
        )
        what = what or Proposed.MOVE
        target: str | None = None
        name = ""
        if what is Proposed.RENAME:
            name = st.text_input(_("New name"), value=category.name, key=f"{key}-name")
        else:
            target = _target(tree, category, what, key)
        why = _why(f"{key}-why")
        _send(
            f"{key}-go",
            lambda: proposing.propose(
                state.bench(), what, [category.id], target or None, name, why
            ),
            ready=target is not None or what is Proposed.RENAME,
        )


def reduction(bench: Workbench, tree: CategoryTree, row: ReductionRow) -> None:
    """The same for a reduction: where it would rather belong."""
    _ = state.translator()
    key = f"propose-place-{row.id}-{int(state.chosen(SENT) or 0)}"
    homes = [c.id for _d, c in tree.walk() if c.level is Level.SUBCATEGORY]
    homes = [TOP, *(home for home in homes if home != row.category_id)]
    target = st.selectbox(
        _("Belongs rather in"),
        homes,
        index=None,
        format_func=lambda id: tree[id].name if id else _("in no category"),
        key=key,
        placeholder=_("Choose, if it belongs elsewhere"),
    )
    if target is None:
        return
    why = _why(f"{key}-why")
    _send(
        f"{key}-go",
        lambda: proposing.propose(state.bench(), Proposed.PLACE, [row.id], target or None, "", why),
    )


def _target(tree: CategoryTree, category: Category, what: Proposed, key: str) -> str | None:
    _ = state.translator()
    mine = set(tree.branch(category.id))
    choices: list[str] = []
    if what is Proposed.MERGE:
        choices += [
            c.id for _d, c in tree.walk() if c.level == category.level and c.id != category.id
        ]
    else:
        choices += [TOP] if category.parent_id else []
        choices += [
            c.id
            for _d, c in tree.walk()
            if c.level > category.level and c.id not in mine and c.id != category.parent_id
        ]
    if not choices:
        st.caption(_("There is no other category for this."))
        return None
    depths = {c.id: depth for depth, c in tree.walk()}

    def named(id: str) -> str:
        return INDENT * depths[id] + tree[id].name if id else _("the top level")

    return st.selectbox(
        _("Into") if what is Proposed.MERGE else _("Under which category"),
        choices,
        index=None,
        format_func=named,
        placeholder=_("Choose a category"),
        key=f"{key}-{what.value}",
    )


def _why(key: str) -> str:
    _ = state.translator()
    return st.text_area(
        _("Why?"),
        key=key,
        height=80,
        placeholder=_("So that the builder understands"),
        max_chars=2000,
    )


def _send(key: str, act: Callable[[], object], ready: bool = True) -> None:
    _ = state.translator()

    def send() -> None:
        if undo_line.attempt(PLACE, act, _("Proposal made.")):
            state.choose(SENT, int(state.chosen(SENT) or 0) + 1)
        st.rerun()

    st.button(_("Send the proposal"), key=key, type="primary", disabled=not ready, on_click=send)
