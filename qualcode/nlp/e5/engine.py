"""Sentence vectors by multilingual-e5-small in onnxruntime, alone and joined with word vectors.

Neither torch nor the network is needed. Measured: about eight times the source program's speed,
vectors within .005 of it (docs/benchmarks.md).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qualcode.nlp.e5 import building, vocabulary
from qualcode.nlp.e5.graph import INPUTS
from qualcode.nlp.embedding import Vectors, unit_rows
from qualcode.nlp.floret import FloretSif
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import BrokenEngine, MissingEngine

PREFIX = "query: "
"""On both sides of a comparison; measured better than "passage: " for grouping and few examples."""

TEXTS_AT_ONCE = 32
DIMENSIONS = 384
WORDS_SHARE = 0.25
"""Weight of the word vectors' cosine beside the sentence vectors' 1 (measured, embeddings)."""


class E5Small:
    """multilingual-e5-small in eight bits, from its folder in the user's cache.

    Texts are cut at the model's 512 pieces (about 300 words); a longer one is known by its start.
    """

    name = "e5"
    prefix = PREFIX
    lasting = True
    warning = ""
    dimensions = DIMENSIONS

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        place = folder or building.folder_of()
        if not (place / building.MODEL).is_file():
            raise MissingEngine(
                engine=self.name, missing="multilingual-e5-small", install=building.INSTALL
            )
        runtime = library("onnxruntime", engine="e5")
        try:
            words = json.loads((place / building.CHARACTERS).read_text(encoding="utf-8"))
            self._characters = {int(point): to for point, to in words["characters"].items()}
            self._padding = int(words["padding"])
            tokenizers = library("tokenizers", engine="e5")
            self._tokenizer = tokenizers.Tokenizer.from_file(str(place / building.TOKENIZER))
            self._tokenizer.enable_truncation(max_length=int(words["positions"]))
            options = runtime.SessionOptions()
            options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
            options.log_severity_level = 3
            self._session: Any = runtime.InferenceSession(
                str(place / building.MODEL), options, providers=["CPUExecutionProvider"]
            )
        except MissingEngine:
            raise
        except Exception as error:  # the runtime and the tokenizer raise classes of their own
            raise BrokenEngine(
                engine=self.name, what=f"{type(error).__name__}: {error}", install=building.INSTALL
            ) from error

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        speaking = [row for row, text in enumerate(texts) if text.strip()]
        readable = [vocabulary.readable(texts[row], self._characters) for row in speaking]
        found = self._tokenizer.encode_batch([PREFIX + text for text in readable])
        ids = [one.ids for one in found]
        # Texts of like length together: a batch is as long as its longest text.
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        for start in range(0, len(order), TEXTS_AT_ONCE):
            batch = order[start : start + TEXTS_AT_ONCE]
            rows[[speaking[number] for number in batch]] = self._run([ids[n] for n in batch])
        return unit_rows(rows)

    def _run(self, ids: Sequence[Sequence[int]]) -> Vectors:
        longest = max(len(one) for one in ids)
        pieces = np.full((len(ids), longest), self._padding, dtype=np.int64)
        mask = np.zeros_like(pieces)
        for row, one in enumerate(ids):
            pieces[row, : len(one)] = one
            mask[row, : len(one)] = 1
        made: Vectors = self._session.run(None, dict(zip(INPUTS, (pieces, mask), strict=True)))[0]
        return made


class E5WithWords:
    """Sentence vectors and Finnish word vectors side by side: better than either alone.

    The cosine of two texts is that of the sentence vectors plus a quarter of that of the word
    vectors, brought to unit length. Finnish only; other languages take ``E5Small``.
    """

    name = "e5-floret"
    prefix = PREFIX
    lasting = True
    warning = ""

    def __init__(self, folder: Path | None = None) -> None:
        self._sentences = E5Small(folder)
        self._words = FloretSif()

    @property
    def dimensions(self) -> int:
        return self._sentences.dimensions + self._words.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        sentences, words = self._sentences.embed(texts), self._words.embed(texts)
        return unit_rows(np.hstack([sentences, words * np.float32(WORDS_SHARE**0.5)]))
