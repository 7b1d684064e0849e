"""Sentence vectors by multilingual-e5-small in onnxruntime, alone and joined with word vectors.

Neither torch nor the network is needed. Measured: 7.2 times the source program's speed, vectors
within .001 of it (docs/benchmarks.md).
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from qualcode.nlp import form_list_building, synonyms
from qualcode.nlp.e5 import building, vocabulary
from qualcode.nlp.e5.graph import INPUT
from qualcode.nlp.embedding import Vectors, unit_rows
from qualcode.nlp.floret import FloretSif
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import (
    BrokenEngine,
    EngineProblem,
    MissingEngine,
    NoMemoryForEngine,
    UnreadableEngine,
)

PREFIX = "query: "
"""On both sides of a comparison; measured better than "passage: " for grouping and few examples."""

PIECES_AT_ONCE = 384
"""Of equally long texts so many go through the network together that they have about this many."""

TEXTS_AT_ONCE = 256
"""So many are cut into pieces together, and of so many there are enough of each length."""

MOST_THREADS = 4
TEXTS_TO_CHECK = 3
DIMENSIONS = 384
WORDS_SHARE, MEANINGS_SHARE = 0.25, 0.4
"""Weight of the word vectors' cosine beside the sentence vectors' 1, as words are written and with
what they mean (measured, docs/benchmarks.md)."""


class E5Small:
    """multilingual-e5-small in eight bits, from its folder in the user's cache.

    Texts are cut at the model's 512 pieces (about 300 words); a longer one is known by its start.
    They are read in small letters: the model has other pieces for a word with a capital, and a
    capital tells how somebody types, not what is meant. ``as_written`` leaves the letters as they
    are, to be compared with the source.
    """

    name = "e5"
    prefix = PREFIX
    lasting = True
    warning = ""
    texts_at_once = TEXTS_AT_ONCE
    dimensions = DIMENSIONS

    def __init__(
        self,
        folder: Path | str | None = None,
        threads: int | None = None,
        checked: bool = True,
        as_written: bool = False,
    ) -> None:
        self._as_written = as_written
        place = Path(folder) if folder else building.folder_of()
        if not (place / building.MODEL).is_file():
            raise MissingEngine(
                engine=self.name, missing="multilingual-e5-small", install=building.INSTALL
            )
        if checked:
            self._check_files(place)
        try:
            self._load(place, threads)
        except EngineProblem:
            raise
        except (OSError, MemoryError) as error:
            raise self._not_now(error) from error
        except Exception as error:  # the runtime and the tokenizer raise classes of their own
            if _passing(error):
                raise self._not_now(error) from error
            raise self._broken(f"{type(error).__name__}: {error}") from error
        if checked:
            self._check_vectors()

    def _load(self, place: Path, threads: int | None) -> None:
        runtime = library("onnxruntime", engine="e5")
        tokenizers = library("tokenizers", engine="e5")
        words = json.loads((place / building.CHARACTERS).read_text(encoding="utf-8"))
        self._characters = {int(point): to for point, to in words["characters"].items()}
        # Read here, since the libraries tell of a file that is held as they tell of damage.
        self._tokenizer = tokenizers.Tokenizer.from_buffer(
            (place / building.TOKENIZER).read_bytes()
        )
        self._tokenizer.enable_truncation(max_length=int(words["positions"]))
        options = runtime.SessionOptions()
        # A thread takes a batch of its own from end to end. Threads that share every step of one
        # batch wait for one another after each (a fifth more processor time a text), and while
        # they wait they take the processor from whoever codes meanwhile.
        self._threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        # Held open meanwhile: on Windows nobody else can then close it to others.
        with (place / building.MODEL).open("rb"):
            self._session: Any = runtime.InferenceSession(
                str(place / building.MODEL), options, providers=["CPUExecutionProvider"]
            )

    def _check_files(self, place: Path) -> None:
        fault = building.fault_in(place, self.name)
        if fault is not None:
            raise fault

    def _check_vectors(self) -> None:
        """Files that are whole can still give wrong vectors: built for another processor, say."""
        texts, expected = building.known_vectors()
        found = self._vectors(texts[:TEXTS_TO_CHECK])
        least = float((found * expected[:TEXTS_TO_CHECK]).sum(axis=1).min())
        if least < building.LEAST_COSINE:
            raise self._broken(f"cosine {least:.3f}")

    def _broken(self, what: str) -> BrokenEngine:
        return BrokenEngine(engine=self.name, what=what, install=building.INSTALL)

    def _not_now(self, error: Exception) -> EngineProblem:
        """The files are as they were; what hindered may be over the next time."""
        if isinstance(error, OSError):
            what = error.strerror or str(error)
            return UnreadableEngine(engine=self.name, what=what, install=building.INSTALL)
        return NoMemoryForEngine(engine=self.name, what=str(error) or type(error).__name__)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, small=not self._as_written)

    def _vectors(self, texts: Sequence[str], small: bool = False) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        speaking = [row for row, text in enumerate(texts) if text.strip()]
        with ThreadPoolExecutor(self._threads) as threads:
            shares = np.array_split(speaking, -(-len(speaking) // TEXTS_AT_ONCE) or 1)
            cut = threads.map(
                lambda share: self._pieces([texts[row] for row in share], small), shares
            )
            ids = [one for share in cut for one in share]
            batches = _equally_long([len(one) for one in ids])
            made = threads.map(self._run, [[ids[number] for number in batch] for batch in batches])
            for batch, vectors in zip(batches, made, strict=True):
                rows[[speaking[number] for number in batch]] = vectors
        return unit_rows(rows)

    def _pieces(self, texts: Sequence[str], small: bool) -> list[list[int]]:
        read = self._in_small_letters if small else self._readable
        return [one.ids for one in self._tokenizer.encode_batch_fast([*map(read, texts)])]

    def _readable(self, text: str) -> str:
        return PREFIX + vocabulary.readable(text, self._characters)

    def _in_small_letters(self, text: str) -> str:
        # Again behind the map of characters: bold and wide letters become plain ones only there.
        return self._readable(text.lower()).lower()

    def _run(self, ids: Sequence[Sequence[int]]) -> Vectors:
        made: Vectors = self._session.run(None, {INPUT: np.array(ids, dtype=np.int64)})[0]
        return made


def _passing(error: Exception) -> bool:
    """Whether the runtime says that it did not get memory; it has no class of its own for that."""
    said = str(error).casefold()
    return any(
        sign in said for sign in ("bad_alloc", "bad allocation", "allocate", "out of memory")
    )


def _equally_long(lengths: Sequence[int]) -> list[list[int]]:
    """The places of the texts in batches: nothing is padded, and nothing has to be masked."""
    alike: dict[int, list[int]] = defaultdict(list)
    for place, length in enumerate(lengths):
        alike[length].append(place)
    batches = []
    for length, places in alike.items():
        count = -(-len(places) * length // PIECES_AT_ONCE)
        shares = np.array_split(places, min(count, len(places)))
        batches += [(len(share) * length, share.tolist()) for share in shares]
    # The largest first: the threads then end at about the same time.
    return [batch for _, batch in sorted(batches, key=lambda one: one[0], reverse=True)]


class E5WithWords:
    """Sentence vectors and Finnish word vectors side by side: better than either alone.

    The cosine of two texts is that of the sentence vectors plus a quarter of that of the word
    vectors, brought to unit length. Finnish only; other languages take ``E5Small``.
    """

    name = "e5-floret"
    prefix = PREFIX
    lasting = True
    warning = ""
    texts_at_once = TEXTS_AT_ONCE
    share = WORDS_SHARE

    def __init__(self, folder: Path | str | None = None) -> None:
        self._sentences = E5Small(folder)
        self._words = self._word_vectors()

    @staticmethod
    def _word_vectors() -> FloretSif:
        return FloretSif()

    @property
    def dimensions(self) -> int:
        return self._sentences.dimensions + self._words.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        # The network leaves Python's lock alone most of the time, so the words fit in beside it.
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(self._words.embed, texts)
            sentences = self._sentences.embed(texts)
            words = found.result()
        return unit_rows(np.hstack([sentences, words * np.float32(self.share**0.5)]))


class E5WithForms(E5WithWords):
    """The same, each word counting also as its dictionary form or the parts of a compound.

    "Asiakasmaksuista" is then near to "maksu" and "asiakas" also where its letters are not, and to
    "korvaus" because dictionaries translate both alike.
    """

    name = "e5-forms"
    share = MEANINGS_SHARE

    @staticmethod
    def _word_vectors() -> FloretSif:
        return FloretSif(words=form_list_building.opened(), synonyms=synonyms.opened())
