"""What suggestions compare: a study's texts with their vectors and their content words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from qualcode.analysis.expressions import Expressions
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.lemmas import SnowballLemmas
from qualcode.nlp.worker import embed_in_worker
from qualcode.workbench.bench import Workbench

Progress = Callable[[int, int], None]


def engine_name(name: str | None) -> str:
    """The engine asked for, when it is known, or the best one that works here."""
    return (registry.choice(name) if name else registry.best_available()).name


def expressions(
    bench: Workbench,
    engine: str,
    texts: Sequence[tuple[str, str]],
    on_progress: Progress | None,
) -> Expressions:
    """Texts (id, text) with their vectors, from the study's cache where there, and their words."""
    wordings = [text for _, text in texts]
    words = SnowballLemmas(bench.language).words(wordings)
    return Expressions(
        ids=tuple(id for id, _ in texts),
        texts=tuple(wordings),
        vectors=vectors_of(bench, engine, wordings, on_progress),
        stems=words.stems,
        forms=words.forms,
    )


def renamed(everything: Expressions, prefix: str) -> Expressions:
    """Those whose ids begin with ``prefix``, under the ids without it."""
    part = everything.only(id for id in everything.ids if id.startswith(prefix))
    return Expressions(
        tuple(id.removeprefix(prefix) for id in part.ids),
        part.texts,
        part.vectors,
        part.stems,
        part.forms,
    )


def vectors_of(
    bench: Workbench, engine: str, texts: Sequence[str], on_progress: Progress | None
) -> Vectors:
    """One row a text, from the study's cache where there; what is new is made and kept."""
    if engine in registry.PASSING:
        return _embed(engine, texts, on_progress)
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    with bench.store.reading() as rows:
        kept = rows.vectors(engine, list(dict.fromkeys(keys)))
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if new:
        made = _embed(engine, list(new.values()), on_progress)
        fresh = {
            key: np.asarray(row, dtype="<f4").tobytes() for key, row in zip(new, made, strict=True)
        }
        with bench.store.writing() as writing:
            writing.keep_vectors(engine, fresh)
        kept.update(fresh)
    return np.stack([np.frombuffer(kept[key], dtype="<f4") for key in keys])


def _embed(engine: str, texts: Sequence[str], on_progress: Progress | None) -> Vectors:
    if registry.runs_in_process(engine, len(texts)):
        return registry.embedder(engine).embed(texts)
    return embed_in_worker(engine, texts, on_progress)
