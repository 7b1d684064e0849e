"""Rounds and groups side by side, printed: each question with its bars and its caveats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qualcode.analysis.closed_answers import ItemCounts
from qualcode.domain.documents import ClosedAnswer, ClosedState
from qualcode.exports.diverging_bars import PRINTED
from qualcode.exports.report import Block
from qualcode.workbench import closed_comparing, closed_tables
from qualcode.workbench.bench import Workbench
from qualcode.workbench.report_parts.material import Material

SIDES = "sides"


@dataclass(frozen=True)
class _Printed(closed_tables.Counted):
    """The same counts, each number resting on the answers that the report cites."""

    material: Material | None = None
    answers: dict[tuple[str, str, str], list[ClosedAnswer]] = field(default_factory=dict)

    def key(self, item: ItemCounts, state: ClosedState, value: str | None) -> tuple[str, ...]:
        assert self.material is not None
        ids = self.together.get(item.item_id, (item.item_id,))
        found = [a for id in ids for a in self.answers.get((id, item.actor_group, state.value), ())]
        return self.material.cite_closed(a for a in found if value in (None, a.value))


def tables(bench: Workbench, material: Material, shares: bool, bars: bool) -> list[Block]:
    """A table of every question that two groups or rounds have answered, with its bars."""
    counted = closed_tables.counted(bench, material.language)
    answers: dict[tuple[str, str, str], list[ClosedAnswer]] = {}
    for answer in material.closed:
        group = material.group_of(answer)
        answers.setdefault((answer.item_id, group, answer.state.value), []).append(answer)
    found = _Printed(
        counted.words, counted.asked, counted.binding, counted.together, material, answers
    )
    blocks: list[Block] = []
    for comparison in closed_comparing.comparisons(found):
        table = closed_comparing.table(found, comparison, shares)
        blocks.append(replace(table, section=SIDES))
        figure = closed_comparing.figure(found, comparison, PRINTED) if bars else None
        if figure is not None:
            blocks.append(replace(figure, section=SIDES))
    return blocks
