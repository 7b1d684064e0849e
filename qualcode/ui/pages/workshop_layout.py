"""How workshop notes are read: the layout of each sheet, its columns, and what headings mean."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import streamlit as st

from qualcode.domain.documents import DocumentKind
from qualcode.domain.errors import NoNotes
from qualcode.domain.workshops import Quadrant
from qualcode.readers.sheets import Sheet, Workbook, column_letter
from qualcode.readers.workshop import (
    A_NOTE,
    OWN_HEADING,
    QUADRANT_NAMES,
    THE_TITLE,
    NoteColumn,
    SheetOfNotes,
    WorkshopLayout,
    WorkshopPlan,
    WorkshopReading,
    column_headers,
    guess_workshop,
    read_observations,
    read_pasted_list,
    read_pasted_notes,
    read_workshop,
)
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain

NOT_READ = "not_read"
LAYOUTS = {
    WorkshopLayout.GRID.value: N_("SWOT grid"),
    WorkshopLayout.LIST.value: N_("List of notes"),
    WorkshopLayout.ROLE_NOTES.value: N_("Role-shaping notes"),
    WorkshopLayout.OBSERVATIONS.value: N_("Observations"),
    WorkshopLayout.EXPECTATIONS.value: N_("Expectations of the day"),
    WorkshopLayout.FEEDBACK.value: N_("Feedback on the day"),
    NOT_READ: N_("Not read"),
}
TEXT_KINDS = {
    DocumentKind.WORKSHOP_NOTE: N_("SWOT notes"),
    DocumentKind.ROLE_NOTE: N_("Role-shaping notes"),
    DocumentKind.OBSERVATION: N_("Observations"),
    DocumentKind.EXPECTATION: N_("Expectations of the day"),
    DocumentKind.FEEDBACK: N_("Feedback on the day"),
}
COLUMNS = {
    NoteColumn.NOTE: N_("Text of the note"),
    NoteColumn.QUADRANT: N_("Quadrant"),
    NoteColumn.TABLE: N_("Table (of the workshop)"),
    NoteColumn.ROUND: N_("Round"),
    NoteColumn.GROUP: N_("Heading or colour"),
    NoteColumn.PICTURE: N_("Picture or object"),
    NoteColumn.QUESTION: N_("Question"),
    NoteColumn.TARGET: N_("What was observed"),
    NoteColumn.OBSERVER: N_("Observer (not a name)"),
    NoteColumn.X: N_("Place on the board, across"),
    NoteColumn.Y: N_("Place on the board, down"),
    NoteColumn.IDENTIFYING: N_("Identifying, dropped"),
    NoteColumn.IGNORE: N_("Not read"),
}
LONGEST_SHOWN = 34
_CALLED = {
    "havain": DocumentKind.OBSERVATION,
    "observ": DocumentKind.OBSERVATION,
    "odotu": DocumentKind.EXPECTATION,
    "expect": DocumentKind.EXPECTATION,
    "förvänt": DocumentKind.EXPECTATION,
    "palaut": DocumentKind.FEEDBACK,
    "feedback": DocumentKind.FEEDBACK,
    "respons": DocumentKind.FEEDBACK,
    "roolimuotoilu": DocumentKind.ROLE_NOTE,
}
"""How the first line of a text begins -> what its notes are most likely."""


def reading(draft: Draft) -> WorkshopReading | None:
    """The notes, read as the person says; None while nothing is chosen to be read."""
    if draft.recognised is not None and draft.recognised.workbook is not None:
        book = draft.recognised.workbook
        plan = _plan(draft, book)
        if not plan.sheets:
            return None
        found = read_workshop(book, plan)
        meant = _headings(draft, found)
        return read_workshop(book, _with_headings(plan, meant)) if meant else found
    if draft.recognised is None:
        return _of_text(draft, draft.pasted)
    opened = draft.recognised.text
    assert opened is not None, "a file has been opened as sheets or as a text"
    found = _of_text(draft, opened.text, opened.titles)
    return replace(found, problems=(*opened.problems, *found.problems))


# --- text --------------------------------------------------------------------------------------


def _of_text(draft: Draft, text: str, shown: Collection[str] = ()) -> WorkshopReading:
    """A note a line of a text, as what the person says the notes are."""
    _ = state.translator()
    kind = (
        st.segmented_control(
            _("What the notes are"),
            list(TEXT_KINDS),
            format_func=lambda kind: _(TEXT_KINDS[kind]),
            default=_likely(text),
            required=True,
            key=draft.widget("notes-kind"),
        )
        or DocumentKind.WORKSHOP_NOTE
    )
    read = _reader(draft, text, kind, shown)
    found = read({})
    meant = _headings(draft, found, or_note=True, or_own=kind is DocumentKind.WORKSHOP_NOTE)
    return read(meant) if meant else found


def _reader(
    draft: Draft, text: str, kind: DocumentKind, shown: Collection[str]
) -> Callable[[Mapping[str, str]], WorkshopReading]:
    """What reads the text, given what a person has said of its headings."""
    _ = state.translator()
    if kind is DocumentKind.WORKSHOP_NOTE:
        return lambda said: read_pasted_notes(text, file=draft.file, headings=said, shown=shown)
    if kind is DocumentKind.OBSERVATION:
        by_sentence = st.toggle(
            _("Each sentence is an observation of its own"),
            value=True,
            key=draft.widget("by-sentence"),
            help=_(
                "Observations are itemised before they are analysed: one thing seen, one text. "
                "Without this each line is one."
            ),
        )
        return lambda said: read_observations(
            text, file=draft.file, by_sentence=by_sentence, headings=said, shown=shown
        )
    return lambda said: read_pasted_list(text, kind, file=draft.file, headings=said, shown=shown)


def _likely(text: str) -> DocumentKind:
    """What the notes are by their quadrants or, without any, by what they are called."""
    try:
        notes = read_pasted_notes(text).notes
    except NoNotes:
        return DocumentKind.WORKSHOP_NOTE
    if any("quadrant" in note.attributes for note in notes):
        return DocumentKind.WORKSHOP_NOTE
    first = next(line for line in text.lstrip("\ufeff").split("\n") if line.strip())
    called = first.strip().strip("#*").strip().casefold()
    return next(
        (kind for word, kind in _CALLED.items() if called.startswith(word)),
        DocumentKind.WORKSHOP_NOTE,
    )


# --- sheets ------------------------------------------------------------------------------------


def _plan(draft: Draft, book: Workbook) -> WorkshopPlan:
    """What is read of each sheet: its layout, and under it for a list its columns."""
    guessed = {part.sheet: part for part in guess_workshop(book).plan.sheets}
    sheets = [sheet for sheet in book.sheets if sheet.rows and not sheet.hidden]
    with st.container(horizontal=True, vertical_alignment="bottom", key="note-sheets"):
        layouts = [_layout(draft, sheet, guessed.get(sheet.name)) for sheet in sheets]
    parts = [
        _sheet_part(draft, sheet, guessed.get(sheet.name), layout)
        for sheet, layout in zip(sheets, layouts, strict=True)
        if layout != NOT_READ
    ]
    return WorkshopPlan(tuple(parts))


def _layout(draft: Draft, sheet: Sheet, guess: SheetOfNotes | None) -> str:
    _ = state.translator()
    picked = st.selectbox(
        _("Layout of the sheet {sheet}").format(sheet=sheet.name),
        list(LAYOUTS),
        index=list(LAYOUTS).index(guess.layout if guess else NOT_READ),
        format_func=lambda value: _(LAYOUTS[value]),
        key=draft.widget(f"layout-{sheet.name}"),
        help=None if guess else _("No notes were recognised on this sheet."),
        width=260,
    )
    return picked or NOT_READ


def _sheet_part(
    draft: Draft, sheet: Sheet, guess: SheetOfNotes | None, layout: str
) -> SheetOfNotes:
    if layout == WorkshopLayout.GRID:
        is_guessed = guess is not None and guess.layout is WorkshopLayout.GRID
        return guess if is_guessed and guess else SheetOfNotes(sheet.name, WorkshopLayout.GRID)
    part = guess if guess is not None and guess.columns else _list_part(sheet)
    part = replace(part, layout=WorkshopLayout(layout))
    part = replace(part, columns=_columns(draft, sheet, part))
    return replace(part, whole=_whole(draft, sheet, part))


def _list_part(sheet: Sheet) -> SheetOfNotes:
    """A sheet nobody recognised as a list: the column with the most text holds the notes."""
    lengths = [sum(len(row[i]) for row in sheet.rows) for i in range(sheet.width)]
    longest = lengths.index(max(lengths))
    columns = tuple(
        NoteColumn.NOTE if i == longest else NoteColumn.IGNORE for i in range(sheet.width)
    )
    return SheetOfNotes(sheet.name, WorkshopLayout.LIST, sheet.row_numbers[0], columns)


def _columns(draft: Draft, sheet: Sheet, part: SheetOfNotes) -> tuple[NoteColumn, ...]:
    _ = state.translator()
    names = column_headers(sheet, part)
    chosen: list[NoteColumn] = []
    with st.container(horizontal=True, key=f"note-columns-{sheet.name}"):
        for index, role in enumerate(part.columns):
            chosen.append(
                st.selectbox(
                    f"{column_letter(index)} · {plain(names[index][:40])}",
                    list(COLUMNS),
                    index=list(COLUMNS).index(role),
                    format_func=lambda value: _(COLUMNS[value]),
                    key=draft.widget(f"note-column-{sheet.name}-{index}"),
                    width=210,
                )
            )
    return tuple(chosen)


def _whole(draft: Draft, sheet: Sheet, part: SheetOfNotes) -> bool:
    _ = state.translator()
    if part.layout is not WorkshopLayout.LIST:
        return part.whole
    return st.toggle(
        _("Each row is one note, however many lines it has"),
        value=part.whole,
        key=draft.widget(f"whole-{sheet.name}"),
        help=_("So it is in exports of sticky-note tools (Miro, Mural, Padlet, Flinga)."),
    )


# --- headings that name no quadrant, and what may be a heading or a note -----------------------


def _headings(
    draft: Draft, found: WorkshopReading, *, or_note: bool = False, or_own: bool = True
) -> dict[str, str]:
    """What a person says of headings that are no quadrant and of what may be a heading or a note.

    Only what they have said otherwise than it is read. ``or_note``: a line of a text may look
    like a heading and be a note. ``or_own``: notes may stand under a heading of their own; those
    of a list of feedback have none.
    """
    if not found.headings and not found.doubts:
        return {}
    quadrants = [quadrant.value for quadrant in Quadrant]
    meant: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", key="note-headings"):
        for heading in found.headings:
            choices = [OWN_HEADING, *quadrants, *([A_NOTE] if or_note else [])]
            picked = _means(draft, heading, heading, choices, OWN_HEADING)
            if picked != OWN_HEADING:
                meant[heading] = picked
        for doubt in found.doubts:
            is_title = doubt.guess == THE_TITLE
            title = [THE_TITLE, OWN_HEADING] if or_own else [THE_TITLE]
            choices = [A_NOTE, *(title if is_title else quadrants)]
            key = doubt.key if or_own else f"{doubt.key}-of-list"
            picked = _means(draft, key, ", ".join(doubt.written), choices, doubt.guess)
            if picked != doubt.guess:
                meant[doubt.key] = picked
    return meant


def _means(draft: Draft, key: str, written: str, choices: list[str], guess: str) -> str:
    _ = state.translator()
    return st.selectbox(
        _("“{heading}” means").format(
            heading=plain(textwrap.shorten(written, LONGEST_SHOWN, placeholder="…"))
        ),
        choices,
        index=choices.index(guess),
        format_func=_quadrant_named,
        key=draft.widget(f"heading-{key}"),
        width=280,
    )


def _quadrant_named(value: str) -> str:
    _ = state.translator()
    if value == OWN_HEADING:
        return _("a heading of its own")
    if value == A_NOTE:
        return _("no heading, but a note")
    if value == THE_TITLE:
        return _("the title of the notes")
    return QUADRANT_NAMES[Quadrant(value)].message(_)


def _with_headings(plan: WorkshopPlan, meant: dict[str, str]) -> WorkshopPlan:
    return WorkshopPlan(tuple(replace(part, headings=meant) for part in plan.sheets))
