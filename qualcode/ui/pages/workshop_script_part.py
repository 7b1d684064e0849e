"""The script of a workshop: steps in order, tables with their questions, who leads, who records."""

from __future__ import annotations

import streamlit as st

from qualcode.domain.workshop_days import Workshop, WorkshopStep, WorkshopTable
from qualcode.domain.workshops import Quadrant
from qualcode.ui import begun, state, undo_line
from qualcode.ui.file_types import WORD
from qualcode.ui.words import plain
from qualcode.workbench import workshop_order, workshop_script
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quadrant_names import quadrant_name
from qualcode.workbench.workshop_script import StepWithTables

EDITING = "workshops:editing"
"""Which step or table is being written: its id."""


def show(bench: Workbench, workshop: Workshop, place: str) -> None:
    _ = state.translator()
    with bench.store.reading() as rows:
        steps = workshop_script.steps_of(rows, workshop.id)
    with st.container(horizontal=True, vertical_alignment="center", key="script-row"):
        if st.button(_("Add a step"), icon=":material/add:", key="script-add"):
            state.choose(EDITING, "new")
        if st.button(
            _("Add the four tables of a SWOT"),
            icon=":material/grid_view:",
            key="script-swot",
            help=_("A Learning Cafe: four tables, ten minutes each, to be given their questions."),
        ):
            undo_line.attempt(place, lambda: workshop_script.usual_swot(bench, workshop.id))
            st.rerun()
        st.space("stretch")
        st.download_button(
            _("Running order (Word)"),
            data=lambda: workshop_order.as_word(state.bench(), workshop.id),
            file_name=f"{workshop.name}.docx",
            mime=WORD,
            key="script-order",
            icon=":material/print:",
            disabled=not steps,
            on_click="ignore",
            help=_("One page for those who lead: what begins when, what is asked, who does what."),
        )
    if state.chosen(EDITING) == "new":
        new = WorkshopStep(f"{workshop.id}-new", workshop.id, "")
        _step_form(bench, new, place, is_new=True)
    if not steps and state.chosen(EDITING) != "new":
        st.info(
            _(
                "The script says what is done when: the schedule, the tables and their questions, "
                "who leads and who records. Add a step, or take themes from the survey."
            ),
            icon=":material/schedule:",
        )
    for number, one in enumerate(steps):
        _step(bench, one, place, is_first=number == 0, is_last=number == len(steps) - 1)
    if workshop.watched:
        with st.container(border=True, key="script-watched", gap="xsmall"):
            st.markdown(f"**{_('Targets of the observation')}**")
            for target in workshop.watched:
                st.markdown(f"- {plain(target)}")


# --- a step ------------------------------------------------------------------------------------


def _step(
    bench: Workbench, one: StepWithTables, place: str, *, is_first: bool, is_last: bool
) -> None:
    _ = state.translator()
    step = one.step
    with st.container(border=True, key=f"step-{step.id}", gap="xsmall"):
        if state.chosen(EDITING) == step.id:
            _step_form(bench, step, place, is_new=False)
        else:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(_step_line(one), width="stretch")
                _step_buttons(bench, step, place, is_first=is_first, is_last=is_last)
            for question in step.questions:
                st.markdown(f"- {plain(question)}")
        for table in one.tables:
            _table(bench, table, place)
        if state.chosen(EDITING) == f"{step.id}-table":
            new = WorkshopTable(f"{step.id}-new", step.id, "")
            _table_form(bench, new, place, is_new=True)


def _step_line(one: StepWithTables) -> str:
    _ = state.translator()
    step = one.step
    minutes = _("{n} min").format(n=one.minutes) if one.minutes else ""
    who = [
        _("leads: {who}").format(who=step.leads) if step.leads else "",
        _("records: {who}").format(who=step.records) if step.records else "",
        step.recorded_on,
    ]
    told = " · ".join(part for part in (minutes, step.method, *who) if part)
    name = f"**{plain(f'{step.starts} {step.name}'.strip())}**"
    return f"{name}  :gray[{plain(told)}]" if told else name


def _step_buttons(
    bench: Workbench, step: WorkshopStep, place: str, *, is_first: bool, is_last: bool
) -> None:
    _ = state.translator()

    def button(name: str, label: str, said: str = "", off: bool = False) -> bool:
        return st.button(
            label,
            key=f"step-{name}-{step.id}",
            type="tertiary",
            help=said or None,
            disabled=off,
        )

    if button("up", "↑", _("Earlier"), is_first):
        undo_line.attempt(place, lambda: workshop_script.move_step(bench, step.id, -1))
        st.rerun()
    if button("down", "↓", _("Later in the day"), is_last):
        undo_line.attempt(place, lambda: workshop_script.move_step(bench, step.id, 1))
        st.rerun()
    if button("table", _("Add a table")):
        state.choose(EDITING, f"{step.id}-table")
        st.rerun()
    if button("edit", _("Edit")):
        state.choose(EDITING, step.id)
        st.rerun()
    if button("remove", _("Remove")):
        said = _("“{name}” was removed from the script.").format(name=step.name)
        undo_line.attempt(place, lambda: workshop_script.remove_step(bench, step.id), said)
        st.rerun()


def _step_form(bench: Workbench, step: WorkshopStep, place: str, *, is_new: bool) -> None:
    _ = state.translator()
    was = step if is_new else begun.from_what(f"step-{step.id}", step)
    with st.form(f"step-form-{step.id}", border=is_new):
        first, second, third = st.columns([2, 6, 2])
        starts = first.text_input(_("Begins"), value=was.starts, placeholder="10.15")
        name = second.text_input(_("What is done"), value=was.name)
        minutes = third.number_input(_("Minutes"), 1, 900, value=was.minutes)
        questions = st.text_area(
            _("Questions, one a line"), value="\n".join(was.questions), height=90
        )
        left, middle, right, last = st.columns(4)
        leads = left.text_input(_("Leads"), value=was.leads)
        records = middle.text_input(_("Records"), value=was.records)
        on = right.text_input(_("Recorded on"), value=was.recorded_on, placeholder=_("flipchart"))
        method = last.text_input(_("Method"), value=was.method)
        saved, dropped = _buttons()
    new = WorkshopStep(
        bench.new_id() if is_new else step.id,
        step.workshop_id,
        name,
        starts,
        int(minutes) if minutes else None,
        method,
        tuple(questions.split("\n")),
        leads,
        records,
        on,
        step.position,
    )
    if saved and undo_line.attempt(place, lambda: workshop_script.put_step(bench, new)):
        _closed(f"step-{step.id}")
    if dropped:
        _closed(f"step-{step.id}")


# --- a table of a step -------------------------------------------------------------------------


def _table(bench: Workbench, table: WorkshopTable, place: str) -> None:
    _ = state.translator()
    if state.chosen(EDITING) == table.id:
        _table_form(bench, table, place, is_new=False)
        return
    told = [
        quadrant_name(table.quadrant, bench.language),
        _("{n} min").format(n=table.minutes) if table.minutes else "",
        _("leads: {who}").format(who=table.leads) if table.leads else "",
        _("records: {who}").format(who=table.records) if table.records else "",
    ]
    line = " · ".join(part for part in told if part and part != table.name)
    with st.container(key=f"table-{table.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f":material/table_restaurant: {plain(table.name)}  :gray[{plain(line)}]",
                width="stretch",
            )
            if st.button(_("Edit"), key=f"table-edit-{table.id}", type="tertiary"):
                state.choose(EDITING, table.id)
                st.rerun()
            if st.button(_("Remove"), key=f"table-remove-{table.id}", type="tertiary"):
                undo_line.attempt(place, lambda: workshop_script.remove_table(bench, table.id))
                st.rerun()
        for question in table.questions:
            st.markdown(f"- {plain(question)}")


def _table_form(bench: Workbench, table: WorkshopTable, place: str, *, is_new: bool) -> None:
    _ = state.translator()
    was = table if is_new else begun.from_what(f"table-{table.id}", table)
    quadrants = ["", *(quadrant.value for quadrant in Quadrant)]
    with st.form(f"table-form-{table.id}", border=True):
        first, second, third = st.columns([4, 3, 2])
        name = first.text_input(_("Name of the table"), value=was.name)
        quadrant = second.selectbox(
            _("Quadrant"),
            quadrants,
            index=quadrants.index(was.quadrant) if was.quadrant in quadrants else 0,
            format_func=lambda value: quadrant_name(value, bench.language) or _("none"),
        )
        minutes = third.number_input(_("Minutes a round"), 1, 900, value=was.minutes)
        questions = st.text_area(
            _("Questions, one a line"), value="\n".join(was.questions), height=90
        )
        left, right = st.columns(2)
        leads = left.text_input(_("Leads"), value=was.leads)
        records = right.text_input(_("Records"), value=was.records)
        saved, dropped = _buttons()
    new = WorkshopTable(
        bench.new_id() if is_new else table.id,
        table.step_id,
        name,
        quadrant or "",
        tuple(questions.split("\n")),
        int(minutes) if minutes else None,
        leads,
        records,
        table.position,
    )
    if saved and undo_line.attempt(place, lambda: workshop_script.put_table(bench, new)):
        _closed(f"table-{table.id}")
    if dropped:
        _closed(f"table-{table.id}")


def _buttons() -> tuple[bool, bool]:
    _ = state.translator()
    with st.container(horizontal=True):
        saved = st.form_submit_button(_("Save"), type="primary")
        dropped = st.form_submit_button(_("Cancel"), type="tertiary")
    return saved, dropped


def _closed(name: str) -> None:
    begun.anew(name)
    state.choose(EDITING, None)
    st.rerun()
