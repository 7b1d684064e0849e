"""Which wordings are spelt most like a text: fast enough to answer while somebody types."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping


def trigrams(text: str) -> set[str]:
    """The letter triples of a text's words, with their beginnings and ends marked.

    >>> sorted(trigrams("apu"))
    [' ap', 'apu', 'pu ']
    """
    padded = [f" {word} " for word in text.casefold().split()]
    return {word[i : i + 3] for word in padded for i in range(max(1, len(word) - 2))}


class TrigramIndex:
    """Wordings ready to be compared. Similarity is the cosine of their sets of letter triples,
    each triple weighing the less the more wordings have it."""

    def __init__(self, wordings: Mapping[str, str]) -> None:
        self._ids_with: dict[str, list[str]] = defaultdict(list)
        parts = {id: trigrams(wording) for id, wording in wordings.items()}
        for id, found in parts.items():
            for part in found:
                self._ids_with[part].append(id)
        count = max(1, len(wordings))
        self._weights = {
            part: math.log(1 + count / len(ids)) for part, ids in self._ids_with.items()
        }
        self._lengths = {
            id: math.sqrt(sum(self._weights[part] ** 2 for part in found)) or 1.0
            for id, found in parts.items()
        }

    def nearest(self, text: str, limit: int) -> list[tuple[str, float]]:
        """(id, similarity 0...1) of the most alike wordings, best first; only alike ones."""
        scores: dict[str, float] = defaultdict(float)
        asked = 0.0
        for part in trigrams(text):
            weight = self._weights.get(part)
            if weight is None:
                continue
            asked += weight**2
            for id in self._ids_with[part]:
                scores[id] += weight**2
        length = math.sqrt(asked) or 1.0
        ranked = sorted(
            ((id, score / (length * self._lengths[id])) for id, score in scores.items()),
            key=lambda pair: (-pair[1], pair[0]),
        )
        return ranked[:limit]
