"""Likeness of spelling: the engine of last resort, which knows nothing of meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from qualcode.nlp.embedding import Vectors, normalised, unit_rows
from qualcode.texts import N_

WARNING = N_(
    "These suggestions compare spelling only, because the Finnish word vectors are not "
    "installed. Expressions that say the same in other words are not found."
)


class CharTfidf:
    """TF-IDF over character sequences of 3-5 letters inside words.

    Fitted on the texts of the call, unless ``fit`` was called first: then its letter sequences
    and weights are kept. Only the ``most`` commonest sequences are used, so that the vectors of
    a large study still fit in memory. The same texts give the same vectors, always.
    """

    name = "tfidf"
    prefix = ""
    lasting = False
    warning = WARNING

    def __init__(self, shortest: int = 3, longest: int = 5, most: int = 4096) -> None:
        self.shortest = shortest
        self.longest = longest
        self.most = most
        self._columns: dict[str, int] = {}
        self._weights = np.zeros(0, dtype=np.float32)

    @property
    def dimensions(self) -> int:
        """Number of letter sequences the engine was fitted on; 0 before ``fit``."""
        return len(self._columns)

    def fit(self, texts: Sequence[str]) -> CharTfidf:
        """Learns which letter sequences occur in ``texts`` and how rare they are."""
        found: Counter[str] = Counter()
        for text in texts:
            found.update(set(self._sequences(text)))
        commonest = sorted(found, key=lambda sequence: (-found[sequence], sequence))[: self.most]
        self._columns = {sequence: column for column, sequence in enumerate(commonest)}
        documents = np.array([found[sequence] for sequence in commonest], dtype=np.float64)
        # As if one more text held every sequence once: no division by zero, no zero weights.
        self._weights = (np.log((1 + len(texts)) / (1 + documents)) + 1).astype(np.float32)
        return self

    def embed(self, texts: Sequence[str]) -> Vectors:
        fitted = (
            self if self._columns else CharTfidf(self.shortest, self.longest, self.most).fit(texts)
        )
        rows = np.zeros((len(texts), fitted.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for sequence, count in Counter(self._sequences(text)).items():
                column = fitted._columns.get(sequence)
                if column is not None:
                    rows[row, column] = count
        return unit_rows(rows * fitted._weights)

    def _sequences(self, text: str) -> list[str]:
        """The 3-5 letter sequences of each word, its start and end marked with a space.

        A word shorter than the sequence counts once, as it is, as in scikit-learn's char_wb.
        """
        sequences = []
        for word in normalised(text).lower().split():
            padded = f" {word} "
            for length in range(self.shortest, self.longest + 1):
                sequences.append(padded[:length])
                for start in range(1, len(padded) - length + 1):
                    sequences.append(padded[start : start + length])
                if len(padded) <= length:
                    break
        return sequences
