"""How varied the codes are that a study uses: whether suggestions have made them fewer."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log


def variety(counts: Iterable[int]) -> float:
    """How many codes are used as if all were used alike (exponential of Shannon's entropy).

    >>> variety([10, 10, 10]), variety([30]), variety([])
    (3.0, 1.0, 0.0)
    """
    used = [count for count in counts if count > 0]
    whole = sum(used)
    if not whole:
        return 0.0
    return round(exp(-sum(n / whole * log(n / whole) for n in used)), 2)
