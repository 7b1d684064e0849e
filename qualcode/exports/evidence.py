"""The evidence of a report numbered: a number on paper can name what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.exports.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
    Trace,
    caption_label,
    numbers_of,
)
from qualcode.texts import gettext_for

_MOST_PRINTED = 1500
"""Characters of references that a cell of the appendix lists; the rest is told as a count."""


class Numbering:
    """Every piece of evidence that a cell or a quote names, numbered from 1 in the order of the
    study's texts where that is known, else in the order the report names them."""

    def __init__(self, report: Report) -> None:
        ordered = sorted(report.traces.values(), key=lambda trace: trace.order)
        self.traces: list[Trace] = ordered
        self._number = {trace.id: n for n, trace in enumerate(ordered)}

    def numbers(self, evidence: Iterable[str]) -> list[int]:
        """The places of the evidence from 0, each once."""
        return sorted({self._number[id] for id in evidence if id in self._number})

    def ranges(self, evidence: Iterable[str]) -> str:
        """The same written short, from 0: ``0-4,9``."""
        return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in _runs(self.numbers(evidence)))

    def printed(self, evidence: Iterable[str]) -> str:
        """The numbers as they are printed, from 1: ``1–5, 10``."""
        runs = _runs(self.numbers(evidence))
        return ", ".join(f"{a + 1}–{b + 1}" if a != b else f"{a + 1}" for a, b in runs)

    def told(self) -> list[list[object]]:
        """Each as plain values: text, speaker, question, place, how many answers it stands for."""
        return [
            [trace.text, trace.speaker, trace.question, trace.place, trace.weight]
            for trace in self.traces
        ]


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers that follow one another, as their first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def appendix(report: Report) -> tuple[Block, ...]:
    """What each counted number of the report was counted from, and where that stands in the
    material: two tables that are printed last. Empty when nothing is counted."""
    numbering = Numbering(report)
    referred = references(report, numbering)
    if not referred.rows:
        return ()
    _ = gettext_for(report.language)
    return (
        Heading(_("Appendix: what the numbers rest on"), 1),
        Paragraph(
            _(
                "Every number of the tables is followed to the answers it was counted from. The "
                "references are numbered in the order of the material."
            )
        ),
        referred,
        _listed(report, numbering),
    )


def references(report: Report, numbering: Numbering) -> Table:
    """A row for every row of a table that has numbers with evidence."""
    _ = gettext_for(report.language)
    label, running = caption_label(report.language), report.numbers()
    by_row: dict[tuple[str, int], dict[str, str]] = {}
    names: dict[tuple[str, int], str] = {}
    for table, number, column, cell, _counted in numbers_of(report):
        refs = numbering.printed(cell.evidence)
        if not refs:
            continue
        if len(refs) > _MOST_PRINTED:
            refs = refs[:_MOST_PRINTED].rpartition(",")[0] + " …"
        key = (table.key, number)
        names[key] = _row_name(table, number, report.language)
        group = table.columns[column].group
        # Respondents and mentions of one group rest on the same expressions: said once.
        by_row.setdefault(key, {}).setdefault(refs, group or table.columns[column].title)
    rows = []
    before = ""
    for (table_key, number), found in by_row.items():
        name = f"{label} {running[table_key]}"
        refs = "\n".join(
            f"{where}: {refs}" if len(found) > 1 else refs for refs, where in found.items()
        )
        first = Cell(name, joined=name == before)
        rows.append(Row((first, Cell(names[table_key, number]), Cell(refs))))
        before = name
    columns = (Column(_("Table"), 2.4), Column(_("Row"), 4.6), Column(_("References"), 9.0))
    return Table("appendix_numbers", _("What the numbers rest on"), columns, tuple(rows))


def _row_name(table: Table, number: int, language: str) -> str:
    """What the row is about: its texts before the first number, a joined one from above it."""
    told = []
    for at, cell in enumerate(table.rows[number].cells):
        if isinstance(cell.value, int | float):
            break
        text = cell.text(language)
        above = number
        while not text and cell.joined and above:
            above -= 1
            text = table.rows[above].cells[at].text(language)
        if text:
            told.append(" ".join(text.split()))
    return " – ".join(told[:2])


def _listed(report: Report, numbering: Numbering) -> Table:
    _ = gettext_for(report.language)
    rows = tuple(
        Row(
            (
                Cell(str(n)),
                Cell(trace.speaker),
                Cell(trace.question),
                Cell(trace.place),
            )
        )
        for n, trace in enumerate(numbering.traces, start=1)
    )
    columns = (
        Column(_("Reference"), 1.8),
        Column(_("Who"), 3.2),
        Column(_("Question"), 5.4),
        Column(_("Place in the material"), 5.6),
    )
    return Table("appendix_references", _("References to the material"), columns, rows)
