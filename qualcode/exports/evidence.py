"""The evidence of a report numbered: a number on paper can name what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.exports.report import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Report,
    Row,
    RowKind,
    Table,
    Trace,
    Value,
    Withheld,
    caption_label,
    numbers_of,
)
from qualcode.texts import gettext_for, ngettext_for

REFERRED = "appendix_numbers"
"""The key of the table of what the numbers rest on."""
_MOST_PRINTED = 1500
"""Characters of references that a printed cell lists; where the rest is cut off, … tells it."""
_LONGEST_IN_CELL = 32_000
"""So many go into a cell of a workbook; what is more goes on in the next row."""


def why_left_out(language: str) -> dict[Withheld, str]:
    """What stands in the place of words that are not printed."""
    _ = gettext_for(language)
    return {
        Withheld.CONSENT: _("[left out: no consent to being quoted]"),
        Withheld.EDITED: _("[left out: in a quote that was edited]"),
    }


class Numbering:
    """Every piece of evidence that a number of the report was counted from, what is alike as one;
    numbered from 1 in the order of the study's texts where that is known, else in the order the
    report names them. ``joined`` tells whether any are listed as one."""

    def __init__(self, report: Report) -> None:
        self.language = report.language
        found = [report.traces[id] for id in _counted(report) if id in report.traces]
        alike: dict[str, list[Trace]] = {}
        for trace in found:
            alike.setdefault(trace.alike.key if trace.alike else f"id:{trace.id}", []).append(trace)
        ordered = sorted(alike.values(), key=lambda same: same[0].order)
        self.traces: list[Trace] = [_as_one(same) for same in ordered]
        self.joined = any(trace.alike for trace in self.traces)
        self._number = {trace.id: n for n, same in enumerate(ordered) for trace in same}

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

    def told(self) -> list[list[Value]]:
        """Each as plain values: text, speaker, question, place, how many answers it stands for.

        Of what is withheld only what was asked, and why the words are not there.
        """
        why = why_left_out(self.language)
        return [
            [why[trace.withheld], "", trace.question, "", trace.weight]
            if trace.withheld in why
            else [trace.text, trace.speaker, trace.question, trace.place, trace.weight]
            for trace in self.traces
        ]

    def left_out(self) -> list[str]:
        """What is not listed, or only without its words, and why; in sentences."""
        _, ngettext = gettext_for(self.language), ngettext_for(self.language)
        refused = sum(t.weight for t in self.traces if t.withheld is Withheld.CONSENT)
        edited = sum(t.weight for t in self.traces if t.withheld is Withheld.EDITED)
        told = []
        if refused:
            told.append(
                ngettext(
                    "{n} text is left out: whoever said it has not consented to being quoted.",
                    "{n} texts are left out: whoever said them has not consented to being quoted.",
                    refused,
                ).format(n=refused)
            )
        if edited:
            told.append(
                ngettext(
                    "{n} text is left out: its words are in a quote that was edited.",
                    "{n} texts are left out: their words are in quotes that were edited.",
                    edited,
                ).format(n=edited)
            )
        if self.joined:
            told.append(
                _(
                    "Closed answers that say the same are listed together: one by one, side by "
                    "side, they would tell who has answered."
                )
            )
        return told


def _as_one(same: list[Trace]) -> Trace:
    first, weight = same[0], sum(trace.weight for trace in same)
    if first.alike is None:
        return first
    return replace(first, speaker=first.alike.speaker, place=first.alike.place, weight=weight)


def _counted(report: Report) -> dict[str, None]:
    """The evidence of every number, each once."""
    return dict.fromkeys(
        id
        for table in report.tables()
        for row in table.rows
        if row.kind not in (RowKind.GROUP, RowKind.LABELS)
        for cell in row.cells
        if isinstance(cell.value, int)
        for id in cell.evidence
    )


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
        *(Paragraph(text) for text in numbering.left_out()),
        referred,
        _listed(report, numbering),
    )


def references(report: Report, numbering: Numbering, on_paper: bool = True) -> Table:
    """A row for every row of a table that has numbers with evidence. On paper long lists are cut;
    otherwise each number has rows of its own with all its references."""
    _ = gettext_for(report.language)
    label, running = caption_label(report.language), report.numbers()
    by_row: dict[tuple[str, int], dict[str, str]] = {}
    names: dict[tuple[str, int], str] = {}
    for table, number, column, cell, _counted in numbers_of(report):
        refs = numbering.printed(cell.evidence)
        if not refs:
            continue
        if on_paper and len(refs) > _MOST_PRINTED:
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
        lines = [
            f"{where}: {piece}" if len(found) > 1 else piece
            for refs, where in found.items()
            for piece in ([refs] if on_paper else _pieces(refs))
        ]
        for line in ["\n".join(lines)] if on_paper else lines:
            first = Cell(name, joined=name == before)
            rows.append(Row((first, Cell(names[table_key, number]), Cell(line))))
            before = name
    columns = (Column(_("Table"), 2.4), Column(_("Row"), 4.6), Column(_("References"), 9.0))
    return Table(REFERRED, _("What the numbers rest on"), columns, tuple(rows))


def _pieces(refs: str) -> list[str]:
    """The references in pieces that a cell of a workbook can hold, none of them cut in two."""
    pieces = []
    while len(refs) > _LONGEST_IN_CELL:
        at = refs.rindex(", ", 0, _LONGEST_IN_CELL)
        pieces.append(refs[:at])
        refs = refs[at + 2 :]
    return [*pieces, refs]


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


def _facts(numbering: Numbering) -> list[tuple[Value, str, Value]]:
    """(who, question, place) of each; answers listed as one by what they say, and how many."""
    return [
        (
            speaker,
            f"{question}: {text} × {weight}" if trace.alike else str(question),
            place,
        )
        for trace, (text, speaker, question, place, weight) in zip(
            numbering.traces, numbering.told(), strict=True
        )
    ]


def _listed(report: Report, numbering: Numbering) -> Table:
    _ = gettext_for(report.language)
    rows = tuple(
        Row(tuple(Cell(str(value)) for value in (n, speaker, question, place)))
        for n, (speaker, question, place) in enumerate(_facts(numbering), start=1)
    )
    columns = (
        Column(_("Reference"), 1.8),
        Column(_("Who"), 3.2),
        Column(_("Question"), 5.4),
        Column(_("Place in the material"), 5.6),
    )
    return Table("appendix_references", _("References to the material"), columns, rows)
