"""The columns of a survey, a row each: what it was guessed to be, why, and the way to change it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from qualcode.domain.options import option_parts
from qualcode.readers.sheets import Sheet, column_letter
from qualcode.readers.survey import ColumnGuess, ColumnPlan, ColumnRole, SurveyGuess, SurveyPlan
from qualcode.readers.survey_scales import scale_by_hand
from qualcode.readers.survey_strays import says_nothing
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages import survey_form_part
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.pages.survey_form_part import ChosenForm
from qualcode.ui.words import plain
from qualcode.workbench.form_of_survey import as_asked, as_background

ROWS = 40
"""Columns on the screen at a time; more would make every click slow."""

SAMPLE_LENGTH = 70
ROLES = {
    ColumnRole.ID: N_("Identifier"),
    ColumnRole.ACTOR_GROUP: N_("Actor group"),
    ColumnRole.BACKGROUND: N_("Background variable"),
    ColumnRole.OPEN: N_("Open question"),
    ColumnRole.COMPLETION: N_("Sentence completion"),
    ColumnRole.LIKERT: N_("Likert scale"),
    ColumnRole.CHOICE: N_("Choice"),
    ColumnRole.MULTIPLE_CHOICE: N_("Multiple choice"),
    ColumnRole.NUMBER: N_("Number"),
    ColumnRole.STANCE: N_("Stance of the answer"),
    ColumnRole.SPOKEN_OF: N_("Whom the answer speaks of"),
    ColumnRole.SPEAKER: N_("Who speaks in the answer"),
    ColumnRole.IDENTIFYING: N_("Identifying, dropped"),
    ColumnRole.IGNORE: N_("Not read"),
}
WITH_OPTIONS = (ColumnRole.LIKERT, ColumnRole.CHOICE, ColumnRole.MULTIPLE_CHOICE)


def show(
    draft: Draft, guess: SurveyGuess, sheet: Sheet, form: ChosenForm | None = None
) -> SurveyPlan:
    """The plan as it stands after what the person has changed, and what the form tells."""
    base = start(draft, guess)
    prefix = place(draft, guess, sheet)
    told = st.empty()
    starts = [_start_on(form, column, draft) for column in base.columns]
    columns = [
        _from_session(draft, prefix, column, found, form)
        for column, found in zip(starts, guess.columns, strict=True)
    ]
    first = 0
    pages = math.ceil(len(columns) / ROWS)
    if pages > 1:
        first = (st.pagination(pages, key=draft.widget(f"{prefix}-page")) - 1) * ROWS
    _heading()
    for index in range(first, min(first + ROWS, len(columns))):
        columns[index] = _row(draft, prefix, starts[index], guess.columns[index], form)
    plan = replace(base, columns=tuple(columns))
    told.caption(_told(plan))
    return plan


def place(draft: Draft, guess: SurveyGuess, sheet: Sheet) -> str:
    """What the fields of the columns are kept by: the sheet and the header they stand under."""
    return f"{draft.survey.version}-{sheet.name}-{'.'.join(map(str, guess.header_rows))}"


def by_role(draft: Draft, guess: SurveyGuess, sheet: Sheet) -> SurveyPlan:
    """The columns with the roles that a person chose for them, whatever a form tells."""
    base = start(draft, guess)
    prefix = place(draft, guess, sheet)
    roles = [_role_in_session(draft, prefix, column) for column in base.columns]
    columns = [
        column if role is column.role else replace(column, role=role, option="")
        for column, role in zip(base.columns, roles, strict=True)
    ]
    return replace(base, columns=tuple(columns))


def start(draft: Draft, guess: SurveyGuess) -> SurveyPlan:
    """Where the fields start from: the map that was loaded, or the guess."""
    loaded = draft.survey.from_map
    if loaded is not None and [c.header for c in loaded.columns] == [
        c.header for c in guess.columns
    ]:
        return replace(loaded, header_rows=guess.header_rows)
    return guess.plan()


def _start_on(form: ChosenForm | None, base: ColumnPlan, draft: Draft) -> ColumnPlan:
    """A column that the form asks among its background questions begins as background."""
    if form is None or base.index not in form.people or form.asked(draft, base.index):
        return base
    return as_background(base)


def _told(plan: SurveyPlan) -> str:
    """What was found, in one line: so many columns of each sort."""
    _ = state.translator()
    counts = Counter(column.role for column in plan.columns)
    found = ", ".join(f"{_(ROLES[role]).lower()} {counts[role]}" for role in ROLES if counts[role])
    return _("Columns {count}: {found}. Check the roles and change what is not right.").format(
        count=len(plan.columns), found=found
    )


def _heading() -> None:
    _ = state.translator()
    column, role, about = st.columns([5, 2.4, 3])
    column.caption(_("Column and the most usual answers"))
    role.caption(_("What it is, and why"))
    about.caption(_("Number, theme and options of the question"))


def _row(
    draft: Draft, prefix: str, base: ColumnPlan, guess: ColumnGuess, form: ChosenForm | None
) -> ColumnPlan:
    _ = state.translator()
    asked = form.asked(draft, base.index) if form is not None else None

    def key(name: str) -> str:
        return draft.widget(f"{prefix}-{name}-{base.index}")

    with st.container(key=f"survey-column-{base.index}", gap="small"):
        column, role_box, about = st.columns([5, 2.4, 3])
        with column, st.container(gap=None):
            letter = column_letter(base.index)
            st.markdown(f"`{letter}` **{plain(base.header)}**")
            st.caption(plain(_samples(guess)))
            if guess.identifiers_inside:
                st.caption(
                    ":material/privacy_tip: "
                    + _(
                        "Answers with an e-mail address, phone number or identity code in them: "
                        "{count}. Mask them in the file before importing, if they are not needed."
                    ).format(count=guess.identifiers_inside)
                )
        with role_box, st.container(gap=None):
            if form is not None and asked is not None:
                _role_of_form(as_asked(base, asked), letter, key(f"role-{asked.id}"))
                st.caption(survey_form_part.why(draft, form, base.index))
            else:
                role = _role(base, letter, key(_role_name(base, form)), draft, prefix)
                st.caption(_why(role, base, guess, form))
        with about, st.container(gap="xxsmall"):
            if form is not None and (asked is not None or role is not ColumnRole.IDENTIFYING):
                survey_form_part.question(draft, form, base)
            if asked is None and role.kind is not None:
                _about_question(base, role, letter, key, guess)
    return _from_session(draft, prefix, base, guess, form)


def _role(base: ColumnPlan, letter: str, key: str, draft: Draft, prefix: str) -> ColumnRole:
    _ = state.translator()
    return ColumnRole(
        st.selectbox(
            _("Role of the column {column}").format(column=letter),
            list(ROLES),
            index=list(ROLES).index(base.role),
            format_func=lambda r: _(ROLES[r]),
            key=key,
            label_visibility="collapsed",
            required=True,
            persist_state="session",
            on_change=survey_form_part.forget,
            args=(draft, prefix, base.index),
        )
    )


def _role_of_form(read: ColumnPlan, letter: str, key: str) -> None:
    """What the form tells the column to be. To change it, the column is bound to no question."""
    _ = state.translator()
    st.selectbox(
        _("Role of the column {column}").format(column=letter),
        [read.role],
        format_func=lambda r: _(ROLES[r]),
        key=key,
        label_visibility="collapsed",
        disabled=True,
    )


def _about_question(
    base: ColumnPlan,
    role: ColumnRole,
    letter: str,
    key: Callable[[str], str],
    guess: ColumnGuess,
) -> None:
    _ = state.translator()
    with st.container(horizontal=True, gap="small"):
        st.text_input(
            _("Number of the question in column {column}").format(column=letter),
            value=base.number,
            key=key("number"),
            placeholder=_("No."),
            label_visibility="collapsed",
            persist_state="session",
            width=76,
        )
        st.text_input(
            _("Theme of the question in column {column}").format(column=letter),
            value=base.theme,
            key=key("theme"),
            placeholder=_("Theme"),
            label_visibility="collapsed",
            persist_state="session",
        )
    if base.option and role is base.role:
        st.caption(_("One option of the question: {option}").format(option=plain(base.option)))
    elif role in WITH_OPTIONS:
        st.text_input(
            _("Options of the question in column {column}").format(column=letter),
            value=options_as_text(base.options if role is base.role else _seen(guess, role)),
            key=key(f"options-{role}"),
            placeholder=_("Options, in their order: yes; no"),
            label_visibility="collapsed",
            persist_state="session",
        )


def _from_session(
    draft: Draft, prefix: str, base: ColumnPlan, guess: ColumnGuess, form: ChosenForm | None
) -> ColumnPlan:
    """The column as the form says, or as its fields do, also when they are on another page now."""
    asked = form.asked(draft, base.index) if form is not None else None
    if asked is not None:
        return as_asked(base, asked)

    def value(name: str, default: str) -> str:
        key = draft.widget(f"{prefix}-{name}-{base.index}")
        kept = st.session_state.get(key)
        return default if kept is None else str(kept)

    role = _role_in_session(draft, prefix, base, form)
    same = role is base.role
    options = base.options if same else _seen(guess, role)
    if role in WITH_OPTIONS and not (same and base.option):
        written = value(f"options-{role}", options_as_text(options))
        options = options if written == options_as_text(options) else options_of_text(written)
    return replace(
        base,
        role=role,
        number=value("number", base.number).strip() if role.kind else "",
        theme=" ".join(value("theme", base.theme).split()) if role.kind else "",
        options=options,
        option=base.option if same else "",
    )


def _seen(guess: ColumnGuess, role: ColumnRole) -> tuple[str, ...]:
    """What a person who makes the column a closed question begins with: the scale its numbers are
    on, else all that was answered, in the order of its marks, when that is little; to be put in
    order and mended."""
    if role is ColumnRole.LIKERT and (steps := scale_by_hand(guess.header, guess.samples)):
        return steps
    few = guess.distinct == len(guess.samples) and all(len(s) <= 60 for s in guess.samples)
    if role not in (ColumnRole.LIKERT, ColumnRole.CHOICE) or not few:
        return ()
    seen = [" ".join(value.split()) for value in guess.samples if not says_nothing(value)]
    if all(option_parts(value)[0] for value in seen):
        seen.sort(key=lambda value: option_parts(value)[0].zfill(2))
    return tuple(dict.fromkeys(seen))


def _role_name(base: ColumnPlan, form: ChosenForm | None) -> str:
    """A field of its own where the form gave the role it begins with."""
    return f"role-{form.id}" if form is not None and base.index in form.people else "role"


def _role_in_session(
    draft: Draft, prefix: str, base: ColumnPlan, form: ChosenForm | None = None
) -> ColumnRole:
    name = _role_name(base, form)
    kept = st.session_state.get(draft.widget(f"{prefix}-{name}-{base.index}"))
    return base.role if kept is None else ColumnRole(kept)


def _why(role: ColumnRole, base: ColumnPlan, guess: ColumnGuess, form: ChosenForm | None) -> str:
    _ = state.translator()
    if role is guess.role:
        return plain(guess.reason(_))
    if role is base.role and form is not None and base.index in form.people:
        return _("From the form: one of its background questions.")
    if role is base.role:
        return _("From the column map.")
    return _("Chosen by you. It was guessed: {role}.").format(role=_(ROLES[guess.role]).lower())


def _samples(guess: ColumnGuess) -> str:
    _ = state.translator()
    shown = [" ".join(s.split()) for s in guess.samples[:3]]
    cut = [f"{s[:SAMPLE_LENGTH]}…" if len(s) > SAMPLE_LENGTH else s for s in shown]
    parts = [_("“{text}”").format(text=text) for text in cut]
    if guess.role is ColumnRole.IDENTIFYING:
        # What identifies people is not shown about on the screen either.
        parts = [_("cells that would be dropped: {count}").format(count=guess.dropped_cells)]
    if guess.empty:
        parts.append(_("empty: {count}").format(count=guess.empty))
    return " · ".join(parts)


def options_as_text(options: tuple[str, ...]) -> str:
    """Options on one line, between semicolons, or bars when an option has a semicolon.

    >>> options_as_text(("kyllä", "ei; en")), options_as_text(("1", "2"))
    ('kyllä | ei; en', '1; 2')
    """
    return (" | " if any(";" in option for option in options) else "; ").join(options)


def options_of_text(text: str) -> tuple[str, ...]:
    """The options written on a line, each once.

    >>> options_of_text("kyllä;  ei ; kyllä"), options_of_text("a | b; c")
    (('kyllä', 'ei'), ('a', 'b; c'))
    """
    parts = re.split(r"\|" if "|" in text else ";", text)
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
