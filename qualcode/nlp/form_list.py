"""Which dictionary form each Finnish form has, in a file that is read where it lies.

simplemma's list (3.5 million forms) takes 60 MB of memory and seconds to open. Here each form is
a place in a table: what marks it, and how its dictionary form is made of it ("take two letters
off, put nen on"). A search for a form reads a page or two of the file, and nothing is opened.
The forms themselves are not kept, only marks of 32 bits. A search for a form that is not listed
meets twelve of other forms on average, so it is taken for a listed one once in some 350 million.

The file: MAGIC, the SHA-256 of all that follows it, the length of the head, the head (JSON), then
the marks and the numbers of rules.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from qualcode.nlp.libraries import library
from qualcode.nlp.problems import FormListFault, TooManyRules

MAGIC = b"QFF2"
DIGEST = 32
SEED = 7
FULLEST = 0.8
"""Share of the table's places that are taken."""

INSTALL = "pip install mmh3"
MAKE = "python -m qualcode models build"
MARK = np.dtype("<u4")
NUMBER = np.dtype("<u2")
MOST_RULES = 1 << 16
LENGTH = struct.Struct("<I")

Hasher = Callable[[bytes], tuple[int, int]]
Rule = tuple[int, str]
"""How many letters a form loses at its end, and what is put there instead."""


@dataclass(frozen=True)
class Head:
    """What a file says of itself. The last row is empty: there every search ends."""

    places: int
    rows: int
    forms: int
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, said: dict[str, Any]) -> Head:
        rules = tuple((int(cut), str(end)) for cut, end in said["rules"])
        return cls(int(said["places"]), int(said["rows"]), int(said["forms"]), rules)


class FormList:
    """The dictionary form of a form, for ``FinnishForms``."""

    def __init__(self, head: Head, marks: NDArray[Any], numbers: NDArray[Any]) -> None:
        self._places = head.places
        self._rules = head.rules
        self._marks = _quick(marks)
        self._numbers = _quick(numbers)
        self._hash = hasher()

    @classmethod
    def in_file(cls, path: Path) -> FormList:
        """Raises ``FormListFault`` or OSError when there is none.

        Damage inside is not looked for (``is_whole`` tells it), but no search runs out of the
        table.
        """
        head, start = _head_of(path)
        try:
            body = np.memmap(path, dtype=np.uint8, mode="r", offset=start)
        except ValueError as error:
            raise _fault("empty") from error
        middle = head.rows * MARK.itemsize
        if len(body) != head.rows * (MARK.itemsize + NUMBER.itemsize):
            raise _fault("cut off")
        flat = np.asarray(body)
        marks = flat[:middle].view(MARK)
        if not 0 < head.places < head.rows or marks[-1] != 0:
            raise _fault("the table does not end")
        return cls(head, marks, flat[middle:].view(NUMBER))

    def get(self, form: str) -> str | None:
        """The dictionary form, as it is written; None when the form is not listed."""
        place, mark = _place_and_mark(self._hash, form, self._places)
        marks = self._marks
        while (found := marks[place]) != 0:
            if found == mark:
                cut, end = self._rules[self._numbers[place]]
                return form[: len(form) - cut] + end
            place += 1
        return None


def form_list_file(pairs: Iterable[tuple[str, str]]) -> tuple[bytes, bytes]:
    """The file of these forms with their dictionary forms: what stands before, and the table.

    Each form takes the first free place from its own on; taken in the order of their places, that
    is the next one after the form before, or its own.
    """
    rules: dict[Rule, int] = {}
    hashes: list[NDArray[np.uint64]] = []
    numbers: list[NDArray[np.uint16]] = []
    hashed = hasher()
    for some in _in_parts(pairs):
        numbered = [rules.setdefault(rule_of(*pair), len(rules)) for pair in some]
        if len(rules) > MOST_RULES:
            raise TooManyRules(package="simplemma", most=MOST_RULES)
        numbers.append(np.array(numbered, NUMBER))
        hashes.append(np.array([hashed(form.encode()) for form, _ in some], np.uint64))
    both = np.concatenate(hashes) if hashes else np.zeros((0, 2), np.uint64)
    places = max(8, int(len(both) / FULLEST))
    home = (both[:, 0] % np.uint64(places)).astype(np.int64)
    order = np.argsort(home, kind="stable")
    each = np.arange(len(order))
    taken = each + np.maximum.accumulate(home[order] - each) if len(order) else each
    rows = max(places, int(taken[-1]) + 1 if len(taken) else 0) + 1
    marks, chosen = np.zeros(rows, MARK), np.zeros(rows, NUMBER)
    marks[taken] = _marks(both[order, 1])
    if numbers:
        chosen[taken] = np.concatenate(numbers)[order]
    head = Head(places, rows, len(both), tuple(rules))
    body = marks.tobytes() + chosen.tobytes()
    return _before(head, body), body


def rule_of(form: str, base: str) -> Rule:
    """
    >>> rule_of("taloissa", "talo"), rule_of("hevosen", "hevonen"), rule_of("yö", "yö")
    ((4, ''), (3, 'nen'), (0, ''))
    """
    if form.startswith(base):
        return len(form) - len(base), ""
    same = 0
    for one, other in zip(form, base, strict=False):
        if one != other:
            break
        same += 1
    return len(form) - same, base[same:]


def digest_said(path: Path) -> str:
    """The SHA-256 that the file gives itself; raises ``FormListFault`` when it gives none."""
    with path.open("rb") as file:
        return _digest_in(file)


def is_whole(path: Path) -> bool:
    """Whether head and table are as they were written; the file is read piece by piece."""
    with path.open("rb") as file:
        return _digest_in(file) == hashlib.file_digest(file, "sha256").hexdigest()


def _digest_in(file: BinaryIO) -> str:
    if file.read(len(MAGIC)) != MAGIC:
        raise _fault("not a list of forms")
    said = file.read(DIGEST)
    if len(said) != DIGEST:
        raise _fault("cut off")
    return said.hex()


def _head_of(path: Path) -> tuple[Head, int]:
    """What the file says of itself, and where its table starts."""
    with path.open("rb") as file:
        _digest_in(file)
        try:
            (length,) = LENGTH.unpack(file.read(LENGTH.size))
            head = Head.of(json.loads(file.read(length)))
        except (struct.error, ValueError, TypeError, KeyError) as error:
            raise _fault("the head cannot be read") from error
        return head, file.tell()


def _before(head: Head, body: bytes) -> bytes:
    said = json.dumps(head.__dict__, ensure_ascii=False).encode()
    # The table starts at a multiple of four, where its marks can be read as they lie.
    said += b" " * (-(len(MAGIC) + DIGEST + LENGTH.size + len(said)) % MARK.itemsize)
    said = LENGTH.pack(len(said)) + said
    digest = hashlib.sha256(said)
    digest.update(body)
    return MAGIC + digest.digest() + said


def _fault(what: str) -> FormListFault:
    return FormListFault(what=what, install=MAKE)


def _quick(numbers: NDArray[Any]) -> Any:
    """Gives single numbers several times as fast as an array does, where both count alike."""
    return numbers.data if sys.byteorder == "little" else numbers


def hasher() -> Hasher:
    hash64 = library("mmh3", engine="e5-forms", install=INSTALL).hash64
    return partial(hash64, seed=SEED, x64arch=True, signed=False)


def _place_and_mark(hashed: Hasher, form: str, places: int) -> tuple[int, int]:
    low, high = hashed(form.encode())
    return low % places, (high & 0xFFFFFFFF) or 1


def _marks(hashes: NDArray[np.uint64]) -> NDArray[Any]:
    """Zero stands for an empty place, so no form is marked with it."""
    marks = (hashes & np.uint64(0xFFFFFFFF)).astype(MARK)
    return np.where(marks == 0, MARK.type(1), marks)


def _in_parts(pairs: Iterable[tuple[str, str]], size: int = 100_000) -> Iterable[Sequence[Any]]:
    """So that millions of forms are never held as so many Python numbers."""
    part = []
    for pair in pairs:
        part.append(pair)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
