"""Which codes fit an expression, kept up to date decision by decision.

The same ranking as ``code_suggestion``, by the same formulas (``code_scores``). There a study is
ranked at once; here one coding more or less is a few additions, so that the next expression is
met by what was decided a moment ago, in a study of any size.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import code_scores, logistic
from qualcode.analysis.code_scores import CodeWords, Taught
from qualcode.analysis.code_suggestion import EXAMPLES
from qualcode.analysis.expressions import Vectors
from qualcode.analysis.question_prior import usualness
from qualcode.analysis.similarity import centred, nearest

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
        self._names = code_scores.code_side(names)
        self._descriptions = code_scores.code_side(descriptions)
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._vectors = np.zeros((64, len(centre)), dtype=np.float32)
        self._carried = np.zeros((64, len(self.codes)), dtype=np.int16)
        self._sums = np.zeros((len(self.codes), len(centre)), dtype=np.float64)
        self._counts = np.zeros(len(self.codes), dtype=np.int64)
        self._coded = 0
        self._questions: list[str | None] = []
        self._asked: dict[str, tuple[np.ndarray, int]] = {}
        self.learned: Learned | None = None

    # --- what the codings teach ---

    def add(
        self, example_id: str, code_id: str, vector: Vectors, question: str | None = None
    ) -> None:
        """The expression carries the code, by one coder more; ``vector`` is the engine's own.

        ``question`` is the one that its text answers, where that is known.
        """
        place = self.places.get(code_id)
        if place is None:
            return
        row = self._rows.get(example_id)
        if row is None:
            row = self._new_row(example_id, vector, question)
        if not self._carried[row, place]:
            self._count(row, place, 1)
        self._carried[row, place] += 1

    def take(self, example_id: str, code_id: str) -> None:
        """One coder less says so; what nobody says any more is no example."""
        place, row = self.places.get(code_id), self._rows.get(example_id)
        if place is None or row is None or not self._carried[row, place]:
            return
        self._carried[row, place] -= 1
        if not self._carried[row, place]:
            self._count(row, place, -1)

    def _count(self, row: int, place: int, step: int) -> None:
        """One (expression, code) pair more or less; the row's other codes tell if it is coded."""
        others = int(np.count_nonzero(np.delete(self._carried[row], place)))
        change = 0 if others else step
        self._sums[place] += step * self._vectors[row]
        self._counts[place] += step
        self._coded += change
        question = self._questions[row]
        if question is not None:
            given, texts = self._asked.get(question, (np.zeros(len(self.codes), np.int64), 0))
            given[place] += step
            self._asked[question] = given, texts + change

    def _new_row(self, example_id: str, vector: Vectors, question: str | None) -> int:
        row = len(self._ids)
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
            self._carried = np.concatenate([self._carried, np.zeros_like(self._carried)])
        self._vectors[row] = centred(vector.reshape(1, -1), self.centre)[0]
        self._rows[example_id] = row
        self._ids.append(example_id)
        self._questions.append(question)
        return row

    # --- the ranking ---

    @property
    def accepted(self) -> int:
        """How many (expression, code) pairs there are."""
        return int(self._counts.sum())

    @property
    def way(self) -> str:
        """How the codes are ranked now: by "words", "examples" or "learned".

        What would be learned is ranked by examples until a model has been fitted.
        """
        way = code_scores.way_of(self.accepted, len(self.codes))
        return "examples" if way == "learned" and self.learned is None else way

    def scores(self, vector: Vectors, own: str = "", question: str | None = None) -> np.ndarray:
        """How well each code suits a text, in the order of ``codes``; higher is better.

        ``own`` is the id of the very expression, which is never an example of itself, ``question``
        the one that its text answers. All zero for a text of which the engine knows nothing.
        """
        there = self.placed(vector)
        if not np.any(there):
            return np.zeros(len(self.codes))
        words = self.by_words(there)
        row = self._rows.get(own)
        match self.way:
            case "learned":
                assert self.learned is not None, "the way says so"
                scores = code_scores.by_learning(self.learned.model, there, words)
            case "examples":
                taught = Taught(self._sums, self._counts)
                if row is not None:
                    taught = taught.without(self._carried[row], self._vectors[row])
                scores = code_scores.by_examples(taught, there, words)
            case _:
                return words
        return code_scores.by_question(scores, self._usual(question, row))

    def _usual(self, question: str | None, row: int | None) -> np.ndarray:
        """How usual each code is at the question, without what the expression itself carries."""
        nothing = np.zeros(len(self.codes))
        if question is None:
            return nothing
        given, texts = self._asked.get(question, (nothing, 0))
        own = nothing if row is None else (self._carried[row] > 0).astype(np.float64)
        return usualness(given, texts, self._counts, self._coded, own)

    def placed(self, vector: Vectors) -> Vectors:
        """The text's vector after what all texts share has been taken off."""
        return centred(vector.reshape(1, -1), self.centre)[0]

    def by_words(self, there: Vectors) -> np.ndarray:
        """Likeness to the codes' names and definitions, from a centred vector."""
        return code_scores.by_words(self._names, self._descriptions, there)

    def nearest_examples(
        self, there: Vectors, code_id: str, own: Collection[str] = ()
    ) -> list[Example]:
        """The expressions with the code that are most like a centred vector, at most three.

        ``own`` are ids of the expression itself and of what overlaps it: never its own examples.
        """
        carriers = np.flatnonzero(self._carried[: len(self._ids), self.places[code_id]])
        rows = [int(row) for row in carriers if self._ids[row] not in own]
        likeness = self._vectors[rows] @ there
        return [
            Example(self._ids[rows[near]], float(likeness[near]))
            for near in nearest(likeness, EXAMPLES)
        ]

    # --- learning, which takes long enough to be done beside ---

    def lesson(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The newest examples to fit a model to; None when there is nothing new to learn."""
        way = code_scores.way_of(self.accepted, len(self.codes))
        if way != "learned" or len(self.codes) > MOST_CODES_TO_LEARN:
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
