"""How far off the chances would have been on the way, each learned from the decisions before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qualcode.analysis.calibration import (
    FEWEST,
    Judged,
    binned,
    calibration,
    calibration_error,
)
from qualcode.analysis.replay_offers import Offered

LEARNED_AGAIN = 0.1
"""Share of new decisions after which the chances are learned anew, as beside the work."""


class Seen(Protocol):
    """A look of a replay: how many decisions came before it, and what it offered."""

    @property
    def before(self) -> int: ...

    @property
    def offered(self) -> tuple[Offered, ...]: ...


@dataclass(frozen=True)
class ChanceFigures:
    """Calibration errors of ``offers`` candidates: of the bare score, and of the learned chance."""

    bare: float
    learned: float
    offers: int


def chance_figures(looks: Sequence[Seen]) -> ChanceFigures | None:
    """The errors over all orders; None when no order is long enough for chances to be told.

    The looks of one order come in its order; where ``before`` falls, the next order begins.
    """
    bare: list[tuple[float, Judged]] = []
    learned: list[tuple[float, Judged]] = []
    for one in _orders(looks):
        for chance, judged in _on_the_way(one):
            learned.append((chance, judged))
            bare.append((judged.percent / 100, judged))
    before, after = calibration_error(binned(bare)), calibration_error(binned(learned))
    if before is None or after is None:
        return None
    return ChanceFigures(before, after, len(learned))


def _orders(looks: Sequence[Seen]) -> Iterator[list[Seen]]:
    order: list[Seen] = []
    for look in looks:
        if order and look.before < order[-1].before:
            yield order
            order = []
        order.append(look)
    if order:
        yield order


def _on_the_way(looks: Sequence[Seen]) -> Iterator[tuple[float, Judged]]:
    """Each offer with the chance told before it was decided on, once chances are told at all."""
    counts: Counter[tuple[int, int]] = Counter()
    right: Counter[tuple[int, int]] = Counter()
    meaning, known, seen = None, 0, 0
    for look in looks:
        if seen >= FEWEST and seen >= known * (1 + LEARNED_AGAIN):
            meaning = calibration(
                Judged(percent, count, right[percent, rank], rank)
                for (percent, rank), count in counts.items()
            )
            known = seen
        for one in look.offered:
            chance = None if meaning is None else meaning.chance(one.percent, one.rank)
            if chance is not None:
                yield chance, Judged(one.percent, 1, int(one.right), one.rank)
        for one in look.offered:
            counts[one.percent, one.rank] += 1
            right[one.percent, one.rank] += one.right
            seen += 1
