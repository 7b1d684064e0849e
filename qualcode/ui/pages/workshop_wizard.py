"""Workshop notes on their way in: how they are laid out, the notes themselves, who speaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.workshops import Quadrant
from qualcode.readers.sheets import Sheet, Workbook, column_letter
from qualcode.readers.workshop import (
    QUADRANT_NAMES,
    NoteColumn,
    NoteRow,
    SheetOfNotes,
    WorkshopLayout,
    WorkshopPlan,
    WorkshopReading,
    column_headers,
    guess_workshop,
    read_pasted_notes,
    read_workshop,
)
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import import_parts
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench

NOTES_SHOWN = 8
"""Notes of a quadrant shown before the rest is told as a number."""

NOT_READ = "not_read"
LAYOUTS = {
    WorkshopLayout.GRID.value: N_("SWOT grid"),
    WorkshopLayout.LIST.value: N_("List of notes"),
    WorkshopLayout.ROLE_NOTES.value: N_("Role-shaping notes"),
    NOT_READ: N_("Not read"),
}
COLUMNS = {
    NoteColumn.NOTE: N_("Text of the note"),
    NoteColumn.QUADRANT: N_("Quadrant"),
    NoteColumn.TABLE: N_("Table (of the workshop)"),
    NoteColumn.ROUND: N_("Round"),
    NoteColumn.GROUP: N_("Heading or colour"),
    NoteColumn.PICTURE: N_("Picture or object"),
    NoteColumn.QUESTION: N_("Question"),
    NoteColumn.IDENTIFYING: N_("Identifying, dropped"),
    NoteColumn.IGNORE: N_("Not read"),
}


def show(bench: Workbench, draft: Draft) -> None:
    _ = state.translator()
    st.subheader(_("1. The notes"))
    try:
        reading = _reading(draft)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return
    if reading is None:
        st.info(
            _("Choose above how a sheet is laid out, so that its notes can be read."),
            icon=":material/info:",
        )
        return
    _notes(reading)
    st.subheader(_("2. Who speaks"))
    group = import_parts.actor_group(
        bench, draft.widget("group"), _("Actor group of the participants")
    )
    st.caption(_("Each table of the workshop becomes one respondent: it speaks with one voice."))
    st.subheader(_("3. What would come in"))
    aside = sum(note.set_aside for note in reading.notes)
    tables = {note.attributes.get("table", "") for note in reading.notes}
    import_parts.figures(
        [
            (_("Notes"), len(reading.notes) - aside, _("Texts to be read and coded.")),
            (_("Set aside"), aside, _("Notes without content, such as “-”.")),
            (_("Tables of the workshop"), len(tables - {""}), ""),
            (_("Dropped cells"), reading.dropped_cells, _("Names of the writers are not saved.")),
        ]
    )
    if reading.problems:
        import_parts.problems(reading.problems)
    import_parts.import_button(
        draft,
        len(reading.notes),
        lambda: importing.import_workshop(
            bench,
            draft.file,
            draft.data,
            reading,
            actor_group=group,
            again=import_parts.imports_again(draft),
        ),
    )


# --- the layout -------------------------------------------------------------------------------


def _reading(draft: Draft) -> WorkshopReading | None:
    """The notes, read as the person says; None while nothing is chosen to be read."""
    if draft.notes is not None:
        return draft.notes
    assert draft.recognised is not None
    if draft.recognised.text is not None:
        return read_pasted_notes(draft.recognised.text.text, file=draft.file)
    book = draft.recognised.workbook
    assert book is not None
    plan = _plan(draft, book)
    return read_workshop(book, plan) if plan.sheets else None


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
    return replace(part, columns=_columns(draft, sheet, part))


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


# --- the notes --------------------------------------------------------------------------------


def _notes(reading: WorkshopReading) -> None:
    """The notes as they were understood: quadrants in two by two, other notes in a list."""
    _ = state.translator()
    by_quadrant: dict[str, list[NoteRow]] = defaultdict(list)
    for note in reading.notes:
        by_quadrant[note.attributes.get("quadrant", "")].append(note)
    loose = by_quadrant.pop("", [])
    if by_quadrant:
        for pair in (
            (Quadrant.STRENGTHS, Quadrant.WEAKNESSES),
            (Quadrant.OPPORTUNITIES, Quadrant.THREATS),
        ):
            for column, quadrant in zip(st.columns(2, gap="small"), pair, strict=True):
                with column:
                    title = QUADRANT_NAMES[quadrant].message(_)
                    _group(title, by_quadrant.get(quadrant.value, []), quadrant.value)
    by_question: dict[str, list[NoteRow]] = defaultdict(list)
    for note in loose:
        by_question[note.attributes.get("question", "")].append(note)
    for number, (question, notes) in enumerate(by_question.items()):
        title = question or (_("Without a quadrant") if by_quadrant else _("Notes"))
        _group(title, notes, f"question-{number}")


def _group(title: str, notes: list[NoteRow], key: str) -> None:
    _ = state.translator()
    with st.container(border=True, height="stretch", key=f"notes-of-{key}", gap="xsmall"):
        st.markdown(f"**{plain(title)}** ({len(notes)})")
        for note in notes[:NOTES_SHOWN]:
            st.markdown(_told(note))
        if len(notes) > NOTES_SHOWN:
            with st.expander(_("Show the rest ({count})").format(count=len(notes) - NOTES_SHOWN)):
                st.markdown(
                    "\n\n".join(_told(n) for n in notes[NOTES_SHOWN : import_parts.MOST_SHOWN])
                )


def _told(note: NoteRow) -> str:
    where = " · ".join(
        note.attributes[name] for name in ("picture", "table", "round") if name in note.attributes
    )
    return plain(note.text) + (f"  :gray[{plain(where)}]" if where else "")
