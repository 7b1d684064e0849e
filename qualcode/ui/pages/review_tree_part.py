"""The tree on the left, read with the keyboard; on the right the category that is read."""

from __future__ import annotations

import streamlit as st

from qualcode.ui import state, undo_line
from qualcode.ui.components.review_tree import review_tree
from qualcode.ui.pages import review_node
from qualcode.ui.pages.review_looks import CHOSEN, choose, see
from qualcode.ui.review_words import Words
from qualcode.ui.thread_box import PLACE
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import looking
from qualcode.workbench.reviewing.overview import Overview, overview

TREE = "review_tree"
"""The component's key."""
NODE = "review-node"
"""The fragment of the category that is read."""
TASK_SHOWN = 200
"""Characters of the research task: the tree stays in sight below it."""


def show(bench: Workbench, seen: Overview) -> None:
    chosen = state.chosen(CHOSEN)
    if chosen not in seen.tree.categories:
        chosen = seen.nodes[0].category.id
        choose(chosen)
    _task(bench)
    _progress(seen)
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _tree()
    with right:
        _node()


def _task(bench: Workbench) -> None:
    """What the study asks of its material: who did not build the tree cannot guess it."""
    _ = state.translator()
    task = " ".join(bench.study().task.split())
    if task:
        title = _("Research task")
        whole = len(task) <= TASK_SHOWN
        shown = task if whole else f"{task[:TASK_SHOWN].rsplit(' ', 1)[0]}…"
        st.caption(f"**{title}:** {plain(shown)}", help=None if whole else plain(task))


def _progress(seen: Overview) -> None:
    """How far the reading is, and what has happened since; what to do first, for who begins."""
    _, ngettext = state.translator(), state.plural()
    with st.container(horizontal=True, vertical_alignment="center", key="review-progress"):
        if not seen.began:
            st.caption(
                _(
                    "Read the tree through: the arrow keys move, S says that you have seen a "
                    "category. From your first S on, whatever changes is marked for you."
                ),
                width="stretch",
            )
            return
        looked = sum(node.seen for node in seen.nodes)
        changed = sum(node.since is not None for node in seen.nodes)
        approved = sum(node.state_now.value == "approved" for node in seen.nodes)
        parts = [
            _("{done} of {all} looked at").format(done=looked, all=len(seen.nodes)),
            _("{done} of {all} approved").format(done=approved, all=len(seen.nodes)),
        ]
        if changed:
            told = ngettext("{n} changed since your look", "{n} changed since your look", changed)
            parts.insert(1, told.format(n=changed))
        if seen.questions:
            parts.append(
                ngettext("{n} open question", "{n} open questions", seen.questions).format(
                    n=seen.questions
                )
            )
        if seen.gone:
            names = ", ".join(look.name for look in seen.gone[:3])
            parts.append(
                ngettext(
                    "{n} category removed: {names}",
                    "{n} categories removed: {names}",
                    len(seen.gone),
                ).format(n=len(seen.gone), names=names)
            )
        st.caption(plain(" · ".join(parts)), width="stretch")
        if changed or looked < len(seen.nodes) or seen.gone:
            st.button(
                _("I have seen all"),
                key="review-all-seen",
                type="tertiary",
                icon=":material/done_all:",
                on_click=_all_seen,
                help=_("Marks every category as looked at and all that is said of them as read."),
            )


@st.fragment(key="review-tree")
def _tree() -> None:
    # A fragment: after a run that the page itself began, drawing the category only, the browser
    # would no longer ask what others have done.
    seen = overview(state.bench())
    chosen = str(state.chosen(CHOSEN))
    review_tree(
        TREE, seen.nodes, chosen, seen.began, Words.of_session(), on_open=_open, on_seen=_seen
    )


@st.fragment(key=NODE)
def _node() -> None:
    bench = state.bench()
    review_node.show(bench, overview(bench), str(state.chosen(CHOSEN)))


def _open() -> None:
    choose(str(st.session_state[TREE]["open"]["id"]))
    st.rerun([NODE])


def _seen() -> None:
    sent = st.session_state[TREE]["seen"]
    see(str(sent["id"]), str(sent["next"]))


def _all_seen() -> None:
    bench, _ = state.bench(), state.translator()
    seen = overview(bench)
    ids = [node.category.id for node in seen.nodes] + [look.category_id for look in seen.gone]
    undo_line.attempt(PLACE, lambda: looking.look_at(bench, ids), _("All marked as seen."))
    st.rerun()
