"""Runs the checks that need no running program: style, formatting, types, floors, catalogues.

``python3 scripts/check.py`` (or ``make check``) runs them all, also after one has failed, and ends
with 1 when any has.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from environment import ROOT, prepare_python, run, say

CODE = ("qualcode", "scripts", "tests", "benchmarks", "app.py")


def checks(python: Path) -> dict[str, list[str]]:
    """Each check's name and command."""
    tools = python.parent
    ruff = [str(python), "-m", "ruff"]
    code = [name for name in CODE if (ROOT / name).exists()]
    lint_imports = str(tools / ("lint-imports.exe" if os.name == "nt" else "lint-imports"))
    return {
        "style": [*ruff, "check", *code],
        "formatting": [*ruff, "format", "--check", *code],
        "types": [str(python), "-m", "mypy", "qualcode"],
        "floors of the house": [lint_imports, "--no-logo"],
        "text catalogues": [str(python), "-m", "pytest", "-q", "tests/texts"],
    }


def main() -> int:
    """0 when every check passed, else 1."""
    failed = []
    for name, command in checks(prepare_python()).items():
        say(f"\n== {name}")
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        outcome = "passed" if code == 0 else "FAILED"
        say(f"== {name}: {outcome} in {time.monotonic() - started:.0f} s")
        if code != 0:
            failed.append(name)
    say(f"\nChecks failed: {', '.join(failed)}" if failed else "\nAll checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    run(main)
