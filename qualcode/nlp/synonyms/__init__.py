"""Finnish words that mean nearly the same, taken from open dictionaries into other languages.

Two words that translate one sense of a foreign word, or that share translations in two languages
and more, are near-synonyms. The list and the matrix beside it are made by
``python -m benchmarks.finnish_synonyms``; whose work they are is told in this folder's README.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from qualcode.nlp.embedding import Vectors
from qualcode.nlp.problems import DamagedProgram

FILE = Path(__file__).parent / "finnish.npz"
VERSION = 1
"""Rises with the file and with how it is used: vectors of another version are made anew."""

INSTALL = "git checkout -- qualcode/nlp/synonyms"


@dataclass(frozen=True)
class Synonyms:
    """The words in order (UTF-8), and for each a stretch of places of others with their weights.

    ``evening`` is a matrix for the word vectors: directions along which all words of the list
    differ are shortened, since they tell words apart without telling what they mean.
    """

    words: np.ndarray
    starts: np.ndarray
    others: np.ndarray
    weights: np.ndarray
    evening: Vectors

    def of(self, word: str) -> tuple[tuple[str, float], ...]:
        """The words that mean nearly the same, each with its weight; empty for most words."""
        sought = np.bytes_(word.encode())
        place = int(np.searchsorted(self.words, sought))
        if place == len(self.words) or self.words[place] != sought:
            return ()
        stretch = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return tuple(
            (bytes(self.words[other]).decode(), float(weight))
            for other, weight in zip(self.others[stretch], self.weights[stretch], strict=True)
        )


@lru_cache(maxsize=1)
def opened(engine: str = "e5-forms") -> Synonyms:
    """The list that comes with qualcode; raises the EngineProblem that tells what is wrong."""
    try:
        with np.load(FILE, allow_pickle=False) as parts:
            return Synonyms(
                words=parts["words"],
                starts=parts["starts"],
                others=parts["others"],
                weights=parts["weights"],
                evening=parts["evening"].astype(np.float32),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise DamagedProgram(engine=engine, file=FILE.name, install=INSTALL) from error
