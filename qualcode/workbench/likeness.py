"""What suggestions compare: a study's texts with their vectors and their content words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from qualcode.analysis.expressions import Expressions
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.problems import EngineProblem
from qualcode.nlp.registry import EngineChoice
from qualcode.nlp.worker import embed_in_worker
from qualcode.workbench.bench import Workbench
from qualcode.workbench.content_words import content_words
from qualcode.workbench.engines import engine_of

Progress = Callable[[int, int], None]

TEXTS_AT_ONCE = 256
"""Vectors made and kept in one go. What was kept before a job was cancelled, or its worker was
killed, need not be made again; and others who need a vector meanwhile come in between."""


def engine_name(bench: Workbench, name: str | None) -> str:
    """The engine asked for, when it is known, or the study's own, or the best that works here."""
    return engine_of(bench, name).name


def expressions(
    bench: Workbench,
    engine: str,
    texts: Sequence[tuple[str, str]],
    on_progress: Progress | None,
) -> Expressions:
    """Texts (id, text) with their vectors, from the study's cache where there, and their words."""
    wordings = [text for _, text in texts]
    # Side by side: vectors and words come from two helper processes.
    with ThreadPoolExecutor(1, thread_name_prefix="words") as beside:
        finding = beside.submit(content_words, bench, wordings)
        vectors = vectors_of(bench, engine, wordings, on_progress)
        words = finding.result()
    return Expressions(
        ids=tuple(id for id, _ in texts),
        texts=tuple(wordings),
        vectors=vectors,
        stems=words.stems,
        forms=words.forms,
        heads=words.heads,
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
        part.heads,
    )


def vectors_of(
    bench: Workbench, engine: str, texts: Sequence[str], on_progress: Progress | None
) -> Vectors:
    """One row a text, from the study's cache where there; what is new is made and kept.

    New vectors are kept every few hundred, each time in a short transaction of its own, so that a
    job that is cancelled or whose worker is killed goes on from there the next time.
    """
    choice = engine_of(bench, engine)
    if engine in registry.PASSING:
        return _embed(choice, texts, on_progress)
    cache = kept_under(bench, engine)
    keys = [text_key(text) for text in texts]
    with bench.store.reading() as rows:
        kept = _of_one_size(rows.vectors(cache, list(dict.fromkeys(keys))))
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    # Texts of like length together: a model's batch is as long as its longest text.
    waiting = sorted(new, key=lambda key: (len(new[key]), key))
    for start in range(0, len(waiting), TEXTS_AT_ONCE):
        part = waiting[start : start + TEXTS_AT_ONCE]
        made = _embed(choice, [new[key] for key in part], _from(start, len(waiting), on_progress))
        fresh = {
            key: np.asarray(row, dtype="<f4").tobytes() for key, row in zip(part, made, strict=True)
        }
        with bench.store.writing() as writing:
            writing.keep_vectors(cache, fresh)
        kept.update(fresh)
    if not texts:
        return _embed(choice, texts, on_progress)
    return np.frombuffer(b"".join(kept[key] for key in keys), dtype="<f4").reshape(len(keys), -1)


def vector_of_question(engine: EngineChoice, question: str) -> Vectors:
    """One row, made now and not kept: what somebody types is no text of the study."""
    return _embed(engine, [question], None)


def kept_under(bench: Workbench, engine: str) -> str:
    """What the study keeps this engine's vectors under: other files or settings, another name."""
    return registry.vectors_key(engine, engine_of(bench, engine).options)


def lacking(bench: Workbench, engine: str, texts: Sequence[str]) -> int:
    """How many different texts have no vector by this engine yet."""
    keys = {text_key(text) for text in texts}
    with bench.store.reading() as rows:
        return len(keys) - len(rows.vectors(kept_under(bench, engine), sorted(keys)))


def text_key(text: str) -> str:
    """What a text's vector is kept under, beside its engine."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _of_one_size(kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """The vectors of the size that most have: one of another size is made anew."""
    sizes = [len(data) for data in kept.values()]
    usual = max(set(sizes), key=sizes.count, default=0)
    return {key: data for key, data in kept.items() if len(data) == usual}


def _from(start: int, whole: int, on_progress: Progress | None) -> Progress | None:
    """The progress of a part, told as that of the whole."""
    if on_progress is None:
        return None
    tell = on_progress
    return lambda done, _part: tell(start + done, whole)


def _embed(choice: EngineChoice, texts: Sequence[str], on_progress: Progress | None) -> Vectors:
    try:
        if registry.runs_in_process(choice.name, len(texts)):
            return registry.embedder(choice.name, **choice.options).embed(texts)
        return embed_in_worker(
            choice.name,
            texts,
            on_progress,
            options=choice.options,
            on_wait=on_progress and (lambda: on_progress(0, len(texts))),
        )
    except EngineProblem as problem:
        raise registry.note_failure(choice.name, choice.options, problem) from problem
