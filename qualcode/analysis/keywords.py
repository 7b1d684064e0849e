"""The words that tell one group from the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

# A word that only one expression of the group uses hardly names the group.
ONCE = 0.6


def keywords(
    groups: Sequence[Sequence[Sequence[str]]],
    forms: Mapping[str, str] | None = None,
    count: int = 3,
    heads: Sequence[Sequence[Sequence[str]]] | None = None,
) -> list[tuple[str, ...]]:
    """For each group of texts (given as stems) its ``count`` most telling words, as written.

    Class-based TF-IDF: a word's share of the group's words times the logarithm of how rare it is
    in all groups together (Grootendorst 2022). Words of one expression only count for less. Of
    equally telling words the one met first wins, so give the most typical texts first.

    ``heads`` tell for each stem which stem its word stands for above all. A part of a compound, or
    another reading, that all comes from words of one head is told by that: "tukea" of no group
    where it is only what "tuki" might be.

    >>> keywords([[["jono"], ["jono", "pitkä"]], [["maksu"], ["maksu", "kallis"]]], count=1)
    [('jono',), ('maksu',)]
    """
    forms = forms or {}
    counted = [Counter(stem for text in texts for stem in text) for texts in groups]
    users = [Counter(stem for text in texts for stem in set(text)) for texts in groups]
    everywhere: Counter[str] = Counter()
    for counter in counted:
        everywhere.update(counter)
    typical = sum(everywhere.values()) / len(groups) if groups else 0.0
    named = []
    for counter, used_by, head_of in zip(counted, users, _only_heads(groups, heads), strict=True):
        total = sum(counter.values())
        weights = {
            stem: times
            / total
            * math.log(1 + typical / everywhere[stem])
            * (1.0 if used_by[stem] > 1 else ONCE)
            for stem, times in counter.items()
        }
        # Counters remember the order in which words were met, and sorting keeps it among equals.
        best = sorted(weights, key=lambda stem: -round(weights[stem], 9))
        told = dict.fromkeys(head_of.get(stem, stem) for stem in best)
        named.append(tuple(dict.fromkeys(forms.get(stem, stem) for stem in told))[:count])
    return named


def _only_heads(
    groups: Sequence[Sequence[Sequence[str]]], heads: Sequence[Sequence[Sequence[str]]] | None
) -> list[dict[str, str]]:
    """For each group the head of those stems that come from words of one head only."""
    found = []
    for texts, of_texts in zip(groups, heads or groups, strict=True):
        of: dict[str, set[str]] = defaultdict(set)
        for stems, of_stems in zip(texts, of_texts, strict=True):
            for stem, head in zip(stems, of_stems, strict=True):
                of[stem].add(head)
        found.append({stem: next(iter(one)) for stem, one in of.items() if len(one) == 1})
    return found
