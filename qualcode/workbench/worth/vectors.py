"""Texts that stand in no study, with their vectors; and the engines to try."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualcode.analysis.expressions import Expressions
from qualcode.nlp import registry
from qualcode.nlp.problems import EngineProblem
from qualcode.nlp.worker import embed_in_worker

Progress = Callable[[int, int], None]
ONLY_FOR = {"minilm": "en", "floret": "fi", "e5-floret": "fi", "e5-forms": "fi"}
"""The one language that an engine was made for; the others can read any."""

NEEDS_A_MODEL = "sentences"
"""Cannot be used before somebody has said which model is meant."""


def working_engines(language: str, own: str = "") -> tuple[str, ...]:
    """The engines that work here and can read the language, best first.

    A model of one's own (``NEEDS_A_MODEL``) is among them only when it is the study's engine.
    """
    best = registry.BY_THEMSELVES.get(language, registry.MULTILINGUAL)
    found = []
    for name in dict.fromkeys([*best, *registry.known()]):
        if language != ONLY_FOR.get(name, language) or (name == NEEDS_A_MODEL and name != own):
            continue
        try:
            if name != NEEDS_A_MODEL:
                registry.probe(name)
        except EngineProblem:
            continue
        found.append(name)
    return tuple(found)


def embedded(
    engine: str,
    texts: Sequence[tuple[str, str]],
    on_progress: Progress | None = None,
) -> Expressions:
    """Texts (id, text) with vectors of one call, each wording made once.

    Without their words: a replayed table shows no reasons, so none are looked up.
    """
    wordings = [text for _, text in texts]
    place = {wording: number for number, wording in enumerate(dict.fromkeys(wordings))}
    distinct = list(place)
    try:
        if registry.runs_in_process(engine, len(distinct)):
            vectors = registry.embedder(engine).embed(distinct)
        else:
            vectors = embed_in_worker(engine, distinct, on_progress)
    except EngineProblem as problem:
        raise registry.note_failure(engine, None, problem) from problem
    return Expressions(
        ids=tuple(id for id, _ in texts),
        texts=tuple(wordings),
        vectors=vectors[[place[wording] for wording in wordings]],
        stems=((),) * len(wordings),
        forms={},
    )
