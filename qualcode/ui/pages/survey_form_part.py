"""The form that a survey was answered on: chosen or offered, and each column's question of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.domain.instruments import FormItem
from qualcode.readers.sheets import column_letter
from qualcode.readers.survey import ColumnPlan, SurveyPlan, SurveyReading
from qualcode.texts import N_
from qualcode.ui import state
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench import form_of_survey, form_words, instruments
from qualcode.workbench.bench import Workbench
from qualcode.workbench.counted_once import check_columns
from qualcode.workbench.form_matching import Ground, Match
from qualcode.workbench.form_of_survey import FormOffer, FormOfFile
from qualcode.workbench.instruments import FormSheet

NONE = ""
"""What a column is bound to that is no question of the form."""

MOST_NAMED = 12

GROUNDS = {
    Ground.WORDS: N_("From the form: the same words."),
    Ground.PART: N_("From the form: a named part of the question."),
    Ground.NUMBER: N_("From the form: the same number."),
    Ground.LIKENESS: N_("From the form: words that are alike."),
}


@dataclass(frozen=True)
class ChosenForm:
    """The form a person chose; ``found``: column -> the question that it seems to be.

    ``people``: the columns that tell who answers, by background questions of the form.
    ``place`` is the sheet and the header that the columns stand under: under others they are
    others.
    """

    sheet: FormSheet
    place: str = ""
    items: Mapping[str, FormItem] = field(default_factory=dict)
    found: Mapping[int, Match] = field(default_factory=dict)
    people: Mapping[int, FormItem] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.sheet.form.id

    def asked(self, draft: Draft, column: int) -> FormItem | None:
        """The question the column is bound to: by hand, or as it was found."""
        by_hand = draft.survey.bound.get(self.key(draft, column))
        if by_hand is not None:
            return self.items.get(by_hand)
        found = self.found.get(column)
        return found.one if found is not None else None

    def ground(self, draft: Draft, column: int) -> Ground | None:
        """Why it is bound so; None when a person bound it."""
        by_hand = self.key(draft, column) in draft.survey.bound
        return None if by_hand or column not in self.found else self.found[column].ground

    def key(self, draft: Draft, column: int) -> str:
        return draft.widget(f"{self.place}-asked-{self.id}-{column}")


def choose(bench: Workbench, draft: Draft, plan: SurveyPlan, place: str) -> ChosenForm | None:
    """The form that is chosen; until one is, the one that the columns look like is offered.

    The columns of ``plan`` have the roles that a person chose, so that what is left out of the
    study is not bound. ``place`` tells the sheet and the header they stand under.
    """
    _ = state.translator()
    forms = [card.form for card in instruments.cards(bench)]
    if not forms:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                _(
                    "If the survey's form is brought in first, its types, scales and sections are "
                    "read from it here."
                ),
                width="content",
            )
            state.page_link("lomakkeet", _("Go to Forms"), ":material/list_alt:")
        return None
    names = {form.id: f"{form.name} ({form_words.version(form, _)})" for form in forms}
    key = draft.widget("form")
    if st.session_state.get(key) not in (None, *names):
        # Removed in another window since it was chosen.
        st.session_state[key] = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(
            _("Form the survey was answered on"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=key,
            placeholder=_("No form"),
            persist_state="session",
            width=420,
            help=_(
                "Types, numbers, sections, themes and options of the questions come from the form. "
                "Each column can be bound otherwise below."
            ),
        )
        if picked is None:
            _offer(draft, _offered(bench, draft, plan, list(names)), key)
    sheet = instruments.sheet(bench, picked) if picked else None
    if sheet is None:
        return None
    asked = form_of_survey.bindable(sheet)
    found, people = _found(draft, plan, asked)
    return ChosenForm(sheet, place, {item.id: item for item in asked}, found, people)


def _found(
    draft: Draft, plan: SurveyPlan, asked: Sequence[FormItem]
) -> tuple[Mapping[int, Match], Mapping[int, FormItem]]:
    """Looked for once for each reading of the columns and state of the form."""
    key = (plan.columns, tuple(asked))
    kept = draft.survey.found
    if kept is None or kept[0] != key:
        found = form_of_survey.matches(plan.columns, asked)
        people = form_of_survey.backgrounds(plan.columns, asked)
        kept = draft.survey.found = (key, found, people)
    return kept[1], kept[2]


def _offered(
    bench: Workbench, draft: Draft, plan: SurveyPlan, forms: Sequence[str]
) -> FormOffer | None:
    """Looked for once for each reading of the columns, not at every click."""
    kept = draft.survey.offered
    key = (tuple((column.header, column.role) for column in plan.columns), tuple(forms))
    if kept is None or kept[0] != key:
        kept = draft.survey.offered = (key, form_of_survey.offer(bench, plan.columns, forms))
    return kept[1]


def _offer(draft: Draft, offer: FormOffer | None, key: str) -> None:
    _, ngettext = state.translator(), state.plural()
    if offer is None:
        return
    told = ngettext(
        "Suggestion: {form}. {n} column looks like its question.",
        "Suggestion: {form}. {n} columns look like its questions.",
        offer.matched,
    )
    st.caption(plain(told.format(form=offer.form.name, n=offer.matched)), width="content")
    st.button(
        _("Use this form"),
        key=draft.widget("form-offered"),
        icon=":material/link:",
        on_click=_use,
        args=(key, offer.form.id),
    )


def _use(key: str, form_id: str) -> None:
    st.session_state[key] = form_id


def question(draft: Draft, form: ChosenForm, column: ColumnPlan) -> None:
    """Which question of the form the column is, and what comes from there."""
    _ = state.translator()
    choices = [NONE, *form.items]
    at = form.asked(draft, column.index)
    key = form.key(draft, column.index)
    # What was found may be another question since: only what a person chose stays as it was.
    st.session_state[key] = at.id if at else NONE
    st.selectbox(
        _("Question of the form in column {column}").format(column=column_letter(column.index)),
        choices,
        format_func=lambda id: form.items[id].title if id else _("none of the form's questions"),
        key=key,
        label_visibility="collapsed",
        required=True,
        on_change=_bound_by_hand,
        args=(draft, key),
    )
    if at is not None:
        st.caption(plain(_told(at, form)))


def _bound_by_hand(draft: Draft, key: str) -> None:
    draft.survey.bound[key] = st.session_state[key]


def forget(draft: Draft, place: str, column: int) -> None:
    """A role that is chosen for a column undoes what the column was bound to earlier by hand, on
    a form that was taken off since: the later choice holds."""
    start, end = draft.widget(f"{place}-asked-"), f"-{column}"
    bound = draft.survey.bound
    for key in [key for key, id in bound.items() if id != NONE]:
        if key.startswith(start) and key.endswith(end):
            del bound[key]


def why(draft: Draft, form: ChosenForm, column: int) -> str:
    """Why the column is taken for its question of the form."""
    _ = state.translator()
    ground = form.ground(draft, column)
    return _("From the form: chosen by you.") if ground is None else _(GROUNDS[ground])


def _told(asked: FormItem, form: ChosenForm) -> str:
    """What the form tells of the question: section, theme, options, what it depends on."""
    _ = state.translator()
    parts = [asked.section, asked.theme, "; ".join(asked.options)]
    before = form.sheet.item(asked.follows)
    if before is not None:
        parts.append(_("goes on from “{question}”").format(question=before.title))
    filtering = form.sheet.item(asked.filter_of)
    if filtering is not None:
        told = _("asked of those who answered “{answer}” to “{question}”")
        parts.append(told.format(answer=asked.filter_value, question=filtering.title))
    elif asked.filter_value:
        parts.append(_("asked of some only: {answer}").format(answer=asked.filter_value))
    unlike = {part.casefold(): part for part in reversed(parts) if part}
    return " · ".join(reversed(unlike.values()))


def result(draft: Draft, form: ChosenForm | None, plan: SurveyPlan) -> FormOfFile | None:
    """The form with the columns bound to it; None when none is."""
    if form is None:
        return None
    asked = {
        column_letter(column.index): one.id
        for column in plan.columns
        if (one := form.asked(draft, column.index)) is not None
    }
    return FormOfFile(form.id, asked) if asked else None


def problem(
    draft: Draft, form: ChosenForm | None, bound: FormOfFile | None, reading: SurveyReading
) -> QualcodeError | None:
    """What keeps the file from coming in bound so; None when nothing does."""
    if form is None or bound is None:
        return None
    try:
        check_columns(draft.file, reading.items, bound.asked, form.items)
    except QualcodeError as error:
        return error
    return None


def told(form: ChosenForm, bound: FormOfFile | None, plan: SurveyPlan) -> None:
    """How much of the form the file has, what is missing from it, and what is bound twice."""
    _ = state.translator()
    asked = dict(bound.asked) if bound else {}
    taken = set(asked.values())
    people = [
        form.people[column.index]
        for column in plan.columns
        if column.index in form.people and column.role.is_of_people
    ]
    taken |= {item.id for item in people}
    said = _("Questions of the form in this file: {bound}/{all}.").format(
        bound=len(taken), all=len(form.items)
    )
    left = [item for item in form.items.values() if item.id not in taken]
    if left:
        named = [item.number or item.text[:40] for item in left[:MOST_NAMED]]
        more = "…" if len(left) > MOST_NAMED else ""
        said += " " + _("Not in it: {questions}").format(questions=", ".join(named) + more)
    if people:
        named = [item.number or item.text[:40] for item in people[:MOST_NAMED]]
        said += " " + _("Read as background: {questions}").format(questions=", ".join(named))
    st.caption(plain(said))
    single = Counter(
        asked[letter]
        for column in plan.columns
        if not column.option and (letter := column_letter(column.index)) in asked
    )
    for id, count in single.items():
        if count < 2:
            continue
        letters = ", ".join(letter for letter, one in asked.items() if one == id)
        item = form.items[id]
        if item.asked_as.item_kind.is_text and item.parts:
            continue
        if item.asked_as.item_kind.is_text:
            st.caption(
                _(
                    "Columns {columns} are read as answers to one question, “{question}”, the one "
                    "going on from the other."
                ).format(columns=letters, question=plain(item.title))
            )
        else:
            st.warning(
                _(
                    "Columns {columns} are bound to one question, “{question}”. Bind each to a "
                    "question of its own, or all but one to none."
                ).format(columns=letters, question=plain(item.title)),
                icon=":material/rule:",
            )
