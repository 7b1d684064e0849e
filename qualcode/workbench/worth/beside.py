"""A replay that goes on beside the pages: started, watched and cancelled from any of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from qualcode.domain.errors import QualcodeError
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench

Plain = dict[str, Any]
ROOT = Path(__file__).resolve().parents[3]


class ReplayEnded(QualcodeError):
    """The helper process ended without having told everything."""

    template = (
        "Going through the analysis again ended unexpectedly ({what}). Nothing in the study was "
        "changed. Try again; if it happens again, the computer may be short of memory."
    )


@dataclass(frozen=True)
class Replay:
    """How far the replay of a study is, and what it has found so far.

    ``engines`` are those to be tried, ``found`` the figures of those done, ``part`` how much of
    the present one is done; ``problems`` tell which could not be used and why. ``revision`` is
    the state of the study it speaks of.
    """

    running: bool = True
    cancelled: bool = False
    revision: int = 0
    engines: tuple[str, ...] = ()
    engine: str = ""
    step: str = ""
    done: int = 0
    all: int = 0
    part: float = 0.0
    found: tuple[Plain, ...] = ()
    problems: tuple[str, ...] = ()
    past: Plain = field(default_factory=dict)
    shuffled: int = 0

    @property
    def share(self) -> float:
        """How much of the whole is done, 0...1, each engine counting alike."""
        if not self.engines:
            return 0.0
        tried = len(self.found) + len(self.problems)
        return min(1.0, (tried + self.part) / len(self.engines))


class _Job:
    def __init__(self, request: Plain) -> None:
        self.state = Replay(shuffled=request["shuffled"])
        self._translate = gettext_for(request["language"])
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qualcode.workbench.worth.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=ROOT,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def cancel(self) -> None:
        """What was found so far is kept."""
        self.state = replace(self.state, running=False, cancelled=True)
        self._process.kill()

    def _listen(self, answers: IO[str]) -> None:
        whole = False
        for line in answers:
            whole = self._hear(json.loads(line)) or whole
        code = self._process.wait()
        if not whole and not self.state.cancelled:
            problem = ReplayEnded(what=self._last_words() or code).message(self._translate)
            self.state = replace(self.state, problems=(*self.state.problems, problem))
        self.state = replace(self.state, running=False)
        self._complaints.close()

    def _hear(self, told: Plain) -> bool:
        """Takes in one answer; whether it was the last one."""
        now = self.state
        match told.pop("is"):
            case "begun":
                now = replace(now, revision=told["revision"], engines=tuple(told["engines"]))
            case "progress":
                now = replace(now, **told)
            case "past":
                now = replace(now, past=told["past"])
            case "worth":
                now = replace(now, found=(*now.found, told["worth"]), part=0.0)
            case "problem" | "failed":
                now = replace(now, problems=(*now.problems, told["what"]), part=0.0)
                self.state = now
                return "engine" not in told
            case "done":
                return True
        if not self.state.cancelled:
            self.state = now
        return False

    def _last_words(self) -> str:
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:200] if lines else ""


_lock = threading.Lock()
_jobs: dict[str, _Job] = {}


def start(bench: Workbench, engines: Sequence[str] = (), shuffled: int = 0) -> None:
    """Begins the replay of the study with these engines (all that work, by default).

    One that goes on already is left to go on.
    """
    address = bench.store.address
    with _lock:
        job = _jobs.get(address)
        if job is not None and job.state.running:
            return
        _jobs[address] = _Job(
            {
                "study": address if "://" in address else str(Path(address).resolve()),
                "coder": bench.coder,
                "language": bench.language,
                "engines": list(engines),
                "shuffled": shuffled,
            }
        )


def state(bench: Workbench) -> Replay | None:
    """How the latest replay of this study is getting on; None when there has been none."""
    with _lock:
        job = _jobs.get(bench.store.address)
    return job.state if job is not None else None


def cancel(bench: Workbench) -> None:
    """Stops it. The figures of the engines that are done stay."""
    with _lock:
        job = _jobs.get(bench.store.address)
    if job is not None and job.state.running:
        job.cancel()
