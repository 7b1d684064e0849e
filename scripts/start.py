"""Starts qualcode: prepares its environment when needed, then opens the invented demo study.

``python3 scripts/start.py`` and nothing else is needed on a new machine. What follows is passed on
to ``python -m qualcode serve``, such as ``--port 8600``, ``--language en`` or ``--study FILE``;
with a study named, that one is opened and not the demo.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from environment import ROOT, prepare_python, run, say


def serve_arguments(arguments: Sequence[str]) -> list[str]:
    """The arguments of ``python -m qualcode``: the demo unless a study is named."""
    names_study = any(a in ("--study", "--demo") or a.startswith("--study=") for a in arguments)
    return ["serve", *([] if names_study else ["--demo"]), *arguments]


def main() -> int:
    """The exit code of the server, once it is stopped with Ctrl+C."""
    python = prepare_python()
    command = [str(python), "-m", "qualcode", *serve_arguments(sys.argv[1:])]
    # The folder stays as it is, so that `--study my.qualcode` means what the person meant.
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    say("Starting qualcode; stop it with Ctrl+C")
    if os.name == "nt":
        return subprocess.run(command, env=environ, check=False).returncode
    # In our place, not under us: Ctrl+C and a stop from outside then reach the server itself.
    os.execve(command[0], command, environ)


if __name__ == "__main__":
    run(main)
