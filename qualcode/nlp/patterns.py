"""Looking for a pattern (regular expression) in texts, without ever letting it stall the program.

A pattern can ask for hours of time or gigabytes of memory with a few signs. So it is compiled and
tried in a helper process (``pattern_helper``) that may use so much and no more; the helpers, two
at most, stay for the next search, and one that had to be stopped is replaced.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from qualcode.domain.errors import QualcodeError
from qualcode.nlp.pattern_faults import fault
from qualcode.nlp.pattern_helper import Message, receive, send

MOST_SECONDS = 2
"""Processor time of one search by a pattern."""

GRACE_SECONDS = 6
"""How much longer it may take by the clock, on a busy machine, before the helper is ended."""

HELPERS = 2

AT_ONCE = 2_000_000
"""Characters told to a helper at a time: its memory is for the pattern, not for the material."""

OUT_OF_TIME = -24
"""How a process ends that the system stopped for its processor time (SIGXCPU)."""

Span = tuple[int, int]


class BadPattern(QualcodeError):
    template = (
        "The pattern “{pattern}” cannot be read: {what} (character {place}). Correct it, or search "
        "for the exact words instead."
    )


class PatternTooLarge(QualcodeError):
    template = (
        "The pattern “{pattern}” would take more memory than a search may: it calls itself, or "
        "repeats a repetition many times. Write it with fewer or smaller repetitions."
    )


class PatternTooSlow(QualcodeError):
    template = (
        "The pattern “{pattern}” takes too long on this material and was stopped after {seconds} "
        "seconds. Make it simpler: repetitions inside repetitions, such as (a+)+, are the usual "
        "cause."
    )


class PatternsBusy(QualcodeError):
    template = (
        "Two other searches by a pattern are still going on. Wait some seconds and search again."
    )


class Pattern:
    """A pattern for one search: all that it is asked shares the time of the search."""

    def __init__(self, written: str) -> None:
        self.written = written
        self._left: float = MOST_SECONDS

    def matching(self, texts: Sequence[str]) -> list[int]:
        """The numbers of the texts that it is in, in order; a match without characters is none.

        Raises ``BadPattern``, ``PatternTooLarge``, ``PatternTooSlow``, ``PatternsBusy``.
        """
        found: list[int] = []
        first = 0
        for part in _parts(texts):
            found += (first + number for number in self._ask(part, places=False))
            first += len(part)
        return found

    def places(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """For each text where it is, in code points. Raises as ``matching`` does."""
        found = [spans for part in _parts(texts) for spans in self._ask(part, places=True)]
        return [tuple((start, end) for start, end in spans) for spans in found]

    def _ask(self, texts: Sequence[str], places: bool) -> Any:
        answer = _pool.ask(
            {
                "pattern": self.written,
                "texts": texts,
                "places": places,
                "seconds": max(self._left, 0.001),
            }
        )
        if "bad" in answer:
            what = fault(answer["bad"])
            raise BadPattern(pattern=self.written, what=what, place=answer["place"])
        if "slow" in answer:
            raise PatternTooSlow(pattern=self.written, seconds=MOST_SECONDS)
        if "large" in answer:
            raise PatternTooLarge(pattern=self.written)
        self._left -= answer["took"]
        return answer["found"]


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts some at a time; at least one part, for a pattern is judged without texts too."""
    first = length = 0
    for number, text in enumerate(texts):
        if length and length + len(text) > AT_ONCE:
            yield texts[first:number]
            first, length = number, 0
        length += len(text)
    yield texts[first:]


# --- the helpers ------------------------------------------------------------------------------


class _Helper:
    """One process, asked one thing at a time."""

    def __init__(self) -> None:
        checkout = str(Path(__file__).resolve().parents[2])
        paths = [checkout, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qualcode.nlp.pattern_helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )

    def ask(self, job: Message) -> Message:
        """Its answer; when it had to be ended, ``slow`` or ``large`` by how it came to its end."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        out_of_time = threading.Event()

        def stop() -> None:
            out_of_time.set()
            self._process.kill()

        clock = threading.Timer(job["seconds"] + GRACE_SECONDS, stop)
        clock.daemon = True
        clock.start()
        try:
            send(stdin, job)
            answer = receive(stdout)
        except OSError:  # it ended while it was being told
            answer = None
        finally:
            clock.cancel()
        if answer is None:
            code = self._process.wait()
            slow = out_of_time.is_set() or code == OUT_OF_TIME
            answer = {"slow": True} if slow else {"large": True}
        if "large" in answer:
            self.close()  # what such a pattern leaves behind is not known
        return answer

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # What it was still to be told cannot be written any more.
                with suppress(OSError):
                    stream.close()


class _Pool:
    """At most ``HELPERS`` of them, started when one is needed and none is free."""

    def __init__(self) -> None:
        self._free: list[_Helper] = []
        self._places = threading.BoundedSemaphore(HELPERS)
        self._lock = threading.Lock()

    def ask(self, job: Message) -> Message:
        if not self._places.acquire(timeout=MOST_SECONDS + GRACE_SECONDS):
            raise PatternsBusy()
        helper = None
        try:
            helper = self._taken()
            answer = helper.ask(job)
        finally:
            self._give_back(helper)
            self._places.release()
        return answer

    def close(self) -> None:
        with self._lock:
            while self._free:
                self._free.pop().close()

    def _taken(self) -> _Helper:
        with self._lock:
            while self._free:
                helper = self._free.pop()
                if helper.is_running:
                    return helper
                helper.close()
        return _Helper()

    def _give_back(self, helper: _Helper | None) -> None:
        if helper is not None and helper.is_running:
            with self._lock:
                self._free.append(helper)
        elif helper is not None:
            helper.close()


_pool = _Pool()
atexit.register(_pool.close)
