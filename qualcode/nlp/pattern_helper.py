"""A helper process that a pattern (regular expression) is tried in, with hard limits.

``python -m qualcode.nlp.pattern_helper`` reads jobs from its standard input and answers on its
standard output. A message is four bytes (a big-endian length) and a JSON object. The process may
use so much memory and, for each job, so much processor time, and no more: where the system keeps
such limits it ends the process itself. Nothing of qualcode is imported that is slow to load.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

LENGTH = struct.Struct(">I")

MOST_MEMORY = 400 * 2**20
"""Bytes of memory that the helper may ask for, itself (some 30 MB) and its libraries included."""

Message = dict[str, Any]


def send(stream: IO[bytes], message: Message) -> None:
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """The next message; None at the end of the stream, also when it ends in the middle of one."""
    length = stream.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(length)
    body = stream.read(size)
    if len(body) < size:
        return None
    told: Message = json.loads(body.decode("utf-8", "surrogatepass"))
    return told


# --- the helper's side ------------------------------------------------------------------------


class _Finder:
    """The pattern of the last job, compiled: the slices of one search come one after another."""

    def __init__(self) -> None:
        import regex

        self._regex = regex
        self._written: str | None = None
        self._pattern: Any = None

    def answer(self, job: Message) -> Message:
        """``found`` with the processor time it ``took``, or why there is nothing: ``bad`` (what the
        library says, and at which character), ``slow`` or ``large``."""
        began = time.process_time()
        try:
            self._compile(job["pattern"])
            left = max(job["seconds"] - (time.process_time() - began), 0.001)
            found = self._found(job["texts"], began + left, all_places=job["places"])
        except self._regex.error as error:
            return {"bad": str(error.msg), "place": (error.pos or 0) + 1}
        except TimeoutError:
            return {"slow": True}
        except (RecursionError, MemoryError, OverflowError):
            return {"large": True}
        return {"found": found, "took": time.process_time() - began}

    def _compile(self, written: str) -> None:
        if written != self._written:
            self._written = None
            # Not into the library's own cache: it would hold memory that the next pattern needs.
            self._pattern = self._regex.compile(
                written, self._regex.IGNORECASE, cache_pattern=False
            )
            self._written = written

    def _found(self, texts: list[str], ends: float, all_places: bool) -> list[Any]:
        """The numbers of the texts that the pattern is in; or for each text all its places.

        A match without any character is none.
        """
        found: list[Any] = []
        for number, text in enumerate(texts):
            matches = self._pattern.finditer(text, timeout=max(ends - time.process_time(), 0.001))
            spans = (match.span() for match in matches if match.end() > match.start())
            if all_places:
                found.append(list(spans))
            elif next(spans, None) is not None:
                found.append(number)
        return found


def _limit_memory() -> None:
    """The system refuses more than ``MOST_MEMORY`` to this process, where it keeps such a limit."""
    if sys.platform == "win32":
        from qualcode.nlp import windows_limits

        windows_limits.limit_memory(MOST_MEMORY)
        return
    import resource

    # macOS knows the limit and may refuse it; the limits of time hold there all the same.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limiter_of_time() -> Callable[[float], None]:
    """What grants this process so many more seconds of the processor before the system ends it.

    Matching stops by itself, on time; compiling a pattern does not, and here is what stops it.
    """
    if sys.platform == "win32":
        return lambda seconds: None  # The program that asks ends the helper by the clock.
    import resource

    def grant(seconds: float) -> None:
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        until = math.ceil(time.process_time() + seconds + 1)
        resource.setrlimit(resource.RLIMIT_CPU, (until, most))

    return grant


def main() -> None:
    """Does jobs until the standard input ends."""
    finder = _Finder()
    grant = _limiter_of_time()
    _limit_memory()
    while job := receive(sys.stdin.buffer):
        grant(job["seconds"])
        send(sys.stdout.buffer, finder.answer(job))


if __name__ == "__main__":
    main()
