"""What each column of a survey most likely is, and why: a guess for a person to confirm.

Every column by itself first (``survey_rules``), then what can be told by several of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from qualcode.domain.errors import NothingToRead
from qualcode.domain.identifiers import find_identifiers
from qualcode.readers import survey_words as words
from qualcode.readers.survey_column import Column, ColumnGuess, made
from qualcode.readers.survey_headers import (
    HeaderLayout,
    Headers,
    find_headers,
    headers_at,
    numbered,
    part_of,
)
from qualcode.readers.survey_plan import ColumnRole, SurveyPlan
from qualcode.readers.survey_rules import guess_alone
from qualcode.readers.tables import Sheet
from qualcode.texts import N_

SAMPLES = 12
SECOND_GROUP = N_("Another column already gives the actor group.")
SECOND_ID = N_("Another column already identifies the respondents.")
OPTION_COLUMN = N_("The column stands for one option of a question.")


@dataclass(frozen=True)
class SurveyGuess:
    """A guess for every column of a sheet, its header and how many rows of answers it has."""

    sheet: str
    columns: tuple[ColumnGuess, ...]
    headers: Headers
    answers: int

    @property
    def header_rows(self) -> tuple[int, ...]:
        return self.headers.rows

    @property
    def layout(self) -> HeaderLayout:
        return self.headers.layout

    @property
    def dropped_cells(self) -> int:
        return sum(column.dropped_cells for column in self.columns)

    def plan(self, actor_group: str = "") -> SurveyPlan:
        """The guess as a plan, as if a person had confirmed it all."""
        return SurveyPlan(
            columns=tuple(column.plan() for column in self.columns),
            header_rows=self.header_rows,
            actor_group=actor_group,
            sheet=self.sheet,
        )


def answer_positions(sheet: Sheet, header_rows: tuple[int, ...]) -> range:
    """The positions in ``sheet.rows`` of the rows below the header."""
    last = max(header_rows, default=0)
    first = next(
        (i for i, number in enumerate(sheet.row_numbers) if number > last), len(sheet.rows)
    )
    return range(first, len(sheet.rows))


def guess_columns(sheet: Sheet, header_rows: tuple[int, ...] | None = None) -> SurveyGuess:
    """A guess for every column. ``header_rows`` are a person's own choice of the header.

    Raises NothingToRead when there is no row under the header.
    """
    headers = find_headers(sheet) if header_rows is None else headers_at(sheet, header_rows)
    positions = answer_positions(sheet, headers.rows)
    if not positions:
        raise NothingToRead(file=sheet.file, sheet=sheet.name)
    rows = [sheet.rows[position] for position in positions]
    columns = [Column.of(index, headers, rows) for index in range(sheet.width)]
    guesses = [guess_alone(column) for column in columns]
    guesses = _with_option_columns(columns, guesses)
    guesses = _with_one_id(columns, guesses)
    guesses = _with_one_actor_group(columns, guesses)
    finished = tuple(
        _finished(guess, column) for guess, column in zip(guesses, columns, strict=True)
    )
    return SurveyGuess(sheet.name, finished, headers, len(rows))


def _with_option_columns(columns: list[Column], guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Columns "Question [a]", "Question [b]" of chosen or not chosen are one multiple choice."""
    by_stem: dict[str, list[int]] = defaultdict(list)
    for column in columns:
        if column.stem and guesses[column.index].role not in _NEVER_OPTIONS:
            by_stem[column.stem].append(column.index)
    result = list(guesses)
    for stem, indexes in by_stem.items():
        members = [columns[index] for index in indexes]
        if len(members) < 2 or not _are_options(members):
            continue
        parts = tuple(part_of(column.header, stem) for column in members)
        number, text = numbered(stem)
        for column, part in zip(members, parts, strict=True):
            result[column.index] = replace(
                made(column, ColumnRole.MULTIPLE_CHOICE, OPTION_COLUMN),
                number=number,
                text=text,
                options=parts,
                option=part,
            )
    return result


_NEVER_OPTIONS = (ColumnRole.IDENTIFYING, ColumnRole.ID, ColumnRole.OPEN, ColumnRole.COMPLETION)


def _are_options(members: list[Column]) -> bool:
    marks = words.CHOSEN | words.NOT_CHOSEN
    for column in members:
        part = words.plain(part_of(column.header, column.stem))
        for value in column.counts:
            if value.casefold() not in marks and words.plain(value) != part:
                return False
    has_gaps = any(column.filled < column.rows for column in members)
    has_zeros = any("0" in column.counts for column in members)
    return any(column.filled for column in members) and (has_gaps or has_zeros)


def _with_one_id(columns: list[Column], guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    ids = [guess for guess in guesses if guess.role is ColumnRole.ID]
    if len(ids) < 2:
        return guesses

    # The tool's own response id beats a running number, and different values beat repeated ones.
    def strength(guess: ColumnGuess) -> tuple[bool, bool]:
        name = columns[guess.index].name
        return columns[guess.index].distinct_share == 1, name.replace(" ", "") == "responseid"

    best = max(ids, key=strength)
    return [
        made(columns[guess.index], ColumnRole.IGNORE, SECOND_ID)
        if guess.role is ColumnRole.ID and guess is not best
        else guess
        for guess in guesses
    ]


def _with_one_actor_group(columns: list[Column], guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    groups = [guess for guess in guesses if guess.role is ColumnRole.ACTOR_GROUP]
    if len(groups) < 2:
        return guesses
    best = max(groups, key=lambda guess: columns[guess.index].share(words.ACTORS.match))
    return [
        made(columns[guess.index], ColumnRole.BACKGROUND, SECOND_GROUP)
        if guess.role is ColumnRole.ACTOR_GROUP and guess is not best
        else guess
        for guess in guesses
    ]


def _finished(guess: ColumnGuess, column: Column) -> ColumnGuess:
    """The guess with what is known of the column whatever its role."""
    inside = 0
    if guess.role.is_text:
        inside = sum(column.counts[value] for value in column.counts if find_identifiers(value))
    section, text = guess.section, guess.text
    if not text:
        # A row of a grid is an item of its own, and the grid's question is its section.
        in_grid = bool(column.stem) and guess.role.is_closed
        section = column.stem if in_grid else ""
        text = part_of(column.header, column.stem) if in_grid else column.text
    return replace(
        guess,
        number=guess.number or (column.number if guess.kind is not None else ""),
        text=text,
        section=section,
        samples=tuple(value for value, _ in column.counts.most_common(SAMPLES)),
        empty=column.rows - column.filled,
        distinct=len(column.counts),
        dropped_cells=column.filled if guess.role is ColumnRole.IDENTIFYING else 0,
        identifiers_inside=inside,
    )
