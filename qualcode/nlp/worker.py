"""A helper process that holds the heavy language models, so that the web process stays light.

``python -m qualcode.nlp.worker`` speaks over its standard input and output. A message is eight
bytes (two big-endian lengths), a JSON object and raw bytes; vectors travel as the bytes of a
little-endian float32 array. One job runs at a time; "cancel" is read while it runs. The worker
ends when its input does, so it cannot outlive the program that started it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np

from qualcode.nlp import problems
from qualcode.nlp.base_forms import WordKeys, base_forms
from qualcode.nlp.embedding import Embedder, Vectors
from qualcode.nlp.lemmas import SpacyLemmas, Words
from qualcode.nlp.problems import (
    EngineCancelled,
    EngineFailed,
    EngineProblem,
    EngineTimedOut,
    WorkerDied,
)
from qualcode.nlp.registry import embedder
from qualcode.nlp.segmenting import Span, sentences

LENGTHS = struct.Struct(">II")
TEXTS_AT_ONCE = 64
WORDS_AT_ONCE = 500
SILENCE_SECONDS = 180.0
CANCEL_SECONDS = 3.0
Progress = Callable[[int, int], None]
Message = dict[str, Any]
Made = TypeVar("Made")


# --- the program's side -----------------------------------------------------------------------


class Worker:
    """One helper process, started when first needed and kept for the next job until closed.

    Jobs of several threads wait for one another. After a failure of the process itself the next
    job starts a new one.
    """

    def __init__(self) -> None:
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
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Vectors:
        """The vectors of ``texts`` by the engine of that name, one row a text.

        ``on_progress`` is told (done, all) as texts get ready, from the calling thread.
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
        )
        return np.frombuffer(payload, dtype="<f4").reshape(answer["shape"]).astype(np.float32)

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
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> list[list[Span]]:
        """The sentences of each text as (start, end) in code points."""
        answer, _ = self._ask(
            {"job": "sentences", "engine": "spacy", "language": language, "texts": list(texts)},
            on_progress,
            silence_seconds,
        )
        return [[(start, end) for start, end in spans] for spans in answer["spans"]]

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
        self, request: Message, on_progress: Progress | None, silence_seconds: float
    ) -> tuple[Message, bytes]:
        with self._busy:
            self._cancelled.clear()
            process = self._running()
            engine = request["engine"]
            try:
                assert process.stdin is not None
                _send(process.stdin, request)
            except OSError as error:
                raise self._died(engine) from error
            return self._answer(engine, on_progress, silence_seconds)

    def _answer(
        self, engine: str, on_progress: Progress | None, silence_seconds: float
    ) -> tuple[Message, bytes]:
        last_news = time.monotonic()
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
                continue
            if news is None:
                raise EngineCancelled() if cancel_sent is not None else self._died(engine)
            last_news = time.monotonic()
            answer, payload = news
            if answer["is"] == "progress":
                if on_progress is not None:
                    self._tell(on_progress, answer)
                if self._cancelled.is_set() and cancel_sent is None:
                    cancel_sent = last_news
                    self._send_cancel(engine)
            elif answer["is"] == "problem":
                raise _problem_from(answer, engine)
            else:
                return answer, payload

    def _tell(self, on_progress: Progress, answer: Message) -> None:
        try:
            on_progress(answer["done"], answer["all"])
        except BaseException:
            # The caller stops listening (a web page that was left, say); the answers still to
            # come must not be taken for those of the next job.
            self._kill()
            raise

    def _send_cancel(self, engine: str) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            _send(self._process.stdin, {"job": "cancel"})
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
            [sys.executable, "-m", "qualcode.nlp.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )
        # A queue of its own for each process: what a stopped one still says is not heard.
        self._news = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._news), daemon=True
        ).start()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()

    def _died(self, engine: str) -> WorkerDied:
        code = self._process.wait(CANCEL_SECONDS) if self._process is not None else None
        what = f"exit code {code}"
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
            _shared[task] = Worker()
            atexit.register(_shared[task].close)
        return _shared[task]


def embed_in_worker(
    engine: str,
    texts: Sequence[str],
    on_progress: Progress | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    silence_seconds: float = SILENCE_SECONDS,
) -> Vectors:
    """The vectors of ``texts``, made by the program's shared worker. See ``Worker.embed``."""
    return shared_worker().embed(
        engine, texts, on_progress, options=options, silence_seconds=silence_seconds
    )


def _listen(stream: IO[bytes], news: queue.Queue[tuple[Message, bytes] | None]) -> None:
    while True:
        try:
            message = _receive(stream)
        except (OSError, ValueError):  # cut off in the middle of a message, or closed
            message = None
        news.put(message)
        if message is None:
            return


def _problem_from(answer: Message, engine: str) -> EngineProblem:
    found = getattr(problems, answer["problem"], None)
    if isinstance(found, type) and issubclass(found, EngineProblem):
        return found(**answer["values"])
    return EngineFailed(engine=engine, what=answer["what"])


# --- both sides -------------------------------------------------------------------------------


def _send(stream: IO[bytes], message: Message, payload: bytes = b"") -> None:
    header = json.dumps(message).encode("ascii")
    stream.write(LENGTHS.pack(len(header), len(payload)) + header)
    stream.write(payload)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[Message, bytes] | None:
    """The next message and its bytes; nothing at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if not lengths:
        return None
    header_length, payload_length = LENGTHS.unpack(_whole(lengths, LENGTHS.size))
    header = _whole(stream.read(header_length), header_length)
    return json.loads(header), _whole(stream.read(payload_length), payload_length)


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError("the message was cut off")
    return data


# --- the worker's side ------------------------------------------------------------------------


class _Cancelled(Exception):
    pass


class _Jobs:
    """What the worker can do. Engines stay loaded from one job to the next."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers
        self.cancelled = threading.Event()
        self._engines: dict[str, Embedder] = {}
        self._lemmas: SpacyLemmas | None = None

    def do(self, request: Message) -> None:
        try:
            getattr(self, f"_{request['job']}")(request)
        except _Cancelled:
            self._problem("EngineCancelled", {}, "")
        except EngineProblem as problem:
            values = {name: str(value) for name, value in problem.values.items()}
            self._problem(type(problem).__name__, values, str(problem))
        except Exception as error:  # everything an engine can raise must reach the program
            traceback.print_exc()
            self._problem("", {}, f"{type(error).__name__}: {error}")

    def _embed(self, request: Message) -> None:
        key = json.dumps([request["engine"], request["options"]], sort_keys=True)
        if key not in self._engines:
            self._engines[key] = embedder(request["engine"], **request["options"])
        engine = self._engines[key]
        texts = request["texts"]
        # An engine whose vectors hold within one call only must get all the texts in one.
        at_once = TEXTS_AT_ONCE if engine.lasting else max(1, len(texts))
        rows = np.zeros((len(texts), engine.dimensions), dtype="<f4")
        parts = self._in_parts(engine.embed, texts, at_once)
        if parts:
            rows = np.concatenate(parts).astype("<f4")
        _send(self.answers, {"is": "vectors", "shape": rows.shape}, rows.tobytes())

    def _words(self, request: Message) -> None:
        if self._lemmas is None:
            self._lemmas = SpacyLemmas()
        words = Words.joined(self._in_parts(self._lemmas.words, request["texts"], TEXTS_AT_ONCE))
        _send(self.answers, {"is": "words", "stems": words.stems, "forms": dict(words.forms)})

    def _base_forms(self, request: Message) -> None:
        known = base_forms(request["language"])
        parts = self._in_parts(
            lambda words: [(known.sought(word), known.keys(word)) for word in words],
            request["texts"],
            WORDS_AT_ONCE,
        )
        _send(self.answers, {"is": "words", "words": [word for part in parts for word in part]})

    def _sentences(self, request: Message) -> None:
        language = request["language"]
        parts = self._in_parts(
            lambda texts: [sentences(text, language) for text in texts],
            request["texts"],
            TEXTS_AT_ONCE,
        )
        spans = [text_spans for part in parts for text_spans in part]
        _send(self.answers, {"is": "sentences", "spans": spans})

    def _in_parts(
        self, make: Callable[[list[str]], Made], texts: list[str], at_once: int
    ) -> list[Made]:
        made = []
        for start in range(0, len(texts), at_once):
            if self.cancelled.is_set():
                raise _Cancelled
            made.append(make(texts[start : start + at_once]))
            done = min(start + at_once, len(texts))
            _send(self.answers, {"is": "progress", "done": done, "all": len(texts)})
        return made

    def _problem(self, name: str, values: Mapping[str, str], what: str) -> None:
        _send(
            self.answers, {"is": "problem", "problem": name, "values": dict(values), "what": what}
        )


def main() -> None:
    """Does jobs until the standard input ends."""
    requests = sys.stdin.buffer
    answers = _private_output()
    jobs = _Jobs(answers)
    waiting: queue.Queue[Message] = queue.Queue()

    def read_requests() -> None:
        while True:
            try:
                received = _receive(requests)
            except ValueError:
                received = None
            if received is None:
                # The program that asked is gone: nobody waits for whatever is being computed.
                os._exit(0)
            message, _ = received
            if message["job"] == "cancel":
                jobs.cancelled.set()
            else:
                jobs.cancelled.clear()
                waiting.put(message)

    threading.Thread(target=read_requests, daemon=True).start()
    while True:
        jobs.do(waiting.get())


def _private_output() -> IO[bytes]:
    """The answers' way out. Whatever libraries print goes to the error stream instead."""
    sys.stdout.flush()
    private = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(private, os.O_BINARY)
    return os.fdopen(private, "wb")


if __name__ == "__main__":
    main()
