"""Memos: the research diary, and every thought written beside the analysis, newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import streamlit as st

from qualcode.domain.memos import ABOUT, Memo
from qualcode.store.views import MemoQuery
from qualcode.texts import N_
from qualcode.ui import memo_button, memo_card, places, state, turning, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import memo_export, memos
from qualcode.workbench.bench import STUDY_ID, Workbench
from qualcode.workbench.memos import MemoRow
from qualcode.workbench.messages import kind_title

PAGE = "memos"
ROWS = 20
SINCE = {
    "": N_("At any time"),
    "1": N_("Since yesterday"),
    "7": N_("In the last 7 days"),
    "30": N_("In the last 30 days"),
}
"""Days back -> what it is called."""

ONLY = "memos:only"
"""The memo that a link opened the page at."""


def show(bench: Workbench) -> None:
    _ = state.translator()
    places.follow("memo", choose=lambda kind, id: state.choose(ONLY, id))
    with st.container(horizontal=True, vertical_alignment="center", key="memos-head"):
        st.title(_("Memos"), width="content", anchor=False)
        # Beside the title, not under it: the list must not jump when the line comes or goes.
        with st.container(width="stretch"):
            undo_line.show(bench, memo_card.PLACE)
    if bench.reviewing:
        _list(bench)
        return
    written, side = st.columns([7, 4], gap="large")
    with side, st.container(border=True):
        memo_card.new(
            "study",
            STUDY_ID,
            _("New entry in the research diary"),
            said=_("Written in the research diary."),
        )
        st.caption(
            _(
                "A memo about a passage is written on the Read and code page with M, others with "
                "the Memo button beside the thing."
            )
        )
    with written:
        _list(bench)


def _list(bench: Workbench) -> None:
    _, ngettext = state.translator(), state.plural()
    with bench.store.reading() as rows:
        if not rows.count(Memo):
            st.info(
                _("No memos have been written yet.")
                if bench.reviewing
                else _(
                    "No memos yet. Write down what you notice, wonder and decide: the reader of "
                    "your study will ask how the results came about."
                ),
                icon=":material/sticky_note_2:",
            )
            return
    query = _query(bench)
    key = state.filter_key(PAGE, "page")
    page = turning.open_page(key, ROWS, partial(memos.browse, bench, query))
    with st.container(horizontal=True, vertical_alignment="center"):
        told = ngettext("{n} memo", "{n} memos", page.total).format(n=page.total)
        st.caption(told, width="stretch")
        if page.total:
            _download(bench, query)
    if not page.total:
        st.info(_("No memo matches these filters."), icon=":material/info:")
    for row in page.rows:
        _memo(row)
    turning.numbers(key, ROWS, page.total)


# --- filters ----------------------------------------------------------------------------------


def _query(bench: Workbench) -> MemoQuery:
    _ = state.translator()
    only = state.chosen(ONLY)
    if only:
        st.button(
            _("Show all memos"),
            icon=":material/filter_alt_off:",
            on_click=state.choose,
            args=(ONLY, None),
        )
        return MemoQuery(memo_ids=(str(only),))
    with bench.store.reading() as rows:
        kinds = [kind for kind in ABOUT if rows.count(Memo, about_kind=kind)]
        writers = rows.memo_writers()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text = st.text_input(
            _("Search memos"),
            key=state.filter_key(PAGE, "text"),
            placeholder=_("Search memos"),
            label_visibility="collapsed",
            type="search",
            live=True,
            width="stretch",
        )
        kind = _select("kind", kinds, _("About"), _("About anything"), lambda k: _kind_name(k), 175)
        who = _select("who", writers, _("Writer"), _("Everyone"), str, 150)
        since = st.selectbox(
            _("When"),
            list(SINCE),
            format_func=lambda days: _(SINCE[days]),
            key=state.filter_key(PAGE, "since"),
            label_visibility="collapsed",
            width=170,
        )
    return MemoQuery(
        text=(text or "").strip(), kind=kind, who=who, since=_days_back(since) if since else ""
    )


def _select(
    name: str,
    options: list[str],
    label: str,
    every: str,
    called: Callable[[str], str],
    width: int,
) -> str | None:
    key = state.filter_key(PAGE, name)
    if st.session_state.get(key) not in (None, *options):
        # What it was set to has no memos any more.
        del st.session_state[key]
    return st.selectbox(
        label,
        [None, *options],
        format_func=lambda option: called(option) if option else every,
        key=key,
        label_visibility="collapsed",
        width=width,
    )


def _kind_name(kind: str) -> str:
    _ = state.translator()
    name = _("research diary") if kind == "study" else kind_title(kind, _)
    return name[:1].upper() + name[1:]


def _days_back(days: str) -> str:
    """The beginning of the reader's own day so many days ago, in the log's time."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=int(days))).astimezone(UTC).isoformat()


# --- one memo ---------------------------------------------------------------------------------


def _memo(row: MemoRow) -> None:
    with st.container(border=True, gap="xsmall", key=f"memo-{row.memo.id}"):
        memo_card.show(row, "page", head=lambda: _about(row))


def _about(row: MemoRow) -> None:
    """What the memo speaks of, as a way there; what is gone is crossed out."""
    _ = state.translator()
    if row.memo.about_kind == "study":
        st.markdown(f"**{_kind_name('study')}**")
    elif row.about.there:
        memo_card.link_button(row.about, f"about-{row.memo.id}")
        if row.was_called:
            st.caption(memo_button.was_called(row))
    else:
        name = f"~~{plain(row.about.label)}~~" if row.about.label else ""
        gone = _("removed from the study")
        st.markdown(f"{_kind_name(row.about.kind)}: {name} ({gone})")


def _download(bench: Workbench, query: MemoQuery) -> None:
    _ = state.translator()
    name = _("memos")
    st.download_button(
        _("Save as Markdown"),
        data=lambda: memo_export.as_markdown(bench, query).encode("utf-8"),
        file_name=f"{name}-{bench.clock()[:10]}.md",
        mime="text/markdown",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        help=_("The memos shown here, as a text file. They may hold confidential words."),
    )
