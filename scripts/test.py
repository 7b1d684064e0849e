"""Runs the tests: prepares the environment and the test tools when needed, then starts pytest.

``python3 scripts/test.py`` runs them all. What follows is passed on to pytest, such as
``tests/domain``, ``-k agreement`` or ``-m "not browser"``. The exit code is pytest's.
"""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, prepare_python, prepare_test_tools, run


def main() -> int:
    """pytest's exit code."""
    python = prepare_python()
    prepare_test_tools()
    # -rs: every skipped test says why, so that a missing tool isn't passed over in silence.
    command = [str(python), "-m", "pytest", "-q", "-rs", *_workers(sys.argv[1:]), *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _workers(arguments: list[str]) -> list[str]:
    """One worker a processor; a file's tests stay together, because they share a server.

    The longest files come first, as tests/conftest.py orders them. By the number of tests, as xdist
    orders them, the few long ones in a browser come last, and all workers wait for one.
    Named tests run alone: starting workers would take longer than most of them.
    """
    named = any(not argument.startswith("-") for argument in arguments)
    chosen = any(argument.startswith("-n") for argument in arguments)
    return [] if named or chosen else ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]


if __name__ == "__main__":
    run(main)
