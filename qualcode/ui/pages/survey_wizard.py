"""A survey on its way in: sheet and header, columns, respondents, and the report before saving."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.readers.forms import is_form
from qualcode.readers.sheets import Sheet, Workbook, column_letter
from qualcode.readers.survey import (
    ColumnRole,
    SurveyGuess,
    SurveyPlan,
    SurveyReading,
    SurveyUnit,
    guess_columns,
    read_survey,
)
from qualcode.readers.survey_headers import find_headers
from qualcode.ui import state
from qualcode.ui.pages import (
    import_parts,
    survey_columns,
    survey_form_part,
    survey_map_part,
    survey_report,
)
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.pages.survey_form_part import ChosenForm
from qualcode.workbench.bench import Workbench

PREVIEW_ROWS = 20
LONGEST_SHOWN = 300
"""Characters of a cell in a preview or a list."""


def show(bench: Workbench, draft: Draft) -> None:
    _ = state.translator()
    assert draft.recognised is not None and draft.recognised.workbook is not None
    st.subheader(_("1. The table"))
    sheet = _sheet(draft, draft.recognised.workbook)
    if is_form(sheet):
        _told_of_form()
    try:
        guess = _guess(draft, sheet)
    except QualcodeError as error:
        _preview(sheet, ())
        st.error(state.message(error), icon=":material/error:")
        return
    _preview(sheet, guess.header_rows)
    st.subheader(_("2. The columns"))
    place_of_map = st.container()
    form = survey_form_part.choose(
        bench,
        draft,
        survey_columns.by_role(draft, guess, sheet),
        survey_columns.place(draft, guess, sheet),
    )
    told_of_form = st.container()
    plan = survey_columns.show(draft, guess, sheet, form)
    bound = survey_form_part.result(draft, form, plan)
    if form is not None:
        with told_of_form:
            survey_form_part.told(form, bound, plan)
    st.subheader(_("3. The respondents"))
    plan, sent = _respondents(bench, draft, plan, form)
    with place_of_map:
        # The map holds what is chosen below it too, so it is drawn last.
        survey_map_part.show(draft, plan, sheet)
    st.subheader(_("4. What would come in"))
    reading = _read(draft, sheet, plan)
    if reading is not None:
        twice = survey_form_part.problem(draft, form, bound, reading)
        survey_report.show(bench, draft, plan, reading, sent, bound, twice)


def _told_of_form() -> None:
    _ = state.translator()
    st.warning(
        _(
            "This looks like a form: a question on each row with its type. Forms are brought in on "
            "the page Forms; here its questions would come in as people."
        ),
        icon=":material/list_alt:",
    )
    state.page_link("lomakkeet", _("Go to Forms"), ":material/list_alt:")


def _read(draft: Draft, sheet: Sheet, plan: SurveyPlan) -> SurveyReading | None:
    kept = draft.survey.read
    if kept is not None and kept[:2] == (sheet.name, plan):
        return kept[2]
    try:
        reading = read_survey(sheet, plan)
    except QualcodeError as error:
        st.error(state.message(error), icon=":material/error:")
        return None
    draft.survey.read = (sheet.name, plan, reading)
    return reading


# --- the table --------------------------------------------------------------------------------


def _sheet(draft: Draft, book: Workbook) -> Sheet:
    """The sheet that is read; a file of one sheet asks nothing."""
    _ = state.translator()
    sheets = [sheet for sheet in book.sheets if sheet.rows] or list(book.sheets)
    sheet = book.fullest
    if len(sheets) > 1:
        names = [s.name for s in sheets]
        picked = st.selectbox(
            _("Sheet"),
            names,
            index=names.index(sheet.name),
            format_func=lambda name: _sheet_told(book.sheet(name)),
            key=draft.widget("sheet"),
            width=320,
        )
        sheet = book.sheet(picked)
    return sheet


def _sheet_told(sheet: Sheet) -> str:
    _ = state.translator()
    told = _("{name} (rows: {count})").format(name=sheet.name, count=len(sheet.rows))
    return _("{sheet}, hidden in Excel").format(sheet=told) if sheet.hidden else told


def _guess(draft: Draft, sheet: Sheet) -> SurveyGuess:
    """The columns as guessed under the header that a person confirms here."""
    _ = state.translator()
    survey = draft.survey
    found = find_headers(sheet).rows
    start = survey.from_map.header_rows if survey.from_map else found
    prefix = f"{survey.version}-{sheet.name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.selectbox(
            _("Header rows"),
            [0, 1, 2, 3],
            index=min(len(start), 3),
            format_func=lambda n: _("No header") if n == 0 else str(n),
            key=draft.widget(f"{prefix}-header-count"),
            help=_(
                "Two rows when questions stand above their parts, three in an export of Qualtrics."
            ),
            width=160,
        )
        last = sheet.row_numbers[-1] if sheet.row_numbers else 1
        first = 0
        if count:
            first = st.number_input(
                _("The header begins on row"),
                min_value=1,
                max_value=last,
                value=min(max(start[0] if start else 1, 1), last),
                key=draft.widget(f"{prefix}-header-first"),
                width=200,
            )
        answers = st.empty()
    if sheet.delimiter:
        with st.expander(_("More: character encoding and delimiter")):
            import_parts.text_settings(draft, with_delimiter=True)
    rows = tuple(number for number in sheet.row_numbers if number >= first)[:count]
    guess = _guessed(draft, sheet, None if rows == found else rows)
    answers.caption(_("Rows under the header: {count}").format(count=guess.answers))
    return guess


def _guessed(draft: Draft, sheet: Sheet, header_rows: tuple[int, ...] | None) -> SurveyGuess:
    """Guessing ten thousand answers takes half a second, so it is done once a header."""
    kept = draft.survey.guesses
    key = (sheet.name, header_rows)
    if key not in kept:
        kept[key] = guess_columns(sheet, header_rows)
    return kept[key]


def _preview(sheet: Sheet, header_rows: tuple[int, ...]) -> None:
    """The first rows as they stand in the file, with Excel's row numbers and column letters."""
    _ = state.translator()
    header = max(header_rows, default=0)
    above = sum(1 for number in sheet.row_numbers if number <= header)
    shown = min(len(sheet.rows), above + PREVIEW_ROWS)
    table: dict[str, list[object]] = {_("Row"): list(sheet.row_numbers[:shown])}
    for index in range(min(sheet.width, 60)):
        table[column_letter(index)] = [row[index][:LONGEST_SHOWN] for row in sheet.rows[:shown]]
    with st.expander(_("The first {count} rows of the file").format(count=shown), expanded=True):
        st.dataframe(
            table,
            hide_index=True,
            height=min(248, 40 + 35 * shown),
            column_config={
                _("Row"): st.column_config.NumberColumn(width=60, pinned=True, format="%d"),
                **{
                    column_letter(i): st.column_config.TextColumn(width=150)
                    for i in range(min(sheet.width, 60))
                },
            },
        )


# --- the respondents --------------------------------------------------------------------------


def _respondents(
    bench: Workbench, draft: Draft, plan: SurveyPlan, form: ChosenForm | None
) -> tuple[SurveyPlan, int | None]:
    _ = state.translator()
    column = plan.column_of(ColumnRole.ACTOR_GROUP)
    label = (
        _("Actor group where the column {column} is empty").format(column=column.header[:40])
        if column
        else _("Actor group of all respondents")
    )
    group, forms, unit = st.columns([2, 1, 2], vertical_alignment="top")
    with group:
        chosen = import_parts.actor_group(
            bench,
            draft.widget(f"{draft.survey.version}-group{f'-{form.id}' if form else ''}"),
            label,
            _usual_group(draft, form, has_column=column is not None),
            width=None,
        )
    with forms:
        sent = st.number_input(
            _("Forms sent"),
            min_value=1,
            value=None,
            key=draft.widget("sent"),
            placeholder=_("not known"),
            help=_("How many got the survey. The response rate in the report needs it."),
        )
    with unit:
        units = {
            SurveyUnit.ANSWER: _("The whole answer"),
            SurveyUnit.LINE: _("Each line or bullet"),
        }
        start = draft.survey.from_map.unit if draft.survey.from_map else SurveyUnit.ANSWER
        picked = st.segmented_control(
            _("What is one text"),
            list(units),
            format_func=units.__getitem__,
            default=start,
            required=True,
            key=draft.widget(f"{draft.survey.version}-unit"),
        )
    return replace(plan, actor_group=chosen, unit=picked or SurveyUnit.ANSWER), sent


def _usual_group(draft: Draft, form: ChosenForm | None, *, has_column: bool) -> str:
    """The group of the column map, else the one that the form is for."""
    mapped = draft.survey.from_map.actor_group if draft.survey.from_map else ""
    of_form = form.sheet.form.actor_group if form is not None and not has_column else ""
    return mapped or of_form
