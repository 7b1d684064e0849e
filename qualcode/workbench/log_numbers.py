"""Numbers of decisions as a reader of the log writes and reads them: ``3–7, 12``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualcode.domain.errors import QualcodeError

_RUN = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")
_BETWEEN = re.compile(r"[\s,;.#]+|(?:\bja\b|\band\b|&)")
MOST = 200_000
"""Numbers that are looked up at most: a run may be typed with a digit too many."""


class NoNumbers(QualcodeError):
    template = "“{text}” has something else than numbers. Write them as in 3–7, 12."


def numbers_in_words(ids: Iterable[int]) -> str:
    """Decisions as a reader looks them up: ``3–7, 12``.

    >>> numbers_in_words([3, 4, 5, 12, 7])
    '3–5, 7, 12'
    """
    runs: list[list[int]] = []
    for id in sorted(set(ids)):
        if runs and id == runs[-1][1] + 1:
            runs[-1][1] = id
        else:
            runs.append([id, id])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def numbers_read(text: str) -> tuple[int, ...]:
    """The numbers that the words name, with hyphens or dashes; raises NoNumbers for other words.

    >>> numbers_read("3–5, 7 ja #12")
    (3, 4, 5, 7, 12)
    """
    found: set[int] = set()
    at = 0
    for run in _RUN.finditer(text):
        if _BETWEEN.sub("", text[at : run.start()]):
            raise NoNumbers(text=text)
        first, last = int(run[1]), int(run[2] or run[1])
        if last - first + len(found) > MOST:
            raise NoNumbers(text=text)
        found.update(range(first, last + 1))
        at = run.end()
    if _BETWEEN.sub("", text[at:]):
        raise NoNumbers(text=text)
    return tuple(sorted(found))
