"""The texts of a role inside its circle: set in lines, as large as they can be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qualcode.exports import fonts
from qualcode.exports.svg import clean

LARGEST, CENTRE_LARGEST = 29.0, 34.0
"""What a circle's text may grow to; 1000 units are the width of a page's text column."""

_SMALLEST, _STEP = 9.0, 0.5
_LINE_HEIGHT = 1.18
# Below this size a long word is rather broken at a syllable than set still smaller.
_BREAK_BELOW = 16.0
# One role with a long text does not pull every other role down further than this.
_EVEN_DOWN_TO = 20.0
_NAME_TO_TEXT = 0.84
_INNER = 0.88


@dataclass(frozen=True)
class RoleShape:
    """One role as drawn. ``note`` is a short line below the descriptors, such as "n = 4"."""

    id: str
    name: str
    descriptors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Run:
    """One set line: its text, size, weight and its distance from the circle's middle."""

    text: str
    size: float
    weight: int
    y: float = 0.0
    rule: bool = False


def fit(shape: RoleShape, radius: float, largest: float) -> list[Run]:
    """The role's texts as lines that stay inside the circle, as large as they can be.

    A word is broken only when the text would have to be small otherwise.
    """
    for breaking, start, end in ((False, largest, _BREAK_BELOW), (True, largest, _SMALLEST)):
        size = start
        while size >= end:
            runs = _set(shape, radius, size, breaking)
            if runs is not None:
                return runs
            size -= _STEP
    return _set(shape, radius, _SMALLEST, True, force=True) or []


def even_size(shapes: tuple[RoleShape, ...], radius: float) -> float:
    """One size of names for all the roles around the centre, so that none shouts."""
    sizes = [fit(shape, radius, LARGEST)[0].size for shape in shapes]
    return max(min(sizes, default=LARGEST), _EVEN_DOWN_TO)


def _set(
    shape: RoleShape, radius: float, size: float, breaking: bool, force: bool = False
) -> list[Run] | None:
    """The lines at this size, or None when they do not fit."""
    small = max(size * _NAME_TO_TEXT, _SMALLEST * 0.9)
    guess = size * _LINE_HEIGHT * (1 + len(shape.descriptors))
    runs: list[Run] = []
    for _ in range(6):
        flowed = _flow(shape, radius, size, small, guess, breaking, force)
        if flowed is None:
            return None
        runs = flowed
        height = _height(runs)
        if abs(height - guess) < 0.5:
            break
        guess = height
    fits = all(
        fonts.width(run.text, run.size, run.weight) <= _room(radius, run.y, run.size) + 0.5
        for run in runs
        if not run.rule
    )
    return _centred(runs) if fits or force else None


def _flow(
    shape: RoleShape,
    radius: float,
    size: float,
    small: float,
    height: float,
    breaking: bool,
    force: bool,
) -> list[Run] | None:
    """Lines set from the top of a text block ``height`` tall that is centred in the circle."""
    runs: list[Run] = []
    y = -height / 2

    def put(text: str, at: float, weight: int) -> bool:
        nonlocal y
        words = text.split()
        while words:
            room = _room(radius, y + at * _LINE_HEIGHT / 2, at)
            line, words = _take(words, room, at, weight, breaking)
            if not line:
                if not force:
                    return False
                line, words = words[0], words[1:]
            runs.append(Run(line, at, weight, y + at * _LINE_HEIGHT / 2))
            y += at * _LINE_HEIGHT
        return True

    if not put(clean(shape.name), size, fonts.SEMIBOLD):
        return None
    texts = [clean(text) for text in shape.descriptors if text.strip()]
    if texts:
        y += small * 0.375
        runs.append(Run("", small, fonts.REGULAR, y, rule=True))
        y += small * 0.375
    for n, text in enumerate(texts):
        if n:
            y += small * 0.35
        if not put(text, small, fonts.REGULAR):
            return None
    if shape.note:
        y += small * 0.35
        if not put(clean(shape.note), small * 0.86, fonts.REGULAR):
            return None
    return runs if y <= radius * _INNER or force else None


def _take(
    words: list[str], room: float, size: float, weight: int, breaking: bool
) -> tuple[str, list[str]]:
    """As many words as fit, and what is left; no line when not even one fits."""
    line = ""
    rest = list(words)
    while rest:
        longer = f"{line} {rest[0]}" if line else rest[0]
        if fonts.width(longer, size, weight) > room:
            break
        line = longer
        rest.pop(0)
    if line or not breaking:
        return line, rest
    for at in fonts.syllable_breaks(rest[0]):
        head = rest[0][:at].rstrip("-") + "-"
        if fonts.width(head, size, weight) <= room:
            return head, [rest[0][at:], *rest[1:]]
    return "", rest


def _room(radius: float, y: float, size: float) -> float:
    """How long a line may be at height ``y``: the chord at its outer edge, less a margin."""
    edge = abs(y) + size * 0.36
    inner = radius * _INNER
    return 2 * math.sqrt(inner * inner - edge * edge) if edge < inner else 0.0


def _height(runs: list[Run]) -> float:
    last = runs[-1]
    first = runs[0]
    return (last.y + last.size * _LINE_HEIGHT / 2) - (first.y - first.size * _LINE_HEIGHT / 2)


def _centred(runs: list[Run]) -> list[Run]:
    first, last = runs[0], runs[-1]
    top = first.y - first.size * _LINE_HEIGHT / 2
    shift = (last.y + last.size * _LINE_HEIGHT / 2 + top) / 2
    return [Run(run.text, run.size, run.weight, run.y - shift, run.rule) for run in runs]
