"""The line to a helper process: it is started when needed, asked, heard, stopped and replaced."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Self

from qualcode.nlp.problems import (
    EngineCancelled,
    EngineProblem,
    EngineTimedOut,
    UnfitProcessor,
    WorkerDied,
)
from qualcode.nlp.worker_messages import Message, listen, problem_from, send

WAIT_SECONDS = 0.3
CANCEL_SECONDS = 3.0
ILLEGAL_INSTRUCTION = frozenset({-4, 0xC000001D, 0xC000001D - 2**32})
"""Exit codes of a process that asked for what its processor cannot do: POSIX, and Windows twice."""

Progress = Callable[[int, int], None]


class WorkerLink:
    """One helper process, started when first needed and kept for the next job until closed.

    Jobs of several threads wait for one another. After a failure of the process itself the next
    job starts a new one. One that works in the ``background`` leaves the processor to others
    first: whoever codes meanwhile must not wait.
    """

    def __init__(self, *, background: bool = False) -> None:
        self._background = background
        self._process: subprocess.Popen[bytes] | None = None
        self._news: queue.Queue[tuple[Message, bytes] | None] = queue.Queue()
        self._complaints: IO[bytes] | None = None
        self._busy = threading.Lock()
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Stops the job that is running; its caller gets ``EngineCancelled``. Any thread may."""
        self._cancelled.set()

    def close(self) -> None:
        """Ends the process. The next job would start a new one."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin:
                # A process that is gone already cannot take the goodbye.
                with contextlib.suppress(OSError):
                    process.stdin.close()
            try:
                process.wait(CANCEL_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None

    def rest(self) -> None:
        """Ends the process when its job is done, so that it holds no file open."""
        with self._busy:
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process at work, if one has been started."""
        return self._process.pid if self._process is not None else None

    def ask(
        self,
        request: Message,
        on_progress: Progress | None,
        silence_seconds: float,
        on_wait: Callable[[], None] | None = None,
    ) -> tuple[Message, bytes]:
        """The answer to one job, with what it brings along. See ``Worker.embed`` for the rest."""
        with self._busy:
            self._cancelled.clear()
            process = self._running()
            engine = request["engine"]
            try:
                assert process.stdin is not None
                send(process.stdin, request)
            except OSError as error:
                raise self._died(engine) from error
            return self._answer(engine, on_progress, silence_seconds, on_wait)

    def _answer(
        self,
        engine: str,
        on_progress: Progress | None,
        silence_seconds: float,
        on_wait: Callable[[], None] | None,
    ) -> tuple[Message, bytes]:
        last_news = last_wait = time.monotonic()
        cancel_sent: float | None = None
        while True:
            try:
                news = self._news.get(timeout=0.05)
            except queue.Empty:
                now = time.monotonic()
                if self._cancelled.is_set() and cancel_sent is None:
                    cancel_sent = now
                    self._send_cancel(engine)
                if cancel_sent is not None and now - cancel_sent > CANCEL_SECONDS:
                    self._kill()
                    raise EngineCancelled() from None
                if now - last_news > silence_seconds:
                    self._kill()
                    raise EngineTimedOut(engine=engine, seconds=round(silence_seconds)) from None
                if on_wait is not None and now - last_wait > WAIT_SECONDS:
                    last_wait = now
                    self._tell(on_wait)
                continue
            if news is None:
                raise EngineCancelled() if cancel_sent is not None else self._died(engine)
            last_news = time.monotonic()
            answer, payload = news
            if answer["is"] == "progress":
                if on_progress is not None:
                    self._tell(on_progress, answer["done"], answer["all"])
                if self._cancelled.is_set() and cancel_sent is None:
                    cancel_sent = last_news
                    self._send_cancel(engine)
            elif answer["is"] == "problem":
                raise problem_from(answer, engine)
            else:
                return answer, payload

    def _tell(self, caller: Callable[..., None], *news: int) -> None:
        try:
            caller(*news)
        except BaseException:
            # The caller stops listening (a web page that was left, say); the answers still to
            # come must not be taken for those of the next job.
            self._hear_out()
            raise

    def _hear_out(self) -> None:
        """Has the job stopped and takes in its last answers, so that the engine stays loaded."""
        until = time.monotonic() + CANCEL_SECONDS
        try:
            self._send_cancel("")
            while news := self._news.get(timeout=max(0.01, until - time.monotonic())):
                if news[0]["is"] != "progress":
                    return
        except (EngineProblem, queue.Empty):
            self._kill()

    def _send_cancel(self, engine: str) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            send(self._process.stdin, {"job": "cancel"})
        except OSError as error:
            raise self._died(engine) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        assert self._process is not None
        return self._process

    def _start(self) -> None:
        checkout = str(Path(__file__).resolve().parents[2])
        paths = [checkout, *filter(None, [os.environ.get("PYTHONPATH")])]
        # Lives as long as the process does; ``close`` closes it.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "qualcode.nlp.worker_process"),
                *(["--background"] if self._background else []),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
            # Windows only; elsewhere the process lowers itself.
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
            if self._background
            else 0,
        )
        # A queue of its own for each process: what a stopped one still says is not heard.
        self._news = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(
            target=listen, args=(self._process.stdout, self._news), daemon=True
        ).start()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()

    def _died(self, engine: str) -> WorkerDied | UnfitProcessor:
        code = self._process.wait(CANCEL_SECONDS) if self._process is not None else None
        what = f"exit code {code}"
        if code in ILLEGAL_INSTRUCTION:
            self.close()
            return UnfitProcessor(engine=engine, what=what)
        # Ended by a signal, it had no time for last words: what stands there is of earlier.
        if code is not None and code > 0 and self._complaints is not None:
            self._complaints.seek(0)
            lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
            what = f"{what}: {lines[-1]}" if lines else what
        self.close()
        return WorkerDied(engine=engine, what=what)
