"""Expressions that say almost the same, offered for merging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from qualcode.analysis.expressions import Expressions
from qualcode.analysis.similarity import by_chance

ALIKE_SPELLING = 0.85
FAR_FROM_CHANCE = 6.0
CERTAINLY_ALIKE = 0.95
ROWS_AT_ONCE = 1000
# A letter sequence that stands in more texts than this finds too many pairs to tell anything.
COMMONEST = 200


class Alike(StrEnum):
    """In what respect two expressions are near-identical."""

    WORDING = "wording"
    STEMS = "stems"
    SPELLING = "spelling"
    MEANING = "meaning"


@dataclass(frozen=True)
class NearIdentical:
    """Two expressions that could be one. ``likeness`` is 0...1, in the respect ``alike``."""

    first_id: str
    second_id: str
    alike: Alike
    likeness: float


def near_identical(expressions: Expressions, limit: int = 200) -> list[NearIdentical]:
    """Pairs worth looking at, the surest first, each once and at most ``limit``.

    Surest is the same wording but for case and punctuation, then the same content words in any
    inflection and order, then spelling within 15 % of the letters, then meaning: two expressions
    that are each other's nearest, and nearer than chance by six standard deviations of all pairs
    of this study.
    """
    found: dict[tuple[int, int], NearIdentical] = {}
    for pairs in (
        _same(expressions, Alike.WORDING, expressions.wordings),
        _same(expressions, Alike.STEMS, [tuple(sorted(set(s))) for s in expressions.stems]),
        _alike_in_spelling(expressions),
        _alike_in_meaning(expressions),
    ):
        ordered = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
        for first, second, likeness, alike in ordered:
            if (first, second) not in found:
                found[first, second] = NearIdentical(
                    expressions.ids[first], expressions.ids[second], alike, likeness
                )
    return list(found.values())[:limit]


def edit_similarity(left: str, right: str, at_least: float = 0.0) -> float:
    """1 minus the share of letters to change, add or drop (Levenshtein) in the longer text.

    0 as soon as it is certain that ``at_least`` is not reached.

    >>> edit_similarity("jono", "jonot")
    0.8
    """
    longer = max(len(left), len(right))
    if not longer:
        return 1.0
    most = int(longer * (1 - at_least) + 1e-9)
    if abs(len(left) - len(right)) > most:
        return 0.0
    before = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        now = [row]
        for column, other in enumerate(right, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        if min(now) > most:
            return 0.0
        before = now
    return 1 - before[-1] / longer


def _same(
    expressions: Expressions, alike: Alike, looks: Sequence[object]
) -> list[tuple[int, int, float, Alike]]:
    """Every row with the first row that looks the same. Rows with no look are passed over."""
    first_row: dict[object, int] = {}
    pairs = []
    for row, look in enumerate(looks):
        if look and first_row.setdefault(look, row) != row:
            pairs.append((first_row[look], row, 1.0, alike))
    return pairs


def _alike_in_spelling(expressions: Expressions) -> list[tuple[int, int, float, Alike]]:
    texts = expressions.wordings
    rows_with: dict[str, list[int]] = defaultdict(list)
    sequences = [{text[at : at + 3] for at in range(len(text) - 2)} for text in texts]
    first_with: dict[str, int] = {}
    for row, text in enumerate(texts):
        # Same wordings are found above; comparing each of 400 with all the others helps nobody.
        if first_with.setdefault(text, row) == row:
            for sequence in sequences[row]:
                rows_with[sequence].append(row)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for rows in rows_with.values():
        if len(rows) <= COMMONEST:
            for pair in combinations(rows, 2):
                shared[pair] += 1
    pairs = []
    for (first, second), common in shared.items():
        # Texts that differ in 15 % of the letters share well over a third of rare sequences.
        if common * 3 >= min(len(sequences[first]), len(sequences[second])):
            likeness = edit_similarity(texts[first], texts[second], ALIKE_SPELLING)
            if likeness >= ALIKE_SPELLING:
                pairs.append((first, second, likeness, Alike.SPELLING))
    return pairs


def _alike_in_meaning(expressions: Expressions) -> list[tuple[int, int, float, Alike]]:
    vectors = expressions.centred
    speaking = np.any(vectors, axis=1)
    if np.count_nonzero(speaking) < 3:
        return []
    best = np.full(len(vectors), -1)
    likeness = np.zeros(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, len(vectors)))
        table = vectors[rows] @ vectors.T
        table[np.arange(len(rows)), rows] = -np.inf
        table[:, ~speaking] = -np.inf
        best[rows] = table.argmax(axis=1)
        likeness[rows] = table.max(axis=1)
    mean, deviation = by_chance(vectors)
    limit = min(CERTAINLY_ALIKE, mean + FAR_FROM_CHANCE * deviation)
    return [
        (row, int(other), float(min(1.0, likeness[row])), Alike.MEANING)
        for row, other in enumerate(best)
        if speaking[row] and row < other and best[other] == row and likeness[row] > limit
    ]
