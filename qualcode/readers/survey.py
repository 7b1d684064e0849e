"""A survey read by its plan: respondents, items, answers as written, and what could not be read.

Every row with content is a form that came back. Its open answers are kept word for word with file,
sheet, row and column; its closed answers are options, or missing, or uninterpretable, each counted
by itself, so that options + missing + uninterpretable = forms returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.domain.documents import ClosedState, Provenance, normalise
from qualcode.domain.errors import NothingToRead
from qualcode.domain.non_answers import is_non_answer
from qualcode.readers import survey_words as words
from qualcode.readers.closed_answers import UNINTERPRETABLE, Choice, OptionReader
from qualcode.readers.note_lines import split_notes
from qualcode.readers.problems import ReadProblem
from qualcode.readers.survey_column import ColumnGuess
from qualcode.readers.survey_guess import SurveyGuess, answer_positions, guess_columns
from qualcode.readers.survey_labels import Labels
from qualcode.readers.survey_map import plan_as_map, plan_from_map, read_map
from qualcode.readers.survey_marks import (
    NO_ANSWER_BESIDE,
    NOT_A_STANCE,
    columns_of,
    read_marks,
)
from qualcode.readers.survey_plan import ColumnPlan, ColumnRole, SurveyPlan, SurveyUnit
from qualcode.readers.survey_reading import (
    ClosedRow,
    ItemRow,
    RespondentRow,
    SurveyReading,
    TextRow,
)
from qualcode.readers.tables import Sheet, column_letter
from qualcode.texts import N_

__all__ = [
    "LONGEST_ANSWER",
    "ClosedRow",
    "ColumnGuess",
    "ColumnPlan",
    "ColumnRole",
    "ItemRow",
    "RespondentRow",
    "SurveyGuess",
    "SurveyPlan",
    "SurveyReading",
    "SurveyUnit",
    "TextRow",
    "guess_columns",
    "plan_as_map",
    "plan_from_map",
    "read_map",
    "read_survey",
]

# Ten times the longest cell of Excel: a longer "answer" is a file that was cut up wrongly.
LONGEST_ANSWER = 200_000
# So many uninterpretable answers of one column are told one by one, the rest as a number.
TOLD_ANSWERS = 100

ABOVE_HEADER = N_("The row stands above the header and was not read.")
EMPTY_ROW = N_("The row is empty and was passed over.")
EMPTY_ROWS = N_("The rows {first}-{last} are empty and were passed over.")
NO_ANSWERS = N_("The respondent {label} has answered nothing. The form is counted as returned.")
SUMMARY_ROW = N_("The row looks like a sum row (“{label}”), not a respondent, and was not read.")
DUPLICATE_ID = N_(
    "The identifier {id} is already in row {first}. The row was kept as a respondent of its own "
    "called {label}. If it is the same person, remove one of them."
)
SAME_NUMBER = N_(
    "The number {no} is on another question too: “{other}”. Check the numbers; both questions "
    "come in."
)
TOO_LONG = N_(
    "The answer has {found} characters, at most {limit} are read, so it was left out. A quotation "
    "mark may be missing in the file; a long text is imported as a text file of its own."
)
NOT_AN_OPTION = N_(
    "“{raw}” is none of the options, so it is counted as uninterpretable: {options}. "
    "If it is one, add it to the options of its column."
)
NOT_A_NUMBER = N_("“{raw}” is not a single number, so it is counted as uninterpretable.")
MORE_ANSWERS = N_("{count} more answers of this column are uninterpretable.")

_SUMMARY = re.compile(
    r"^(?:yhteensä|keskiarvo|ka\.?|summa|mediaani|keskihajonta|total|sum|average|mean|median|"
    r"summa|totalt|medelvärde)\s*:?$",
    re.IGNORECASE,
)


def read_survey(sheet: Sheet, plan: SurveyPlan) -> SurveyReading:
    """The survey on ``sheet`` read by ``plan``. Bad rows are told, good rows go in.

    Raises NothingToRead when no row is left under the header.
    """
    return _SurveyReader(sheet, plan).read()


@dataclass
class _Question:
    """An item and the columns that answer it: one, or one for each option."""

    position: int
    columns: list[ColumnPlan]
    reader: OptionReader | None = None
    uninterpretable: int = 0


@dataclass
class _SurveyReader:
    sheet: Sheet
    plan: SurveyPlan
    items: list[ItemRow] = field(default_factory=list)
    respondents: list[RespondentRow] = field(default_factory=list)
    texts: list[TextRow] = field(default_factory=list)
    closed: list[ClosedRow] = field(default_factory=list)
    marked_by: dict[int, list[ColumnPlan]] = field(default_factory=dict)
    problems: list[ReadProblem] = field(default_factory=list)

    def read(self) -> SurveyReading:
        self.problems.extend(self.sheet.problems)
        self.marked_by = columns_of(self.plan)
        questions = self._questions()
        self._tell_marks_alone()
        self._tell_rows_above()
        self._tell_empty_rows()
        labels = Labels()
        id_column = self.plan.column_of(ColumnRole.ID)
        dropped = 0
        identifying = self._indexes(ColumnRole.IDENTIFYING)
        for position in answer_positions(self.sheet, self.plan.header_rows):
            row = self.sheet.rows[position]
            number = self.sheet.row_numbers[position]
            written = row[id_column.index].strip() if id_column else ""
            if _SUMMARY.match(written):
                self._tell(number, id_column, SUMMARY_ROW, label=written)
                continue
            dropped += sum(1 for index in identifying if row[index].strip())
            label, first = labels.take(written, number)
            if first is not None:
                self._tell(number, id_column, DUPLICATE_ID, id=written, first=first, label=label)
            self._read_row(row, number, label, questions)
        if not self.respondents:
            raise NothingToRead(file=self.sheet.file, sheet=self.sheet.name)
        self._tell_the_rest(questions)
        return SurveyReading(
            tuple(self.respondents),
            tuple(self.items),
            tuple(self.texts),
            tuple(self.closed),
            tuple(self.problems),
            dropped,
        )

    def _indexes(self, role: ColumnRole) -> list[int]:
        return [column.index for column in self.plan.columns if column.role is role]

    def _questions(self) -> list[_Question]:
        """One question a column; columns of options with the same text make one together."""
        questions: list[_Question] = []
        shared: dict[str, _Question] = {}
        for column in self.plan.columns:
            if column.kind is None:
                continue
            text = column.text or column.header
            if column.option and text in shared:
                shared[text].columns.append(column)
                continue
            question = _Question(len(questions), [column])
            questions.append(question)
            if column.option:
                shared[text] = question
            elif column.role.is_closed:
                question.reader = OptionReader(column.role, column.options)
        for question in questions:
            self.items.append(self._item(question))
        self._tell_same_numbers(questions)
        return questions

    def _item(self, question: _Question) -> ItemRow:
        first = question.columns[0]
        options = first.options
        if first.option:
            options = tuple(column.option for column in question.columns)
        assert first.kind is not None
        return ItemRow(
            text=normalise(first.text or first.header),
            kind=first.kind,
            number=first.number,
            section=first.section,
            theme=first.theme,
            options=options,
            header=first.header,
            columns=tuple(column_letter(column.index) for column in question.columns),
        )

    def _read_row(
        self, row: list[str], number: int, label: str, questions: list[_Question]
    ) -> None:
        respondent = len(self.respondents)
        self.respondents.append(
            RespondentRow(label, self._actor_group(row), self._background(row), number)
        )
        answers = len(self.texts)
        answered = False
        for question in questions:
            if question.columns[0].role.is_text:
                self._read_text(row, number, respondent, question)
            else:
                answered |= self._read_closed(row, number, respondent, question)
        if questions and len(self.texts) == answers and not answered:
            self._tell(number, None, NO_ANSWERS, label=label)

    def _actor_group(self, row: list[str]) -> str:
        column = self.plan.column_of(ColumnRole.ACTOR_GROUP)
        written = normalise(row[column.index]).strip() if column else ""
        return written or self.plan.actor_group

    def _background(self, row: list[str]) -> dict[str, str]:
        return {
            column.text or column.header: normalise(row[column.index]).strip()
            for column in self.plan.columns
            if column.role is ColumnRole.BACKGROUND and row[column.index].strip()
        }

    def _read_text(self, row: list[str], number: int, respondent: int, question: _Question) -> None:
        column = question.columns[0]
        text = normalise(row[column.index])
        if not text.strip():
            return
        if len(text) > LONGEST_ANSWER:
            self._tell(number, column, TOO_LONG, found=len(text), limit=LONGEST_ANSWER)
            return
        parts = split_notes(text) if self.plan.unit is SurveyUnit.LINE else [text]
        place = self._provenance(number, column)
        marks = read_marks(row, self.marked_by.get(column.index, []))
        if marks.unknown is not None:
            told, raw = marks.unknown
            self._tell(number, told, NOT_A_STANCE, raw=raw[:60])
        for part in parts:
            self.texts.append(
                TextRow(respondent, question.position, part, is_non_answer(part), place, marks)
            )

    def _read_closed(
        self, row: list[str], number: int, respondent: int, question: _Question
    ) -> bool:
        column = question.columns[0]
        place = self._provenance(number, column)
        if question.reader is None:
            choices, raw = self._chosen_options(row, question)
        else:
            raw = row[column.index].strip()
            choices = question.reader.read(raw)
            formula = self.sheet.unread.get((number, column.index))
            if formula is not None:
                # Something was there; which option it was cannot be known.
                choices, raw = (UNINTERPRETABLE,), formula
            elif any(choice.state is ClosedState.UNINTERPRETABLE for choice in choices):
                self._tell_uninterpretable(number, question, raw)
        raw = normalise(raw)
        for choice in choices:
            self.closed.append(
                ClosedRow(
                    respondent, question.position, choice.state, normalise(choice.value), raw, place
                )
            )
        return any(choice.state is not ClosedState.MISSING for choice in choices)

    def _chosen_options(
        self, row: list[str], question: _Question
    ) -> tuple[tuple[Choice, ...], str]:
        """The options marked in the columns of one question; none marked is a missing answer."""
        choices: list[Choice] = []
        cells: list[str] = []
        for column in question.columns:
            cell = row[column.index].strip()
            cells.append(cell)
            if not cell or cell.casefold() in words.NOT_CHOSEN:
                continue
            is_chosen = cell.casefold() in words.CHOSEN or words.plain(cell) == words.plain(
                column.option
            )
            choices.append(
                Choice(ClosedState.ANSWERED, column.option) if is_chosen else UNINTERPRETABLE
            )
        raw = "; ".join(cell for cell in cells if cell)
        return tuple(dict.fromkeys(choices)) or (Choice(ClosedState.MISSING),), raw

    def _provenance(self, number: int, column: ColumnPlan) -> Provenance:
        return Provenance(self.sheet.file, self.sheet.name, number, column_letter(column.index))

    # --- what could not be read ---

    def _tell(
        self, number: int | None, column: ColumnPlan | None, what: str, **values: object
    ) -> None:
        letter = column_letter(column.index) if column else ""
        self.problems.append(ReadProblem(number, letter, what, values))

    def _tell_uninterpretable(self, number: int, question: _Question, raw: str) -> None:
        question.uninterpretable += 1
        if question.uninterpretable > TOLD_ANSWERS:
            return
        column = question.columns[0]
        shown = raw if len(raw) <= 60 else f"{raw[:57]}..."
        if column.role is ColumnRole.NUMBER:
            self._tell(number, column, NOT_A_NUMBER, raw=shown)
        else:
            self._tell(number, column, NOT_AN_OPTION, raw=shown, options=", ".join(column.options))

    def _tell_the_rest(self, questions: list[_Question]) -> None:
        for question in questions:
            rest = question.uninterpretable - TOLD_ANSWERS
            if rest > 0:
                self._tell(None, question.columns[0], MORE_ANSWERS, count=rest)

    def _tell_same_numbers(self, questions: list[_Question]) -> None:
        """Two questions of one number. Rows of one grid, "Muu, mikä?" and columns that answer one
        question of the form share theirs untold."""
        first: dict[str, ItemRow] = {}
        asked: set[str] = set()
        for question, item in zip(questions, self.items, strict=True):
            of_form = question.columns[0].asked
            if of_form and of_form in asked:
                continue
            asked.add(of_form)
            earlier = first.setdefault(item.number, item)
            in_grid = item.section and item.header.startswith(item.section)
            beside = words.OTHER_TEXT.search(item.header) is not None
            if item.number and earlier is not item and not (in_grid or beside):
                values = {"no": item.number, "other": earlier.text}
                self._tell(None, question.columns[0], SAME_NUMBER, **values)

    def _tell_marks_alone(self) -> None:
        """Columns that tell of an answer where there is none to tell of."""
        if not self.marked_by:
            for column in self.plan.columns:
                if column.role.is_mark:
                    self._tell(None, column, NO_ANSWER_BESIDE)

    def _tell_rows_above(self) -> None:
        first = min(self.plan.header_rows, default=0)
        for number in self._numbers_above(first):
            self._tell(number, None, ABOVE_HEADER)

    def _numbers_above(self, first: int) -> Iterator[int]:
        for number in self.sheet.row_numbers:
            if number >= first:
                return
            yield number

    def _tell_empty_rows(self) -> None:
        last_header = max(self.plan.header_rows, default=0)
        for first, last in self.sheet.empty_rows():
            if last <= last_header:
                continue
            if first == last:
                self._tell(first, None, EMPTY_ROW)
            else:
                self._tell(first, None, EMPTY_ROWS, first=first, last=last)
