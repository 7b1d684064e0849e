"""The category tree to read through with the keyboard: see ``assets/review_tree.js``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qualcode.domain.review import NodeState
from qualcode.texts import N_
from qualcode.ui.components import component
from qualcode.ui.review_words import Words
from qualcode.workbench.reviewing.overview import Node

WORDS = {
    "tree": N_("The category tree"),
    "find": N_("Find a category"),
    "all": N_("All categories"),
    "changed": N_("Changed since my look"),
    "unseen": N_("Not looked at yet"),
    "unread": N_("Unread comments"),
    "asked": N_("Asked about"),
    "proposed": N_("With proposals"),
    "undecided": N_("Not approved"),
    "none": N_("No category matches."),
    "state_asked": N_("asked"),
    "state_approved": N_("approved"),
    "state_stale": N_("approved, changed since"),
    "seen": N_("looked at"),
    "counts": N_("{people} respondents, {mentions} mentions"),
    "numbers": N_("respondents · mentions"),
    "keys": N_(
        "↑ ↓ move · ← → fold · Enter reads · S seen, next · / finds"
    ),
}  # fmt: skip
"""What the component says, by its own names."""


def review_tree(
    key: str,
    nodes: Sequence[Node],
    chosen: str | None,
    began: bool,
    words: Words,
    on_open: Callable[[], None],
    on_seen: Callable[[], None],
) -> Any:
    """The tree. Choosing a category calls ``on_open``: ``st.session_state[key]["open"]`` is then
    ``{id}``; S calls ``on_seen`` with ``{id, next}`` in ``st.session_state[key]["seen"]``."""
    mount = component("review_tree", html='<div class="qc-review"></div>')
    return mount(
        key=key,
        data={
            "nodes": [_node(node, words) for node in nodes],
            "chosen": chosen,
            "began": began,
            "words": {name: words.one(word) for name, word in WORDS.items()},
        },
        on_open_change=on_open,
        on_seen_change=on_seen,
    )


def _node(node: Node, words: Words) -> dict[str, Any]:
    return {
        "id": node.category.id,
        "name": node.category.name,
        "depth": node.depth,
        "people": node.respondents,
        "mentions": node.mentions,
        "state": node.state_now.value,
        "stale": node.stale and node.state_now is NodeState.APPROVED,
        "seen": node.seen,
        "changed": node.since is not None,
        "fresh": words.changes(node.since) if node.since else [],
        "talk": words.talk(node),
        "unread": node.unread,
        "questions": node.questions,
        "proposals": node.proposals,
    }
