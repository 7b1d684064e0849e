"""The table of reductions: a page at a time, reworded in place, with ticks for what to do."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from qualcode.domain.errors import ChangedMeanwhile, QualcodeError
from qualcode.store.views import Page, ReductionQuery, ReductionRow
from qualcode.ui import state, turning, undo_line
from qualcode.ui.words import plain
from qualcode.workbench import reducing
from qualcode.workbench.bench import Workbench, watching

ROWS = 25

PLACED: dict[str, bool | None] = {"all": None, "waiting": False, "placed": True}


def chosen_ids() -> list[str]:
    """The reductions ticked, on any page of the table."""
    return list(state.chosen("reductions:ticked") or ())


def show(bench: Workbench, place: str) -> None:
    """Filters, conflicts to settle, the table and its pages."""
    query = _filters()
    page_key = state.filter_key("reductions", "page")
    with bench.store.reading() as rows:
        page = turning.open_page(page_key, ROWS, partial(rows.reductions, query))
        revision = rows.revision()
        ticked = [r.id for r in rows.reductions(
            ReductionQuery(reduction_ids=tuple(chosen_ids())), 0, max(1, len(chosen_ids()))
        ).rows] if chosen_ids() else []  # fmt: skip
    state.choose("reductions:ticked", ticked)
    _conflict(bench, place)
    _table(page, revision, place, reads_only=bench.reviewing)
    turning.numbers(page_key, ROWS, page.total)


def _filters() -> ReductionQuery:
    _ = state.translator()
    labels = {"all": _("All"), "waiting": _("No place yet"), "placed": _("Has a place")}
    with st.container(horizontal=True, vertical_alignment="center", key="reductions-filters"):
        text = st.text_input(
            _("Search reductions"),
            key=state.filter_key("reductions", "text"),
            placeholder=_("Search reductions"),
            label_visibility="collapsed",
            type="search",
            live=True,
            width="stretch",
        )
        placed = st.segmented_control(
            _("Place"),
            list(labels),
            format_func=labels.__getitem__,
            default="all",
            required=True,
            key=state.filter_key("reductions", "placed"),
            label_visibility="collapsed",
        )
    return ReductionQuery(text=(text or "").strip(), placed=PLACED[placed or "all"])


def _table(page: Page[ReductionRow], revision: int, place: str, reads_only: bool) -> None:
    _ = state.translator()
    if not page.rows:
        st.caption(_("No reductions match."))
        return
    ticked = set(chosen_ids())
    key = _editor_key(page, revision)
    shown = [(row.id, row.wording) for row in page.rows]
    st.data_editor(
        {
            "tick": [row.id in ticked for row in page.rows],
            "wording": [row.wording for row in page.rows],
            "expressions": [row.expressions for row in page.rows],
            "respondents": [row.respondents for row in page.rows],
            "category": [row.category_name for row in page.rows],
        },
        key=key,
        hide_index=True,
        height="content",
        num_rows="fixed",
        column_config={
            "tick": st.column_config.CheckboxColumn("✓", width=36),
            "wording": st.column_config.TextColumn(
                _("Reduction"), width=330, required=True, disabled=reads_only
            ),
            "expressions": st.column_config.NumberColumn(
                _("Expressions"), help=_("Original expressions behind it"), width=70, disabled=True
            ),
            "respondents": st.column_config.NumberColumn(_("Respondents"), width=70, disabled=True),
            "category": st.column_config.TextColumn(_("Category"), width=170, disabled=True),
        },
        on_change=_edited,
        args=(key, shown, place),
    )
    if reads_only:
        ngettext = state.plural()
        count = ngettext("{n} reduction", "{n} reductions", page.total)
    else:
        count = _("{n} reductions. Double-click a wording to change it.")
    st.caption(count.format(n=page.total))


def _editor_key(page: Page[ReductionRow], revision: int) -> str:
    """The grid's key: new when the study was changed by anything but this grid's own edits.

    A grid keeps its edits by row number, so after a merge or an undo a new grid must take over,
    or an old edit would lie over another row. After its own edit it stays, with the cursor in it.
    """
    name = f"reductions-grid-{page.offset}-{hash(tuple(sorted(row.id for row in page.rows)))}"
    if state.chosen("reductions:own-revision") != revision:
        state.choose("reductions:own-revision", revision)
        state.choose("reductions:grid", int(state.chosen("reductions:grid") or 0) + 1)
    return f"{name}-{state.chosen('reductions:grid')}"


def _edited(key: str, shown: list[tuple[str, str]], place: str) -> None:
    """Ticks are kept by id; a changed wording is saved if nobody else has changed it meanwhile."""
    edits: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    ticked = dict.fromkeys(chosen_ids())
    for number, changed in edits.items():
        id, seen = shown[int(number)]
        if "tick" in changed:
            if changed["tick"]:
                ticked[id] = None
            else:
                ticked.pop(id, None)
        wording = changed.get("wording")
        if wording is not None and wording != seen:
            reword(id, str(wording), seen, place)
    state.choose("reductions:ticked", list(ticked))


def reword(id: str, wording: str, seen: str, place: str) -> None:
    """Saves the wording; when another window has changed it, both versions are put up to choose."""
    _ = state.translator()
    bench = state.bench()
    with bench.store.reading() as rows:
        before = rows.revision()
    try:
        with watching() as made:
            kept = reducing.reword(bench, id, wording, seen)
    except ChangedMeanwhile as error:
        conflict = {"id": id, "error": error, "now": error.values["now"], "yours": wording}
        state.choose("reductions:conflict", conflict)
        return
    except QualcodeError as error:
        state.choose(f"{place}:problem", state.message(error))
        # The grid still shows what was refused: a new one takes over.
        state.choose("reductions:own-revision", None)
        return
    said = _("Reworded: {wording}") if kept.id == id else _("Merged with: {wording}")
    undo_line.tell(place, made, said.format(wording=kept.wording))
    with bench.store.reading() as rows:
        if kept.id == id and state.chosen("reductions:own-revision") == before:
            state.choose("reductions:own-revision", rows.revision())


def _conflict(bench: Workbench, place: str) -> None:
    """Two windows changed one wording: both versions, and a button for each."""
    _ = state.translator()
    conflict = state.chosen("reductions:conflict")
    if not conflict:
        return
    with st.container(border=True, key="reductions-conflict"):
        st.markdown(plain(state.message(conflict["error"])))
        with st.container(horizontal=True):
            st.button(
                _("Keep “{wording}”").format(wording=plain(str(conflict["now"]))),
                key="conflict-theirs",
                on_click=_settle,
                args=(None, place),
            )
            st.button(
                _("Use mine: “{wording}”").format(wording=plain(conflict["yours"])),
                key="conflict-mine",
                on_click=_settle,
                args=(conflict, place),
            )


def _settle(mine: dict[str, Any] | None, place: str) -> None:
    state.choose("reductions:conflict", None)
    # Whichever was chosen, the grid's own edit no longer tells what is saved.
    state.choose("reductions:own-revision", None)
    if mine is not None:
        reword(mine["id"], mine["yours"], str(mine["now"]), place)
