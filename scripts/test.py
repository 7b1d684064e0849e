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
    command = [str(python), "-m", "pytest", "-q", "-rs", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    run(main)
