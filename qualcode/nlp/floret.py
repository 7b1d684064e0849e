"""Finnish word vectors that know inflection, without loading spaCy: the default engine.

The table of the package ``spacy-fi-experimental-web-md`` is read where it lies, as a memory map.
floret (Boyd & Warmerdam 2022) keeps no word list: a word's vector is the mean of the table rows
that its letter sequences fall on, so inflected, compound and misspelt words get one too. A text
is the sum of its words' unit vectors, each weighted by a / (a + p), where p is the word's share
of running Finnish text (SIF, Arora et al. 2017): common words say little.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qualcode.nlp.embedding import Vectors, unit_rows
from qualcode.nlp.finnish_forms import FinnishForms, WordList
from qualcode.nlp.libraries import library
from qualcode.nlp.meant_words import MeantWords
from qualcode.nlp.problems import BrokenEngine, MissingEngine
from qualcode.nlp.synonyms import Synonyms
from qualcode.nlp.words import words_of

PACKAGE = "spacy_fi_experimental_web_md"
INSTALL = "pip install spacy-fi-experimental-web-md wordfreq mmh3"
A = 1e-3
WRITTEN = np.float32(2)
"""What a word counts as it is written, beside each word that it means."""

NEAR = np.float32(1)
"""What its near-synonyms together count in the vector of a word that is meant."""

FORMS_REMEMBERED = 40_000  # a tenth of a megabyte for a thousand
KEPT_WORDS = 10_000  # of each kind of word vectors kept between calls: at most 12 MB


@dataclass(frozen=True)
class FloretTable:
    """The rows of a floret table and the rule that tells which of them make up a word."""

    rows: np.ndarray
    shortest: int
    longest: int
    hash_count: int
    hash_seed: int
    start: str
    end: str

    @classmethod
    def in_folder(cls, vocab: Path, engine: str = "floret") -> FloretTable:
        """The table in a spaCy ``vocab`` folder, read page by page as words need it."""
        try:
            settings = json.loads((vocab / "vectors.cfg").read_text(encoding="utf-8"))
            rows = np.load(vocab / "vectors", mmap_mode="r", allow_pickle=False)
            table = cls(
                rows=rows,
                shortest=settings["minn"],
                longest=settings["maxn"],
                hash_count=settings["hash_count"],
                hash_seed=settings["hash_seed"],
                start=settings["bow"],
                end=settings["eow"],
            )
        except (OSError, ValueError, KeyError) as error:
            raise BrokenEngine(engine=engine, what=error, install=INSTALL) from error
        if settings.get("mode") != "floret" or rows.ndim != 2 or not 1 <= table.hash_count <= 4:
            raise BrokenEngine(engine=engine, what="not a floret table", install=INSTALL)
        return table

    @property
    def dimensions(self) -> int:
        return int(self.rows.shape[1])

    def vector(self, word: str) -> np.ndarray:
        """The vector of one word, equal to that of spaCy's ``Vectors``; not of unit length."""
        return np.asarray(self.rows[self._places(word)]).mean(axis=0, dtype=np.float32)

    def _places(self, word: str) -> list[int]:
        hash64 = library("mmh3", engine="floret", install=INSTALL).hash64
        size = len(self.rows)
        places: list[int] = []
        for sequence in self._sequences(word):
            low, high = hash64(sequence.encode(), self.hash_seed, x64arch=True, signed=False)
            hashes = (low & 0xFFFFFFFF, low >> 32, high & 0xFFFFFFFF, high >> 32)
            places.extend(hashed % size for hashed in hashes[: self.hash_count])
        return places

    def _sequences(self, word: str) -> Iterator[str]:
        marked = self.start + word + self.end
        yield marked
        for length in range(self.shortest, self.longest + 1):
            for first in range(len(marked) - length + 1):
                yield marked[first : first + length]


class FloretSif:
    """Finnish texts as weighted sums of floret word vectors. Loads in well under a second.

    Texts are composed (NFC) and lower-cased. Emoji and punctuation say nothing: a text of only
    those gets a zero vector. With ``words`` each word counts also as what it means: its dictionary
    form, or the parts of a compound. With ``synonyms`` what it means lies half-way to the words
    that mean nearly the same, and directions common to all words are shortened.
    """

    name = "floret"
    prefix = ""
    lasting = True
    warning = ""

    def __init__(
        self, a: float = A, words: WordList | None = None, synonyms: Synonyms | None = None
    ) -> None:
        self.a = a
        self.table = FloretTable.in_folder(_vocab_folder())
        library("mmh3", engine="floret", install=INSTALL)
        # The short word list goes down to one in a million: rarer words weigh over .999 anyway,
        # and the long list would take a hundred megabytes more.
        self._shares: dict[str, float] = library(
            "wordfreq", engine="floret", install=INSTALL
        ).get_frequency_dict("fi", "small")
        self._meant: MeantWords | None = None
        if words is not None:
            self._meant = MeantWords(FinnishForms(words, self._shares, FORMS_REMEMBERED))
        self._synonyms = synonyms
        self._kept: dict[str, np.ndarray] = {}
        self._kept_senses: dict[str, np.ndarray] = {}
        self._kept_meanings: dict[str, tuple[str, ...]] = {}

    @property
    def dimensions(self) -> int:
        return self.table.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words_of(text):
                rows[row] += self._weighted(word)
            if self._synonyms is not None:
                # One text at a time: many at once differ in the last digit by how many they are.
                rows[row] = rows[row] @ self._synonyms.evening
        return unit_rows(rows)

    def weight(self, word: str) -> float:
        """What the word counts in a text, 0...1: the commoner in Finnish, the less."""
        return self.a / (self.a + self._shares.get(word, 0.0))

    def _weighted(self, word: str) -> np.ndarray:
        if self._meant is None:
            return self._as_written(word)
        meant = self._kept_meanings.get(word)
        if meant is None:
            meant = self._meant.of(word)
            _keep(self._kept_meanings, word, meant)
        return WRITTEN * self._as_written(word) + sum(map(self._as_meant, meant))

    def _as_written(self, word: str) -> np.ndarray:
        kept = self._kept.get(word)
        if kept is None:
            kept = _of_length(self.table.vector(word), self.weight(word))
            _keep(self._kept, word, kept)
        return kept

    def _as_meant(self, word: str) -> np.ndarray:
        """As it is written, drawn to its near-synonyms where some are known."""
        kept = self._kept_senses.get(word)
        if kept is not None:
            return kept
        near = self._synonyms.of(word) if self._synonyms is not None else ()
        if not near:
            return self._as_written(word)
        others: np.ndarray = sum(
            (_of_length(self.table.vector(other), weight) for other, weight in near),
            start=np.zeros(self.dimensions, dtype=np.float32),
        )
        own = _of_length(self.table.vector(word), 1.0)
        kept = _of_length(own + NEAR * _of_length(others, 1.0), self.weight(word))
        _keep(self._kept_senses, word, kept)
        return kept


def _of_length(vector: np.ndarray, length: float) -> np.ndarray:
    """The vector made so long; a zero vector stays as it is."""
    now = float(np.linalg.norm(vector))
    return vector * np.float32(length / now) if now else vector


def _keep(kept: dict[str, Any], word: str, found: Any) -> None:
    if len(kept) >= KEPT_WORDS:
        kept.clear()
    kept[word] = found


def ready(engine: str = "floret") -> None:
    """Nothing when the word vectors can be used; raises the EngineProblem that tells why not.

    Takes some milliseconds: the table's head is read and the libraries are only looked for.
    """
    FloretTable.in_folder(_vocab_folder(engine), engine)
    for name in ("mmh3", "wordfreq"):
        if importlib.util.find_spec(name) is None:
            raise MissingEngine(engine=engine, missing=name, install=INSTALL)


def _vocab_folder(engine: str = "floret") -> Path:
    """The package's ``vocab`` folder, found without importing the package (it imports spaCy)."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise MissingEngine(engine=engine, missing="spacy-fi-experimental-web-md", install=INSTALL)
    package = Path(next(iter(found.submodule_search_locations)))
    folders = sorted(package.glob("fi_*/vocab"))
    if not folders:
        raise BrokenEngine(engine=engine, what=f"no vectors in {package.name}", install=INSTALL)
    return folders[-1]
