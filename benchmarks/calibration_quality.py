"""How far off the percentages are: the bare score against the chance learned on the way.

    python -m benchmarks.calibration_quality [--orders 5] [--csv F ...] [--json]

A finished analysis is replayed; from thirty decided offers on each candidate is given a chance
learned from the decisions before it, and that is held against what was chosen (expected
calibration error, ten bins). Sets: the shipped machine-made reductions, the subcategories of the
invented demo study, the definitions of the shipped codes under their codebooks, and CSV files of
your own with the columns text and group.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.suggestion_ablation import demo, of_csv
from benchmarks.suggestion_quality import SHIPPED, read
from qualcode.analysis.replay_calibration import ChanceFigures
from qualcode.readers.codebook_yaml import read_codebook_file, shipped_codebooks
from qualcode.workbench.worth.of_table import replay_table
from qualcode.workbench.worth.tables import Row, Table

FEWEST = 3
"""Codes of a codebook that make it a group."""


def definitions() -> Table:
    """The Finnish definitions of the shipped codes, each under the name of its codebook."""
    rows = []
    for card in shipped_codebooks():
        file = read_codebook_file(card.path)
        told = [code.definition_fi for code in file.codes if code.definition_fi.strip()]
        if len(told) >= FEWEST:
            rows += [Row(text, file.codebook.name_fi) for text in told]
    return Table(tuple(rows), len(rows), 0, "utf-8", "")


def coded(table: Table) -> Table:
    """The same rows with their groups as their codes."""
    rows = tuple(Row(row.text, row.group, row.main, (row.group,)) for row in table.rows)
    return Table(rows, len(rows), 0, "utf-8", "")


def measured(table: Table, engine: str, language: str, orders: int) -> dict[str, ChanceFigures]:
    """The errors of places, and of codes after so many coded texts."""
    found = replay_table(coded(table), engine, language, orders=orders)
    figures = {"places": found.groups.placing.chances if found.groups else None}
    figures |= {f"codes after {at.learnt}": at.chances for at in found.codes or ()}
    return {name: at for name, at in figures.items() if at is not None}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", default="e5-forms")
    parser.add_argument("--language", default="fi")
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--csv", type=Path, nargs="*", default=[])
    parser.add_argument("--only-csv", action="store_true", help="not the shipped sets")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    tables = {
        f"{SHIPPED.name} (machine-made)": read(SHIPPED),
        "demo study (invented)": demo(),
        "definitions of codes": definitions(),
    }
    tables = ({} if wanted.only_csv else tables) | {path.name: of_csv(path) for path in wanted.csv}
    for name, table in tables.items():
        found = measured(table, wanted.engine, wanted.language, wanted.orders)
        if wanted.json:
            told = {what: vars(at) for what, at in found.items()}
            print(json.dumps({"data": name, "engine": wanted.engine, **told}))
            continue
        print(f"\n{wanted.engine} on {name}, {len(table.rows)} texts, {wanted.orders} orders")
        for what, at in found.items():
            print(f"  {what:16} bare {at.bare:.3f}  learned {at.learned:.3f}  n {at.offers}")


if __name__ == "__main__":
    main()
