"""Starts a Python program without waiting for its imports: a process that has done them forks.

The app's server needs some three seconds of a processor before it answers, and nearly all of it is
reading libraries. The suite starts it more than a hundred times. ``fork`` runs the same command
line, ``python -m MODULE ...``, in a child of a process that has the libraries already; the child
has a process group, an environment and a log of its own, as a program started anew has.

Of qualcode all is read beforehand but ``qualcode.ui``, which enters itself in the server that runs.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent

LIBRARIES = (
    "streamlit.web.cli",
    "streamlit.web.server.starlette.starlette_server",
    "streamlit.testing.v1",  # and with it every element that a page may show
    "plotly.graph_objects",
    "scipy.sparse.linalg",
    "sklearn.feature_extraction.text",
    "uvicorn.protocols.http.h11_impl",
)
FLOORS = (
    "qualcode.domain",
    "qualcode.texts",
    "qualcode.readers",
    "qualcode.store",
    "qualcode.nlp",
    "qualcode.analysis",
    "qualcode.exports",
    "qualcode.workbench",
    "qualcode.commands",
)


def can_fork(command: Sequence[str]) -> bool:
    """Whether ``command`` is a Python module's, on a system that can fork."""
    return hasattr(os, "fork") and list(command[:2]) == [sys.executable, "-m"]


class Forked:
    """A child of the forking process, spoken to as one speaks to a ``subprocess.Popen``."""

    def __init__(self, parent: Forker, pid: int) -> None:
        self._parent = parent
        self.pid = pid

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._parent.ask({"poll": self.pid})

    def wait(self, timeout: float) -> int:
        """Its exit code once it has ended.

        Raises:
            subprocess.TimeoutExpired: it still runs after so many seconds.
        """
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.02)
        return code


class Forker:
    """The process that has read the libraries; what it has started ends with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"],
            cwd=ROOT,
            # As the app's own command line sets it. It also keeps NumPy from starting threads, of
            # which a forked child would have none.
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl+C in the terminal is for pytest, which ends it by closing its input.
            start_new_session=True,
            text=True,
        )
        atexit.register(self.close)

    def ask(self, what: Mapping[str, Any]) -> Any:
        """The answer to one request."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """Ends it, and whatever it has started."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@cache
def forker() -> Forker:
    """The test run's own, started when first asked for."""
    return Forker()


def fork(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> Forked:
    """``command`` (see ``can_fork``) at work; what it says is added to ``log``."""
    started = {
        "start": list(command[2:]),
        "cwd": str(cwd),
        "environment": dict(environment),
        "log": str(log),
    }
    parent = forker()
    return Forked(parent, parent.ask(started))


# --- in the forking process ----------------------------------------------------------------------


def _serve_forks() -> None:
    for module in LIBRARIES:
        import_module(module)
    for floor in FLOORS:
        for module in walk_packages(import_module(floor).__path__, f"{floor}."):
            import_module(module.name)
    running: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "start" in asked:
            answer: int | None = os.fork()
            if answer == 0:
                _become(asked)
            running.add(answer)
        else:
            pid, status = os.waitpid(asked["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
            running.discard(pid)
        print(json.dumps(answer), flush=True)
    for pid in running:
        os.killpg(pid, signal.SIGKILL)


def _become(asked: Mapping[str, Any]) -> NoReturn:
    """Turns the child into the program asked for; ends with it."""
    code = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for here, there in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(here, there)
        os.chdir(asked["cwd"])
        os.execve = _go_on_here  # type: ignore[assignment]
        code = _run_module(asked["start"], asked["environment"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run_module(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """What ``python -m MODULE ...`` does, and the exit code it would end with."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = list(command)
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        print(ended.code, file=sys.stderr)
        return 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _go_on_here(_program: str, command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """In place of ``os.execve``: another Python module takes over, with the libraries as read."""
    assert command[1] == "-m", command
    raise SystemExit(_run_module(command[2:], environment))


if __name__ == "__main__":
    _serve_forks()
