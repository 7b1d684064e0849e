"""A workshop's script: its steps in order, the tables of a step, who leads and who records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import EmptyName
from qualcode.domain.scripts import Script, ScriptStep, ScriptTable
from qualcode.domain.workshop_days import Workshop, WorkshopStep, WorkshopTable
from qualcode.domain.workshops import Quadrant
from qualcode.store.repository import Reading
from qualcode.workbench import workshops
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.quadrant_names import quadrant_name


@dataclass(frozen=True)
class StepWithTables:
    step: WorkshopStep
    tables: tuple[WorkshopTable, ...]

    @property
    def minutes(self) -> int | None:
        """How long the step takes: as told, else the rounds of its tables together."""
        told = [table.minutes for table in self.tables if table.minutes]
        return self.step.minutes or (sum(told) if told else None)


def steps_of(rows: Reading, workshop_id: str) -> list[StepWithTables]:
    """The script in its order."""
    steps = sorted(
        rows.find(WorkshopStep, workshop_id=workshop_id), key=lambda s: (s.position, s.id)
    )
    ids = tuple(step.id for step in steps)
    tables = rows.find(WorkshopTable, step_id=ids) if ids else []
    return [
        StepWithTables(
            step,
            tuple(
                sorted(
                    (table for table in tables if table.step_id == step.id),
                    key=lambda t: (t.position, t.id),
                )
            ),
        )
        for step in steps
    ]


def take(bench: Workbench, script: Script, workshop_id: str | None = None) -> Workshop:
    """The script as that of a workshop, after what it has already; without one, of a new one."""
    with bench.act(Act.EDIT_SCRIPT if workshop_id else Act.ADD_WORKSHOP) as work:
        if workshop_id is None:
            details = workshops.Details(
                script.name,
                script.held_on,
                script.place,
                script.actor_group,
                script.theme,
                script.watched,
            )
            workshop = workshops.new_workshop(work, details)
        else:
            workshop = work.require(Workshop, workshop_id)
            watched = tuple(dict.fromkeys((*workshop.watched, *script.watched)))
            work.put(replace(workshop, watched=watched))
        for step in script.steps:
            _put_step(work, workshop.id, step)
        work.say(workshop=workshop.name, count=len(script.steps))
    return workshop


def usual_swot(bench: Workbench, workshop_id: str) -> None:
    """A Learning Cafe of four tables, a quadrant of a SWOT each, to be given questions."""
    with bench.act(Act.EDIT_SCRIPT) as work:
        workshop = work.require(Workshop, workshop_id)
        tables = tuple(
            ScriptTable(quadrant_name(quadrant, bench.language), quadrant.value, (), 10)
            for quadrant in Quadrant
        )
        _put_step(work, workshop_id, ScriptStep("Learning Cafe (SWOT)", tables=tables))
        work.say(workshop=workshop.name)


def put_step(bench: Workbench, step: WorkshopStep) -> None:
    """A step written anew, or a new one at the end."""
    with bench.act(Act.EDIT_SCRIPT) as work:
        workshop = work.require(Workshop, step.workshop_id)
        if not one_line(step.name):
            raise EmptyName()
        if work.rows.get(WorkshopStep, step.id) is None:
            step = replace(step, position=work.rows.last_position(WorkshopStep) + 1)
        work.put(_tidy_step(step))
        work.say(step=one_line(step.name), workshop=workshop.name)


def put_table(bench: Workbench, table: WorkshopTable) -> None:
    """A table of a step written anew, or a new one after the others."""
    with bench.act(Act.EDIT_SCRIPT) as work:
        step = work.require(WorkshopStep, table.step_id)
        if not one_line(table.name):
            raise EmptyName()
        if work.rows.get(WorkshopTable, table.id) is None:
            table = replace(table, position=work.rows.last_position(WorkshopTable) + 1)
        work.put(_tidy_table(table))
        work.say(step=step.name, workshop=work.require(Workshop, step.workshop_id).name)


def move_step(bench: Workbench, step_id: str, by: int) -> None:
    """The step comes earlier (-1) or later (1)."""
    with bench.act(Act.EDIT_SCRIPT) as work:
        step = work.require(WorkshopStep, step_id)
        steps = [one.step for one in steps_of(work.rows, step.workshop_id)]
        at = next(n for n, one in enumerate(steps) if one.id == step_id)
        to = min(max(at + by, 0), len(steps) - 1)
        steps.insert(to, steps.pop(at))
        for position, one in enumerate(steps):
            work.put(replace(one, position=position))
        work.say(step=step.name, workshop=work.require(Workshop, step.workshop_id).name)


def remove_step(bench: Workbench, step_id: str) -> None:
    """The step goes with its tables."""
    with bench.act(Act.EDIT_SCRIPT) as work:
        gone = work.require(WorkshopStep, step_id)
        tables = work.rows.find(WorkshopTable, step_id=step_id)
        work.remove(WorkshopTable, [table.id for table in tables])
        work.remove(WorkshopStep, [step_id])
        work.say(step=gone.name, workshop=work.require(Workshop, gone.workshop_id).name)


def remove_table(bench: Workbench, table_id: str) -> None:
    with bench.act(Act.EDIT_SCRIPT) as work:
        gone = work.require(WorkshopTable, table_id)
        step = work.require(WorkshopStep, gone.step_id)
        work.remove(WorkshopTable, [table_id])
        work.say(step=step.name, workshop=work.require(Workshop, step.workshop_id).name)


def take_themes(
    bench: Workbench, workshop_id: str, names: Sequence[str], step_id: str | None = None
) -> None:
    """Themes chosen of the survey's categories: a table each, in a step of theirs or a given one.

    A theme that has a table in the step already is not taken twice.
    """
    with bench.act(Act.EDIT_SCRIPT) as work:
        workshop = work.require(Workshop, workshop_id)
        step = work.require(WorkshopStep, step_id) if step_id else None
        if step is None:
            step = _put_step(work, workshop_id, ScriptStep("Learning Cafe"))
        there = {table.name for table in work.rows.find(WorkshopTable, step_id=step.id)}
        first = work.rows.last_position(WorkshopTable) + 1
        new = [one_line(name) for name in dict.fromkeys(names) if one_line(name) not in there]
        for n, name in enumerate(new):
            work.put(WorkshopTable(bench.new_id(), step.id, name, minutes=10, position=first + n))
        work.say(workshop=workshop.name, theme=", ".join(new))


def _put_step(work: Work, workshop_id: str, told: ScriptStep) -> WorkshopStep:
    step = WorkshopStep(
        work.bench.new_id(),
        workshop_id,
        told.name,
        told.starts,
        told.minutes,
        told.method,
        told.questions,
        told.leads,
        told.records,
        told.recorded_on,
        work.rows.last_position(WorkshopStep) + 1,
    )
    work.put(step)
    first = work.rows.last_position(WorkshopTable) + 1
    for n, table in enumerate(told.tables):
        work.put(
            WorkshopTable(
                work.bench.new_id(),
                step.id,
                table.name,
                table.quadrant,
                table.questions,
                table.minutes,
                table.leads,
                table.records,
                first + n,
            )
        )
    return step


def _tidy_step(step: WorkshopStep) -> WorkshopStep:
    return replace(
        step,
        name=one_line(step.name),
        starts=one_line(step.starts),
        method=one_line(step.method),
        questions=_tidy(step.questions),
        leads=one_line(step.leads),
        records=one_line(step.records),
        recorded_on=one_line(step.recorded_on),
    )


def _tidy_table(table: WorkshopTable) -> WorkshopTable:
    return replace(
        table,
        name=one_line(table.name),
        questions=_tidy(table.questions),
        leads=one_line(table.leads),
        records=one_line(table.records),
    )


def _tidy(questions: Sequence[str]) -> tuple[str, ...]:
    return tuple(one_line(question) for question in questions if one_line(question))
