"""A finished analysis measured: several orders, one engine, with news of how far it is.

What is large is not done whole: a look costs more the more has been placed, so of a long order
so many places are looked at as tell enough, spread evenly along the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import replay, replay_codes, replay_figures
from qualcode.analysis.replay import BlindGrouping, FinishedGrouping
from qualcode.analysis.replay_codes import FinishedCoding
from qualcode.analysis.replay_figures import CodeFigures, PlacingFigures

Progress = Callable[[int, int], None]

MOST_LOOKS, FEWEST_LOOKS = 1_500, 150
LOOKS_TIMES_ITEMS = 3_000_000
MOST_ASKED, FEWEST_ASKED = 200, 10
ASKED_TIMES_ITEMS = 400_000
MOST_BLIND = 3_000
LEARNT = (0, 10, 25, 50)
FEWEST_JUDGED = 5
MOST_JUDGED = 500


@dataclass(frozen=True)
class GroupWorth:
    """What the engine would have offered an analyst who made these groups.

    ``looks`` of ``items`` placements of each order were looked at. ``names_known`` is the same
    analyst with all names from the start; ``names_known_agreement`` the ARI of placing by names
    alone; ``blind`` that of groups made before any name was given, of ``blind_items`` items.
    ``headed`` is the analyst of ``placing`` who has made the higher groups first.
    """

    items: int
    groups: int
    looks: int
    placing: PlacingFigures
    names_known: PlacingFigures
    names_known_agreement: float | None
    blind: BlindGrouping
    blind_items: int
    main_level: float | None
    headed: PlacingFigures | None = None


def orders_of(count: int, orders: int) -> list[list[int]]:
    """So many random orders of the items, always the same ones."""
    return [
        [int(row) for row in np.random.default_rng(seed).permutation(count)]
        for seed in range(orders)
    ]


def looks_in(count: int) -> int:
    """At how many places of an order of ``count`` items the machine is asked."""
    return min(count, MOST_LOOKS, max(FEWEST_LOOKS, LOOKS_TIMES_ITEMS // max(1, count)))


def asked_in(count: int) -> int:
    """At how many of them it is asked for a new group too, which looks at every item placed."""
    return min(MOST_ASKED, max(FEWEST_ASKED, ASKED_TIMES_ITEMS // max(1, count)))


def measure_groups(
    done: FinishedGrouping,
    orders: Sequence[Sequence[int]],
    main_of: Mapping[str, str] | None = None,
    on_progress: Progress | None = None,
) -> GroupWorth:
    """Every figure about the groups. The names-known analyst goes through the first order only.

    ``done`` may tell what the groups lie under: only ``headed`` makes use of it.
    """
    headed, done = done, done.unheaded()
    looks = looks_in(len(done.items))
    found = passes(done, orders, on_progress)
    known = _pass(done, orders[0], 0, None, names_known=True)
    drawn = done.only(sorted(orders[0][:MOST_BLIND]))
    return GroupWorth(
        items=len(done.items),
        groups=len(done.members),
        looks=looks,
        placing=replay_figures.of_placing(found),
        names_known=replay_figures.of_placing(known),
        names_known_agreement=replay.names_known_agreement(done),
        blind=replay.blind(drawn),
        blind_items=len(drawn.items),
        main_level=replay.main_level_agreement(done, main_of) if main_of else None,
        headed=replay_figures.of_placing(passes(headed, orders)) if headed.above else None,
    )


def passes(
    done: FinishedGrouping,
    orders: Sequence[Sequence[int]],
    on_progress: Progress | None = None,
) -> list[replay.Look]:
    """The looks of all orders."""
    # There is nothing to ask at the very first placement of an order.
    steps = sum(looks_in(len(order)) for order in orders)
    told = _counting(on_progress, steps)
    found = [look for seed, order in enumerate(orders) for look in _pass(done, order, seed, told)]
    if on_progress is not None:
        on_progress(steps, steps)
    return found


def measure_codes(
    done: FinishedCoding,
    orders: Sequence[Sequence[int]],
    on_progress: Progress | None = None,
) -> list[CodeFigures]:
    """The figures after 0, 10, 25 and 50 coded texts, as long as enough others are left."""
    count = len(done.items)
    levels = [learnt for learnt in LEARNT if learnt == 0 or count - learnt >= FEWEST_JUDGED]
    steps = sum(min(MOST_JUDGED, count - learnt) for learnt in levels) * len(orders)
    told = _counting(on_progress, steps)
    found = []
    for learnt in levels:
        looks = []
        for seed, order in enumerate(orders):
            random = np.random.default_rng(seed)
            places = [
                learnt + place for place in replay.spread(count - learnt, MOST_JUDGED, random)
            ]
            looks += replay_codes.coding(done, order, learnt, places, on_progress=told)
        found.append(replay_figures.of_coding(looks, learnt))
    return found


def _pass(
    done: FinishedGrouping,
    order: Sequence[int],
    seed: int,
    told: Progress | None,
    names_known: bool = False,
) -> list[replay.Look]:
    random = np.random.default_rng(seed)
    looks = replay.spread(len(order), looks_in(len(order)), random)
    asked = {looks[place] for place in replay.spread(len(looks), asked_in(len(order)), random)}
    return replay.placing(
        done, order, looks=looks, asked=asked, names_known=names_known, on_progress=told
    )


def _counting(on_progress: Progress | None, steps: int) -> Progress | None:
    """Adds up what several passes tell, a step a call."""
    if on_progress is None:
        return None
    done = 0

    def told(_: int, __: int) -> None:
        nonlocal done
        done += 1
        on_progress(min(done, steps), steps)

    return told
