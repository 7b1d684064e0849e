"""A survey on its way in and the form it was answered on: its columns matched to the questions.

What is found is offered; a person chooses the form and may bind each column otherwise. A bound
column is read as the form asked it: its type, number, section, theme and options come from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.domain.instruments import AskedAs, FormItem, Instrument, is_background
from qualcode.domain.options import same_option
from qualcode.readers.sheets import column_letter
from qualcode.readers.survey import ColumnPlan, ColumnRole, SurveyPlan
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_matching import Asking, Match, is_short, matched
from qualcode.workbench.instruments import FormSheet, sheet

_ROLES = {
    AskedAs.LIKERT5: ColumnRole.LIKERT,
    AskedAs.LIKERT7: ColumnRole.LIKERT,
    AskedAs.SINGLE_CHOICE: ColumnRole.CHOICE,
    AskedAs.MULTIPLE_CHOICE: ColumnRole.MULTIPLE_CHOICE,
    AskedAs.OPEN: ColumnRole.OPEN,
    AskedAs.COMPLETION: ColumnRole.COMPLETION,
    AskedAs.NUMBER: ColumnRole.NUMBER,
}
"""What a column holds that was asked so; an identifier is no question of the material."""

_ASKED_OF_PEOPLE = (AskedAs.LIKERT5, AskedAs.LIKERT7, AskedAs.OPEN, AskedAs.COMPLETION)
"""What a column that tells who answers can be bound to: a choice or number is background there."""

_NEVER = (ColumnRole.ID, ColumnRole.IDENTIFYING, ColumnRole.IGNORE)
_MOST_OFFERED = 1 / 3
_FEWEST_OFFERED = 2


@dataclass(frozen=True)
class FormOfFile:
    """The form a file was answered on. ``asked``: a column's letter -> the question of the form."""

    form_id: str
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormOffer:
    """A form of the study that a file seems to be answered on, and how many columns tell so."""

    form: Instrument
    matched: int


def bindable(sheet: FormSheet) -> list[FormItem]:
    """The questions of the form that a column can be bound to."""
    return [item for item in sheet.items if item.asked_as in _ROLES]


def matches(
    columns: Sequence[ColumnPlan], asked: Sequence[FormItem], strictly: bool = False
) -> dict[int, Match]:
    """Column -> the question of the form that it seems to be, and why; each question once.

    The columns of one question's options are bound to it together. What a person left out of the
    study is left alone, whatever its words, and what tells who answers is background.
    """
    groups = _together(columns)
    found = matched([_asking(group[0]) for group in groups], asked, strictly)
    return {
        column.index: match
        for n, match in found.items()
        if not is_background(match.one)
        for column in groups[n]
    }


def backgrounds(columns: Sequence[ColumnPlan], asked: Sequence[FormItem]) -> dict[int, FormItem]:
    """Column -> the background question of the form that it seems to be, by which tables are cut
    and of which none is made, as it would tell of the one man among eleven."""
    groups = [group for group in _together(columns) if len(group) == 1]
    askings = [replace(_asking(group[0]), only_as=(), by_words_only=False) for group in groups]
    found = matched(askings, asked, strictly=True)
    return {groups[n][0].index: match.one for n, match in found.items() if is_background(match.one)}


def as_background(column: ColumnPlan) -> ColumnPlan:
    """The column as background, unless it tells the group already."""
    if column.role.is_of_people or column.role in _NEVER:
        return column
    return replace(column, role=ColumnRole.BACKGROUND, options=(), option="")


def read_on(plan: SurveyPlan, form: FormSheet) -> tuple[SurveyPlan, FormOfFile]:
    """The plan as the form asked its columns, each bound as it was found."""
    asked = bindable(form)
    found = matches(plan.columns, asked)
    people = backgrounds(plan.columns, asked)
    columns = [
        as_asked(column, found[column.index].one)
        if column.index in found
        else as_background(column)
        if column.index in people
        else column
        for column in plan.columns
    ]
    bound = {column_letter(index): match.one.id for index, match in found.items()}
    return replace(plan, columns=tuple(columns)), FormOfFile(form.form.id, bound)


def _together(columns: Sequence[ColumnPlan]) -> list[list[ColumnPlan]]:
    """The columns that can be questions, those of one question's options together."""
    together: dict[object, list[ColumnPlan]] = {}
    for column in columns:
        if column.role in _NEVER or column.role.is_mark:
            continue
        key = (column.text or column.header) if column.option else column.index
        together.setdefault(key, []).append(column)
    return list(together.values())


def offer(
    bench: Workbench, columns: Sequence[ColumnPlan], forms: Sequence[str]
) -> FormOffer | None:
    """The form of the study (by id, the likelier first) whose questions most columns are, by their
    words or numbers; None when none has a third of the file's questions."""
    best: FormOffer | None = None
    questions = sum(column.kind is not None for column in columns)
    for id in forms:
        there = sheet(bench, id)
        if there is None:
            continue
        asked = bindable(there)
        people = backgrounds([c for c in columns if c.kind is not None], asked)
        matched = len(matches(columns, asked, strictly=True).keys() | people.keys())
        enough = matched >= max(_FEWEST_OFFERED, questions * _MOST_OFFERED)
        if enough and (best is None or matched > best.matched):
            best = FormOffer(there.form, matched)
    return best


def as_asked(column: ColumnPlan, asked: FormItem) -> ColumnPlan:
    """The column read as the form asked it."""
    role = _ROLES[asked.asked_as]
    option = column.option if role is ColumnRole.MULTIPLE_CHOICE else ""
    options = asked.options
    if not options and asked.asked_as.steps:
        options = tuple(str(step) for step in range(1, asked.asked_as.steps + 1))
    # A header such as "Q3" says less than the question of the form.
    text = asked.text if is_short(column.text or column.header) else column.text
    before = f"{asked.number} "
    if asked.number and text.startswith(before):
        # "6 Nykyiset työtavat": a bare number before the words is not told twice. The question
        # itself may begin with one: "3 kuukauden kokemukset".
        rest = text.removeprefix(before).strip()
        if rest.startswith(before) or not asked.text.startswith(before):
            text = rest
    return replace(
        column,
        role=role,
        number=asked.number or column.number,
        section=asked.section or column.section,
        theme=asked.theme or column.theme,
        text=text,
        options=options if asked.asked_as.is_closed else (),
        option=(same_option(options, option) or option) if option else "",
        asked=asked.id,
    )


def _asking(column: ColumnPlan) -> Asking:
    """By the same words it may be of another kind than its answers look like; not by its number."""
    return Asking(
        column.text or column.header,
        column.number,
        column.kind.is_text if column.kind is not None else None,
        _ASKED_OF_PEOPLE if column.role.is_of_people else (),
        column.kind is None,
    )
