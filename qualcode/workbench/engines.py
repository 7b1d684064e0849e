"""Which engine a study's suggestions come from: chosen by a person, or the best that works here.

The choice is kept with the study. On a computer where it cannot be followed the next best engine
is taken, and ``EngineChoice.passed_over`` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.nlp import offline, registry
from qualcode.nlp.e5.building import INSTALL as MODEL_INSTALL
from qualcode.nlp.problems import BrokenEngine, MissingEngine
from qualcode.nlp.registry import EngineChoice
from qualcode.nlp.trial import MOST_TEXTS, Trial
from qualcode.nlp.worker import Progress, Worker, shared_worker
from qualcode.store.search_query import DOCUMENT, REDUCTION, Search
from qualcode.workbench.bench import STUDY_ID, Workbench

OFFLINE_MODEL = ("e5-forms", "e5-floret", "e5")
OWN = "sentences"
"""The engine that loads a model of one's own."""

OPTION = "engine"
"""The study's option that holds the choice; without it the best engine is taken."""


@dataclass(frozen=True)
class ChosenEngine:
    """An engine that somebody chose. ``model`` and the rest are for a model of one's own.

    ``prefix`` is put before every text; None takes what the model itself asks for. ``warning`` is
    what they were warned of when they tried it (a msgid): it stays beside the suggestions.
    """

    name: str
    model: str = ""
    prefix: str | None = None
    batch_size: int = 32
    device: str = "cpu"
    warning: str = ""

    @classmethod
    def kept(cls, option: Mapping[str, Any]) -> ChosenEngine:
        """From what a study keeps; what another version wrote besides is passed over."""
        return cls(**{k: v for k, v in option.items() if k in cls.__dataclass_fields__})

    @property
    def options(self) -> dict[str, Any]:
        """What the engine is loaded with."""
        if self.name != OWN:
            return {}
        return {k: v for k, v in asdict(self).items() if k not in ("name", "warning")}


def chosen(bench: Workbench) -> ChosenEngine | None:
    """What this study's people chose; None when the best engine is to be taken."""
    option = bench.study().options.get(OPTION)
    return ChosenEngine.kept(option) if isinstance(option, Mapping) and option.get("name") else None


def of_offers(bench: Workbench, name: str) -> str:
    """What tells the scores of one engine from those of another: its name, and its own model."""
    choice = chosen(bench) if name == OWN else None
    return f"{name} {choice.model}" if choice and choice.model else name


def choose(bench: Workbench, engine: ChosenEngine | None) -> Study:
    """The study's suggestions come from this engine from now on; None takes the best one."""
    # Whatever failed before may work now: the person has said so.
    registry.forget_failures()
    with bench.act(Act.CHOOSE_ENGINE) as work:
        old = work.require(Study, STUDY_ID)
        others = {name: value for name, value in old.options.items() if name != OPTION}
        study = replace(old, options=others if engine is None else {**others, OPTION: kept(engine)})
        work.put(study)
        if engine is not None:
            work.say(engine=engine.name, model=engine.model)
    return study


def kept(engine: ChosenEngine) -> dict[str, Any]:
    """The choice as the study keeps it: only what belongs to the engine."""
    warned = {"warning": engine.warning} if engine.warning else {}
    return {"name": engine.name, **engine.options, **warned}


def engine_of(bench: Workbench, name: str | None = None) -> EngineChoice:
    """The engine to use for this study: the named one, else the chosen one, else the best.

    A named engine is taken as it is; the others only when they work here.
    """
    choice = chosen(bench)
    if name:
        settings = choice.options if choice and choice.name == name else {}
        return registry.choice(name, settings)
    wanted = [(choice.name, choice.options)] if choice else []
    found = registry.best_available(bench.study().language, wanted)
    is_theirs = choice is not None and found.name == choice.name and not found.passed_over
    return replace(found, warning=choice.warning) if choice and is_theirs else found


def build_model(on_progress: Progress | None = None) -> None:
    """The offline sentence model, made in the user's cache; ``on_progress`` hears (steps, all).

    Takes about a minute. Raises the EngineProblem that tells what kept it from being made.
    """
    # Who looks up words reads the list where it lies, and Windows changes no file that is read.
    shared_worker("words").rest()
    with Worker(background=True) as worker:
        worker.build_model(on_progress)
    # One that was started meanwhile reads simplemma's list still.
    shared_worker("words").rest()
    offline.look_again()
    registry.forget_failures()


def can_be_built(choice: EngineChoice) -> bool:
    """Whether what keeps the best engine from being used is that its files are not (whole) here."""
    return any(
        isinstance(problem, BrokenEngine)
        or (isinstance(problem, MissingEngine) and problem.values.get("install") == MODEL_INSTALL)
        for problem in choice.passed_over
        if problem.values.get("engine") in OFFLINE_MODEL
    )


def is_of_the_model(choice: EngineChoice) -> bool:
    """Whether the engine is one of the offline model, and no better one of it lacks files."""
    return choice.name in OFFLINE_MODEL and not can_be_built(choice)


def try_model(bench: Workbench, engine: ChosenEngine) -> Trial:
    """How a model of one's own does on this study's texts; loads it, so it takes seconds.

    Raises the EngineProblem that tells why it cannot be used.
    """
    best = registry.best_available(bench.study().language).name
    with bench.store.reading() as rows:
        found = [
            text
            for kind in (REDUCTION, DOCUMENT)
            for _, text in rows.search_texts(Search(kind), 0, MOST_TEXTS)
        ]
    reference = "" if best in registry.PASSING else best
    return shared_worker().try_model(engine.options, found[:MOST_TEXTS], reference)
