"""How fast a category tree of 300 categories and 5,000 reductions is reviewed.

    python -m benchmarks.review_speed [--json]

What one run of the page asks of the study, without Streamlit and the browser: the whole overview
(the first time, and after somebody's comment), one category with its quotes and reductions, a look
at everything, a version frozen and compared, the report in Word. The study is invented.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.big_study import build
from qualcode.bootstrap import open_store
from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.decisions import Act
from qualcode.store.views import ReductionQuery
from qualcode.workbench import categorising, reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import (
    freezing,
    looking,
    older_definitions,
    quotes,
    remarks,
    report,
)
from qualcode.workbench.reviewing.overview import overview

REDUCTIONS, SUBCATEGORIES, GENERIC, MAIN = 5_000, 250, 40, 10
TIMES = 5


def with_tree(bench: Workbench) -> None:
    """Ten main categories, forty under them, 250 subcategories and a place for every reduction."""
    levels = (
        (Level.MAIN_CATEGORY, MAIN, None),
        (Level.GENERIC_CATEGORY, GENERIC, MAIN),
        (Level.SUBCATEGORY, SUBCATEGORIES, GENERIC),
    )
    with bench.act(Act.ADD_CATEGORY) as work:
        above = ""
        for level, count, parents in levels:
            name = level.name.lower()
            work.add(
                [
                    Category(
                        f"{name}-{n}",
                        f"Luokka {name} {n}",
                        level,
                        f"{above}-{n % parents}" if parents else None,
                        f"Mitä luokkaan {n} kuuluu",
                        position=float(n),
                    )
                    for n in range(count)
                ]
            )
            above = name
        work.add(
            [
                Placement(f"p{n}", f"subcategory-{n % SUBCATEGORIES}", float(n))
                for n in range(REDUCTIONS)
            ]
        )


def timed(act: Callable[[], object], times: int = TIMES) -> float:
    """The median in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def measured(bench: Workbench) -> dict[str, float]:
    """What is done -> how many milliseconds it takes."""
    found = {"overview, the first time": timed(lambda: overview(bench), 1)}
    found["overview, nothing has changed"] = timed(lambda: overview(bench))

    def after_a_comment() -> None:
        remarks.say(bench, "category", "subcategory-1", "Miksi tämä on oma luokkansa?")
        overview(bench)

    found["a comment, and the overview after it"] = timed(after_a_comment)
    found["a look at every category"] = timed(
        lambda: looking.look_at(bench, list(overview(bench).tree.categories)), 1
    )

    def after_a_move() -> None:
        now = overview(bench).tree.placements["p1"].category_id
        home = "subcategory-2" if now == "subcategory-1" else "subcategory-1"
        categorising.place(bench, ["p1"], home)
        overview(bench)

    found["a reduction moved, and the overview after it"] = timed(after_a_move)
    seen = overview(bench)

    def category(id: str) -> None:
        with bench.store.reading() as rows:
            quotes.quotes(bench, rows, seen.standing, id)
            rows.reductions(ReductionQuery(category_id=id), 0, 15)
        remarks.about(bench, "category", [id])

    found["a subcategory read"] = timed(lambda: category("subcategory-1"))
    found["a main category read (500 reductions)"] = timed(lambda: category("main_category-1"))

    def older() -> None:
        with bench.store.reading() as rows:
            older_definitions.to_check(rows)

    found["codings under older definitions"] = timed(older)
    version = freezing.freeze(bench, "Ennen")
    found["a version compared with the tree of now"] = timed(
        lambda: report.compared(bench, version.id, None, "fi")
    )
    found["the report of the review in Word"] = timed(
        lambda: reporting.as_word(report.report(bench, "fi", version.id)), 1
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "suuri.qualcode", reductions=REDUCTIONS)
        store = open_store(path)
        bench = Workbench(store, "katselmoija")
        with_tree(bench)
        found = measured(bench)
        store.close()
    if options.json:
        json.dump({name: round(value, 1) for name, value in found.items()}, sys.stdout, indent=1)
        return
    for name, value in found.items():
        print(f"{name:50} {value:9.1f} ms")


if __name__ == "__main__":
    main()
