"""Workshop notes: a SWOT as a grid or as a list, sticky notes, role-shaping notes, pasted text.

Facilitators write in whatever sheet is at hand, so the layout is guessed and then confirmed. Every
note keeps its quadrant, table and round, or the picture and the question it belongs to, and the
cell it stood in. Who wrote a note is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from qualcode.domain.documents import DocumentKind, Provenance, normalise
from qualcode.domain.errors import NoNotes, Term
from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.workshops import Quadrant, quadrant_of
from qualcode.readers import survey_words
from qualcode.readers.files import without_control_characters
from qualcode.readers.note_lines import split_notes
from qualcode.readers.problems import ReadProblem
from qualcode.readers.survey_headers import headers_at
from qualcode.readers.tables import Sheet, Workbook, column_letter
from qualcode.texts import N_

NO_NOTES = N_("No notes were found on the sheet {sheet}.")
NO_QUADRANT = N_("The note has no quadrant: “{value}” is not the name of one.")
OUTSIDE_GRID = N_("The text stands outside the quadrants and was not read: “{text}”.")
NO_EXPLANATION = N_("The picture “{picture}” has no explanation, so its name was read as the note.")
EMPTY_QUADRANT = N_("The quadrant “{title}” has no notes.")
MISSING_QUADRANT = N_("The sheet has no quadrant “{quadrant}”.")
QUADRANT_NAMES = {
    Quadrant.STRENGTHS: Term(N_("Strengths")),
    Quadrant.WEAKNESSES: Term(N_("Weaknesses")),
    Quadrant.OPPORTUNITIES: Term(N_("Opportunities")),
    Quadrant.THREATS: Term(N_("Threats")),
}
NOTES_WITHOUT_TITLE = N_("The line stands above the first quadrant title and has no quadrant.")
UNREAD_NOTE = N_("The cell could not be read, so a note may be missing.")


class WorkshopLayout(StrEnum):
    GRID = "grid"
    LIST = "list"
    ROLE_NOTES = "role_notes"


class NoteColumn(StrEnum):
    """What a column of a list of notes holds. IDENTIFYING and IGNORE columns are not read."""

    NOTE = "note"
    QUADRANT = "quadrant"
    TABLE = "table"
    ROUND = "round"
    GROUP = "group"
    PICTURE = "picture"
    QUESTION = "question"
    IDENTIFYING = "identifying"
    IGNORE = "ignore"


@dataclass(frozen=True)
class SheetOfNotes:
    """How one sheet is read: its layout and, for a list, its header row and columns.

    ``columns`` gives a role to each column by position. ``table`` and ``round`` hold for notes
    that name none themselves.
    """

    sheet: str
    layout: WorkshopLayout
    header_row: int | None = None
    columns: tuple[NoteColumn, ...] = ()
    table: str = ""
    round: str = ""


@dataclass(frozen=True)
class WorkshopPlan:
    """The sheets to read, each in its own way; a sheet that is not named is not read."""

    sheets: tuple[SheetOfNotes, ...]


@dataclass(frozen=True)
class WorkshopGuess:
    """A plan for a person to confirm, and the sheets in which no notes were recognised."""

    plan: WorkshopPlan
    unrecognised: tuple[str, ...] = ()
    dropped_cells: int = 0


@dataclass(frozen=True)
class NoteRow:
    """One note as written. ``attributes`` has quadrant, table, round, group, picture, question.

    ``quadrant`` is the English value of ``Quadrant``, whatever language the title was in.
    """

    text: str
    kind: DocumentKind
    attributes: Mapping[str, str]
    set_aside: bool
    provenance: Provenance


@dataclass(frozen=True)
class WorkshopReading:
    notes: tuple[NoteRow, ...]
    problems: tuple[ReadProblem, ...]
    dropped_cells: int = 0


# --- guessing -------------------------------------------------------------------------------

_HEADERS: tuple[tuple[NoteColumn, re.Pattern[str]], ...] = (
    (
        NoteColumn.IDENTIFYING,
        re.compile(
            r"^(?:author|created by|creator|user|name|nimi|tekijä|kirjoittaja|laatija|osallistuja|"
            r"nimimerkki|författare|namn|skapad av|email|e mail|sähköposti|epost|e post|"
            r"modified by|last edited by|muokkaaja)$"
        ),
    ),
    (
        NoteColumn.QUADRANT,
        re.compile(r"^(?:nelikenttä|swot|kenttä|lohko|ruutu|quadrant|kvadrant|fält|swot luokka)$"),
    ),
    (NoteColumn.TABLE, re.compile(r"^(?:pöytä|pöydän|table|bord|learning cafe pöytä)\b")),
    (NoteColumn.ROUND, re.compile(r"^(?:kierros|vaihe|round|runda|omgång)\b")),
    (
        NoteColumn.PICTURE,
        re.compile(
            r"^(?:kuva|kuvan nimi|esine|hahmo|symboli|kuva tai \w+|esine tai \w+|kuva \w+|"
            r"picture|image|object|figure|symbol|picture or object|bild|föremål|figur)$"
        ),
    ),
    (
        NoteColumn.QUESTION,
        re.compile(
            r"^(?:kysymys|kysymykset|tehtävä|mihin kysymykseen|question|task|fråga|uppgift)\b"
        ),
    ),
    (
        NoteColumn.NOTE,
        re.compile(
            r"^(?:lappu|muistilappu|muistiinpano|teksti|huomio|ajatus|vastaus|sisältö|merkitys|"
            r"selitys|kuvaus|mitä (?:se |kuva |esine )?(?:kuvaa|tarkoittaa|edustaa)|kuvaa|"
            r"tarkoittaa|note|text|sticky|content|comment|idea|body|meaning|description|"
            r"what it (?:stands for|means)|stands for|lapp|anteckning|text|innehåll|betydelse|"
            r"beskrivning|vad den (?:står för|betyder))\b"
        ),
    ),
    (
        NoteColumn.GROUP,
        re.compile(
            r"^(?:ryhmä|osio|alue|otsikko|aihe|teema|luokka|väri|section|frame|group|area|column|"
            r"list|category|colou?r|tag|tags|topic|subject|cluster|grupp|område|rubrik|färg|tema)$"
        ),
    ),
    (
        NoteColumn.IGNORE,
        re.compile(
            r"^(?:id|nro|nr|no|x|y|width|height|leveys|korkeus|x position|y position|position x|"
            r"position y|type|tyyppi|shape|url|link|linkki|date|time|created|created at|updated|"
            r"updated at|modified|päivä|päiväys|aika|luotu|muokattu|datum|tid|likes|votes|ääniä|"
            r"reactions|comments|attachment|liite)$"
        ),
    ),
)
_LABEL = re.compile(
    r"^(?P<kind>pöytä|poyta|ryhmä|table|group|bord|grupp|kierros|round|runda|omgång)\s*"
    r"[:\-–]?\s*(?P<name>[\w]{1,3}|[A-ZÅÄÖ]\w{0,20})?\s*:?$",
    re.IGNORECASE,
)
_ROUNDS = ("kierros", "round", "runda", "omgång")


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
        if len(workbook.sheets) > 1 and guessed.layout is WorkshopLayout.GRID:
            guessed = replace(guessed, table=sheet.name)
        sheets.append(guessed)
        dropped += _dropped_cells(sheet, guessed)
    return WorkshopGuess(WorkshopPlan(tuple(sheets)), tuple(unrecognised), dropped)


def _guess_sheet(sheet: Sheet) -> SheetOfNotes | None:
    titles = list(_titles(sheet))
    rows, columns = {title.row for title in titles}, {title.column for title in titles}
    quadrants = {title.quadrant for title in titles}
    listed = _guess_list(sheet)
    # In a list the titles fill a column of their own, one a note; in a grid each stands once for
    # many notes.
    if len(quadrants) >= 2 and (len(columns) > 1 or not _repeats(titles)):
        if listed is None or NoteColumn.QUADRANT not in listed.columns or len(columns) > 1:
            return SheetOfNotes(sheet.name, WorkshopLayout.GRID)
        if listed.header_row is None and len(rows) <= 8:
            return SheetOfNotes(sheet.name, WorkshopLayout.GRID)
    return listed


def _repeats(titles: list[_Title]) -> bool:
    return len(titles) > len({title.quadrant for title in titles}) * 2


def _guess_list(sheet: Sheet) -> SheetOfNotes | None:
    header_row, columns = _headed_columns(sheet)
    body = [row for n, row in zip(sheet.row_numbers, sheet.rows, strict=True) if n != header_row]
    by_content = [_column_by_content(body, index) for index in range(sheet.width)]
    known = [named or found for named, found in zip(columns, by_content, strict=True)]
    roles = _with_note_column(known, body)
    if roles is None:
        return None
    if NoteColumn.PICTURE in roles:
        return SheetOfNotes(sheet.name, WorkshopLayout.ROLE_NOTES, header_row, tuple(roles))
    if header_row is None and NoteColumn.QUADRANT not in roles:
        return None
    return SheetOfNotes(sheet.name, WorkshopLayout.LIST, header_row, tuple(roles))


def _headed_columns(sheet: Sheet) -> tuple[int | None, list[NoteColumn | None]]:
    """The header row among the first ones, if its cells are names of note columns."""
    for number, row in list(zip(sheet.row_numbers, sheet.rows, strict=True))[:10]:
        roles = [_role_of_header(cell) for cell in row]
        known = [role for role in roles if role is not None]
        filled = sum(1 for cell in row if cell.strip())
        if known and len(known) >= max(1, filled * 0.5) and set(known) != {NoteColumn.IGNORE}:
            return number, roles
    return None, [None] * sheet.width


def _role_of_header(cell: str) -> NoteColumn | None:
    name = survey_words.plain(cell)
    if not name or len(cell) > 60:
        return None
    return next((role for role, pattern in _HEADERS if pattern.search(name)), None)


def _column_by_content(body: list[list[str]], index: int) -> NoteColumn | None:
    values = [row[index].strip() for row in body if row[index].strip()]
    if not values:
        return NoteColumn.IGNORE
    named = sum(1 for value in values if quadrant_of(value) is not None)
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


def _dropped_cells(sheet: Sheet, plan: SheetOfNotes) -> int:
    indexes = [i for i, role in enumerate(plan.columns) if role is NoteColumn.IDENTIFYING]
    return sum(
        1
        for number, row in zip(sheet.row_numbers, sheet.rows, strict=True)
        for index in indexes
        if number != plan.header_row and row[index].strip()
    )


# --- reading --------------------------------------------------------------------------------


def read_workshop(workbook: Workbook, plan: WorkshopPlan) -> WorkshopReading:
    """The notes of every sheet in the plan, in reading order, and what could not be read.

    Raises NoSheet for a sheet that is not there and NoNotes when no note was found.
    """
    notes: list[NoteRow] = []
    problems: list[ReadProblem] = []
    dropped = 0
    for part in plan.sheets:
        sheet = workbook.sheet(part.sheet)
        problems.extend(sheet.problems)
        reader = _SheetReader(sheet, part)
        found = list(reader.notes())
        problems.extend(reader.problems)
        if not found:
            problems.append(ReadProblem(None, "", NO_NOTES, {"sheet": sheet.name}))
        notes.extend(found)
        dropped += _dropped_cells(sheet, part)
    if not notes:
        raise NoNotes(file=workbook.file)
    return WorkshopReading(tuple(notes), tuple(problems), dropped)


@dataclass(frozen=True)
class _Title:
    """A cell that names a quadrant; ``rest`` is what stands under the title in the same cell."""

    quadrant: Quadrant
    row: int
    column: int
    text: str
    rest: str = ""


def _titles(sheet: Sheet) -> Iterator[_Title]:
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        for index, cell in enumerate(row):
            title = _title_in(cell, number, index)
            if title is not None:
                yield title


def _title_in(cell: str, row: int, column: int) -> _Title | None:
    if not cell.strip():
        return None
    first, _, rest = cell.strip().partition("\n")
    quadrant = quadrant_of(first)
    if quadrant is not None:
        return _Title(quadrant, row, column, first.strip(), rest)
    return None


@dataclass
class _SheetReader:
    sheet: Sheet
    part: SheetOfNotes
    problems: list[ReadProblem] = field(default_factory=list)

    def notes(self) -> Iterator[NoteRow]:
        if self.part.layout is WorkshopLayout.GRID:
            return self._grid_notes()
        return self._list_notes()

    def _note(
        self, text: str, kind: DocumentKind, row: int, column: int, **attributes: str
    ) -> NoteRow:
        text = normalise(text)
        place = Provenance(self.sheet.file, self.sheet.name, row, column_letter(column))
        kept = {name: normalise(value).strip() for name, value in attributes.items() if value}
        return NoteRow(text, kind, kept, is_non_answer(text), place)

    def _tell(self, row: int | None, column: int | None, what: str, **values: object) -> None:
        letter = "" if column is None else column_letter(column)
        self.problems.append(ReadProblem(row, letter, what, values))

    # --- grid ---

    def _grid_notes(self) -> Iterator[NoteRow]:
        """Each quadrant's notes: below its title, beside it, or in the title's own cell."""
        titles = list(_titles(self.sheet))
        labels = list(self._labels())
        used = {(title.row, title.column) for title in titles}
        used |= {(label.row, label.column) for label in labels}
        beside = self._is_beside(titles)
        for title in titles:
            found = False
            table = self._label(labels, title, self.part.table, is_round=False)
            round_ = self._label(labels, title, self.part.round, is_round=True)
            for row, column, cell in self._cells_of(title, titles, labels, beside):
                used.add((row, column))
                for text in split_notes(cell):
                    found = True
                    yield self._note(
                        text,
                        DocumentKind.WORKSHOP_NOTE,
                        row,
                        column,
                        quadrant=title.quadrant,
                        table=table,
                        round=round_,
                    )
            if not found:
                self._tell(title.row, title.column, EMPTY_QUADRANT, title=title.text)
        self._tell_missing(titles)
        self._tell_outside(used)

    def _is_beside(self, titles: list[_Title]) -> bool:
        """True when the titles stand under each other and the notes to the right of them."""
        if len({title.column for title in titles}) > 1 or len({t.row for t in titles}) < 2:
            return False
        for title in titles:
            row = self.sheet.row_at(title.row) or []
            if not title.rest and not any(cell.strip() for cell in row[title.column + 1 :]):
                return False
        return True

    def _cells_of(
        self, title: _Title, titles: list[_Title], labels: list[_Label], beside: bool
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

    def _labels(self) -> Iterator[_Label]:
        """Cells such as "Pöytä 2" or "Kierros 1", which name the notes under them."""
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            for column, cell in enumerate(row):
                match = _LABEL.match(cell.strip()) if cell.strip() else None
                if match:
                    is_round = match["kind"].casefold() in _ROUNDS
                    yield _Label(number, column, cell.strip().rstrip(":"), is_round)

    @staticmethod
    def _label(labels: list[_Label], title: _Title, default: str, *, is_round: bool) -> str:
        """The nearest label above the title, of those not to the right of it."""
        above = [
            label
            for label in labels
            if label.is_round is is_round
            and label.row <= title.row
            and label.column <= title.column
        ]
        return max(above, key=lambda label: (label.row, label.column)).text if above else default

    def _tell_missing(self, titles: list[_Title]) -> None:
        found = {title.quadrant for title in titles}
        for quadrant in Quadrant:
            if quadrant not in found:
                self._tell(None, None, MISSING_QUADRANT, quadrant=QUADRANT_NAMES[quadrant])

    def _tell_outside(self, used: set[tuple[int, int]]) -> None:
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            for column, cell in enumerate(row):
                if cell.strip() and (number, column) not in used:
                    shown = " ".join(cell.split())
                    self._tell(number, column, OUTSIDE_GRID, text=shown[:60])

    # --- list ---

    def _list_notes(self) -> Iterator[NoteRow]:
        is_role = self.part.layout is WorkshopLayout.ROLE_NOTES
        kind = DocumentKind.ROLE_NOTE if is_role else DocumentKind.WORKSHOP_NOTE
        quadrant_above = question_above = ""
        for number, row in zip(self.sheet.row_numbers, self.sheet.rows, strict=True):
            if self.part.header_row is not None and number <= self.part.header_row:
                continue
            # People write the quadrant or the question once and leave it out on the rows below.
            quadrant_above = self._cell(row, NoteColumn.QUADRANT) or quadrant_above
            question_above = self._cell(row, NoteColumn.QUESTION) or question_above
            attributes = {
                "table": self._cell(row, NoteColumn.TABLE) or self.part.table,
                "round": self._cell(row, NoteColumn.ROUND) or self.part.round,
                "group": self._cell(row, NoteColumn.GROUP),
                "picture": self._cell(row, NoteColumn.PICTURE),
                "question": question_above,
            }
            column, texts = self._texts(row, number, is_role, attributes["picture"])
            if not texts:
                continue
            quadrant = self._quadrant(quadrant_above, number)
            for text in texts:
                yield self._note(text, kind, number, column, quadrant=quadrant, **attributes)

    def _cell(self, row: list[str], role: NoteColumn) -> str:
        parts = [
            row[index].strip()
            for index, found in enumerate(self.part.columns)
            if found is role and index < len(row) and row[index].strip()
        ]
        return "; ".join(parts)

    def _texts(
        self, row: list[str], number: int, is_role: bool, picture: str
    ) -> tuple[int, list[str]]:
        """The note or notes of a row and the column they stand in."""
        columns = [i for i, role in enumerate(self.part.columns) if role is NoteColumn.NOTE]
        for column in columns:
            if row[column].strip():
                # What a picture stands for is one thought, however many lines it takes.
                texts = [row[column]] if is_role else split_notes(row[column])
                return column, texts
            if (number, column) in self.sheet.unread:
                self._tell(number, column, UNREAD_NOTE)
        if is_role and picture:
            column = self.part.columns.index(NoteColumn.PICTURE)
            self._tell(number, column, NO_EXPLANATION, picture=picture)
            return column, [picture]
        return 0, []

    def _quadrant(self, written: str, number: int) -> str:
        if NoteColumn.QUADRANT not in self.part.columns:
            return ""
        quadrant = quadrant_of(written)
        if quadrant is None:
            column = self.part.columns.index(NoteColumn.QUADRANT)
            self._tell(number, column, NO_QUADRANT, value=written)
            return ""
        return quadrant.value


@dataclass(frozen=True)
class _Label:
    row: int
    column: int
    text: str
    is_round: bool


def column_headers(sheet: Sheet, part: SheetOfNotes) -> tuple[str, ...]:
    """What the columns of a list are called, for a person who confirms their roles."""
    rows = () if part.header_row is None else (part.header_row,)
    return headers_at(sheet, rows).names


# --- pasted text ----------------------------------------------------------------------------


def read_pasted_notes(text: str, *, file: str = "", table: str = "") -> WorkshopReading:
    """The notes of a pasted text: quadrant titles on lines of their own, a note on every other.

    A title may be followed by notes on the same line ("Uhat: kiire"), and a line such as
    "Pöytä 2" names the table of the lines under it. Raises NoNotes for a text without notes.
    """
    notes: list[NoteRow] = []
    problems: list[ReadProblem] = []
    quadrant: Quadrant | None = None
    labels = {"table": table, "round": ""}
    lines = normalise(without_control_characters(text)).split("\n")
    has_titles = any(_pasted_title(line)[0] is not None for line in lines)
    for number, line in enumerate(lines, start=1):
        label = _LABEL.match(line.strip())
        if label:
            is_round = label["kind"].casefold() in _ROUNDS
            labels["round" if is_round else "table"] = line.strip().rstrip(":")
            continue
        title, rest = _pasted_title(line)
        if title is not None:
            quadrant = title
        for note in split_notes(rest):
            if quadrant is None and has_titles:
                problems.append(ReadProblem(number, "", NOTES_WITHOUT_TITLE))
            attributes = {"quadrant": quadrant.value if quadrant else "", **labels}
            notes.append(
                NoteRow(
                    note,
                    DocumentKind.WORKSHOP_NOTE,
                    {name: value for name, value in attributes.items() if value},
                    is_non_answer(note),
                    Provenance(file=file, row=number),
                )
            )
    if not notes:
        raise NoNotes(file=file)
    return WorkshopReading(tuple(notes), tuple(problems))


def _pasted_title(line: str) -> tuple[Quadrant | None, str]:
    """The quadrant a line names and what is left of the line for notes."""
    bare = line.strip().strip("#*").strip()
    quadrant = quadrant_of(bare)
    if quadrant is not None:
        return quadrant, ""
    title, colon, rest = bare.partition(":")
    quadrant = quadrant_of(title) if colon else None
    return (quadrant, rest) if quadrant is not None else (None, line)
