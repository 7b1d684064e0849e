"""How well coders agree beyond chance: Krippendorff's alpha for nominal values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha; ``units`` holds the values that each unit was given by its coders.

    A unit with one value tells nothing of agreement, so it is left out. None when nothing is left
    or when every value is the same: then nothing can be said of chance.

    >>> round(alpha([[1, 1], [2, 2], [1, 2], [1, 1]]), 3)
    0.533
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for values in units:
        count = len(values)
        if count < 2:
            continue
        tally = Counter(values)
        for one, n in tally.items():
            for other, m in tally.items():
                pairs = n * (m - (one == other))
                if pairs:
                    key = (one, other)
                    weights[key] = weights.get(key, 0.0) + pairs / (count - 1)
    total = sum(weights.values())
    if not total:
        return None
    margins: dict[Hashable, float] = {}
    for (one, _other), weight in weights.items():
        margins[one] = margins.get(one, 0.0) + weight
    observed = sum(weight for (one, other), weight in weights.items() if one != other)
    expected = total**2 - sum(n**2 for n in margins.values())
    if not expected:
        return None
    return 1 - (total - 1) * observed / expected
