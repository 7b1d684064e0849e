"""The running order of a workshop as a Word page, in the language of whoever prints it."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.domain.errors import UnknownRow
from qualcode.domain.workshop_days import Workshop
from qualcode.exports import running_order
from qualcode.exports.running_order import OrderLine, RunningOrder
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.workshop_script import StepWithTables, steps_of


def as_word(bench: Workbench, workshop_id: str) -> bytes:
    """The running order: a line a step, and under it its tables."""
    _ = gettext_for(bench.language)
    with bench.store.reading() as rows:
        workshop = rows.get(Workshop, workshop_id)
        if workshop is None:
            raise UnknownRow(kind="workshop", id=workshop_id)
        steps = steps_of(rows, workshop_id)
    told = (workshop.held_on, workshop.place, workshop.theme)
    return running_order.write(
        RunningOrder(
            workshop.name,
            " · ".join(part for part in told if part),
            (_("Begins"), _("Min"), _("What is done and asked"), _("Leads"), _("Records")),
            (
                *(line for step in steps for line in _lines(step)),
                *(
                    [OrderLine(_("Targets of the observation"), questions=workshop.watched)]
                    if workshop.watched
                    else []
                ),
            ),
            bench.language,
        )
    )


def _lines(found: StepWithTables) -> Iterator[OrderLine]:
    step = found.step
    method = f"{step.name} ({step.method})" if step.method else step.name
    records = ", ".join(part for part in (step.records, step.recorded_on) if part)
    yield OrderLine(
        method, step.starts, _minutes(found.minutes), step.questions, step.leads, records
    )
    for table in found.tables:
        yield OrderLine(
            table.name,
            "",
            _minutes(table.minutes),
            table.questions,
            table.leads,
            table.records,
            is_table=True,
        )


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)
