"""How each sheet is most likely laid out. Nothing is read yet; a person confirms it."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.workshops import quadrant_of, quadrant_of_letter
from qualcode.readers.tables import Sheet, Workbook
from qualcode.readers.workshop.document_titles import without_place
from qualcode.readers.workshop.doubts import doubtful_cells
from qualcode.readers.workshop.headers import is_of_a_tool, role_of_header
from qualcode.readers.workshop.plan import (
    NoteColumn,
    SheetOfNotes,
    WorkshopGuess,
    WorkshopLayout,
    WorkshopPlan,
)
from qualcode.readers.workshop.titles import Title, titles_of

_BY_HEADER = {
    "havain": WorkshopLayout.OBSERVATIONS,
    "observ": WorkshopLayout.OBSERVATIONS,
    "odotu": WorkshopLayout.EXPECTATIONS,
    "expect": WorkshopLayout.EXPECTATIONS,
    "förvänt": WorkshopLayout.EXPECTATIONS,
    "palaut": WorkshopLayout.FEEDBACK,
    "feedback": WorkshopLayout.FEEDBACK,
    "respons": WorkshopLayout.FEEDBACK,
}
"""How the header of the notes, or the sheet's own name, begins -> what the notes are."""


def guess_workshop(workbook: Workbook) -> WorkshopGuess:
    """How each sheet is most likely laid out. Nothing is read yet."""
    sheets: list[SheetOfNotes] = []
    unrecognised: list[str] = []
    dropped = 0
    for sheet in workbook.sheets:
        if sheet.hidden or not sheet.rows:
            continue
        guessed = _guess_sheet(sheet)
        if guessed is None:
            unrecognised.append(sheet.name)
            continue
        sheets.append(guessed)
        dropped += dropped_cells(sheet, guessed)
    return WorkshopGuess(WorkshopPlan(_by_table(sheets)), tuple(unrecognised), dropped)


def _by_table(sheets: list[SheetOfNotes]) -> tuple[SheetOfNotes, ...]:
    """Where several sheets show a SWOT, each is a table of the workshop under its own name."""
    grids = [part for part in sheets if part.layout is WorkshopLayout.GRID]
    if len(grids) < 2:
        return tuple(sheets)
    return tuple(
        replace(part, table=part.sheet) if part.layout is WorkshopLayout.GRID else part
        for part in sheets
    )


def dropped_cells(sheet: Sheet, plan: SheetOfNotes) -> int:
    """Cells of columns that tell who wrote a note: they are never read."""
    indexes = [i for i, role in enumerate(plan.columns) if role is NoteColumn.IDENTIFYING]
    return sum(
        1
        for number, row in zip(sheet.row_numbers, sheet.rows, strict=True)
        for index in indexes
        if number != plan.header_row and row[index].strip()
    )


def _guess_sheet(sheet: Sheet) -> SheetOfNotes | None:
    titles = list(titles_of(sheet))
    doubtful = doubtful_cells(sheet, titles)
    titles = [title for title in titles if (title.row, title.column) not in doubtful]
    rows, columns = {title.row for title in titles}, {title.column for title in titles}
    quadrants = {title.quadrant for title in titles}
    listed = _guess_list(sheet)
    # In a list the titles fill a column of their own, one a note; in a grid each stands once for
    # many notes.
    if len(quadrants) >= 2 and (len(columns) > 1 or not _repeats(titles)):
        if listed is not None and (_lie_on_a_board(listed) or _is_headed(sheet, listed)):
            return listed
        if listed is None or NoteColumn.QUADRANT not in listed.columns or len(columns) > 1:
            return SheetOfNotes(sheet.name, WorkshopLayout.GRID)
        if listed.header_row is None and len(rows) <= 8:
            return SheetOfNotes(sheet.name, WorkshopLayout.GRID)
    return listed


def _lie_on_a_board(listed: SheetOfNotes) -> bool:
    """Titles among the notes of a board are texts of the board, not headings of a sheet."""
    return {NoteColumn.X, NoteColumn.Y, NoteColumn.NOTE} <= set(listed.columns)


def _is_headed(sheet: Sheet, listed: SheetOfNotes) -> bool:
    """Whether headers name the columns of quadrants and notes, and the quadrants are in theirs.

    Then a quadrant's word in another column is a note.
    """
    header = (sheet.row_at(listed.header_row) if listed.header_row is not None else None) or []
    roles = [role_of_header(cell) for cell in header]
    if NoteColumn.NOTE not in roles or NoteColumn.QUADRANT not in roles:
        return False
    column = roles.index(NoteColumn.QUADRANT)
    cells = [
        row[column].strip()
        for number, row in zip(sheet.row_numbers, sheet.rows, strict=True)
        if number > (listed.header_row or 0) and row[column].strip()
    ]
    named = [cell for cell in cells if quadrant_of(without_place(cell)) or quadrant_of_letter(cell)]
    return len(named) >= len(cells) * 0.5


def _repeats(titles: list[Title]) -> bool:
    return len(titles) > len({title.quadrant for title in titles}) * 2


def _guess_list(sheet: Sheet) -> SheetOfNotes | None:
    header_row, columns = _headed_columns(sheet)
    body = [row for n, row in zip(sheet.row_numbers, sheet.rows, strict=True) if n != header_row]
    by_content = [_column_by_content(body, index) for index in range(sheet.width)]
    known = [named or found for named, found in zip(columns, by_content, strict=True)]
    roles = _with_note_column(known, body)
    if roles is None:
        return None
    if header_row is None and NoteColumn.QUADRANT not in roles:
        return None
    header = sheet.row_at(header_row) or [] if header_row is not None else []
    layout = _layout(sheet, header, roles)
    return SheetOfNotes(
        sheet.name, layout, header_row, tuple(roles), whole=is_of_a_tool(list(header))
    )


def _layout(sheet: Sheet, header: list[str], roles: list[NoteColumn]) -> WorkshopLayout:
    if NoteColumn.PICTURE in roles:
        return WorkshopLayout.ROLE_NOTES
    if NoteColumn.TARGET in roles or NoteColumn.OBSERVER in roles:
        return WorkshopLayout.OBSERVATIONS
    if NoteColumn.QUADRANT in roles:
        return WorkshopLayout.LIST
    of_notes = [cell for cell, role in zip(header, roles, strict=False) if role is NoteColumn.NOTE]
    for name in (*of_notes, sheet.name):
        for beginning, layout in _BY_HEADER.items():
            if name.strip().casefold().startswith(beginning):
                return layout
    return WorkshopLayout.LIST


def _headed_columns(sheet: Sheet) -> tuple[int | None, list[NoteColumn | None]]:
    """The header row among the first ones, if its cells are names of note columns."""
    for number, row in list(zip(sheet.row_numbers, sheet.rows, strict=True))[:10]:
        roles = [role_of_header(cell) for cell in row]
        known = [role for role in roles if role is not None]
        filled = sum(1 for cell in row if cell.strip())
        telling = set(known) - {NoteColumn.IGNORE, NoteColumn.X, NoteColumn.Y}
        if telling and len(known) >= max(1, filled * 0.5):
            return number, roles
    return None, [None] * sheet.width


def _column_by_content(body: list[list[str]], index: int) -> NoteColumn | None:
    values = [row[index].strip() for row in body if row[index].strip()]
    if not values:
        return NoteColumn.IGNORE
    named = sum(1 for value in values if quadrant_of(without_place(value)) is not None)
    if named >= len(values) * 0.6:
        return NoteColumn.QUADRANT
    return None


def _with_note_column(
    roles: list[NoteColumn | None], body: list[list[str]]
) -> list[NoteColumn] | None:
    """The longest column of text is the notes if no header says so; other columns are ignored."""
    result = list(roles)
    # A column called "group" or "colour" may turn out to name quadrants by its content.
    for index, role in enumerate(result):
        if role is NoteColumn.GROUP and _column_by_content(body, index) is NoteColumn.QUADRANT:
            result[index] = NoteColumn.QUADRANT
    if NoteColumn.NOTE not in result:
        free = [index for index, role in enumerate(result) if role is None]
        if not free:
            return None
        longest = max(free, key=lambda index: sum(len(row[index]) for row in body))
        result[longest] = NoteColumn.NOTE
    return [role or NoteColumn.IGNORE for role in result]
