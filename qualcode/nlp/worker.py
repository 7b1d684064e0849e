"""A helper process that holds the heavy language models, so that the web process stays light.

This is the program's side: it starts ``worker_process``, asks it and hears its answers
(``worker_messages``).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from qualcode.nlp.base_forms import WordKeys
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.lemmas import Words
from qualcode.nlp.names import NameHit
from qualcode.nlp.problems import (
    EngineCancelled,
    EngineProblem,
    EngineTimedOut,
    UnfitProcessor,
    WorkerDied,
)
from qualcode.nlp.segmenting import Span
from qualcode.nlp.trial import Trial
from qualcode.nlp.worker_messages import Message, listen, problem_from, send

SILENCE_SECONDS = 180.0
BUILDING_SECONDS = 1800.0  # fetching ninety megabytes over a slow line says nothing in between
WAIT_SECONDS = 0.3
CANCEL_SECONDS = 3.0
ILLEGAL_INSTRUCTION = frozenset({-4, 0xC000001D, 0xC000001D - 2**32})
"""Exit codes of a process that asked for what its processor cannot do: POSIX, and Windows twice."""

Progress = Callable[[int, int], None]


class Worker:
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

    def embed(
        self,
        engine: str,
        texts: Sequence[str],
        on_progress: Progress | None = None,
        *,
        options: Mapping[str, Any] | None = None,
        on_wait: Callable[[], None] | None = None,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Vectors:
        """The vectors of ``texts`` by the engine of that name, one row a text.

        ``on_progress`` is told (done, all) as texts get ready, from the calling thread; ``on_wait``
        is called now and then meanwhile, so that who asks can give up while an engine loads.
        ``silence_seconds`` is how long the worker may be without any news (loading counts as
        one piece of work) before it is stopped. Raises the engine's own problem, or
        ``EngineCancelled``, ``EngineTimedOut``, ``WorkerDied``, ``EngineFailed``.
        """
        answer, payload = self._ask(
            {
                "job": "embed",
                "engine": engine,
                "options": dict(options or {}),
                "texts": list(texts),
            },
            on_progress,
            silence_seconds,
            on_wait,
        )
        return np.frombuffer(payload, dtype="<f4").reshape(answer["shape"]).astype(np.float32)

    def try_model(
        self,
        options: Mapping[str, Any],
        texts: Sequence[str],
        reference: str = "",
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Trial:
        """How a sentence model does on ``texts``, beside the engine called ``reference``."""
        answer, _ = self._ask(
            {
                "job": "try",
                "engine": "sentences",
                "options": dict(options),
                "texts": list(texts),
                "reference": reference,
            },
            None,
            silence_seconds,
        )
        return Trial(**answer["trial"])

    def build_model(self, on_progress: Progress | None = None) -> None:
        """The offline sentence model, built (see ``offline``); told (steps done, all)."""
        self._ask({"job": "build", "engine": "e5"}, on_progress, BUILDING_SECONDS)

    def words(
        self,
        texts: Sequence[str],
        on_progress: Progress | None = None,
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Words:
        """The content words of ``texts`` as lemmas by the Finnish spaCy pipeline."""
        answer, _ = self._ask(
            {"job": "words", "engine": "spacy-fi", "texts": list(texts)},
            on_progress,
            silence_seconds,
        )
        return Words(tuple(tuple(stems) for stems in answer["stems"]), answer["forms"])

    def base_forms(
        self,
        words: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> list[WordKeys]:
        """For each word what it stands for when it is sought, and all that it is found by."""
        answer, _ = self._ask(
            {"job": "base_forms", "engine": "search", "language": language, "texts": list(words)},
            on_progress,
            silence_seconds,
        )
        return [(tuple(sought), tuple(keys)) for sought, keys in answer["words"]]

    def sentences(
        self,
        texts: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
    ) -> list[list[Span]]:
        """The sentences of each text as (start, end) in code points."""
        answer, _ = self._ask(
            {"job": "sentences", "engine": "spacy", "language": language, "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [[(start, end) for start, end in spans] for spans in answer["spans"]]

    def names(
        self,
        texts: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
    ) -> list[tuple[NameHit, ...]]:
        """For each text what may name a person, a place or an organisation; see ``nlp.names``."""
        answer, _ = self._ask(
            {"job": "names", "engine": "spacy-fi", "language": language, "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [tuple(NameHit(*hit) for hit in hits) for hits in answer["hits"]]

    def phrases(
        self,
        texts: Sequence[str],
        on_progress: Progress | None = None,
    ) -> list[tuple[str, ...]]:
        """The noun phrases of each Finnish text that can stand as a name; see ``nlp.phrases``."""
        answer, _ = self._ask(
            {"job": "phrases", "engine": "spacy-fi", "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [tuple(phrases) for phrases in answer["found"]]

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

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process at work, if one has been started."""
        return self._process.pid if self._process is not None else None

    def _ask(
        self,
        request: Message,
        on_progress: Progress | None,
        silence_seconds: float,
        on_wait: Callable[[], None] | None = None,
    ) -> tuple[Message, bytes]:
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


_shared: dict[str, Worker] = {}
_shared_lock = threading.Lock()


def shared_worker(task: str = "vectors") -> Worker:
    """The program's worker for this task, made when first asked for and closed at its end.

    Looking up words has one of its own ("words"): a search must not wait for vectors.
    """
    with _shared_lock:
        if task not in _shared:
            _shared[task] = Worker(background=task == "vectors")
            atexit.register(_shared[task].close)
        return _shared[task]


def embed_in_worker(
    engine: str,
    texts: Sequence[str],
    on_progress: Progress | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    on_wait: Callable[[], None] | None = None,
    silence_seconds: float = SILENCE_SECONDS,
) -> Vectors:
    """The vectors of ``texts``, made by the program's shared worker. See ``Worker.embed``."""
    return shared_worker().embed(
        engine,
        texts,
        on_progress,
        options=options,
        on_wait=on_wait,
        silence_seconds=silence_seconds,
    )
