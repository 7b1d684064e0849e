"""A SWOT as a grid: the notes of a quadrant below its title, beside it, or in its own cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qualcode.domain.documents import DocumentKind
from qualcode.domain.workshops import Quadrant
from qualcode.readers.note_lines import split_notes
from qualcode.readers.workshop.document_titles import labels_in_titles
from qualcode.readers.workshop.doubts import doubtful_cells
from qualcode.readers.workshop.plan import OWN_HEADING, QUADRANT_NAMES, NoteRow
from qualcode.readers.workshop.row_labels import RowLabels, row_labels
from qualcode.readers.workshop.rows import SheetReader
from qualcode.readers.workshop.titles import Label, Title, labels_of, other_headings, titles_of
from qualcode.texts import N_

OUTSIDE_GRID = N_(
    "The text stands outside the quadrants and was not read: “{text}”. If it is a note, tick it "
    "among the notes that are mended one by one."
)
EMPTY_QUADRANT = N_("The quadrant “{title}” has no notes.")
MISSING_QUADRANT = N_("The sheet has no quadrant “{quadrant}”.")
FIFTH_HEADING = N_(
    "“{title}” is not one of the four quadrants: its notes are kept under their own heading. "
    "If it means one of them, choose which before the notes come in."
)
OVER_QUADRANTS = N_(
    "The cell is joined over several quadrants: its text was read in “{title}”. If it belongs to "
    "another one, move it there before the notes come in."
)


class GridReader(SheetReader):
    """Reads one sheet laid out as a grid."""

    def notes(self) -> Iterator[NoteRow]:
        quadrants = list(self._titles())
        titles = sorted(
            [*quadrants, *other_headings(self.sheet, quadrants)], key=lambda t: (t.row, t.column)
        )
        beside = self._is_beside(titles)
        by_row = RowLabels() if beside else row_labels(self.sheet, titles)
        labels = by_row.others(list(labels_of(self.sheet)))
        labels += labels_in_titles(self.sheet, titles)
        used = {(title.row, title.column) for title in titles} | by_row.cells
        used |= {(label.row, label.column) for label in labels}
        for title in titles:
            found = False
            where = self._meaning(title)
            table = _label(labels, title, self.part.table, is_round=False)
            round_ = _label(labels, title, self.part.round, is_round=True)
            for row, column, cell in self._cells_of(title, titles, labels, beside):
                used.add((row, column))
                self._tell_joined(title, titles, row, column)
                texts = [cell] if self.part.whole else split_notes(cell)
                for text in texts:
                    found = True
                    yield self.note(
                        text,
                        DocumentKind.WORKSHOP_NOTE,
                        row,
                        column,
                        **where,
                        table=by_row.tables.get(row, table),
                        round=by_row.rounds.get(row, round_),
                    )
            if not found:
                self.tell(title.row, title.column, EMPTY_QUADRANT, title=title.text)
        self._tell_missing(titles)
        self._tell_outside(used)

    def _titles(self) -> Iterator[Title]:
        """The titles of quadrants, without the cells that are read as notes of one word."""
        found = list(titles_of(self.sheet))
        guesses = doubtful_cells(self.sheet, found)
        for title in found:
            guess = guesses.get((title.row, title.column))
            if guess is None:
                yield title
                continue
            meant = self.doubt(title.text, guess, title.row, title.column)
            if meant in list(Quadrant):
                yield replace(title, quadrant=Quadrant(meant))

    def _meaning(self, title: Title) -> dict[str, str]:
        """The quadrant of a title, or its words kept as the group of the notes."""
        if title.quadrant is not None:
            return {"quadrant": title.quadrant.value}
        meant = self.meant_by(title.text)
        if meant != OWN_HEADING:
            return {"quadrant": meant}
        if title.text not in self.part.headings:
            self.tell(title.row, title.column, FIFTH_HEADING, title=title.text)
        return {"group": title.text}

    def _is_beside(self, titles: list[Title]) -> bool:
        """True when the titles stand under each other and the notes to the right of them."""
        if len({title.column for title in titles}) > 1 or len({t.row for t in titles}) < 2:
            return False
        for title in titles:
            row = self.sheet.row_at(title.row) or []
            if not title.rest and not any(cell.strip() for cell in row[title.column + 1 :]):
                return False
        return True

    def _cells_of(
        self, title: Title, titles: list[Title], labels: list[Label], beside: bool
    ) -> Iterator[tuple[int, int, str]]:
        if title.rest.strip():
            yield title.row, title.column, title.rest
        right = min(
            (t.column for t in titles if t.row == title.row and t.column > title.column),
            default=self.sheet.width,
        )
        stops = [t.row for t in titles if t.row > title.row and (beside or t.column < right)]
        stops += [label.row for label in labels if label.row > title.row]
        end = min(stops, default=None)
        first_row = title.row if beside else title.row + 1
        left = title.column + 1 if beside else title.column
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            if number < first_row or (end is not None and number >= end):
                continue
            for column in range(left, right):
                if row[column].strip():
                    yield number, column, row[column]

    def _tell_joined(self, title: Title, titles: list[Title], row: int, column: int) -> None:
        for area in self.sheet.merged:
            if (area.first_row, area.first_column) != (row, column):
                continue
            if any(
                t.row == title.row and column < t.column <= area.last_column
                for t in titles
                if t is not title
            ):
                self.tell(row, column, OVER_QUADRANTS, title=title.text)

    def _tell_missing(self, titles: list[Title]) -> None:
        found = {title.quadrant for title in titles} | set(self.part.headings.values())
        for quadrant in Quadrant:
            if quadrant not in found:
                self.tell(None, None, MISSING_QUADRANT, quadrant=QUADRANT_NAMES[quadrant])

    def _tell_outside(self, used: set[tuple[int, int]]) -> None:
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            for column, cell in enumerate(row):
                if cell.strip() and (number, column) not in used:
                    shown = " ".join(cell.split())
                    kind = DocumentKind.WORKSHOP_NOTE
                    self.outside.append(self.note(cell.strip(), kind, number, column))
                    self.tell(number, column, OUTSIDE_GRID, text=shown[:60])


def _label(labels: list[Label], title: Title, default: str, *, is_round: bool) -> str:
    """The nearest label above the title, of those not to the right of it."""
    above = [
        label
        for label in labels
        if label.is_round is is_round and label.row <= title.row and label.column <= title.column
    ]
    return max(above, key=lambda label: (label.row, label.column)).text if above else default
