"""Runs every benchmark after the other: ``python -m benchmarks``, or some: ``... store_speed``.

Options after the names go to each of them: ``python -m benchmarks soak --minutes 60``.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
HELPERS = {"__init__", "__main__", "big_study", "big_transcript", "taguette_peer", "window"}


def names() -> list[str]:
    """The benchmarks of this folder, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS)


def main() -> int:
    given = sys.argv[1:]
    first_option = next((n for n, word in enumerate(given) if word.startswith("-")), len(given))
    wanted, options = given[:first_option] or names(), given[first_option:]
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    for name in wanted:
        print(f"\n== {name}", flush=True)
        sys.argv = [name, *options]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
