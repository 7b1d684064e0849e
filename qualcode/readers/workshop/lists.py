"""A list of notes: a note a row, with columns that say where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.domain.workshops import quadrant_of, quadrant_of_letter
from qualcode.readers.note_lines import split_notes
from qualcode.readers.survey_headers import headers_at
from qualcode.readers.tables import Sheet
from qualcode.readers.workshop.document_titles import table_and_round, without_place
from qualcode.readers.workshop.headers import is_of_a_tool
from qualcode.readers.workshop.on_board import quadrants_by_place
from qualcode.readers.workshop.plan import (
    KIND_OF_LAYOUT,
    OWN_HEADING,
    NoteColumn,
    NoteRow,
    SheetOfNotes,
    WorkshopLayout,
)
from qualcode.readers.workshop.rows import SheetReader
from qualcode.readers.workshop.titles import label_of
from qualcode.texts import N_

NO_QUADRANT = N_("The note has no quadrant: “{value}” is not the name of one.")
NO_EXPLANATION = N_("The picture “{picture}” has no explanation, so its name was read as the note.")
UNREAD_NOTE = N_("The cell could not be read, so a note may be missing.")
BY_PLACE = N_(
    "The quadrants were told by where the notes lie on the board: nearest to which title. Check "
    "them."
)
_BARE = re.compile(r"\d{1,2}|[A-ZÅÄÖ]")
MOST_GROUPS_ASKED = 6
"""Colours of a board that are offered as quadrants; more of them are groups of something else."""
_OF_ONE_THOUGHT = (WorkshopLayout.ROLE_NOTES, WorkshopLayout.OBSERVATIONS)
"""Layouts whose cell is one thought, however many lines it takes; observations are cut later."""


class ListReader(SheetReader):
    """Reads one sheet laid out as a list."""

    def notes(self) -> Iterator[NoteRow]:
        kind = KIND_OF_LAYOUT[self.part.layout]
        by_place = quadrants_by_place(self.sheet, self.part)
        if by_place:
            self.tell(None, None, BY_PLACE)
        meant = {} if by_place else self._meant_by_groups()
        above = {NoteColumn.QUADRANT: "", NoteColumn.QUESTION: "", NoteColumn.TARGET: ""}
        joined = _joined_down(self.sheet)
        header = None if self.part.header_row is None else self.sheet.row_at(self.part.header_row)
        of_a_tool = is_of_a_tool(list(header or []))
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            if self.part.header_row is not None and number <= self.part.header_row:
                continue
            if by_place.get(number) == "title":
                continue
            row = [cell or joined.get((number, i), "") for i, cell in enumerate(row)]
            # People write the quadrant or the question once and leave it out on the rows below; a
            # tool leaves it out where a note lies in none.
            for role in above:
                above[role] = self._cell(row, role) or ("" if of_a_tool else above[role])
            groups = self._cells(row, NoteColumn.GROUP)
            table, round_ = table_and_round(above[NoteColumn.QUADRANT])
            attributes = {
                "table": self._place(row, NoteColumn.TABLE) or table or self.part.table,
                "round": self._place(row, NoteColumn.ROUND) or round_ or self.part.round,
                "group": "; ".join(group for group in groups if not meant.get(group)),
                "picture": self._cell(row, NoteColumn.PICTURE),
                "question": above[NoteColumn.QUESTION],
                "target": above[NoteColumn.TARGET],
                "observer": self._cell(row, NoteColumn.OBSERVER),
            }
            column, texts = self._texts(row, number, attributes["picture"])
            if not texts:
                continue
            attributes |= self._quadrant(above[NoteColumn.QUADRANT], number)
            quadrant = by_place.get(number) or next(filter(None, map(meant.get, groups)), "")
            if quadrant:
                attributes["quadrant"] = quadrant
            for text in texts:
                yield self.note(text, kind, number, column, **attributes)

    def _meant_by_groups(self) -> dict[str, str]:
        """Colour, frame or tag of a tool's notes -> the quadrant a person says it means, or "".

        Asked only where nothing else tells the quadrants and there are few of them.
        """
        columns = [i for i, role in enumerate(self.part.columns) if role is NoteColumn.GROUP]
        if not self.part.whole or NoteColumn.QUADRANT in self.part.columns:
            return {}
        meant: dict[str, str] = {}
        for column in columns:
            values = {
                row[column].strip(): None
                for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True)
                if number != self.part.header_row and row[column].strip()
            }
            if len(values) <= MOST_GROUPS_ASKED:
                meant |= {value: self.meant_by(value) for value in values}
        return meant

    def _place(self, row: list[str], role: NoteColumn) -> str:
        """The table or round of a row: "2" under the header "Pöytä" is "Pöytä 2", as elsewhere."""
        written = self._cell(row, role)
        if not _BARE.fullmatch(written) or self.part.header_row is None:
            return written
        header = (self.sheet.row_at(self.part.header_row) or [])[self.part.columns.index(role)]
        word = header.strip().rstrip(":")
        return f"{word.capitalize()} {written}" if label_of(word) and word.isalpha() else written

    def _cell(self, row: list[str], role: NoteColumn) -> str:
        return "; ".join(self._cells(row, role))

    def _cells(self, row: list[str], role: NoteColumn) -> list[str]:
        return [
            row[index].strip()
            for index, found in enumerate(self.part.columns)
            if found is role and index < len(row) and row[index].strip()
        ]

    def _texts(self, row: list[str], number: int, picture: str) -> tuple[int, list[str]]:
        """The note or notes of a row and the column they stand in.

        Where a tool parts a note into a subject and a body, both are its words.
        """
        columns = [i for i, role in enumerate(self.part.columns) if role is NoteColumn.NOTE]
        filled = [column for column in columns if row[column].strip()]
        if filled:
            text = "\n".join(row[column].strip("\n") for column in filled)
            whole = self.part.whole or self.part.layout in _OF_ONE_THOUGHT or len(filled) > 1
            return filled[0], [text] if whole else split_notes(text)
        for column in columns:
            if (number, column) in self.sheet.unread:
                self.tell(number, column, UNREAD_NOTE)
        if self.part.layout is WorkshopLayout.ROLE_NOTES and picture:
            column = self.part.columns.index(NoteColumn.PICTURE)
            self.tell(number, column, NO_EXPLANATION, picture=picture)
            return column, [picture]
        return 0, []

    def _quadrant(self, written: str, number: int) -> dict[str, str]:
        """The quadrant of a row; what is no name of one is kept as the group of its note."""
        if NoteColumn.QUADRANT not in self.part.columns:
            return {}
        quadrant = quadrant_of(without_place(written)) or quadrant_of_letter(written)
        if quadrant is not None:
            return {"quadrant": quadrant.value}
        meant = self.meant_by(written) if written else OWN_HEADING
        if meant != OWN_HEADING:
            return {"quadrant": meant}
        if written and written not in self.part.headings:
            column = self.part.columns.index(NoteColumn.QUADRANT)
            self.tell(number, column, NO_QUADRANT, value=written)
        return {"group": written} if written else {}


def _joined_down(sheet: Sheet) -> dict[tuple[int, int], str]:
    """What the cells below and beside the first one of a joined area stand for: its text."""
    found = {}
    for area in sheet.merged:
        if area.last_row == area.first_row:
            continue
        text = (sheet.row_at(area.first_row) or [""] * sheet.width)[
            area.first_column : 1 + area.first_column
        ]
        for number in range(area.first_row + 1, min(area.last_row, sheet.row_numbers[-1]) + 1):
            found[number, area.first_column] = text[0] if text else ""
    return found


def column_headers(sheet: Sheet, part: SheetOfNotes) -> tuple[str, ...]:
    """What the columns of a list are called, for a person who confirms their roles."""
    rows = () if part.header_row is None else (part.header_row,)
    return headers_at(sheet, rows).names
