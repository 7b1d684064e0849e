"""What is in the study: its files and their texts, what was set aside, and the respondents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from qualcode.domain.documents import Document, Item, Respondent, Source, question_name
from qualcode.domain.errors import QualcodeError
from qualcode.store.views import AnswerQuery, AnswerRow, AnswerState, Facet, among
from qualcode.ui import memo_button, state, turning
from qualcode.ui.labels import source_kind_label
from qualcode.ui.words import plain
from qualcode.workbench import coding, importing, material, memos
from qualcode.workbench.bench import Workbench
from qualcode.workbench.material import SourceCard
from qualcode.workbench.messages import day_and_time

SOURCES = 20
TEXTS = 20
PEOPLE = 50
GROUPS = 10
LONGEST = 1_500
FILES, ASIDE, SAME, PEOPLE_TAB = "files", "aside", "same", "people"


def show(bench: Workbench) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        files, people = rows.count(Source), rows.count(Respondent)
        aside = rows.count(Document, set_aside=True)
    names = {
        FILES: _("In the study ({count})").format(count=files),
        ASIDE: _("Set aside ({count})").format(count=aside),
        SAME: _("Same texts"),
        PEOPLE_TAB: _("Respondents ({count})").format(count=people),
    }
    st.space("xsmall")
    part = st.segmented_control(
        _("What is shown"),
        list(names),
        format_func=names.__getitem__,
        default=FILES,
        required=True,
        key=state.filter_key("material", "part"),
        label_visibility="collapsed",
    )
    {FILES: _files, ASIDE: _set_aside, SAME: _same_texts, PEOPLE_TAB: _people}[part or FILES](bench)


def _page_key(name: str) -> str:
    return state.filter_key("material", f"page-{name}")


def _do(act: Callable[[], object], said: str) -> None:
    """Carries an act out, tells of it, and draws the whole page with its undo button anew."""
    try:
        act()
    except QualcodeError as error:
        state.choose("material:problem", state.message(error))
    else:
        state.choose("material:problem", None)
        state.notify(said)
    st.rerun()


def _problem() -> None:
    problem = state.chosen("material:problem")
    if problem:
        st.error(problem, icon=":material/error:")
        state.choose("material:problem", None)


# --- files ------------------------------------------------------------------------------------


def _files(bench: Workbench) -> None:
    _problem()
    page = turning.open_page(_page_key("files"), SOURCES, partial(material.sources, bench))
    for card in page.rows:
        _file(bench, card)
    turning.numbers(_page_key("files"), SOURCES, page.total)


def _file(bench: Workbench, card: SourceCard) -> None:
    _ = state.translator()
    source = card.source
    is_open = state.chosen("material:open") == source.id
    with st.container(border=True, key=f"source-{source.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(gap="xsmall"):
                st.markdown(f"**{plain(source.name)}**  :gray[{source_kind_label(source.kind, _)}]")
                st.caption(_file_told(card))
            if card.texts and st.button(
                _("Close") if is_open else _("Open"),
                key=f"open-{source.id}",
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
            ):
                state.choose("material:open", None if is_open else source.id)
                st.session_state.pop(_page_key(source.id), None)
                st.rerun()
            if st.button(_("Remove"), key=f"remove-{source.id}", icon=":material/delete:"):
                state.choose("material:removing", source.id)
        if state.chosen("material:removing") == source.id:
            _confirm_removal(bench, card)
        if is_open:
            _texts_of(bench, source)


def _file_told(card: SourceCard) -> str:
    _ = state.translator()
    counts = [
        (card.respondents, _("respondents {count}")),
        (card.items, _("questions {count}")),
        (card.texts, _("texts {count}")),
        (card.set_aside, _("of them set aside {count}")),
        (card.closed_answers, _("closed answers {count}")),
    ]
    told = ", ".join(text.format(count=count) for count, text in counts if count)
    came = _("{at}, brought by {who}").format(
        at=day_and_time(card.source.imported_at), who=plain(card.source.imported_by)
    )
    sent = _("forms sent {count}").format(count=card.source.sent) if card.source.sent else ""
    line = " · ".join(part for part in (told, sent, came) if part)
    return f"{line[:1].upper()}{line[1:]}"


def _confirm_removal(bench: Workbench, card: SourceCard) -> None:
    _ = state.translator()
    source = card.source
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _(
                "Remove the file and its texts ({count}) from the study? Undo brings them back."
            ).format(count=card.texts),
            width="content",
        )
        if st.button(_("Remove the file"), key=f"remove-yes-{source.id}", type="primary"):
            state.choose("material:removing", None)
            _do(
                lambda: importing.remove_source(bench, source.id),
                _("Removed {file}.").format(file=plain(source.name)),
            )
        if st.button(_("Keep it"), key=f"remove-no-{source.id}", type="tertiary"):
            state.choose("material:removing", None)
            st.rerun()


def _texts_of(bench: Workbench, source: Source) -> None:
    """The file's texts with the place each stood in; any of them can be set aside here."""
    _ = state.translator()
    query = AnswerQuery(AnswerState.ALL, (among(Facet.SOURCE, source.id),))
    with bench.store.reading() as rows:
        page = turning.open_page(_page_key(source.id), TEXTS, partial(rows.answers, query))
    _text_rows(bench, page.rows, source.id)
    turning.numbers(_page_key(source.id), TEXTS, page.total)


# --- texts, each to be set aside or brought back ------------------------------------------------


def _set_aside(bench: Workbench) -> None:
    _ = state.translator()
    query = AnswerQuery(AnswerState.SET_ASIDE)
    with bench.store.reading() as rows:
        page = turning.open_page(_page_key("aside"), TEXTS, partial(rows.answers, query))
    st.caption(
        _(
            "Non-answers and the interviewer's turns. They are kept as they are, but they are not "
            "coded or counted as answers. Bring back what is an answer after all; more is set "
            "aside from the texts of a file."
        )
    )
    if not page.total:
        st.info(_("Nothing has been set aside."), icon=":material/info:")
        return
    _text_rows(bench, page.rows, "aside")
    turning.numbers(_page_key("aside"), TEXTS, page.total)


def _text_rows(bench: Workbench, rows: Sequence[AnswerRow], place: str) -> None:
    """Rows with a box to choose each, and one button for all that are chosen."""
    _ = state.translator()
    bar = st.container(horizontal=True, vertical_alignment="center")
    chosen: list[Document] = []
    for row in rows:
        if _text_row(bench, row, place):
            chosen.append(row.document)
    with bar:
        for aside, name, said in (
            (True, _("Set aside the chosen ({count})"), _("Set aside: {count}.")),
            (False, _("Bring back the chosen ({count})"), _("Brought back: {count}.")),
        ):
            ids = [d.id for d in chosen if d.set_aside is not aside]
            if any(row.document.set_aside is not aside for row in rows) and st.button(
                name.format(count=len(ids)),
                key=f"{place}-chosen-{aside}",
                disabled=not ids,
                icon=_icon(aside),
            ):
                _move(bench, ids, aside, said.format(count=len(ids)))


def _icon(aside: bool) -> str:
    return ":material/do_not_disturb_on:" if aside else ":material/undo:"


def _move(bench: Workbench, ids: Sequence[str], aside: bool, said: str) -> None:
    _do(lambda: coding.set_aside(bench, ids, aside), said)


def _text_row(bench: Workbench, row: AnswerRow, place: str) -> bool:
    """One text with where it came from. True when its box is ticked."""
    _ = state.translator()
    document = row.document
    with st.container(key=f"text-{place}-{document.id}"):
        box, text, where, button = st.columns(
            [0.35, 6, 3.4, 1.5], vertical_alignment="center", gap="small"
        )
        with box:
            ticked = st.checkbox(
                _("Choose: {text}").format(text=document.text[:60]),
                key=f"tick-{place}-{document.id}",
                label_visibility="collapsed",
            )
        with text:
            st.text(document.text[:LONGEST] + ("…" if len(document.text) > LONGEST else ""))
        with where:
            st.caption(plain(_where(row)), help=plain(row.item_text) or None)
        with button:
            if document.set_aside:
                if st.button(_("Bring back"), key=f"back-{place}-{document.id}", type="tertiary"):
                    _move(bench, [document.id], False, _("Brought back: {count}.").format(count=1))
            elif st.button(
                _("Set this aside"), key=f"aside-{place}-{document.id}", type="tertiary"
            ):
                _move(bench, [document.id], True, _("Set aside: {count}.").format(count=1))
    return ticked


def _where(row: AnswerRow) -> str:
    _ = state.translator()
    attributes = row.document.attributes
    interviewer = _("interviewer") if "interviewer" in attributes else ""
    speaker = row.respondent_label or attributes.get("speaker", "")
    parts = (speaker, row.actor_group, row.item_number, interviewer)
    people = " · ".join(part for part in parts if part)
    return f"{people}\n{row.document.provenance}"


# --- texts that recur ---------------------------------------------------------------------------


def _same_texts(bench: Workbench) -> None:
    _ = state.translator()
    groups = material.same_texts(bench)
    st.caption(
        _(
            "Answers to one question that are word for word the same. A form may have been sent "
            "twice: set the extra ones aside. Short answers are left out, they recur by nature."
        )
    )
    if not groups:
        st.info(_("No text stands in the study twice."), icon=":material/info:")
        return
    first = turning.begins_at(_page_key("same"), GROUPS, len(groups))
    with bench.store.reading() as rows:
        for group in groups[first : first + GROUPS]:
            ids = tuple(d.id for d in group)
            found = rows.answers(AnswerQuery(document_ids=ids), 0, TEXTS)
            item = rows.get(Item, group[0].item_id) if group[0].item_id else None
            with st.container(border=True, key=f"same-{group[0].id}"):
                if item is not None:
                    st.caption(plain(question_name(item.number, item.text)))
                _text_rows(bench, found.rows, f"same-{group[0].id}")
    turning.numbers(_page_key("same"), GROUPS, len(groups))


# --- respondents ------------------------------------------------------------------------------


def _people(bench: Workbench) -> None:
    _ = state.translator()
    page = turning.open_page(_page_key("people"), PEOPLE, partial(material.respondents, bench))
    names = list(dict.fromkeys(n for card in page.rows for n in card.respondent.background))
    people = [card.respondent for card in page.rows]
    _person_memos(bench, people)
    written = memos.counts(bench, "respondent", [p.id for p in people])
    table: dict[str, list[object]] = {
        _("Respondent"): [p.label for p in people],
        _("Actor group"): [p.actor_group for p in people],
        _("Texts"): [card.texts for card in page.rows],
        _("Memos"): [written.get(p.id, 0) for p in people],
        _("File"): [card.source_name for card in page.rows],
    }
    own = set(table)
    for name in names:
        # A background variable may be called as one of our own columns.
        shown = f"{name} " if name in own else name
        table[shown] = [p.background.get(name, "") for p in people]
    st.dataframe(table, hide_index=True, height="content")
    turning.numbers(_page_key("people"), PEOPLE, page.total)


def _person_memos(bench: Workbench, people: Sequence[Respondent]) -> None:
    """One of the respondents shown can be chosen, to read and write memos about them."""
    _ = state.translator()
    labels = {p.id: " · ".join(part for part in (p.label, p.actor_group) if part) for p in people}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen = st.selectbox(
            _("Memos about a respondent"),
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder=_("Memos about a respondent"),
            label_visibility="collapsed",
            key=f"person-{hash(tuple(labels))}",
            width=320,
        )
        if chosen:
            memo_button.show(bench, "respondent", chosen)
