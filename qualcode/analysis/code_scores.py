"""The formulas by which codes are ranked, one place for all who rank them.

A live offer and a replay of the finished coding must never differ: both ask here, and differ only
in how they keep what is asked with.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qualcode.analysis.logistic import Logistic
from qualcode.analysis.similarity import Vectors, centre_of, centred, unit

FEWEST_EXAMPLES = 10
FEWEST_TO_LEARN = 25
FEWEST_A_CODE = 5
# Two codes minus their mean point exactly apart, and one code minus itself is nothing.
FEWEST_CODES_TO_CENTRE = 3
WORDS_WEIGHT = 2.0
COMMONNESS_WEIGHT = 0.03
WORDS_BESIDE_LEARNED = 0.5
QUESTION_WEIGHT = 0.1


@dataclass(frozen=True)
class CodeWords:
    """What a codebook says of a code. ``definition`` may be empty."""

    id: str
    name: str
    definition: str = ""

    @property
    def described(self) -> str:
        """Name and definition as one text, as an engine is to read it."""
        return f"{self.name}: {self.definition}" if self.definition else self.name


@dataclass(frozen=True)
class Taught:
    """What coded expressions say of each code, without the expression that is being ranked.

    ``sums`` are the centred vectors of each code's examples added up, ``counts`` their numbers.
    """

    sums: np.ndarray
    counts: np.ndarray

    def without(self, carried: np.ndarray, vector: Vectors) -> Taught:
        """As if the expression with this vector, which carries some of the codes, were none."""
        mine = carried > 0
        if not mine.any():
            return self
        sums = self.sums.copy()
        sums[mine] -= vector
        return Taught(sums, self.counts - mine)

    @cached_property
    def centres(self) -> Vectors:
        """Where the examples of each code point; zero for a code without."""
        return unit(self.sums)


def way_of(accepted: int, codes: int) -> str:
    """How codes are ranked when so many (text, code) pairs are there for so many codes."""
    if accepted >= max(FEWEST_TO_LEARN, FEWEST_A_CODE * codes):
        return "learned"
    return "examples" if accepted >= FEWEST_EXAMPLES else "words"


def code_side(vectors: Vectors) -> Vectors:
    """Names or descriptions of the codes, centred on themselves."""
    return centred(vectors, centre_of(vectors, FEWEST_CODES_TO_CENTRE))


def by_words(names: Vectors, descriptions: Vectors, vector: Vectors) -> np.ndarray:
    """The mean likeness of a centred text to each code's name and to its described name."""
    return np.asarray((names @ vector + descriptions @ vector) / 2, np.float64)


def by_examples(taught: Taught, vector: Vectors, words: np.ndarray) -> np.ndarray:
    """Two parts of the words, one part likeness to the examples, and a little for commonness."""
    counts = taught.counts
    likeness = np.where(counts > 0, taught.centres @ vector, 0.0)
    common = np.log((1 + counts) / (len(counts) + counts.sum()))
    joined = (likeness + WORDS_WEIGHT * words) / (1 + WORDS_WEIGHT)
    return np.asarray(joined + COMMONNESS_WEIGHT * (common - common.max()), np.float64)


def by_learning(model: Logistic, vector: Vectors, words: np.ndarray) -> np.ndarray:
    """The chance that the model gives each code, with half of the likeness to its words."""
    chances = model.chances(vector[None])[0]
    return np.asarray((chances + WORDS_BESIDE_LEARNED * words) / (1 + WORDS_BESIDE_LEARNED))


def by_question(scores: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """The scores after the codes that answers to the same question usually get were favoured."""
    return np.asarray(scores + QUESTION_WEIGHT * usual, np.float64)
