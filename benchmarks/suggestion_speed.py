"""How long the mathematics of the suggestions takes, vectors given: no model is asked.

    python -m benchmarks.suggestion_speed [--reductions 10000] [--groups 300]

Invented vectors with as many dimensions as the best engine's, scattered around ``--groups``
centres so that there is something to find. Measured are

- ready: everything that is made once a study (centre, space, judged members);
- next: a decision taken in and the next three offered with their reasons, median and slowest of
  200; the aim is 50 ms. Processor time beside it, for a machine that others use too;
- first grouping: piles with names and reasons, EVEN (Ward) and PURER (average), and the memory.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from qualcode.analysis.expressions import Expressions
from qualcode.analysis.grouping import Piles, first_grouping
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.regrouping import Regrouping
from qualcode.analysis.similarity import unit

DIMENSIONS = 684
DECISIONS = 200
WORDS_OF_A_GROUP = 12


def invented(count: int, groups: int, seed: int = 1) -> tuple[Expressions, Expressions, list[int]]:
    """(reductions, names, group of each reduction)."""
    random = np.random.default_rng(seed)
    centres = unit(random.normal(size=(groups, DIMENSIONS)))
    own = random.integers(groups, size=count)
    scatter = unit(random.normal(size=(count, DIMENSIONS)))
    vectors = unit(0.5 * centres[own] + scatter + 0.5 * centres.mean(axis=0))
    names = unit(centres + 0.8 * unit(random.normal(size=(groups, DIMENSIONS))))
    words = [
        tuple(f"w{group}-{number}" for number in random.integers(WORDS_OF_A_GROUP, size=4))
        for group in own
    ]
    texts = tuple(f"{' '.join(said)} {row}" for row, said in enumerate(words))
    return (
        Expressions(tuple(f"r{n}" for n in range(count)), texts, vectors, tuple(words)),
        Expressions(
            tuple(f"g{n}" for n in range(groups)),
            tuple(f"group {n}" for n in range(groups)),
            names,
            tuple((f"w{n}-0",) for n in range(groups)),
        ),
        [int(group) for group in own],
    )


def named(reductions: Expressions, names: Expressions, own: list[int], placed: int) -> NamedGroups:
    members: dict[str, list[str]] = {id: [] for id in names.ids}
    for row in range(placed):
        members[f"g{own[row]}"].append(reductions.ids[row])
    groups = [NamedGroup(id, id, tuple(ids)) for id, ids in members.items()]
    return NamedGroups(reductions, groups, names, engine="invented")


def next_three(groups: NamedGroups, own: list[int], placed: int) -> list[tuple[float, float]]:
    """Seconds from a decision to the next reduction's three categories: wall, processor."""
    took = []
    for row in range(placed, placed + DECISIONS):
        begun, used = time.perf_counter(), time.process_time()
        groups = groups.accepted(f"r{row}", f"g{own[row]}")
        groups.suggest(f"r{row + 1}")
        took.append((time.perf_counter() - begun, time.process_time() - used))
    return took


def since(begun: float, used: float) -> str:
    wall, processor = time.perf_counter() - begun, time.process_time() - used
    return f"{wall:7.2f} s ({processor:.2f} s of processor)"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reductions", type=int, default=10_000)
    parser.add_argument("--groups", type=int, default=300)
    wanted = parser.parse_args()
    count = wanted.reductions
    reductions, names, own = invented(count, min(wanted.groups, count // 4))
    placed = count * 3 // 4
    begun, used = time.perf_counter(), time.process_time()
    groups = named(reductions, names, own, placed)
    groups.suggest(f"r{placed}")
    print(f"{count} reductions, {len(names)} groups")
    print(f"  ready            {since(begun, used)}")
    took, spent = np.array(next_three(groups, own, placed)).T * 1000
    print(
        f"  next three       {np.median(took):7.1f} ms median, {took.max():.1f} ms slowest,"
        f" {np.median(spent):.1f} ms of processor"
    )
    for piles in Piles:
        begun, used = time.perf_counter(), time.process_time()
        found = first_grouping(reductions, engine="invented", piles=piles)
        print(
            f"  grouping {piles:8}{since(begun, used)}, {len(found.groups)} groups,"
            f" {len(found.left_out)} left out"
        )
    begun, used = time.perf_counter(), time.process_time()
    accepted = named(reductions, names, own, count // 4)
    around = Regrouping(accepted, reductions.ids[count // 4 :]).cut()
    print(
        f"  around {len(names):4} groups{since(begun, used)}, {len(around.groups)} groups,"
        f" {len(around.left_out)} left out"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  most memory      {peak:7.0f} MB")


if __name__ == "__main__":
    main()
