"""What would come in of a survey, before it is saved: counts, warnings, what is set aside."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.documents import ClosedState
from qualcode.domain.errors import QualcodeError
from qualcode.readers.survey import ColumnRole, SurveyPlan, SurveyReading
from qualcode.ui import state
from qualcode.ui.pages import import_parts
from qualcode.ui.pages.material_draft import Draft
from qualcode.ui.words import plain
from qualcode.workbench import importing, material
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_of_survey import FormOfFile

LONGEST_SHOWN = 300
"""Characters of a cell in a list."""


def show(
    bench: Workbench,
    draft: Draft,
    plan: SurveyPlan,
    reading: SurveyReading,
    sent: int | None,
    form: FormOfFile | None,
    twice: QualcodeError | None,
) -> None:
    _ = state.translator()
    aside = sum(text.set_aside for text in reading.texts)
    states = {s: sum(1 for c in reading.closed if c.state is s) for s in ClosedState}
    people = len(reading.respondents)
    rate = f" ({people / sent:.0%})".replace("%", "\u00a0%") if sent else ""
    import_parts.figures(
        [
            (_("Respondents"), f"{people}{rate}", _("Forms that came back.")),
            (_("Open answers"), len(reading.texts) - aside, _("Texts to be read and coded.")),
            (
                _("Set aside"),
                aside,
                _("Non-answers such as “en tiedä” and “-”: kept and listed, but not coded."),
            ),
            (_("Closed answers"), states[ClosedState.ANSWERED], ""),
            (_("Missing"), states[ClosedState.MISSING], _("Closed questions left empty.")),
            (
                _("Uninterpretable"),
                states[ClosedState.UNINTERPRETABLE],
                _("Closed answers that are none of the options."),
            ),
            (
                _("Dropped cells"),
                reading.dropped_cells,
                _("Cells of identifying columns. They are not saved anywhere."),
            ),
        ]
    )
    _warnings(bench, plan, reading, sent)
    if aside:
        _set_aside(reading, aside)
    if reading.closed:
        _closed(reading)
    if reading.problems:
        import_parts.problems(reading.problems)
    count = len(reading.texts) + len(reading.closed)
    if not count:
        st.info(
            _("No column gives answers yet. Choose at least one open or closed column above."),
            icon=":material/info:",
        )
    if twice is not None:
        st.error(state.message(twice), icon=":material/error:")
    import_parts.import_button(
        draft,
        count if twice is None else 0,
        lambda: importing.import_survey(
            bench,
            draft.file,
            draft.data,
            reading,
            again=import_parts.imports_again(draft),
            sent=sent,
            form=form,
        ),
    )


def _warnings(bench: Workbench, plan: SurveyPlan, reading: SurveyReading, sent: int | None) -> None:
    """What a person should see before saving, each with what to do."""
    _ = state.translator()
    told: list[str] = []
    for role, text in (
        (ColumnRole.ID, _("Several columns are identifiers; only {column} is used.")),
        (ColumnRole.ACTOR_GROUP, _("Several columns give the actor group; only {column} is used.")),
    ):
        columns = [c for c in plan.columns if c.role is role]
        if len(columns) > 1:
            told.append(text.format(column=plain(columns[0].header)))
    without_group = sum(not r.actor_group for r in reading.respondents)
    if without_group:
        told.append(
            _(
                "Respondents without an actor group: {count}. Tables are made by actor group, so "
                "choose one above."
            ).format(count=without_group)
        )
    if sent and sent < len(reading.respondents):
        told.append(
            _("More forms came back ({count}) than were sent ({sent}). Check the number.").format(
                count=len(reading.respondents), sent=sent
            )
        )
    if plan.column_of(ColumnRole.ID) is not None:
        there = material.earlier_exports(
            bench, [r.label for r in reading.respondents], [i.text for i in reading.items]
        )
        for name, count in there.items():
            told.append(
                _(
                    "{count} of these identifiers are in the study already, from {file}. If this "
                    "is a newer export of the same survey, remove the older file first."
                ).format(count=count, file=plain(name))
            )
    for text in told:
        st.warning(text, icon=":material/warning:")


def _set_aside(reading: SurveyReading, count: int) -> None:
    _ = state.translator()
    title = _("Non-answers that are set aside ({count})").format(count=count)
    with st.expander(title, icon=":material/do_not_disturb_on:"):
        st.caption(_("They are kept, and each can be brought back afterwards."))
        found = [t for t in reading.texts if t.set_aside][: import_parts.MOST_SHOWN]
        st.dataframe(
            {
                _("Answer"): [t.text[:LONGEST_SHOWN] for t in found],
                _("Respondent"): [reading.respondents[t.respondent].label for t in found],
                _("Question"): [_question(reading, t.item) for t in found],
                _("Row"): [t.provenance.row for t in found],
            },
            hide_index=True,
            height=import_parts.table_height(len(found)),
            column_config={
                _("Answer"): st.column_config.TextColumn(width=260),
                _("Respondent"): st.column_config.TextColumn(width=110),
                _("Row"): st.column_config.NumberColumn(width=70, format="%d"),
            },
        )
        import_parts.rest(count)


def _question(reading: SurveyReading, item: int) -> str:
    found = reading.items[item]
    return " ".join(part for part in (found.number, found.text) if part)


def _closed(reading: SurveyReading) -> None:
    """How each closed question was understood: answered + missing + uninterpretable = forms."""
    _ = state.translator()
    people: dict[tuple[int, ClosedState], set[int]] = {}
    for answer in reading.closed:
        people.setdefault((answer.item, answer.state), set()).add(answer.respondent)
    items = [i for i, item in enumerate(reading.items) if not item.kind.is_text]

    def count(item: int, state_of_answer: ClosedState) -> int:
        return len(people.get((item, state_of_answer), ()))

    with st.expander(_("Closed questions ({count})").format(count=len(items))):
        st.dataframe(
            {
                _("Question"): [_question(reading, i) for i in items],
                _("Answered"): [count(i, ClosedState.ANSWERED) for i in items],
                _("Missing"): [count(i, ClosedState.MISSING) for i in items],
                _("Uninterpretable"): [count(i, ClosedState.UNINTERPRETABLE) for i in items],
            },
            hide_index=True,
            height=import_parts.table_height(len(items)),
            column_config={
                name: st.column_config.NumberColumn(width=120)
                for name in (_("Answered"), _("Missing"), _("Uninterpretable"))
            },
        )
