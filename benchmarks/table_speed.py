"""How fast a table of a large study stands on the screen: counted in SQL, no expression read.

    python -m benchmarks.table_speed [--answers 10000] [--reductions 5000] [--json]

10,000 answers, 15,000 codings, 15,000 links to 5,000 reductions in 300 categories of four levels.
Each table is made as its page makes it, ready to be drawn; the best and the middle of five, and the
least processor time, which a busy machine does not lengthen. The texts are made by
``benchmarks.big_study``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import big_study
from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import ReductionLink
from qualcode.domain.decisions import Act
from qualcode.store.cross_query import Near
from qualcode.store.opening import open_study
from qualcode.workbench import (
    cross_tables,
    meeting_tables,
    stance_tables,
    table_chain,
    triangulation,
)
from qualcode.workbench.bench import Workbench

ROUNDS = 5


def build(path: Path, answers: int, reductions: int) -> Path:
    """The study with its categories: 220 subcategories under 60, 15 and 5."""
    big_study.build(path, answers, answers * 3 // 2, reductions)
    chance = random.Random(300)
    levels = ((Level.UNIFYING_CATEGORY, 5), (Level.MAIN_CATEGORY, 15))
    levels += ((Level.GENERIC_CATEGORY, 60), (Level.SUBCATEGORY, 220))
    tree: list[Category] = []
    above: list[Category] = []
    for level, many in levels:
        here = [
            Category(
                f"{level.name}-{n}",
                f"Luokka {level.value}.{n}",
                level,
                above[n % len(above)].id if above else None,
                position=float(n),
            )
            for n in range(many)
        ]
        tree += here
        above = here
    placed = [Placement(f"p{n}", chance.choice(above).id, float(n)) for n in range(reductions)]
    links = [
        ReductionLink(
            f"m{n}", f"g{n}", f"p{chance.randrange(reductions)}", "koodaaja", "2026-01-01"
        )
        for n in range(reductions, answers * 3 // 2)
    ]
    store = open_study(path)
    with Workbench(store, "koodaaja").act(Act.PLACE) as work:
        work.add([*tree, *placed, *links])
    store.close()
    return path


def measured(bench: Workbench) -> dict[str, dict[str, float]]:
    """Table -> seconds to make it, the best and the middle of some, and of processor time."""
    with bench.store.reading() as rows:
        codes = [code.id for code in sorted(rows.find(Code), key=lambda c: c.position)]
    tables: dict[str, Callable[[], Any]] = {
        "the example of the analysis (Table 1), a page": lambda: table_chain.page(
            bench, "fi", table_chain.Asked(each=3), 0, 25
        ),
        "the whole chain, its last page": lambda: table_chain.page(
            bench, "fi", table_chain.Asked(), 14_900, 25
        ),
        "themes by result category (Tables 8-9)": lambda: cross_tables.summaries(bench, "fi"),
        "the whole tree with counts": lambda: cross_tables.tree(bench, "fi"),
        "categories by a background variable": lambda: meeting_tables.by_background(
            bench, "fi", "alue", "asiakas"
        ),
        "codes by codes on the same words": lambda: meeting_tables.codes_by_codes(
            bench, "fi", codes, codes
        ),
        "codes by codes in the same answer": lambda: meeting_tables.codes_by_codes(
            bench, "fi", codes, codes, Near.ANSWER
        ),
        "triangulation": lambda: triangulation.table(bench, "fi"),
        "categories by stance": lambda: stance_tables.by_stance(bench, "fi"),
        "categories by codes": lambda: meeting_tables.by_codes(bench, "fi", codes[:12]),
    }
    found = {}
    for name, made in tables.items():
        times, spent = [], []
        for _ in range(ROUNDS):
            begun, cpu = time.perf_counter(), time.process_time()
            made()
            times.append(time.perf_counter() - begun)
            spent.append(time.process_time() - cpu)
        middle = statistics.median(times)
        found[name] = {"best": min(times), "middle": middle, "processor": min(spent)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--reductions", type=int, default=5_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "iso.qualcode", asked.answers, asked.reductions)
        store = open_study(path)
        found = measured(Workbench(store, "koodaaja"))
        store.close()
    if asked.json:
        print(json.dumps({"load": os.getloadavg(), "tables": found}, indent=1))
        return
    print(f"load {os.getloadavg()}")
    for name, seconds in found.items():
        told = "  ".join(f"{seconds[key]:6.3f} s" for key in ("best", "middle", "processor"))
        print(f"{told}  {name}")


if __name__ == "__main__":
    main()
