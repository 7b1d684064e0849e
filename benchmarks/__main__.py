"""Runs every benchmark after the other: ``python -m benchmarks``, or some: ``... store_speed``."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
HELPERS = {"__init__", "__main__", "big_study"}


def names() -> list[str]:
    """The benchmarks of this folder, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS)


def main() -> int:
    wanted = sys.argv[1:] or names()
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    for name in wanted:
        print(f"\n== {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
