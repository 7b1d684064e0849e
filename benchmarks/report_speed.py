"""The whole report of a large study, made and written to files.

    .venv/bin/python -m benchmarks.report_speed [--json]

10,000 answers, 5,000 codings, 5,000 reductions, 300 categories, with the usual parts of the report,
saturation and the appendix of references. The goal: at most 15 s from asking to a Word file.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.big_study import build
from qualcode.bootstrap import open_store
from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.workbench import reporting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reporting import Choices, Section

ANSWERS, CODINGS, REDUCTIONS = 10_000, 5_000, 5_000
SUBCATEGORIES, GENERIC, MAIN = 240, 48, 12
GOAL = 15.0


def categorised(path: Path) -> Workbench:
    """The study with its reductions spread over 300 categories on three levels."""
    bench = Workbench(open_store(path), "koodaaja")
    with bench.store.reading() as rows:
        reductions = sorted(row.id for row in rows.find(ReducedExpression))
    with bench.act(Act.ADD_CATEGORY) as work:
        work.add(_level("m", "Pääluokka", Level.MAIN_CATEGORY, MAIN))
        work.add(_level("y", "Yläluokka", Level.GENERIC_CATEGORY, GENERIC, "m", MAIN))
        work.add(_level("a", "Alaluokka", Level.SUBCATEGORY, SUBCATEGORIES, "y", GENERIC))
        work.add([Placement(id, f"a{n % SUBCATEGORIES}", n) for n, id in enumerate(reductions)])
    return bench


def _level(
    letter: str, name: str, level: Level, count: int, above: str = "", parents: int = 1
) -> list[Category]:
    """Categories of one level, spread evenly under those above."""
    return [
        Category(
            f"{letter}{n}",
            f"{name} {n}",
            level,
            f"{above}{n % parents}" if above else None,
            position=n,
        )
        for n in range(count)
    ]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and the processor's seconds: what others do meanwhile does not count."""
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun


def measure() -> dict[str, float]:
    """Processor seconds for each step, and megabytes of each file."""
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "iso.qualcode", ANSWERS, CODINGS, REDUCTIONS)
        bench = categorised(path)
        sections = [*reporting.USUAL, Section.SATURATION]
        found: dict[str, float] = {}
        chosen = {
            "": Choices(),
            " with the appendix": Choices(appendix=True),
            " with the data": Choices(data=True),
        }
        for name, choices in chosen.items():
            report, seconds = timed(
                lambda choices=choices: reporting.report(bench, "fi", sections, choices)
            )
            found[f"report{name}, s"] = seconds
            for kind, write in (
                ("Word", reporting.as_word),
                ("Excel", reporting.as_excel),
                ("HTML", reporting.as_html),
            ):
                data, seconds = timed(lambda write=write, report=report: write(report))
                found[f"{kind}{name}, s"] = seconds
                found[f"{kind}{name}, MB"] = len(data) / 1e6
        bench.store.close()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    options = parser.parse_args()
    found = measure()
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:32} {value:8.2f}")
    whole = found["report, s"] + found["Word, s"]
    print(f"report and Word: {whole:.1f} s, the goal is {GOAL:.0f} s")


if __name__ == "__main__":
    main()
