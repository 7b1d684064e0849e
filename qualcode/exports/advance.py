"""How far the writing of a report is, told row by row so that it can be broken off in time."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.exports.report import Report, Table

Told = Callable[[int, int], None]
"""Told (done, whole); what it raises ends the writing."""

EVERY = 100
"""Rows between two tellings: a page that shows them is slower than the writing itself."""


def weight(report: Report) -> int:
    """How much there is to write: the rows of its tables, and its other parts."""
    return sum(len(b.rows) if isinstance(b, Table) else 1 for b in report.blocks)


class Advance:
    """Counts what has been written, and tells it now and then."""

    def __init__(self, report: Report, told: Told | None) -> None:
        self.whole = weight(report)
        self.done = 0
        self.told = told

    def step(self) -> None:
        """One more row or part is written."""
        self.done = min(self.done + 1, self.whole)
        if self.told is not None and (self.done % EVERY == 0 or self.done == self.whole):
            self.told(self.done, self.whole)
