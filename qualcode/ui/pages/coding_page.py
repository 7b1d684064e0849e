"""Read and code: answers in rows, coded and reduced where they stand.

A key press runs no page: the component sends operations, ``_take_operations`` has the workbench
carry them out, and only the marker, the side panel and the undo buttons are drawn again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.domain.documents import Document
from qualcode.domain.errors import QualcodeError
from qualcode.store.repository import Reading
from qualcode.store.views import AnswerQuery
from qualcode.ui import state
from qualcode.ui.components.page_waker import page_waker
from qualcode.ui.components.segment_marker import (
    MarkerOffers,
    MarkerOptions,
    marker_codes,
    marker_row,
    segment_marker,
)
from qualcode.ui.pages import code_panel, coding_sheet, coding_toolbar
from qualcode.workbench import history, operations, reducing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence

MARKER = "segment_marker"
"""The component's key, and the name under which its replies are kept."""

FRAGMENTS = ("marker", "side")
"""What shows the answers on this page."""

AFTER_AN_ACT = (*FRAGMENTS, state.HISTORY)
"""What is drawn again after every act."""

LINK = "vastaus"
"""``?vastaus=<document id>`` opens the page at that answer."""

OFFERS = 6
LONGEST_QUESTION = 2_000
"""Characters of a text whose nearest reductions a browser may ask for."""


def show(bench: Workbench) -> None:
    woken = page_waker()
    with bench.store.reading() as rows:
        codes, _books = _codes_in_use(rows)
        anew = MARKER not in st.session_state
        if not rows.count(Document):
            _no_material()
            return
        anew = _follow_link(rows) or anew
    query = coding_toolbar.show(bench, {code.id: code.label(bench.language) for code in codes})
    with bench.store.reading() as rows:
        if woken and coding_sheet.current() is None:
            _return_to(rows, query, woken)
            anew = False
        sheet = coding_sheet.of_query(rows, query, anew=anew)
    if not sheet.ids:
        _nothing_matches(query)
        return
    reading, side = st.columns([3, 1], gap="small")
    with reading:
        _marker()
    with side:
        _side()


# --- empty states -----------------------------------------------------------------------------


def _no_material() -> None:
    _ = state.translator()
    st.info(_("There is nothing to read yet. Bring in the answers first."))
    state.page_link("aineisto", _("Material"), icon=":material/upload_file:")


def _nothing_matches(query: AnswerQuery) -> None:
    _ = state.translator()
    st.info(_("No answer matches these filters."))
    if query != AnswerQuery():
        st.button(
            _("Show all answers"), icon=":material/filter_alt_off:", on_click=coding_toolbar.clear
        )


# --- a deep link ------------------------------------------------------------------------------


def _follow_link(rows: Reading) -> bool:
    """Opens the answer that the address names, once; the address is then free for the next."""
    wanted = st.query_params.get(LINK)
    if not wanted:
        return False
    del st.query_params[LINK]
    document = rows.get(Document, wanted)
    if document is None:
        _ = state.translator()
        state.notify(_("The answer that the link names is not in the study."))
        return False
    query = coding_toolbar.show_only(document)
    coding_sheet.open_at(rows, query, document)
    times = state.chosen("coding:opened")
    number = times[1] + 1 if isinstance(times, tuple) else 1
    state.choose("coding:opened", (document.id, number))
    return False


def _return_to(rows: Reading, query: AnswerQuery, woken: Mapping[str, Any]) -> None:
    """After a restart of the server: the sheet that the person was reading."""
    place = woken.get("doc")
    document = rows.get(Document, place) if isinstance(place, str) else None
    if document is not None:
        coding_sheet.open_at(rows, query, document)


# --- the answers ------------------------------------------------------------------------------


@st.fragment(key="marker")
def _marker() -> None:
    _ = state.translator()
    bench = state.bench()
    sheet = coding_sheet.current()
    assert sheet is not None, "the page chooses a sheet before it draws the marker"
    with bench.store.reading() as rows:
        found = rows.answers(coding_sheet.rows_query(sheet), 0, len(sheet.ids)).rows
        codes, codebooks = _codes_in_use(rows)
    by_respondent = sheet.query.item_id is None
    segment_marker(
        MARKER,
        [marker_row(row, bench.coder, _, with_item=by_respondent) for row in found],
        marker_codes(codes, codebooks, bench.language, _),
        state.reply_data(MARKER),
        _options(bench, sheet, len(codes)),
        _,
        offers=st.session_state.get("pick:coding:offers"),
        notice=st.session_state.get("pick:coding:notice"),
        on_ops=_take_operations,
        on_ask=_answer_question,
        on_page=_turn_page,
    )


def _options(bench: Workbench, sheet: coding_sheet.Sheet, codes: int) -> MarkerOptions:
    _ = state.translator()
    opened = state.chosen("coding:opened")
    return MarkerOptions(
        # A tab keeps unsaved work under this name; it names the study without telling its path.
        study=hashlib.sha256(bench.store.address.encode()).hexdigest()[:16],
        language=bench.language,
        allow_new_codes=bench.study().allows_new_codes(),
        new_code_book=_("Codes found in the data"),
        new_code_colour=colour_for(codes),
        has_previous=sheet.offset > 0,
        has_next=sheet.has_next,
        opened=(opened[0], str(opened[1])) if isinstance(opened, tuple) else None,
    )


def _codes_in_use(rows: Reading) -> tuple[list[Code], dict[str, Codebook]]:
    """Codes of the codebooks in use, codebook by codebook in the study's order."""
    books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.id))
    order = {book.id: number for number, book in enumerate(books)}
    codes = [code for code in rows.find(Code) if code.codebook_id in order]
    codes.sort(key=lambda code: (order[code.codebook_id], code.position, code.id))
    return codes, {book.id: book for book in books}


# --- what comes back from the browser ---------------------------------------------------------


def _sent(event: str) -> Mapping[str, Any]:
    """The value of a trigger. It comes from a browser, so nothing is taken for granted."""
    value = st.session_state[MARKER][event]
    return value if isinstance(value, Mapping) else {}


def _take_operations() -> None:
    bench = state.bench()
    sent = _sent("ops")
    client, ops = sent.get("client"), sent.get("ops")
    if not isinstance(client, str) or not isinstance(ops, list) or len(client) > 100:
        return
    ops = [op for op in ops if isinstance(op, Mapping)]
    try:
        reply = operations.apply(bench, client, ops)
    except QualcodeError as error:
        state.choose("coding:notice", state.message(error))
    else:
        state.take_reply(MARKER, reply)
        state.choose("coding:notice", _what_was_turned(bench, ops, reply))
    st.rerun(list(AFTER_AN_ACT))


def _what_was_turned(
    bench: Workbench, ops: Sequence[Mapping[str, Any]], reply: operations.Reply
) -> str | None:
    """After an undo or redo: what it concerned, in a sentence."""
    if not ops or ops[-1].get("op") not in ("undo", "redo"):
        return None
    if any(refusal.seq == ops[-1].get("seq") for refusal in reply.refused):
        return None
    _ = state.translator()
    newest = history.log(bench, 0, 1, who=bench.coder).rows
    return act_sentence(newest[0], _) if newest else None


def _answer_question() -> None:
    """Which reductions are nearest to what is being written?"""
    sent = _sent("ask")
    token, text = sent.get("token"), sent.get("text")
    if not isinstance(token, int) or not isinstance(text, str) or not text.strip():
        return
    nearest = reducing.nearest_wordings(state.bench(), text[:LONGEST_QUESTION], OFFERS)
    state.choose(
        "coding:offers",
        MarkerOffers(token, tuple((row.id, row.wording, row.expressions) for row in nearest)),
    )
    st.rerun(["marker"])


def _turn_page() -> None:
    """Turns the sheet that the browser names; one already turned is not turned again."""
    sent, sheet = _sent("page"), coding_sheet.current()
    delta = sent.get("delta")
    if delta not in (1, -1) or sheet is None or sent.get("from") != sheet.ids[0]:
        return
    with state.bench().store.reading() as rows:
        coding_sheet.turn(rows, delta)
    st.rerun(list(FRAGMENTS))


# --- the side panel ---------------------------------------------------------------------------


@st.fragment(key="side")
def _side() -> None:
    bench = state.bench()
    sheet = coding_sheet.current()
    if sheet is not None:
        _turner(sheet)
    with bench.store.reading() as rows:
        codes, codebooks = _codes_in_use(rows)
        counts = rows.code_counts()
        progress = rows.progress()
    code_panel.show(
        bench,
        codes,
        codebooks,
        counts,
        progress,
        new_codes=bench.study().allows_new_codes(),
    )


def _turner(sheet: coding_sheet.Sheet) -> None:
    _ = state.translator()
    # The key names the sheet: the widget then follows when the marker turns the page by itself.
    key = f"sheet:{sheet.number}"

    def turn() -> None:
        with state.bench().store.reading() as rows:
            coding_sheet.turn_to(rows, st.session_state[key])
        st.rerun(list(FRAGMENTS))

    told = _("Answers {first}–{last} of {total}").format(
        first=sheet.offset + 1, last=sheet.offset + len(sheet.ids), total=sheet.total
    )
    st.text(told)
    if sheet.count > 1:
        st.pagination(
            sheet.count, default=sheet.number, key=key, on_change=turn, max_visible_pages=3
        )
