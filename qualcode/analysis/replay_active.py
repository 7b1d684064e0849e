"""A finished coding done once more in another order of reading: how soon the codes are right.

Some texts are held out. The others are coded by the simulated analyst as an order of reading gives
them, the order worked out anew from time to time as the analyst would ask for it; then it is looked
at how often the first code offered is right for the texts held out. They are the same for every
order, so that no order is better because it has left the easy texts to the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np

from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.analysis.reading_order import new_first, unsure_first
from qualcode.analysis.replay_codes import FinishedCoding, coding

HELD_OUT = 0.4
ANEW_AFTER = 10
"""Coded texts after which the analyst has the order worked out anew."""


class Reading(StrEnum):
    """The order in which texts are coded: as they come, the least sure first, the newest first."""

    STUDY = "study"
    UNSURE = "unsure"
    NEW = "new"


def course(
    done: FinishedCoding, order: Sequence[int], reading: Reading, levels: Sequence[int]
) -> Mapping[int, float]:
    """Share of right first codes in the texts held out, after so many coded ones.

    ``order`` is the study's; its last texts are held out.
    """
    held = round(len(order) * HELD_OUT)
    pool, judged = list(order[: len(order) - held]), list(order[len(order) - held :])
    coded: list[int] = []
    found: dict[int, float] = {}
    for level in sorted(level for level in levels if level <= len(pool)):
        while len(coded) < level:
            left = [row for row in pool if row not in set(coded)]
            some = min(ANEW_AFTER, level - len(coded))
            coded += _next(done, coded, left, reading)[:some]
        way = [*coded, *judged]
        looks = coding(done, way, len(coded), range(len(coded), len(way)))
        found[level] = float(np.mean([look.hit for look in looks]))
    return found


def _next(
    done: FinishedCoding, coded: Sequence[int], left: Sequence[int], reading: Reading
) -> list[int]:
    """What is left in this order of reading, with what is known after ``coded``."""
    match reading:
        case Reading.UNSURE:
            suggester: CodeSuggester = done.after(coded)
            sureness = [float(suggester.scores(done.items.ids[row]).max()) for row in left]
            return [left[place] for place in unsure_first(sureness)]
        case Reading.NEW:
            vectors = done.items.centred
            places = new_first(vectors[list(left)], vectors[list(coded)])
            return [left[place] for place in places]
        case _:
            return list(left)
