"""One note made of what was read, the same from every layout."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.domain.documents import DocumentKind, Provenance, normalise
from qualcode.domain.non_answers import is_non_answer
from qualcode.readers.problems import ReadProblem
from qualcode.readers.tables import Sheet, column_letter
from qualcode.readers.workshop.doubts import key_of, tell_doubt
from qualcode.readers.workshop.plan import NoteRow, SheetOfNotes


@dataclass
class SheetReader:
    """What reading a sheet gathers: problems with their places, and headings of no quadrant."""

    sheet: Sheet
    part: SheetOfNotes
    problems: list[ReadProblem] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    outside: list[NoteRow] = field(default_factory=list)
    guesses: list[tuple[str, str]] = field(default_factory=list)

    def note(
        self, text: str, kind: DocumentKind, row: int, column: int, **attributes: str
    ) -> NoteRow:
        place = Provenance(self.sheet.file, self.sheet.name, row, column_letter(column))
        return note_row(text, kind, place, **attributes)

    def tell(self, row: int | None, column: int | None, what: str, **values: object) -> None:
        letter = "" if column is None else column_letter(column)
        self.problems.append(ReadProblem(row, letter, what, values))

    def doubt(self, written: str, guess: str, row: int, column: int) -> str:
        """What it is: as a person says, or as guessed, which is told."""
        self.guesses.append((written, guess))
        meant = self.part.headings.get(key_of(written), guess)
        if meant == guess:
            self.problems.append(tell_doubt(row, column_letter(column), written, guess))
        return meant

    def meant_by(self, heading: str) -> str:
        """The quadrant a person says a heading means; "" keeps it as a heading of its own."""
        if heading not in self.headings:
            self.headings.append(heading)
        return self.part.headings.get(heading, "")


def note_row(text: str, kind: DocumentKind, place: Provenance, **attributes: str) -> NoteRow:
    text = normalise(text)
    kept = {name: normalise(value).strip() for name, value in attributes.items() if value}
    return NoteRow(text, kind, kept, is_non_answer(text), place)
