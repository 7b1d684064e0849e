"""A helper process that holds the heavy language models, so that the web process stays light.

This is the program's side: what the helper (``worker_process``) can be asked. How it is started
and heard stands in ``worker_link``.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from qualcode.nlp.base_forms import WordKeys
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.lemmas import Words
from qualcode.nlp.names import NameHit
from qualcode.nlp.segmenting import Span
from qualcode.nlp.trial import Trial
from qualcode.nlp.worker_link import Progress, WorkerLink

__all__ = ["Progress", "Worker", "embed_in_worker", "shared_worker"]

SILENCE_SECONDS = 180.0
BUILDING_SECONDS = 1800.0  # fetching ninety megabytes over a slow line says nothing in between


class Worker(WorkerLink):
    """A helper process and the jobs it does."""

    def embed(
        self,
        engine: str,
        texts: Sequence[str],
        on_progress: Progress | None = None,
        *,
        options: Mapping[str, Any] | None = None,
        on_wait: Callable[[], None] | None = None,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Vectors:
        """The vectors of ``texts`` by the engine of that name, one row a text.

        ``on_progress`` is told (done, all) as texts get ready, from the calling thread; ``on_wait``
        is called now and then meanwhile, so that who asks can give up while an engine loads.
        ``silence_seconds`` is how long the worker may be without any news (loading counts as
        one piece of work) before it is stopped. Raises the engine's own problem, or
        ``EngineCancelled``, ``EngineTimedOut``, ``WorkerDied``, ``EngineFailed``.
        """
        answer, payload = self.ask(
            {
                "job": "embed",
                "engine": engine,
                "options": dict(options or {}),
                "texts": list(texts),
            },
            on_progress,
            silence_seconds,
            on_wait,
        )
        return np.frombuffer(payload, dtype="<f4").reshape(answer["shape"]).astype(np.float32)

    def try_model(
        self,
        options: Mapping[str, Any],
        texts: Sequence[str],
        reference: str = "",
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Trial:
        """How a sentence model does on ``texts``, beside the engine called ``reference``."""
        answer, _ = self.ask(
            {
                "job": "try",
                "engine": "sentences",
                "options": dict(options),
                "texts": list(texts),
                "reference": reference,
            },
            None,
            silence_seconds,
        )
        return Trial(**answer["trial"])

    def build_model(self, on_progress: Progress | None = None) -> None:
        """The offline sentence model, built (see ``offline``); told (steps done, all)."""
        self.ask({"job": "build", "engine": "e5"}, on_progress, BUILDING_SECONDS)

    def words(
        self,
        texts: Sequence[str],
        on_progress: Progress | None = None,
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> Words:
        """The content words of ``texts`` as lemmas by the Finnish spaCy pipeline."""
        answer, _ = self.ask(
            {"job": "words", "engine": "spacy-fi", "texts": list(texts)},
            on_progress,
            silence_seconds,
        )
        return Words(tuple(tuple(stems) for stems in answer["stems"]), answer["forms"])

    def base_forms(
        self,
        words: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
        *,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> list[WordKeys]:
        """For each word what it stands for when it is sought, and all that it is found by."""
        answer, _ = self.ask(
            {"job": "base_forms", "engine": "search", "language": language, "texts": list(words)},
            on_progress,
            silence_seconds,
        )
        return [(tuple(sought), tuple(keys)) for sought, keys in answer["words"]]

    def sentences(
        self,
        texts: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
    ) -> list[list[Span]]:
        """The sentences of each text as (start, end) in code points."""
        answer, _ = self.ask(
            {"job": "sentences", "engine": "spacy", "language": language, "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [[(start, end) for start, end in spans] for spans in answer["spans"]]

    def names(
        self,
        texts: Sequence[str],
        language: str = "fi",
        on_progress: Progress | None = None,
    ) -> list[tuple[NameHit, ...]]:
        """For each text what may name a person, a place or an organisation; see ``nlp.names``."""
        answer, _ = self.ask(
            {"job": "names", "engine": "spacy-fi", "language": language, "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [tuple(NameHit(*hit) for hit in hits) for hits in answer["hits"]]

    def phrases(
        self,
        texts: Sequence[str],
        on_progress: Progress | None = None,
    ) -> list[tuple[str, ...]]:
        """The noun phrases of each Finnish text that can stand as a name; see ``nlp.phrases``."""
        answer, _ = self.ask(
            {"job": "phrases", "engine": "spacy-fi", "texts": list(texts)},
            on_progress,
            SILENCE_SECONDS,
        )
        return [tuple(phrases) for phrases in answer["found"]]


_shared: dict[str, Worker] = {}
_shared_lock = threading.Lock()


def shared_worker(task: str = "vectors") -> Worker:
    """The program's worker for this task, made when first asked for and closed at its end.

    Looking up words has one of its own ("words"): a search must not wait for vectors.
    """
    with _shared_lock:
        if task not in _shared:
            _shared[task] = Worker(background=task == "vectors")
            atexit.register(_shared[task].close)
        return _shared[task]


def embed_in_worker(
    engine: str,
    texts: Sequence[str],
    on_progress: Progress | None = None,
    *,
    options: Mapping[str, Any] | None = None,
    on_wait: Callable[[], None] | None = None,
    silence_seconds: float = SILENCE_SECONDS,
) -> Vectors:
    """The vectors of ``texts``, made by the program's shared worker. See ``Worker.embed``."""
    return shared_worker().embed(
        engine,
        texts,
        on_progress,
        options=options,
        on_wait=on_wait,
        silence_seconds=silence_seconds,
    )
