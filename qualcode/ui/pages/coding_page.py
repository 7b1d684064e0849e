"""Read and code: answers in rows, coded and reduced where they stand.

A key press runs no page: the marker asks the direct channel (``qualcode/ui/channel``), which knows
this window by its desk. The page itself shows the study again a little after the last act.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from qualcode.domain.codes import Code
from qualcode.domain.documents import Document
from qualcode.store.answer_query import Among, Facet, GroupBy
from qualcode.store.repository import Reading
from qualcode.store.views import AnswerQuery
from qualcode.ui import channel, coding_view, places, state
from qualcode.ui.channel import Desk
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.components.segment_marker import MarkerOptions, segment_marker
from qualcode.ui.facet_names import condition_said, of_what_is_gone
from qualcode.ui.pages import coding_filters, coding_links, coding_toolbar, reading_order_line
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import options as suggestion_options

MARKER = "segment_marker"
"""The component's key."""

THING = "coding:thing"
"""What a link of a memo is to open: (kind, id)."""

ANSWERS = "marker"
"""The fragment of the marker."""


def show(bench: Workbench) -> None:
    woken = page_waker()
    _turn_to_thing()
    desk = state.desk()
    with bench.store.reading() as rows:
        codes, _books = coding_view.codes_in_use(rows)
        anew = MARKER not in st.session_state
        if not rows.count(Document):
            _no_material()
            return
        coding_links.follow(bench, desk, rows)
    # All in one box: a line that comes or goes would move the marker, which would begin anew and
    # turn back to the answer that was read before.
    with st.container(key="above-answers"):
        query = coding_toolbar.show(bench, {code.id: code.label(bench.language) for code in codes})
        desk.sheets.view = coding_toolbar.view(bench)
        ordered_anew = reading_order_line.show(bench, query)
    with bench.store.reading() as rows:
        if woken and desk.sheets.current is None:
            _return_to(desk, rows, query, woken)
        sheet = desk.sheets.of_query(rows, query, anew=anew)
        if ordered_anew:
            sheet = desk.sheets.turn_to(rows, 1)
    if not sheet.ids:
        _nothing_matches(bench, query)
        return
    _marker()


# --- empty states -----------------------------------------------------------------------------


def _no_material() -> None:
    _ = state.translator()
    st.info(_("There is nothing to read yet. Bring in the answers first."))
    state.page_link("aineisto", _("Material"), icon=":material/upload_file:")


def _nothing_matches(bench: Workbench, query: AnswerQuery) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        lost = of_what_is_gone(rows, query.conditions)
        said = [condition_said(rows, condition, bench.language) for condition in lost]
    st.info(_("No answer matches these filters."))
    if lost:
        st.warning(
            _(
                "A condition names something that has been removed since: {conditions}. Take the "
                "condition off, or take the removal back in the Log."
            ).format(conditions=plain("; ".join(said)))
        )
        st.button(
            _("Take off what is gone"),
            icon=":material/filter_alt_off:",
            on_click=_take_off,
            args=(lost,),
        )
    if query != AnswerQuery():
        st.button(
            _("Show all answers"), icon=":material/filter_alt_off:", on_click=coding_toolbar.clear
        )


def _take_off(conditions: list[Among]) -> None:
    asked = coding_filters.asked()
    left = tuple(one for one in asked.conditions if one not in conditions)
    coding_filters.use(replace(asked, conditions=left))


# --- after a restart of the server ---------------------------------------------------------


def _return_to(desk: Desk, rows: Reading, query: AnswerQuery, woken: Mapping[str, Any]) -> None:
    """After a restart of the server: the sheet that the person was reading."""
    place = woken.get("doc")
    document = rows.get(Document, place) if isinstance(place, str) else None
    if document is not None:
        desk.sheets.open_at(rows, query, document)


# --- the answers ------------------------------------------------------------------------------


@st.fragment(key=ANSWERS)
def _marker() -> None:
    bench, desk = state.bench(), state.desk()
    sheet = desk.sheets.current
    assert sheet is not None, "the page chooses a sheet before it draws the marker"
    with bench.store.reading() as rows:
        told: dict[str, Any] = {
            "revision": rows.revision(),
            "rows": coding_view.rows_told(rows, bench, sheet.ids, with_item=sheet.with_item),
            "codes": coding_view.codes_told(rows, bench, desk.sheets.view),
            "view": desk.sheets.view or "",
            "pinned_view": coding_view.pinned_view(rows, desk.sheets.view),
            "counts": coding_view.counts_told(rows, bench),
            "turns": coding_view.turns_told(rows, bench),
            "progress": coding_view.progress_told(rows, bench),
            "sheet": coding_view.sheet_told(rows, bench, sheet),
            "channel": {"path": channel.path(), "token": desk.token},
        }
    segment_marker(
        MARKER,
        told,
        _options(bench),
        state.translator(),
        on_acted=lambda: st.rerun([state.HISTORY]),
        on_filter=_filter_by_code,
        on_thing=_open_thing,
    )


def _filter_by_code() -> None:
    """The codebook panel asked for the answers with one code. A browser may send anything."""
    sent = st.session_state[MARKER]["filter"]
    code_id = sent.get("code") if isinstance(sent, Mapping) else None
    with state.bench().store.reading() as rows:
        known = isinstance(code_id, str) and rows.get(Code, code_id) is not None
    if known:
        coding_toolbar.show_code(str(code_id))
        st.rerun()


def _open_thing() -> None:
    """A memo's link was pressed. A callback cannot turn to another page: the next run does."""
    sent = st.session_state[MARKER]["thing"]
    kind, id = (sent.get("kind"), sent.get("id")) if isinstance(sent, Mapping) else (None, None)
    if isinstance(kind, str) and isinstance(id, str) and kind in places.PAGES:
        state.choose(THING, (kind, id))
        st.rerun()


def _turn_to_thing() -> None:
    wanted = state.chosen(THING)
    if isinstance(wanted, tuple):
        state.choose(THING, None)
        places.open_thing(*wanted)


def _groups(bench: Workbench) -> tuple[str, ...]:
    """The actor groups of the study, and those that some expression has been said to speak of."""
    with bench.store.reading() as rows:
        lines = sorted(rows.returned(), key=lambda line: line.first)
        spoken = rows.answers(AnswerQuery(group_by=GroupBy(Facet.SPOKEN_OF)), 0, 0).groups
    named = [*(line.actor_group for line in lines), *(group.value for group in spoken)]
    return tuple(group for group in dict.fromkeys(named) if group)


def _options(bench: Workbench) -> MarkerOptions:
    _, study = state.translator(), bench.study()
    opened = coding_links.opened()
    return MarkerOptions(
        # A tab keeps unsaved work under this name; it names the study without telling its path.
        study=hashlib.sha256(bench.store.address.encode()).hexdigest()[:16],
        language=bench.language,
        coder=bench.coder,
        groups=_groups(bench),
        reads_only=bench.reviewing,
        offers=suggestion_options.shown(study).value,
        allow_new_codes=study.allows_new_codes(),
        new_code_book=_("Codes found in the data"),
        places=places.addresses(),
        opened=(opened[0], opened[2]) if opened else None,
        opened_span=opened[1] if opened else None,
    )
