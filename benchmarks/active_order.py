"""Does reading the least sure or the newest answers first make the suggestions good earlier?

    python -m benchmarks.active_order [--engine e5-forms] [--orders 10] [--csv F ...]

Two fifths of the texts are held out; the others are coded in the study's (random) order, least sure
first or newest first, the order worked out anew after every ten. Printed: how often the first code
offered is right in the texts held out, after so many coded ones, with the standard error over the
splits. On the shipped machine-made reductions, the definitions of the shipped codes, and CSV files
with the columns text and group.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.calibration_quality import coded, definitions
from benchmarks.suggestion_ablation import of_csv
from benchmarks.suggestion_quality import SHIPPED, read
from qualcode.analysis.replay_active import Reading, course
from qualcode.analysis.replay_codes import FinishedCoding
from qualcode.workbench.likeness import renamed
from qualcode.workbench.worth.frames import frame_of
from qualcode.workbench.worth.measuring import orders_of
from qualcode.workbench.worth.tables import Table
from qualcode.workbench.worth.threads import one_thread
from qualcode.workbench.worth.vectors import embedded

LEVELS = (10, 20, 40, 60, 80)


def finished(table: Table, engine: str, language: str) -> FinishedCoding:
    """The table's texts with their codes, and the words of the codes."""
    rows = coded(table).coded
    frame = frame_of(coded(table), (), language)
    everything = embedded(
        engine,
        [
            *((f"c:{number}", row.text) for number, row in enumerate(rows)),
            *((f"name:{code.id}", code.name) for code in frame.codes),
            *((f"described:{code.id}", code.described) for code in frame.codes),
        ],
    )
    return FinishedCoding(
        renamed(everything, "c:"),
        frame.codes,
        renamed(everything, "name:"),
        renamed(everything, "described:"),
        tuple(frozenset(frame.id_of[code] for code in row.codes) for row in rows),
        engine,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", default="e5-forms")
    parser.add_argument("--language", default="fi")
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--csv", type=Path, nargs="*", default=[])
    parser.add_argument("--only-csv", action="store_true", help="not the shipped sets")
    wanted = parser.parse_args()
    tables = {
        f"{SHIPPED.name} (machine-made)": read(SHIPPED),
        "definitions of codes": definitions(),
    }
    tables = ({} if wanted.only_csv else tables) | {path.name: of_csv(path) for path in wanted.csv}
    for name, table in tables.items():
        with one_thread():
            done = finished(table, wanted.engine, wanted.language)
            print(f"\n{wanted.engine} on {name}, {len(table.rows)} texts, {wanted.orders} splits")
            print(f"  {'coded':8}" + "".join(f"{level:>14}" for level in LEVELS))
            for reading in Reading:
                courses = [
                    course(done, order, reading, LEVELS)
                    for order in orders_of(len(done.items), wanted.orders)
                ]
                cells = []
                for level in LEVELS:
                    hits = [one[level] for one in courses if level in one]
                    error = np.std(hits) / np.sqrt(len(hits)) if hits else 0
                    cells.append(f"{np.mean(hits):.3f} ± {error:.3f}" if hits else "")
                print(f"  {reading.value:8}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
