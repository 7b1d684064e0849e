"""Cells that do not belong among a closed question's answers, for its options not to follow them.

A 33 in a scale from 1 to 5 is a slip of a finger, and a sentence among three options is written
there for want of a better place. Neither makes the question another one: it keeps its options, and
the cell is read as uninterpretable and told, word for word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

TOPS = (5, 7)
"""The scales that a stray number can be told from. One of ten steps leaves too little outside."""
_FEWEST = 10
_MOST_STRAYS = 1 / 8
_WHOLE = re.compile(r"-?\d{1,6}(?:\.0+)?")


_NOTHING = re.compile(r"[\s\-–—_?.…]+")


def says_nothing(value: str) -> bool:
    """Whether a cell holds but dashes, stops or question marks, which are no option of any form.

    >>> [says_nothing(value) for value in ("-", "???", "...", "+", "ei")]
    [True, True, True, False, False]
    """
    return _NOTHING.fullmatch(value) is not None


def scale_without_strays(counts: Mapping[str, int]) -> tuple[int, tuple[str, ...]] | None:
    """The top of the scale from 1 that nearly all cells are on, and the values outside it.

    None when nothing is outside, when much is, or when the outside goes on where the scale ends: a
    6 after 1 to 5 makes a longer scale.

    >>> scale_without_strays({"1": 4, "3": 6, "5": 5, "33": 1})
    (5, ('33',))
    >>> scale_without_strays({"1": 4, "3": 6, "5": 5, "6": 1}) is None
    True
    """
    steps = {value: int(float(value)) for value in counts if _WHOLE.fullmatch(value)}
    for top in TOPS:
        within = [value for value, step in steps.items() if 1 <= step <= top]
        outside = tuple(value for value, step in steps.items() if not 1 <= step <= top)
        filled = sum(counts[value] for value in within)
        stray = sum(counts[value] for value in outside)
        goes_on = any(steps[value] == top + 1 for value in outside)
        known = filled >= _FEWEST and len({steps[value] for value in within}) >= 3
        if outside and known and not goes_on and stray <= filled * _MOST_STRAYS:
            return top, outside
    return None


def few_outside(counts: Mapping[int, int], low: int, high: int) -> bool:
    """Whether so few cells are outside a scale that they may be slips: a step beyond its end is
    none, as an amount goes on there.

    >>> few_outside({1: 4, 3: 6, 33: 1}, 1, 5), few_outside({1: 4, 3: 6, 8: 3}, 1, 5)
    (True, False)
    """
    stray = sum(count for step, count in counts.items() if not low <= step <= high)
    return high + 1 not in counts and stray <= (sum(counts.values()) - stray) * _MOST_STRAYS


_STATED = re.compile(
    r"[(\[]\s*(?:asteikko\s*|skala\s*|scale\s*)?([01])\s*[-–—]\s*(4|5|6|7|10)\s*[)\]]", re.I
)


def without_scale(header: str) -> str:
    """The header without the scale it tells between brackets.

    >>> without_scale("Käynnit (0-5)")
    'Käynnit '
    """
    return _STATED.sub("", header)


def stated_scale(header: str) -> tuple[int, int] | None:
    """The ends of the scale that the header itself tells between brackets.

    >>> stated_scale("Sain tietoa (1-5)"), stated_scale("Sain tietoa"), stated_scale("Ikä (18-29)")
    ((1, 5), None, None)
    """
    found = _STATED.search(header)
    return (int(found[1]), int(found[2])) if found else None


def sentences_among(counts: Counter[str]) -> tuple[str, ...]:
    """Long texts written once among short options that repeat; none when they are many.

    >>> sentences_among(Counter({"kyllä": 9, "ei": 7, "en muista, mutta kai se oli niin": 1}))
    ('en muista, mutta kai se oli niin',)
    """
    repeated = [value for value, count in counts.items() if count >= 2]
    if len(repeated) < 2:
        return ()
    longest = max(map(len, repeated))
    found = tuple(
        value
        for value, count in counts.items()
        if count == 1 and len(value.split()) >= 6 and len(value) >= 2 * longest
    )
    return found if len(found) <= counts.total() * _MOST_STRAYS else ()
