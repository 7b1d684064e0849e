"""Which codes fit an expression, kept up to date decision by decision.

The same ranking as ``code_suggestion``: by words, by examples and, from enough examples on, as
learned. There a study is ranked at once; here one coding more or less is a few additions, so
that the next expression is met by what was decided a moment ago, in a study of any size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import logistic
from qualcode.analysis.code_suggestion import (
    COMMONNESS_WEIGHT,
    EXAMPLES,
    FEWEST_A_CODE,
    FEWEST_CODES_TO_CENTRE,
    FEWEST_EXAMPLES,
    FEWEST_TO_LEARN,
    WORDS_BESIDE_LEARNED,
    WORDS_WEIGHT,
    CodeWords,
)
from qualcode.analysis.expressions import Vectors
from qualcode.analysis.similarity import centre_of, centred, nearest, unit

MOST_TO_LEARN = 1500
"""Newest examples that a model is fitted to: more of them cost seconds and teach little."""

MOST_CODES_TO_LEARN = 80
GROWN_ENOUGH = 0.05
"""Share of new examples from which on fitting anew is worth it."""


@dataclass(frozen=True)
class Example:
    """An expression that carries codes; ``id`` is its segment's."""

    id: str
    likeness: float


@dataclass(frozen=True)
class Learned:
    """A fitted model and how many examples it has seen."""

    model: logistic.Logistic
    examples: int


class LiveCodes:
    """The codes of a study as its codings teach them. ``centre`` is what all its texts share.

    ``names`` and ``descriptions`` are vectors of the codes' names and ``described`` texts, in the
    order of ``codes``. Not for two threads at once.
    """

    def __init__(
        self, centre: Vectors, codes: Sequence[CodeWords], names: Vectors, descriptions: Vectors
    ) -> None:
        self.centre = centre
        self.codes = tuple(codes)
        self.places = {code.id: place for place, code in enumerate(self.codes)}
        self._names = centred(names, centre_of(names, FEWEST_CODES_TO_CENTRE))
        self._descriptions = centred(descriptions, centre_of(descriptions, FEWEST_CODES_TO_CENTRE))
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._vectors = np.zeros((64, len(centre)), dtype=np.float32)
        self._carried = np.zeros((64, len(self.codes)), dtype=np.int16)
        self._sums = np.zeros((len(self.codes), len(centre)), dtype=np.float64)
        self._counts = np.zeros(len(self.codes), dtype=np.int64)
        self.learned: Learned | None = None

    # --- what the codings teach ---

    def add(self, example_id: str, code_id: str, vector: Vectors) -> None:
        """The expression carries the code, by one coder more; ``vector`` is the engine's own."""
        place = self.places.get(code_id)
        if place is None:
            return
        row = self._rows.get(example_id)
        if row is None:
            row = self._new_row(example_id, vector)
        if not self._carried[row, place]:
            self._sums[place] += self._vectors[row]
            self._counts[place] += 1
        self._carried[row, place] += 1

    def take(self, example_id: str, code_id: str) -> None:
        """One coder less says so; what nobody says any more is no example."""
        place, row = self.places.get(code_id), self._rows.get(example_id)
        if place is None or row is None or not self._carried[row, place]:
            return
        self._carried[row, place] -= 1
        if not self._carried[row, place]:
            self._sums[place] -= self._vectors[row]
            self._counts[place] -= 1

    def knows(self, example_id: str) -> bool:
        """Whether the expression's vector is here already."""
        return example_id in self._rows

    def _new_row(self, example_id: str, vector: Vectors) -> int:
        row = len(self._ids)
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
            self._carried = np.concatenate([self._carried, np.zeros_like(self._carried)])
        self._vectors[row] = centred(vector.reshape(1, -1), self.centre)[0]
        self._rows[example_id] = row
        self._ids.append(example_id)
        return row

    # --- the ranking ---

    @property
    def accepted(self) -> int:
        """How many (expression, code) pairs there are."""
        return int(self._counts.sum())

    @property
    def way(self) -> str:
        """How the codes are ranked now: by "words", "examples" or "learned"."""
        if self.learned is not None and self._enough_to_learn():
            return "learned"
        return "examples" if self.accepted >= FEWEST_EXAMPLES else "words"

    def scores(self, vector: Vectors, own: str = "") -> np.ndarray:
        """How well each code suits a text, in the order of ``codes``; higher is better.

        ``own`` is the id of the very expression, which is never an example of itself. All zero
        for a text of which the engine knows nothing.
        """
        there = self.placed(vector)
        if not np.any(there):
            return np.zeros(len(self.codes))
        words = self.by_words(there)
        match self.way:
            case "learned":
                assert self.learned is not None, "the way says so"
                chances = self.learned.model.chances(there[None])[0]
                return np.asarray(
                    (chances + WORDS_BESIDE_LEARNED * words) / (1 + WORDS_BESIDE_LEARNED)
                )
            case "examples":
                return self._by_examples(there, words, self._rows.get(own))
        return words

    def placed(self, vector: Vectors) -> Vectors:
        """The text's vector after what all texts share has been taken off."""
        return centred(vector.reshape(1, -1), self.centre)[0]

    def by_words(self, there: Vectors) -> np.ndarray:
        """Likeness to the codes' names and definitions, from a centred vector."""
        return np.asarray((self._names @ there + self._descriptions @ there) / 2, np.float64)

    def _by_examples(self, there: Vectors, words: np.ndarray, own: int | None) -> np.ndarray:
        sums, counts = self._sums, self._counts
        if own is not None:
            mine = self._carried[own] > 0
            sums = sums - np.outer(mine, self._vectors[own])
            counts = counts - mine
        likeness = np.where(counts > 0, unit(sums) @ there, 0.0)
        common = np.log((1 + counts) / (len(self.codes) + counts.sum()))
        joined = (likeness + WORDS_WEIGHT * words) / (1 + WORDS_WEIGHT)
        return np.asarray(joined + COMMONNESS_WEIGHT * (common - common.max()), np.float64)

    def nearest_examples(self, there: Vectors, code_id: str, own: str = "") -> list[Example]:
        """The expressions with the code that are most like a centred vector, at most three."""
        carriers = np.flatnonzero(self._carried[: len(self._ids), self.places[code_id]])
        rows = [int(row) for row in carriers if self._ids[row] != own]
        likeness = self._vectors[rows] @ there
        return [
            Example(self._ids[rows[near]], float(likeness[near]))
            for near in nearest(likeness, EXAMPLES)
        ]

    # --- learning, which takes long enough to be done beside ---

    def _enough_to_learn(self) -> bool:
        return self.accepted >= max(FEWEST_TO_LEARN, FEWEST_A_CODE * len(self.codes))

    def lesson(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The newest examples to fit a model to; None when there is nothing new to learn."""
        if not self._enough_to_learn() or len(self.codes) > MOST_CODES_TO_LEARN:
            return None
        seen = self.learned.examples if self.learned else 0
        if abs(self.accepted - seen) <= seen * GROWN_ENOUGH:
            return None
        known = len(self._ids)
        rows = np.flatnonzero(np.any(self._carried[:known] > 0, axis=1))[-MOST_TO_LEARN:]
        return self._vectors[rows].copy(), (self._carried[rows] > 0).astype(np.float64)


def learn(lesson: tuple[np.ndarray, np.ndarray], examples: int) -> Learned:
    """The model of a lesson; takes from a tenth of a second to some seconds."""
    return Learned(logistic.fit(*lesson), examples)


def weighted(
    scores: np.ndarray, codes: Sequence[CodeWords], wishes: Mapping[str, float]
) -> np.ndarray:
    """The scores with the analyst's wishes: 0 leaves a code out, above 1 favours it.

    >>> weighted(np.array([0.4, 0.4]), [CodeWords("a", "A"), CodeWords("b", "B")], {"b": 1.5})
    array([0.4, 0.6])
    """
    wished = np.array([wishes.get(code.id, 1.0) for code in codes])
    favoured = np.where(scores > 0, scores * wished, scores)
    return np.asarray(np.where(wished > 0, favoured, -np.inf))
