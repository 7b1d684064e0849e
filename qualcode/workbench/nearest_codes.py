"""The codes nearest in meaning to what somebody is about to code, while they open the picker.

Nobody waits for it: what a text is compared with (the codes' words, and a sample of what has been
coded) is made in a thread of its own and kept as long as the study has not gone far beyond it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.analysis.expressions import Expressions
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document, Segment
from qualcode.nlp import registry
from qualcode.nlp.embedding import Embedder
from qualcode.nlp.problems import EngineProblem
from qualcode.store.repository import Reading, Store
from qualcode.workbench.bench import Workbench

T = TypeVar("T")

SAMPLE = 600
"""Coded expressions that stand for all; each with its codes is an example."""

TEXTS = 200
"""Whole texts beside them: what a text of this study is like in general."""

GROWN = 200
"""Decisions after which what was kept is made anew."""

SPARE = 5
"""Codes looked at beyond the limit, for those that went out of use meanwhile."""

MOST_LANGUAGES = 3
"""Languages that a study's codes are compared in at the same time: windows may differ in theirs."""

ASKED = "asked"


@dataclass(frozen=True)
class _Compared:
    """What a text is compared with, as of a revision. Without an engine nothing is near."""

    revision: int
    engine: Embedder | None
    words: tuple[CodeWords, ...] = ()
    names: Expressions | None = None
    descriptions: Expressions | None = None
    sample: Expressions | None = None
    accepted: tuple[tuple[str, str], ...] = ()

    def nearest(self, text: str, limit: int) -> list[str]:
        """Ids of the codes, the nearest first; none for a text the engine cannot read."""
        if self.engine is None or not (self.names and self.descriptions and self.sample):
            return []
        vector = self.engine.embed([text])
        if not np.any(vector):
            return []
        items = Expressions(
            (*self.sample.ids, ASKED),
            (*self.sample.texts, text),
            np.concatenate([self.sample.vectors, vector]),
        )
        suggester = CodeSuggester(
            items,
            self.words,
            self.names,
            self.descriptions,
            self.accepted,
            engine=self.engine.name,
        )
        scores = suggester.scores_at_once(ASKED)
        return [self.words[int(place)].id for place in np.argsort(-scores, kind="stable")[:limit]]


class _Study:
    """What is kept of one study: per language of the codes' words, that used last at the end."""

    def __init__(self) -> None:
        self.kept: dict[str, _Compared] = {}
        self.making: dict[str, threading.Thread] = {}

    def current(self, language: str) -> _Compared | None:
        found = self.kept.pop(language, None)
        if found is not None:
            self.kept[language] = found
        return found

    def keep(self, language: str, made: _Compared) -> None:
        self.kept.pop(language, None)
        while len(self.kept) >= MOST_LANGUAGES:
            del self.kept[next(iter(self.kept))]
        self.kept[language] = made


_studies: WeakKeyDictionary[Store, _Study] = WeakKeyDictionary()
_lock = threading.Lock()


def nearest_codes(bench: Workbench, text: str, limit: int) -> list[str] | None:
    """Ids of codes in use, the nearest in meaning first; None while nothing is ready yet.

    Empty when no engine that works in this process understands the study's language.
    """
    with bench.store.reading() as rows:
        revision = rows.revision()
        in_use = {code.id for code in _codes(rows)}
    with _lock:
        study = _studies.setdefault(bench.store, _Study())
        current = study.current(bench.language)
        if current is None or revision - current.revision > GROWN:
            _make_beside(bench, study)
    if current is None:
        return None
    return [id for id in current.nearest(text, limit + SPARE) if id in in_use][:limit]


def wait_until_ready(bench: Workbench, seconds: float) -> bool:
    """For tests and measurements: whether what is being made was done in this time."""
    with _lock:
        study = _studies.setdefault(bench.store, _Study())
        thread = study.making.get(bench.language)
    if thread is not None:
        thread.join(seconds)
        return not thread.is_alive()
    return bench.language in study.kept


def _make_beside(bench: Workbench, study: _Study) -> None:
    if bench.language in study.making:
        return
    thread = threading.Thread(target=_make, args=(bench, study), name="nearest-codes", daemon=True)
    study.making[bench.language] = thread
    thread.start()


def _make(bench: Workbench, study: _Study) -> None:
    try:
        made = _compared(bench)
        with _lock:
            study.keep(bench.language, made)
    finally:
        with _lock:
            study.making.pop(bench.language, None)


def _compared(bench: Workbench) -> _Compared:
    with bench.store.reading() as rows:
        revision = rows.revision()
        codes = _codes(rows)
        examples, accepted = _examples(rows)
    engine = _engine()
    if engine is None or not codes:
        return _Compared(revision, None)
    words = tuple(
        CodeWords(c.id, c.label(bench.language), c.definition(bench.language)) for c in codes
    )
    ids = tuple(word.id for word in words)

    def expressions(ids: tuple[str, ...], texts: tuple[str, ...]) -> Expressions:
        return Expressions(ids, texts, engine.embed(texts))

    try:
        return _Compared(
            revision,
            engine,
            words,
            expressions(ids, tuple(word.name for word in words)),
            expressions(ids, tuple(word.described for word in words)),
            expressions(tuple(examples), tuple(examples.values())),
            accepted,
        )
    except EngineProblem:
        # An offer again: without it the picker lists the codes as it does without an engine, and
        # the engine is not asked again at every key.
        return _Compared(revision, None)


def _engine() -> Embedder | None:
    """The best engine that is light enough for this process and compares meaning."""
    for name in sorted(registry.LIGHT - registry.PASSING):
        try:
            registry.probe(name)
            return registry.embedder(name)
        except EngineProblem:
            # Suggestions are an offer: the pages where they are asked for say why there are none.
            continue
    return None


def _codes(rows: Reading) -> list[Code]:
    in_use = tuple(book.id for book in rows.find(Codebook, in_use=True))
    return sorted(rows.find(Code, codebook_id=in_use), key=lambda c: c.id) if in_use else []


def _examples(rows: Reading) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """(id -> text, (id, code id) pairs): coded expressions and some texts, evenly taken."""
    codings = _evenly(sorted(rows.find(Coding), key=lambda c: (c.created_at, c.id)), SAMPLE)
    segments = rows.find(Segment, id=tuple({c.segment_id for c in codings})) if codings else []
    coded = {s.document_id for s in segments}
    texts = {d.id: d.text for d in (rows.find(Document, id=tuple(coded)) if coded else [])}
    others = _evenly(sorted(rows.find(Document, set_aside=False), key=lambda d: d.id), TEXTS)
    return (
        {f"text {d.id}": d.text for d in others}
        | {s.id: s.of(texts[s.document_id]) for s in segments},
        tuple((c.segment_id, c.code_id) for c in codings),
    )


def _evenly(everything: Sequence[T], most: int) -> Sequence[T]:
    return everything[:: max(1, len(everything) // most)][:most]
