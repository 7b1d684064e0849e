"""Versions of the tree: frozen under a name, set side by side, and printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from qualcode.domain.tree_versions import TreeVersion
from qualcode.exports.report import Paragraph, Report, Table
from qualcode.ui import state, turning, undo_line
from qualcode.ui.components.report_table import report_table
from qualcode.ui.thread_box import PLACE
from qualcode.ui.words import plain
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import day_and_time
from qualcode.workbench.reviewing import comparison, freezing, report
from qualcode.workbench.reviewing.comparison import Compared
from qualcode.workbench.reviewing.overview import Overview

NOW = ""
"""The choice that is no version but the tree as it is."""
ROWS = 60


def show(bench: Workbench, seen: Overview) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        versions = freezing.versions(rows)
    shown, side = st.columns([8, 4], gap="large")
    with side:
        if not bench.reviewing:
            _freeze(versions)
        _listed(bench, versions)
        _printing(bench, versions)
    with shown:
        if not versions:
            st.info(
                _(
                    "No version has been frozen. Freeze the tree before a meeting, and afterwards "
                    "everyone sees what came of it."
                ),
                icon=":material/ac_unit:",
            )
            return
        _compare(bench, versions)


def _freeze(versions: list[TreeVersion]) -> None:
    _ = state.translator()
    number = len(versions) + 1
    name_key, note_key = f"freeze-name-{number}", f"freeze-note-{number}"

    def freeze() -> None:
        name, note = str(st.session_state[name_key]), str(st.session_state[note_key])
        act = lambda: freezing.freeze(state.bench(), name, note)  # noqa: E731
        undo_line.attempt(PLACE, act, _("Frozen: {name}").format(name=name.strip()))

    with st.form(f"freeze-form-{number}", border=True):
        st.markdown("**" + _("Freeze the tree as it is now") + "**")
        st.text_input(
            _("Name of the version"),
            key=name_key,
            placeholder=_("For example: Before the meeting of 3 March"),
        )
        st.text_input(_("Note (if you like)"), key=note_key)
        st.form_submit_button(_("Freeze"), icon=":material/ac_unit:", on_click=freeze)


def _listed(bench: Workbench, versions: list[TreeVersion]) -> None:
    _, ngettext = state.translator(), state.plural()
    for version in reversed(versions):
        with st.container(border=True, gap=None, key=f"version-{version.id}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(version.name)}**", width="stretch")
                if not bench.reviewing:
                    st.button(
                        "",
                        icon=":material/delete:",
                        key=f"version-gone-{version.id}",
                        type="tertiary",
                        help=_("Remove this version. The tree itself is not touched."),
                        on_click=_remove,
                        args=(version,),
                    )
            size = ", ".join(
                (
                    ngettext("{n} category", "{n} categories", version.categories).format(
                        n=version.categories
                    ),
                    ngettext("{n} reduction", "{n} reductions", version.reductions).format(
                        n=version.reductions
                    ),
                )
            )
            st.caption(f"{plain(version.created_by)} · {day_and_time(version.created_at)} · {size}")
            if version.note:
                st.caption(plain(version.note))


def _remove(version: TreeVersion) -> None:
    _ = state.translator()
    undo_line.attempt(
        PLACE,
        lambda: freezing.remove(state.bench(), version.id),
        _("Version removed: {name}").format(name=version.name),
    )


def _printing(bench: Workbench, versions: list[TreeVersion]) -> None:
    """The whole review as a document: the tree, its states, the threads, what has changed."""
    _ = state.translator()
    with st.container(border=True, gap="small", key="review-report"):
        st.markdown("**" + _("Report of the review") + "**")
        names = {NOW: _("without a comparison"), **{one.id: one.name for one in versions}}
        since = st.selectbox(
            _("Compared with"),
            list(names),
            index=len(names) - 1,
            format_func=lambda id: names.get(id, id),
            key=f"review-report-since-{len(versions)}",
        )
        st.caption(
            _(
                "The tree with its states, all comments and proposals, and what has changed. "
                "It may hold confidential words."
            )
        )
        _downloads(bench, lambda: report.report(bench, bench.language, since or None), _("review"))


def _downloads(bench: Workbench, made: Callable[[], Report], name: str) -> None:
    _ = state.translator()
    day = bench.clock()[:10]
    with st.container(horizontal=True, gap="small"):
        for label, write, suffix in (
            ("Word", reporting.as_word, "docx"),
            ("Excel", reporting.as_excel, "xlsx"),
        ):
            st.download_button(
                label,
                data=partial(_written, write, made),
                file_name=f"{name}-{day}.{suffix}",
                icon=":material/download:",
                key=f"{name}-{suffix}",
                on_click="ignore",
            )


def _written(write: Callable[[Report], bytes], made: Callable[[], Report]) -> bytes:
    return write(made())


def _compare(bench: Workbench, versions: list[TreeVersion]) -> None:
    _ = state.translator()
    names = {one.id: one.name for one in versions}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        old = st.selectbox(
            _("Earlier version"),
            list(names),
            index=len(versions) - 1,
            format_func=lambda id: names.get(id, id),
            key=f"compare-old-{len(versions)}",
        )
        choices = [NOW, *(id for id in names if id != old)]
        new = st.selectbox(
            _("Later version"),
            choices,
            format_func=lambda id: names[id] if id else _("The tree now"),
            key=f"compare-new-{len(versions)}-{old}",
        )
        whole = st.toggle(_("The whole trees"), key=state.filter_key("review", "whole"))
    seen = report.compared(bench, str(old), new or None, bench.language)
    for block in comparison.tables(seen, bench.language, changed_only=not whole):
        if isinstance(block, Paragraph):
            st.markdown(f"**{plain(block.text)}**")
        elif isinstance(block, Table):
            _table(block, bench.language)
    _downloads(bench, lambda: _printed(bench, seen), _("comparison"))


def _printed(bench: Workbench, seen: Compared) -> Report:
    return report.comparison_report(bench, seen, bench.language)


def _table(table: Table, language: str) -> None:
    _ = state.translator()
    st.caption(plain(table.caption))
    key = state.filter_key("review", f"rows-{table.key}")
    report_table(
        f"review-{table.key}",
        table,
        language,
        _("Open"),
        _nothing,
        offset=turning.begins_at(key, ROWS, len(table.rows)),
        limit=ROWS,
    )
    turning.numbers(key, ROWS, len(table.rows))


def _nothing() -> None:
    """Nothing in these tables is opened: they count nothing."""
