"""What a file is: a survey, workshop notes or running text. A guess that a person may change."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.documents import SourceKind
from qualcode.domain.errors import NoNotes
from qualcode.readers import sheets, texts
from qualcode.readers.docx_tables import read_docx_tables
from qualcode.readers.files import extension, unknown_type
from qualcode.readers.tables import Workbook
from qualcode.readers.texts import OpenedText
from qualcode.readers.workshop import (
    NoteColumn,
    SheetOfNotes,
    WorkshopLayout,
    guess_workshop,
    read_pasted_notes,
)

KNOWN_TYPES = (*sheets.KNOWN_TYPES, *texts.KNOWN_TYPES)


@dataclass(frozen=True)
class Recognised:
    """An opened file and what it most likely is: ``workbook``, ``text``, or both for a Word file
    whose tables show a SWOT."""

    file: str
    kind: SourceKind
    workbook: Workbook | None = None
    text: OpenedText | None = None

    @property
    def choices(self) -> tuple[SourceKind, ...]:
        """What a file of this form can be read as."""
        if self.text is not None:
            return (SourceKind.TEXT, SourceKind.WORKSHOP)
        return (SourceKind.SURVEY, SourceKind.WORKSHOP)


def recognise(
    data: bytes, file: str, *, encoding: str | None = None, delimiter: str | None = None
) -> Recognised:
    """The file opened, and what it most likely is.

    A table is workshop notes when it shows the quadrants of a SWOT, pictures with what they stand
    for, or notes by table; otherwise it is a survey. A text is workshop notes when at least two
    quadrants have a title of their own. Raises a FileProblem that says what to do.
    """
    ending = extension(file)
    if ending in sheets.KNOWN_TYPES:
        book = sheets.open_workbook(data, file, encoding=encoding, delimiter=delimiter)
        is_workshop = any(map(_is_workshop, guess_workshop(book).plan.sheets))
        kind = SourceKind.WORKSHOP if is_workshop else SourceKind.SURVEY
        return Recognised(file, kind, workbook=book)
    if ending in texts.KNOWN_TYPES:
        opened = texts.open_text(data, file, encoding=encoding)
        tables = read_docx_tables(data, file) if ending == ".docx" else None
        if tables is not None and any(map(_is_workshop, guess_workshop(tables).plan.sheets)):
            return Recognised(file, SourceKind.WORKSHOP, workbook=tables, text=opened)
        kind = SourceKind.WORKSHOP if _has_quadrants(opened) else SourceKind.TEXT
        return Recognised(file, kind, text=opened)
    raise unknown_type(file, ", ".join(KNOWN_TYPES))


def _is_workshop(sheet: SheetOfNotes) -> bool:
    columns = set(sheet.columns)
    return (
        sheet.layout is WorkshopLayout.GRID
        or bool(columns & {NoteColumn.QUADRANT, NoteColumn.PICTURE, NoteColumn.TARGET})
        or sheet.layout is WorkshopLayout.EXPECTATIONS
        or sheet.whole
        # A list of notes by group alone may as well be a survey of three columns.
        or {NoteColumn.NOTE, NoteColumn.TABLE} <= columns
    )


def _has_quadrants(opened: OpenedText) -> bool:
    try:
        notes = read_pasted_notes(opened.text, file=opened.file, shown=opened.titles).notes
    except NoNotes:
        return False
    return len({note.attributes.get("quadrant", "") for note in notes} - {""}) >= 2
