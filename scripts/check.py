"""Runs the checks that need no running program: style, formatting, types, floors, catalogues.

``python3 scripts/check.py`` (or ``make check``) runs them all, also after one has failed, and ends
with 1 when any has. Types take longer than all the others, which are run meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from environment import ROOT, prepare_python, run, say

AT_ONCE = 2
CODE = ("qualcode", "scripts", "tests", "benchmarks", "app.py")


def checks(python: Path) -> dict[str, list[str]]:
    """Each check's name and command."""
    tools = python.parent
    ruff = [str(python), "-m", "ruff"]
    code = [name for name in CODE if (ROOT / name).exists()]
    lint_imports = str(tools / ("lint-imports.exe" if os.name == "nt" else "lint-imports"))
    return {
        "types": [str(python), "-m", "mypy", "qualcode"],
        "style": [*ruff, "check", *code],
        "formatting": [*ruff, "format", "--check", *code],
        "floors of the house": [lint_imports, "--no-logo"],
        "text catalogues": [str(python), "-m", "pytest", "-q", "tests/texts"],
        # Here it costs no time, and leaves the tests compiled for those who run them.
        "tests are found": [str(python), "-m", "pytest", "-q", "--collect-only"],
    }


def main() -> int:
    """0 when every check passed, else 1."""
    named = checks(prepare_python())
    say(f"Checking {', '.join(named)} ...")
    with ThreadPoolExecutor(AT_ONCE) as together:
        passed = dict(zip(named, together.map(passes, named, named.values()), strict=True))
    failed = [name for name in named if not passed[name]]
    say(f"\nChecks failed: {', '.join(failed)}" if failed else "\nAll checks passed")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Whether the check passes; tells its last line, and all that a failed one said."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        # Windows' Python would write its own letters into a pipe.
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    outcome = "passed" if done.returncode == 0 else "FAILED"
    seconds = time.monotonic() - started
    said = done.stdout.strip()
    if done.returncode == 0:
        said = said.rpartition("\n")[2]
    say(f"\n== {name}\n{said}\n== {name}: {outcome} in {seconds:.0f} s")
    return done.returncode == 0


if __name__ == "__main__":
    run(main)
