"""Searching by meaning: the texts, reductions and memos nearest to what somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis import similarity
from qualcode.analysis.nearest_rows import highest
from qualcode.domain.errors import QualcodeError
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.nlp.registry import EngineChoice
from qualcode.store.repository import Reading, Store
from qualcode.store.search_query import ANY_TEXT, SEARCHED, Search, SearchRow
from qualcode.store.views import AnswerQuery
from qualcode.workbench import meaning_index
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.likeness import vector_of_question, vectors_of
from qualcode.workbench.meaning_index import Compared
from qualcode.workbench.preparing import Preparation, Progress, beside, going_on
from qualcode.workbench.search_keys import SLICE

MOST = 100
"""Texts listed: what lies further away has little to do with the question."""

QUESTIONS = 64
"""Vectors of what was asked last, kept for who pages on or filters."""

VECTORS, INDEX = "vectors", "what a search by meaning compares with"
"""The two works that a search may have to wait for."""


class NoMeaning(QualcodeError):
    template = (
        "Searching by meaning needs a language model, which is not installed on this computer: "
        "{what} Until then, search for the words."
    )


@dataclass(frozen=True)
class Near:
    """A row with how near it is: 1 the same, 0 no more alike than any two texts of the study."""

    row: SearchRow
    likeness: float


def nearest(
    bench: Workbench,
    question: str,
    where: tuple[str, ...],
    texts: AnswerQuery = ANY_TEXT,
    patience: float = 60.0,
) -> list[Near] | Preparation:
    """What is nearest to the question in meaning, at most a hundred, the nearest first.

    How far it is, when what is compared is not ready within ``patience`` seconds. Raises
    ``NoMeaning`` when no engine here compares meaning, ``NotPrepared`` when many texts lack a
    vector.
    """
    going = going_on(bench.store, VECTORS)
    if going is not None:
        return going
    engine = _engine(bench)
    asked = _asked(engine, question)
    compared = meaning_index.current(bench, engine.name, asked.size)
    if compared is None:
        state = beside(
            bench.store,
            INDEX,
            lambda told: meaning_index.make(bench, engine.name, asked.size, told),
            patience,
        )
        if state is not None and state.problem is not None:
            raise state.problem
        compared = None if state else meaning_index.current(bench, engine.name, asked.size)
        if compared is None:
            return state or Preparation()
    if not np.any(asked):
        return []
    with bench.store.reading() as rows:
        scores = compared.rows.scores(similarity.centred(asked, compared.centre)[0], compared.used)
        scores[~_wanted(rows, bench.store, compared, where, texts)] = 0
        places = highest(scores, MOST)
        names = [compared.name(place) for place in places]
        found = {
            (kind, row.id): row
            for kind in {of_kind for of_kind, _ in names}
            for row in rows.search(
                Search(kind, ids=tuple(id for of_kind, id in names if of_kind == kind)), 0, MOST
            ).rows
        }
    return [
        Near(found[name], round(float(scores[place]), 3))
        for name, place in zip(names, places, strict=True)
        if name in found
    ]


def prepare(bench: Workbench, on_progress: Progress | None = None) -> int:
    """Every text gets its vector; gives how many texts there are."""
    engine = _engine(bench).name
    with bench.store.reading() as rows:
        whole = sum(rows.search(Search(kind), 0, 0).total for kind in SEARCHED)
    done = 0
    for kind in SEARCHED:
        offset = 0
        # A question of its own for each slice: making vectors may take minutes.
        while part := _slice(bench, kind, offset):
            vectors_of(bench, engine, part, _of(whole, done, on_progress))
            offset += len(part)
            done += len(part)
    return done


def _slice(bench: Workbench, kind: str, offset: int) -> list[str]:
    with bench.store.reading() as rows:
        return [text for _, text in rows.search_texts(Search(kind), offset, SLICE)]


def prepare_beside(bench: Workbench, patience: float) -> Preparation | None:
    """The same in a thread of its own; None when everything has its vector."""
    return beside(bench.store, VECTORS, lambda told: prepare(bench, told), patience)


def _of(whole: int, before: int, on_progress: Progress | None) -> Progress | None:
    """The progress of a part, told as that of the whole."""
    if on_progress is None:
        return None
    tell = on_progress
    return lambda done, _part: tell(min(before + done, whole), whole)


# --- the question -----------------------------------------------------------------------------


def _engine(bench: Workbench) -> EngineChoice:
    choice = engine_of(bench)
    if choice.name in registry.PASSING:
        why = choice.passed_over[-1] if choice.passed_over else ""
        raise NoMeaning(what=why)
    return choice


_questions: dict[tuple[str, str], Vectors] = {}
_lock = Lock()


def _asked(engine: EngineChoice, question: str) -> Vectors:
    """The question's vector, one row. It is not kept in the study: it is none of its texts."""
    name = (registry.vectors_key(engine.name, engine.options), question)
    with _lock:
        known = _questions.get(name)
    if known is not None:
        return known
    vector = vector_of_question(engine, question)
    with _lock:
        while len(_questions) >= QUESTIONS:
            _questions.pop(next(iter(_questions)))
        _questions[name] = vector
    return vector


# --- which rows -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Allowed:
    """The rows that meet conditions for texts, as of a revision: kept for who types on."""

    revision: int
    texts: AnswerQuery
    rows: NDArray[np.bool_]


_allowed: WeakKeyDictionary[Store, _Allowed] = WeakKeyDictionary()


def _wanted(
    rows: Reading, store: Store, compared: Compared, where: tuple[str, ...], texts: AnswerQuery
) -> NDArray[np.bool_]:
    """Which rows are looked at: of these kinds, and by these conditions."""
    numbers = [SEARCHED.index(kind) for kind in where]
    wanted = compared.alive[: compared.used] & np.isin(compared.kinds[: compared.used], numbers)
    if texts == ANY_TEXT:
        return wanted
    kept = _allowed.get(store)
    if kept is None or (kept.revision, kept.texts) != (compared.revision, texts):
        met = np.zeros(compared.used, np.bool_)
        for kind in SEARCHED:
            met |= compared.places(kind, rows.search_ids(Search(kind, texts=texts)))
        _allowed[store] = kept = _Allowed(compared.revision, texts, met)
    return wanted & kept.rows
