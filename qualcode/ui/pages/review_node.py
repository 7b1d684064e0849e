"""One category as a reviewer reads it: what it is, who speaks in it, and what they say."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualcode.domain.approaches import Study
from qualcode.domain.categories import Level, level_name
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.review import NodeState
from qualcode.store.views import ReductionQuery, ReductionRow
from qualcode.ui import originals, state, thread_box, turning, undo_line
from qualcode.ui.labels import origin_label
from qualcode.ui.pages import review_looks, review_propose
from qualcode.ui.review_words import Words
from qualcode.ui.words import plain
from qualcode.workbench.bench import STUDY_ID, Workbench
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.reviewing import looking, quotes
from qualcode.workbench.reviewing.overview import Node, Overview
from qualcode.workbench.reviewing.words import STATES

ROWS = 15
"""Reductions on a page."""


def show(bench: Workbench, seen: Overview, category_id: str) -> None:
    _ = state.translator()
    node = seen.node(category_id)
    if node is None:
        st.info(_("This category has been removed. Choose another one in the tree."))
        return
    _head(bench, seen, node)
    _since(seen, node)
    if node.category.definition.strip():
        st.markdown(plain(node.category.definition))
    else:
        st.caption(_("No definition has been written."))
    _counts(seen, node)
    _quotes(bench, seen, node)
    said, inside = st.columns([1, 1], gap="medium")
    with said:
        _threads(bench, node)
    with inside:
        _reductions(bench, seen, node)


def _head(bench: Workbench, seen: Overview, node: Node) -> None:
    _ = state.translator()
    category = node.category
    with bench.store.reading() as rows:
        study = rows.get(Study, STUDY_ID)
    names = study.level_names if study else {}
    above = " › ".join(c.name for c in seen.tree.path(category.id)[:-1])
    facts = [level_name(category.level, names, bench.language), origin_label(category.origin, _)]
    with st.container(gap=None, key="node-name"):
        st.subheader(plain(category.name), anchor=False)
        st.caption(plain(" · ".join([*([above] if above else []), *facts])))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="node-head"):
        _state(node)
        review_propose.button(bench, seen.tree, category)
        _seen_button(node)
    if node.state and node.state_now is not NodeState.DRAFT:
        told = _("{state} by {who} {at}").format(
            state=_(STATES[node.state_now]),
            who=plain(node.state.who),
            at=day_and_time(node.state.at),
        )
        if node.stale:
            told += " · " + _("the category has changed since then")
        st.caption(told)


def _state(node: Node) -> None:
    """Draft, asked or approved, given in one click."""
    _ = state.translator()
    key = f"node-state-{node.category.id}-{node.state_now.value}"

    def give() -> None:
        chosen = st.session_state[key]
        if chosen is not None and chosen != node.state_now:
            _give(node, NodeState(chosen))

    st.segmented_control(
        _("State of the category"),
        list(NodeState),
        format_func=lambda one: _(STATES[one]),
        default=node.state_now,
        key=key,
        label_visibility="collapsed",
        width="content",
        on_change=give,
    )
    if node.stale and node.state_now is NodeState.APPROVED:
        st.button(
            _("Approve again"),
            key=f"node-again-{node.category.id}",
            on_click=_give,
            args=(node, NodeState.APPROVED),
        )


def _give(node: Node, given: NodeState) -> None:
    bench, _ = state.bench(), state.translator()
    said = {
        NodeState.DRAFT: _("A draft again: {name}"),
        NodeState.ASKED: _("Asked about: {name}"),
        NodeState.APPROVED: _("Approved: {name}"),
    }[given].format(name=node.category.name)
    undo_line.attempt(
        thread_box.PLACE, lambda: looking.set_state(bench, [node.category.id], given), said
    )
    st.rerun()


def _seen_button(node: Node) -> None:
    _ = state.translator()
    waits = not node.seen or node.since is not None or node.unread > 0
    st.button(
        _("Seen") if waits else _("Seen already"),
        key=f"node-seen-{node.category.id}",
        icon=":material/visibility:" if waits else ":material/check:",
        disabled=not waits,
        on_click=review_looks.see,
        args=(node.category.id,),
        help=_("You have looked at this category as it is now (S in the tree)."),
    )


def _since(seen: Overview, node: Node) -> None:
    """What has changed since the reader's own look, in full."""
    _, words = state.translator(), Words.of_session()
    since = node.since
    if since is None:
        return
    lines = []
    if since.new:
        lines.append(_("This category is new since your last look."))
    if since.was_called is not None:
        lines.append(_("It was called “{name}”.").format(name=plain(since.was_called)))
    if since.was_under is not None:
        above = seen.tree.categories.get(since.was_under)
        place = above.name if above else _("the top level") if not since.was_under else ""
        known = _("It lay under “{name}”.").format(name=plain(place))
        lines.append(known if place else _("It lay under a category that has been removed."))
    if since.redefined:
        lines.append(_("Its definition has changed."))
    for ids, told in (
        (since.came, _("Came: {names}")),
        (since.left, _("Left: {names}")),
    ):
        if ids:
            lines.append(told.format(names=_wordings(ids)))
    with st.container(border=True, gap=None, key="node-since"):
        st.markdown(
            "**" + _("Since your last look") + ":** " + plain(", ".join(words.changes(since)))
        )
        for line in lines:
            st.caption(line)


def _wordings(ids: tuple[str, ...], most: int = 8) -> str:
    with state.bench().store.reading() as rows:
        found = {r.id: r.wording for r in rows.find(ReducedExpression, id=ids[:most])}
    _ = state.translator()
    shown = [_("“{text}”").format(text=plain(found[id])) for id in ids[:most] if id in found]
    more = len(ids) - len(shown)
    return ", ".join(shown) + (" " + _("and {n} others").format(n=more) if more else "")


def _counts(seen: Overview, node: Node) -> None:
    """Respondents and mentions of the whole branch, per actor group and together."""
    _, ngettext = state.translator(), state.plural()
    tallies = seen.standing.tallies[node.category.id]
    if not tallies.total.mentions:
        st.caption(_("Nothing in the data has been placed here"))
        return

    def told(people: int, mentions: int) -> str:
        return ", ".join(
            (
                ngettext("{n} respondent", "{n} respondents", people).format(n=people),
                ngettext("{n} mention", "{n} mentions", mentions).format(n=mentions),
            )
        )

    total = tallies.total
    with st.container(horizontal=True, gap="small", key="node-counts"):
        st.markdown(f"**{told(total.respondents, total.mentions)}**", width="content")
        for group in seen.standing.groups:
            tally = tallies[group]
            st.markdown(
                f"{plain(group)}: {told(tally.respondents, tally.mentions)}", width="content"
            )


def _quotes(bench: Workbench, seen: Overview, node: Node) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        found = quotes.quotes(bench, rows, seen.standing, node.category.id)
    if not found.rows:
        return
    with st.container(border=True, gap="xsmall", key="node-quotes"):
        rule = (
            _("Different people and actor groups first, then what is nearest to the middle.")
            if found.by_likeness
            else _("Different people and actor groups first, then the commonest reductions.")
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("**" + _("Telling quotes") + "**", width="content")
            st.caption(rule, width="stretch")
        for row in found.rows:
            originals.quote(row, "review")


def _threads(bench: Workbench, node: Node) -> None:
    _ = state.translator()
    with st.container(gap="xsmall", key="node-threads"):
        st.markdown("**" + _("Comments and questions") + "**")
        thread_box.show(bench, "category", node.category.id, "node")


def _reductions(bench: Workbench, seen: Overview, node: Node) -> None:
    """The reductions in the category, each with its threads; above subcategories, what is in it."""
    _, ngettext = state.translator(), state.plural()
    if node.category.level is not Level.SUBCATEGORY:
        _children(seen, node)
        return
    page_key = state.filter_key("review", f"reductions-{node.category.id}")
    query = ReductionQuery(category_id=node.category.id)
    with bench.store.reading() as rows:
        page = turning.open_page(page_key, ROWS, partial(rows.reductions, query))
        tallies = {
            tally.about_id: tally
            for tally in rows.remark_tallies(bench.coder)
            if tally.about_kind == "reduction"
        }
    came = set(node.since.came) if node.since else set()
    st.markdown(
        "**" + ngettext("{n} reduction", "{n} reductions", page.total).format(n=page.total) + "**"
    )
    with st.container(gap=None, key="node-reductions"):
        for row in page.rows:
            tally = tallies.get(row.id)
            _reduction(bench, seen, row, row.id in came, tally.remarks if tally else 0)
    turning.numbers(page_key, ROWS, page.total)


def _reduction(bench: Workbench, seen: Overview, row: ReductionRow, fresh: bool, said: int) -> None:
    _ = state.translator()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"node-reduction-{row.id}"
    ):
        new = " :orange-badge[" + _("new") + "]" if fresh else ""
        st.markdown(f"{plain(row.wording)} · {row.expressions}{new}", width="stretch")
        box = st.popover(
            str(said) if said else "",
            icon=":material/chat:",
            key=f"node-said-{row.id}",
            type="tertiary",
            help=_("Its expressions, comments and questions, and where it could go"),
            on_change="rerun",
        )
    if box.open:
        with box, st.container(width=460):
            review_propose.reduction(bench, seen.tree, row)
            if row.example:
                st.caption(_("“{text}”").format(text=plain(" ".join(row.example.split()))))
            thread_box.show(bench, "reduction", row.id, f"red-{row.id}")


def _children(seen: Overview, node: Node) -> None:
    _ = state.translator()
    children = seen.tree.children(node.category.id)
    st.markdown("**" + _("What is in it") + "**")
    if not children:
        st.caption(_("Nothing yet."))
    with st.container(gap="xsmall", key="node-inside"):
        for child in children:
            tally = seen.standing.tallies[child.id].total
            st.markdown(f"{plain(child.name)} · {tally.respondents} · {tally.mentions}")
