"""What each part of placing is worth: the same analyst, with one part after the other taken out.

    python -m benchmarks.suggestion_ablation [--engine e5-forms] [--orders 5] [--csv F ...]

On the shipped machine-made reductions and on the subcategories of the invented demo study, and on
CSV files of your own with the columns text, group and main. Only a part that wins on several sets
is worth having; docs/benchmarks.md tells on which ones these were chosen.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from benchmarks.suggestion_quality import SHIPPED, read
from qualcode.analysis import branches, levelling, placing, space
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.of_table import replay_table
from qualcode.workbench.worth.tables import Row, Table

DEMO = Path(__file__).parent.parent / "corpora" / "arjen_tuki" / "analysis.yaml"
NEVER = 10**9
PARTS = {
    "as it is": (),
    "nothing softened": ((space, "FEWEST_TO_CENTRE", NEVER),),
    "not evened out": ((levelling, "FEWEST_GROUPS_TO_LEVEL", NEVER),),
    "names draw nothing": ((placing, "ROUNDS_OF_DRAWING", 0),),
    "sisters count nothing": ((branches, "SISTERS", 0.0),),
}
SHOWN = ("top1", "top3", "new_group_auc", "names_known_ari")


def demo() -> Table:
    """The subcategories of the invented demo study, with the categories above them."""
    rows = [
        Row(wording, category["name"], above, ())
        for category, above in _branches(yaml.safe_load(DEMO.read_text(encoding="utf-8"))["tree"])
        for wording in category.get("reductions", ())
    ]
    return Table(tuple(rows), len(rows), 0, "utf-8", "")


def _branches(
    categories: list[dict[str, Any]], above: str = ""
) -> Iterator[tuple[dict[str, Any], str]]:
    for category in categories:
        yield category, above
        yield from _branches(category.get("children", []), category["name"])


def of_csv(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = [
            Row(row["text"], row["group"], row.get("main") or "", ())
            for row in csv.DictReader(opened)
        ]
    return Table(tuple(rows), len(rows), 0, "utf-8", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", default="e5-forms")
    parser.add_argument("--language", default="fi")
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--csv", type=Path, nargs="*", default=[])
    wanted = parser.parse_args()
    tables = {f"{SHIPPED.name} (machine-made)": read(SHIPPED, coded=False), "demo study": demo()}
    tables |= {path.name: of_csv(path) for path in wanted.csv}
    for name, table in tables.items():
        print(f"\n{wanted.engine} on {name}, {wanted.orders} orders: {', '.join(SHOWN)}")
        for part, changes in PARTS.items():
            with ExitStack() as changed:
                for module, constant, value in changes:
                    changed.enter_context(patch.object(module, constant, value))
                worth = replay_table(table, wanted.engine, wanted.language, orders=wanted.orders)
            found = plain.of_table(worth, table)
            print(f"  {part:22}" + "".join(f"{found[figure]:8.3f}" for figure in SHOWN))
            if found["main_known"] is not None:
                headed = "".join(f"{found['main_known'][figure]:8.3f}" for figure in SHOWN[:2])
                print(f"    main groups known   {headed}")


if __name__ == "__main__":
    main()
