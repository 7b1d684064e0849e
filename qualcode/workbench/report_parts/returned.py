"""Forms sent and returned, by actor group, pilot and round: what Tables 2-7 rest on."""

from __future__ import annotations

from qualcode.exports.report import Align, Block, Cell, Column, Row, Table
from qualcode.texts import N_, gettext_for
from qualcode.workbench import rounds
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.closed import CLOSED
from qualcode.workbench.rounds import ResponseRow

KEY = "returned"
ALONE = N_("Gathering of the material")
"""The heading of the table where nothing closed was asked."""


def table(bench: Workbench, language: str) -> list[Block]:
    """The response rates; nothing while nobody has told how many forms were sent."""
    lines = rounds.responses(bench)
    if all(line.sent is None for line in lines):
        return []
    _ = gettext_for(language)
    pilots = any(line.sending and line.sending.pilot for line in lines)
    in_rounds = any(line.round for line in lines)
    columns = [Column(_("Actor group"), 4.2)]
    columns += [Column(_("Pilot"), 3.2)] if pilots else []
    columns += [Column(_("Round"), 3.2)] if in_rounds else []
    columns += [Column(title, 2.2, Align.CENTRE) for title in (_("Sent"), _("Returned"))]
    columns.append(Column(_("Response"), 2.2, Align.CENTRE))
    rows = [_row(line, _("no actor group"), pilots, in_rounds) for line in lines]
    sent = [line.sent for line in lines]
    back = [line.returned for line in lines]
    if len(lines) > 1 and None not in sent and None not in back:
        places = [Cell("")] * (pilots + in_rounds)
        total, returned = sum(n or 0 for n in sent), sum(n or 0 for n in back)
        rate = returned / total if total else None
        numbers = (Cell(total), Cell(returned), Cell(_rate(rate)))
        rows.append(Row((Cell(_("Together"), strong=True), *places, *numbers)))
    notes = [line.sending.note for line in lines if line.sending and line.sending.note]
    caption = _("Forms sent and returned")
    note = " ".join(f"{text.rstrip('.')}." for text in notes)
    return [Table(KEY, caption, tuple(columns), tuple(rows), note, section=CLOSED)]


def _row(line: ResponseRow, nobody: str, pilots: bool, in_rounds: bool) -> Row:
    cells = [Cell(line.actor_group or nobody)]
    cells += [Cell(line.sending.pilot if line.sending else "")] if pilots else []
    cells += [Cell(line.round.name if line.round else "")] if in_rounds else []
    return Row((*cells, _number(line.sent), _number(line.returned), Cell(_rate(line.rate))))


def _number(n: int | None) -> Cell:
    return Cell("–" if n is None else n)


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{round(rate * 100)}\u00a0%"
