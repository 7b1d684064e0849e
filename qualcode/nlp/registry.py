"""Which engines there are, and which of them is the best that works on this computer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any

from qualcode.nlp.embedding import Embedder
from qualcode.nlp.labels import COSTS, LABELS
from qualcode.nlp.problems import EngineProblem, MissingEngine, UnknownEngine

EMBEDDERS = {
    "e5-forms": "qualcode.nlp.e5.engine:E5WithForms",
    "e5-floret": "qualcode.nlp.e5.engine:E5WithWords",
    "e5": "qualcode.nlp.e5.engine:E5Small",
    "floret": "qualcode.nlp.floret:FloretSif",
    "tfidf": "qualcode.nlp.tfidf:CharTfidf",
    "sentences": "qualcode.nlp.sentences:SentenceModel",
    "minilm": "qualcode.nlp.sentences:packaged_minilm",
}
ENTRY_POINTS = "qualcode.embedders"
# Best first; the last one needs nothing beyond the program itself. The word vectors are Finnish.
BY_THEMSELVES = {
    "fi": ("e5-forms", "e5-floret", "floret", "e5", "tfidf"),
    "en": ("e5", "tfidf"),
}
MULTILINGUAL = ("e5", "tfidf")

# What tells cheaply whether an engine can be used; one without is tried by loading it.
PROBES = {
    "e5-forms": "qualcode.nlp.offline:ready_with_forms",
    "e5-floret": "qualcode.nlp.e5.building:ready_with_words",
    "e5": "qualcode.nlp.e5.building:ready",
    "floret": "qualcode.nlp.floret:ready",
    "sentences": "qualcode.nlp.model_folder:ready",
    "minilm": "qualcode.nlp.sentences:packaged_minilm_is_there",
}
# What tells the files of an engine from those of another build or another model: vectors are kept
# under the engine's name and this. An engine without has the same vectors everywhere.
FINGERPRINTS = {
    "e5-forms": "qualcode.nlp.offline:fingerprint_with_forms",
    "e5-floret": "qualcode.nlp.e5.building:fingerprint",
    "e5": "qualcode.nlp.e5.building:fingerprint",
    "sentences": "qualcode.nlp.model_folder:fingerprint",
}

# Their vectors hold within one call only, so they are never kept.
PASSING = frozenset({"tfidf"})

# These need neither torch nor spaCy, so a few texts are done sooner than a worker has started.
LIGHT = frozenset({"floret", "tfidf"})
MOST_IN_PROCESS = 2000


@dataclass(frozen=True)
class EngineChoice:
    """An engine to use, what it is called and what using it costs (msgids).

    ``options`` are its settings, ``passed_over`` tells why better engines (or the one asked for)
    could not be taken, best first. ``warning`` must be seen beside the suggestions.
    """

    name: str
    label: str
    cost: str
    passed_over: tuple[EngineProblem, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    warning: str = ""


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


def choice(name: str, options: Mapping[str, Any] | None = None) -> EngineChoice:
    """The engine called ``name`` as a choice to show; one from outside shows under its name."""
    # Looking among the installed packages takes tens of milliseconds.
    if name not in EMBEDDERS and name not in known():
        raise UnknownEngine(engine=name, known=", ".join(known()))
    return EngineChoice(name, LABELS.get(name, name), COSTS.get(name, ""), options=options or {})


def best_available(
    language: str = "fi", wanted: Sequence[tuple[str, Mapping[str, Any]]] = ()
) -> EngineChoice:
    """The best engine for the language that works here, and why no better does.

    ``wanted`` are engines to take before the others, with their options. Nothing heavy is loaded.
    """
    passed_over: list[EngineProblem] = []
    none: Mapping[str, Any] = {}
    others = [(name, none) for name in BY_THEMSELVES.get(language, MULTILINGUAL)]
    for name, options in (*wanted, *others):
        try:
            probe(name, options)
        except EngineProblem as problem:
            passed_over.append(problem)
        else:
            return EngineChoice(
                name, LABELS.get(name, name), COSTS.get(name, ""), tuple(passed_over), options
            )
    raise passed_over[-1]


def probe(name: str, options: Mapping[str, Any] | None = None) -> None:
    """Nothing when the engine can be used here; raises the EngineProblem that tells why not.

    Also when it was found out by using it: see ``note_failure``.
    """
    if name in PROBES:
        _named(PROBES[name])(**(options or {}))
    else:
        embedder(name, **(options or {}))
    failed = _failed.get(vectors_key(name, options))
    if failed is not None:
        raise failed


def vectors_key(name: str, options: Mapping[str, Any] | None = None) -> str:
    """What the vectors of this engine, of these very files, with these settings are kept under."""
    if name not in FINGERPRINTS:
        return name
    mark: str = _named(FINGERPRINTS[name])(**(options or {}))
    return f"{name}@{mark}"


def runs_in_process(name: str, texts: int) -> bool:
    """Whether so many texts are best embedded here and now (under half a second, under 90 MB).

    Otherwise they belong into the worker, which reports progress, can be cancelled and leaves the
    web process light.
    """
    return name in LIGHT and texts <= MOST_IN_PROCESS


# --- what was found out by using them ---------------------------------------------------------

_failed: dict[str, EngineProblem] = {}


def note_failure(
    name: str, options: Mapping[str, Any] | None, problem: EngineProblem
) -> EngineProblem:
    """Passes the engine over from now on, if its problem would come again at once.

    Other files (built anew, another folder) are another engine. Gives the problem back.
    """
    if problem.lasting:
        _failed[vectors_key(name, options)] = problem
    return problem


def forget_failures() -> None:
    """Every engine may be tried again."""
    _failed.clear()


# --- finding them -----------------------------------------------------------------------------


def _named(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _maker(name: str) -> Callable[..., Embedder]:
    if name in EMBEDDERS:
        return _named(EMBEDDERS[name])
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
