"""How good the suggestions are, on reductions whose groups are known.

    python -m benchmarks.suggestion_quality [--engine floret] [--file F] [--orders 5] [--json]

The file holds ``@main group|group`` lines, each followed by its expressions, one a line. The one
that is shipped is machine-made: its items and names come from one author, which flatters every
number that uses names. It is measured as ``python -m qualcode replay --csv`` measures a table:

- placing: items come in random order, a group exists from its first member on, with its name; is
  the right group among the first 1, 3, 5? Ties get their middle rank;
- new group: how well a low best score tells items whose group does not exist yet (area under the
  curve), and how often the flag goes up rightly and wrongly;
- names known: all names from the start, and agreement (ARI) of placing by name only;
- blind: ARI of groups made without any names, and of the first grouping as it is shown;
- codes: the groups as codes of a codebook with 0, 10, 25, 50 coded texts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from qualcode.workbench.worth import plain
from qualcode.workbench.worth.of_table import replay_table
from qualcode.workbench.worth.tables import Row, Table

SHIPPED = Path(__file__).parent / "data" / "pelkistykset_synt.txt"


def read(path: Path, coded: bool = True) -> Table:
    """The expressions of the file; each one's group is its code as well (if ``coded``)."""
    rows, main, group = [], "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            main, group = line[1:].split("|")
        elif line.strip() and not line.startswith("#"):
            rows.append(Row(line.strip(), group, main, (group,) if coded else ()))
    return Table(tuple(rows), len(rows), 0, "utf-8", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", action="append", help="floret, tfidf, ... (may be repeated)")
    parser.add_argument("--file", type=Path, default=SHIPPED)
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    table = read(wanted.file)
    machine_made = " (machine-made)" if wanted.file == SHIPPED else ""
    for name in wanted.engine or ["floret", "tfidf"]:
        found = plain.of_table(replay_table(table, name, "fi", orders=wanted.orders), table)
        if wanted.json:
            print(json.dumps({"engine": name, "data": wanted.file.name + machine_made, **found}))
            continue
        print(f"\n{name} on {wanted.file.name}{machine_made}, {wanted.orders} orders")
        for measured, value in found.items():
            if measured not in ("course", "rows", "frame", "intervals"):
                print(f"  {measured:24} {value}")


if __name__ == "__main__":
    main()
