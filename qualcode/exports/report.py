"""The report as a plain value: what Word, Excel and the screen are all drawn from.

Every number in it carries the evidence it was counted from, so it can be opened and checked.
Nothing is drawn here and no file format is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.texts import pgettext_for

Value = str | int | float | None

DEEPER = "\u2003"
"""Before the name of what lies below another; printed as an indent, which holds on every line."""

UPRIGHT_WIDTH = 16.0
"""Width of the text on an upright A4 page with margins of 2.5 cm, in centimetres."""


class Counted(StrEnum):
    """What a number counts. A table never leaves it unsaid."""

    RESPONDENTS = "respondents"
    MENTIONS = "mentions"
    ANSWERS = "answers"
    NONE = "none"


class RowKind(StrEnum):
    """What a row is in its table.

    BODY is an ordinary row; GROUP spans the table as a heading; LABELS names the columns anew for
    the rows below it; TOTAL sums up.
    """

    BODY = "body"
    GROUP = "group"
    LABELS = "labels"
    TOTAL = "total"


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Withheld(StrEnum):
    """Why a file lists a piece of evidence without its words.

    CONSENT: who said it has not consented to being quoted. EDITED: its words are in a quote that
    was edited before printing.
    """

    CONSENT = "consent"
    EDITED = "edited"


@dataclass(frozen=True)
class Alike:
    """What a file tells of all the closed answers of a group that say the same: whose, and where.

    One by one, side by side, closed answers would tell who has answered. ``key`` is the same for
    those that are listed as one.
    """

    key: str
    speaker: str
    place: str


@dataclass(frozen=True)
class Trace:
    """One piece of evidence: an original expression, or a closed answer.

    ``respondent_id`` is None for a text that nobody in particular wrote and for printed counts.
    ``weight`` is how many answers it stands for: 1, except for material that exists as counts.
    ``speaker`` is how the report names whoever said it, ``text`` what was said, ``question`` and
    ``place`` what was asked and where the answer stood in its file. ``order`` puts the evidence of
    a report in the order of the study. ``withheld`` tells why no file may print what was said.
    ``alike``: a file lists it as one with all that say the same.
    """

    id: str
    document_id: str | None = None
    respondent_id: str | None = None
    weight: int = 1
    speaker: str = ""
    text: str = ""
    question: str = ""
    place: str = ""
    order: tuple[int, int] = (9, 0)
    withheld: Withheld | None = None
    alike: Alike | None = None


@dataclass(frozen=True)
class Cell:
    """A value with the ids of the evidence it comes from.

    ``joined`` says that the cell goes on from the one above with the same value: drawn as one
    cell on paper, repeated in a spreadsheet so that its rows can be sorted. ``counted`` is given
    where the cell counts something else than its column, ``strong`` where it stands out.
    ``suffix`` is printed after a number that stays a number: a share beside its count.
    """

    value: Value = None
    evidence: tuple[str, ...] = ()
    joined: bool = False
    counted: Counted | None = None
    strong: bool = False
    suffix: str = ""

    def printed(self, language: str) -> str:
        """The text on paper: a share is not broken off from its per cent sign."""
        return self.text(language).replace(" %", "\u00a0%")

    def text(self, language: str) -> str:
        """The value as printed: a decimal comma in Finnish; empty for None."""
        if self.value is None:
            return ""
        if isinstance(self.value, float):
            shown = f"{self.value:.1f}"
            return (shown.replace(".", ",") if language == "fi" else shown) + self.suffix
        return f"{self.value}{self.suffix}"


@dataclass(frozen=True)
class Column:
    """``width`` is in centimetres, scaled to the page. Neighbours with one ``group`` share a title.

    ``counted`` tells what the numbers of the column count, where columns of a table differ.
    """

    title: str
    width: float = 2.0
    align: Align = Align.LEFT
    group: str = ""
    counted: Counted | None = None


@dataclass(frozen=True)
class Row:
    """``level`` indents the first cell. A GROUP row has one cell and spans the table."""

    cells: tuple[Cell, ...]
    level: int = 0
    kind: RowKind = RowKind.BODY
    italic: bool = False


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``to_write`` marks a place the analyst is to fill; ``see`` names the tables and
    figures it refers to by their keys. ``heed``: it has to be known wherever the tables go, so that
    a workbook, which has no running text, says it on its first sheet."""

    text: str
    to_write: bool = False
    see: tuple[str, ...] = ()
    heed: bool = False


@dataclass(frozen=True)
class Table:
    """A captioned table. ``key`` names it between a report and the next, whatever its number.

    ``note`` stands below the table, ``warnings`` (small n, a sum that fails) after it.
    ``section`` tells which part of the report it belongs to.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    counted: Counted = Counted.NONE
    warnings: tuple[str, ...] = ()
    section: str = ""

    @property
    def wide(self) -> bool:
        """Whether it needs a landscape page: its columns do not stand on an upright one."""
        return sum(column.width for column in self.columns) > UPRIGHT_WIDTH * 1.15

    @property
    def grouped(self) -> bool:
        """Whether the column titles stand on two lines, the upper one shared by neighbours."""
        return any(column.group for column in self.columns)

    def counted_in(self, column: int, cell: Cell) -> Counted:
        """What this cell's number counts: its own word, its column's, else the table's."""
        return cell.counted or self.columns[column].counted or self.counted


@dataclass(frozen=True)
class Quote:
    """An original expression as written. ``source`` is what is printed after it."""

    text: str
    source: str
    evidence: tuple[str, ...] = ()
    reductions: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuoteSection:
    """Result text to be written: a category as heading, room for a summary, its quotes.

    ``counts`` tells in words how much there is, ``note`` what of it was not printed, ``see`` which
    tables tell more.
    """

    heading: str
    level: int
    summary: str
    quotes: tuple[Quote, ...]
    counts: str = ""
    note: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A captioned figure. ``alt`` says in words what it shows.

    ``opens``: the mark of a part of the drawing (its ``data-mark`` or ``data-role``) -> the
    evidence that the part was drawn from.
    """

    key: str
    caption: str
    svg: str
    alt: str
    section: str = ""
    opens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Block = Heading | Paragraph | Table | QuoteSection | Figure


@dataclass(frozen=True)
class Report:
    """The whole report. ``traces`` holds every piece of evidence that a cell or quote names.

    ``language`` is that of the report's own words, ``material_language`` that of the quotes.
    ``lists`` asks for lists of the tables and figures at the beginning, ``data`` for sheets of a
    workbook with the answers that its numbers were counted from.
    """

    title: str
    language: str
    made_at: str
    blocks: tuple[Block, ...]
    traces: Mapping[str, Trace] = field(default_factory=dict)
    material_language: str = "fi"
    subtitle: str = ""
    lists: bool = False
    data: bool = False

    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    def figures(self) -> list[Figure]:
        return [block for block in self.blocks if isinstance(block, Figure)]

    def numbers(self) -> dict[str, int]:
        """Key -> running number. Tables and figures are numbered each by themselves, from 1."""
        found: dict[str, int] = {}
        found.update({table.key: n for n, table in enumerate(self.tables(), start=1)})
        found.update({figure.key: n for n, figure in enumerate(self.figures(), start=1)})
        return found


@dataclass(frozen=True)
class Untraceable:
    """A number that its evidence does not support: where it stands, and the two numbers."""

    table: str
    row: int
    column: int
    value: int
    supported: int
    counted: Counted


def count(evidence: Iterable[str], counted: Counted, traces: Mapping[str, Trace]) -> int:
    """How many ``counted`` the evidence holds, each once.

    Respondents: distinct people; a text without one adds nobody. Mentions: distinct original
    expressions. Answers: the sum of weights. An id without a trace supports nothing.
    """
    found = [traces[id] for id in dict.fromkeys(evidence) if id in traces]
    if counted is Counted.RESPONDENTS:
        return len({trace.respondent_id for trace in found if trace.respondent_id is not None})
    if counted is Counted.ANSWERS:
        return sum(trace.weight for trace in found)
    return len(found)


def untraceable(report: Report) -> list[Untraceable]:
    """Every counted number of the report that its evidence does not give; empty when all do."""
    return [
        Untraceable(table.key, row, column, cell.value, supported, counted)
        for table, row, column, cell, counted in numbers_of(report)
        if isinstance(cell.value, int)
        and (supported := count(cell.evidence, counted, report.traces)) != cell.value
    ]


def numbers_of(report: Report) -> Iterator[tuple[Table, int, int, Cell, Counted]]:
    """(table, row, column, cell, what it counts) of every counted number in the report."""
    for table in report.tables():
        for row_number, row in enumerate(table.rows):
            if row.kind in (RowKind.GROUP, RowKind.LABELS):
                continue
            for column, cell in enumerate(row.cells):
                counted = table.counted_in(column, cell)
                if isinstance(cell.value, int) and counted is not Counted.NONE:
                    yield table, row_number, column, cell, counted


def caption_label(language: str, figure: bool = False) -> str:
    """The word before the number of a caption: "Taulukko", "Kuvio"."""
    pgettext = pgettext_for(language)
    return pgettext("caption", "Figure") if figure else pgettext("caption", "Table")


def seen_also(report: Report, keys: Iterable[str]) -> list[tuple[str, str]]:
    """(name, key) of those tables and figures that are in the report: ("Taulukko 2", "chain")."""
    numbers = report.numbers()
    figures = {figure.key for figure in report.figures()}
    return [
        (f"{caption_label(report.language, key in figures)} {numbers[key]}", key)
        for key in keys
        if key in numbers
    ]


def without_stop(text: str, see: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The text and its full stop, which stands after a reference where there is one."""
    return (text[:-1], ".") if see and text.endswith(".") else (text, "")


def see_word(language: str) -> str:
    """The word before a reference: "ks."."""
    pgettext = pgettext_for(language)
    return pgettext("reference", "see")
