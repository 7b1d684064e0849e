"""Which engines there are, and which of them is the best that works on this computer."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

from qualcode.nlp.embedding import Embedder
from qualcode.nlp.problems import EngineProblem, MissingEngine, UnknownEngine
from qualcode.texts import N_

EMBEDDERS = {
    "e5-floret": "qualcode.nlp.e5.engine:E5WithWords",
    "e5": "qualcode.nlp.e5.engine:E5Small",
    "floret": "qualcode.nlp.floret:FloretSif",
    "tfidf": "qualcode.nlp.tfidf:CharTfidf",
    "sentences": "qualcode.nlp.sentences:SentenceModel",
    "minilm": "qualcode.nlp.sentences:packaged_minilm",
}
ENTRY_POINTS = "qualcode.embedders"
# Best first; the last one needs nothing beyond the program itself. The word vectors are Finnish.
BY_THEMSELVES = {"fi": ("e5-floret", "floret", "tfidf"), "en": ("e5", "tfidf")}
MULTILINGUAL = ("e5", "tfidf")

# What tells cheaply whether a heavy engine is there; the others are tried by loading them.
PROBES = {
    "e5-floret": "qualcode.nlp.e5.building:ready_with_words",
    "e5": "qualcode.nlp.e5.building:ready",
    "minilm": "qualcode.nlp.sentences:packaged_minilm_is_there",
}

# These cannot be used before somebody has said which model is meant.
NEEDS_MODEL = frozenset({"sentences"})

# Their vectors hold within one call only, so they are never kept.
PASSING = frozenset({"tfidf"})

# These need neither torch nor spaCy, so a few texts are done sooner than a worker has started.
LIGHT = frozenset({"floret", "tfidf"})
MOST_IN_PROCESS = 2000

LABELS = {
    "e5-floret": N_("Sentence model with Finnish word vectors"),
    "e5": N_("Multilingual sentence model"),
    "floret": N_("Finnish word vectors"),
    "tfidf": N_("Likeness of spelling"),
    "sentences": N_("A sentence model of your own"),
    "minilm": N_("MiniLM (English only)"),
}
COSTS = {
    "e5-floret": N_("Compares whole sentences and words; the best for Finnish. Works offline."),
    "e5": N_("Compares whole sentences in Finnish, Swedish and English. Works offline."),
    "floret": N_("Compares meaning word by word; ready at once. Made for Finnish."),
    "tfidf": N_("Compares spelling only: what is said in other words is not found."),
    "sentences": N_("Compares whole sentences; slower and takes more memory."),
    "minilm": N_("Compares whole English sentences; does not understand Finnish."),
}


@dataclass(frozen=True)
class EngineChoice:
    """An engine to use, what it is called and what using it costs (msgids).

    ``passed_over`` tells why better engines could not be taken, best first.
    """

    name: str
    label: str
    cost: str
    passed_over: tuple[EngineProblem, ...] = ()


def known() -> list[str]:
    """The names of all engines: those of the table first, then those other packages bring."""
    return list(dict.fromkeys([*EMBEDDERS, *(point.name for point in _outside())]))


def embedder(name: str, **options: Any) -> Embedder:
    """The engine called ``name``, loaded now. ``options`` go to the engine.

    Raises ``UnknownEngine`` naming the known ones, ``MissingEngine`` with the line that installs
    what is missing.
    """
    made: Embedder = _maker(name)(**options)
    return made


def choice(name: str) -> EngineChoice:
    """The engine called ``name`` as a choice to show; one from outside shows under its name."""
    if name not in known():
        raise UnknownEngine(engine=name, known=", ".join(known()))
    return EngineChoice(name, LABELS.get(name, name), COSTS.get(name, ""))


def best_available(language: str = "fi") -> EngineChoice:
    """The best engine for the language that works here without settings, and why no better does.

    Heavy ones are only looked for; light ones are tried by loading, a fraction of a second.
    """
    passed_over: list[EngineProblem] = []
    for name in BY_THEMSELVES.get(language, MULTILINGUAL):
        try:
            probe(name)
        except EngineProblem as problem:
            passed_over.append(problem)
        else:
            return EngineChoice(name, LABELS[name], COSTS[name], tuple(passed_over))
    raise passed_over[-1]


def probe(name: str) -> None:
    """Nothing when the engine can be used here; raises the EngineProblem that tells why not."""
    if name in NEEDS_MODEL:
        return
    if name not in PROBES:
        embedder(name)
        return
    module, _, found = PROBES[name].partition(":")
    getattr(importlib.import_module(module), found)()


def runs_in_process(name: str, texts: int) -> bool:
    """Whether so many texts are best embedded here and now (under half a second, under 90 MB).

    Otherwise they belong into the worker, which reports progress, can be cancelled and leaves the
    web process light.
    """
    return name in LIGHT and texts <= MOST_IN_PROCESS


def _maker(name: str) -> Callable[..., Embedder]:
    if name in EMBEDDERS:
        module, _, made = EMBEDDERS[name].partition(":")
        found: Callable[..., Embedder] = getattr(importlib.import_module(module), made)
        return found
    for point in _outside():
        if point.name == name:
            try:
                loaded: Callable[..., Embedder] = point.load()
            except ImportError as error:
                raise MissingEngine(
                    engine=name, missing=error.name or error, install=f"pip install {error.name}"
                ) from error
            return loaded
    raise UnknownEngine(engine=name, known=", ".join(known()))


def _outside() -> list[Any]:
    return sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
