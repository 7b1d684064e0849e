"""The codes of a study as its codings have taught them, kept beside the study and never behind.

What is compared with is made once, in a thread of its own, and then follows the decision log: a
coding more or less is a few additions. Nobody's save waits for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from qualcode.analysis import live_codes
from qualcode.analysis.calibration import Calibration
from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.live_codes import LiveCodes
from qualcode.analysis.similarity import centre_of
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Decision
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import QualcodeError
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.store.offers import CODE
from qualcode.store.repository import Reading, Store
from qualcode.workbench.bench import Workbench
from qualcode.workbench.content_words import content_words
from qualcode.workbench.engines import engine_of
from qualcode.workbench.likeness import (
    Progress,
    kept_under,
    text_key,
    vector_of_question,
    vectors_of,
)
from qualcode.workbench.preparing import Preparation, beside
from qualcode.workbench.suggesting import statistics

T = TypeVar("T")

TEXTS = 600
"""Whole texts that tell what a text of this study is like in general."""

MOST_EXAMPLES = 6000
"""The newest coded expressions that are compared with when a study is opened."""

MOST_CHANGES = 400
"""Changed rows that are followed one by one; after more of them everything is made anew."""

JUDGED_AGAIN_AFTER = 20
"""Decisions after which it is counted anew what the scores have meant."""

JUDGED_SOON_AFTER = 3
"""The same while they mean nothing yet: the page of suggestions tells the very decision from which
on they do, and so few are counted at once."""

LONGEST = 2_000
"""Characters of an expression that are compared; the rest of a longer one is left out."""

REMEMBERED = 3000
"""Vectors of texts asked about that stay in memory."""

ANEW = frozenset({"code", "codebook"})
"""Kinds whose change can alter what the codes mean, or which of them there are."""


class NoLikeness(QualcodeError):
    template = (
        "Suggesting codes needs a language model, which is not installed on this computer: {what} "
        "Coding itself needs none."
    )


@dataclass(frozen=True)
class Passage:
    """What a segment says, and the question that its text answers, where there is one."""

    text: str
    question: str | None


@dataclass
class Teaching:
    """What the codings teach, as of ``revision``. Whoever uses it holds ``lock``."""

    revision: int
    engine: str
    kept_under: str
    codes: LiveCodes
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: OrderedDict[str, Vectors] = field(default_factory=OrderedDict)
    learning: threading.Thread | None = None
    reading: threading.Thread | None = None
    meaning: Calibration = field(default_factory=Calibration)
    judged_at: int = 0
    """the revision that ``meaning``, what the scores have meant so far, was counted at"""
    spoilt: bool = False
    """Too much has changed: it is to be made anew."""


_kept: WeakKeyDictionary[Store, dict[str, Teaching]] = WeakKeyDictionary()
"""Of each study, by the language of its codes' words: coders may read different ones."""


def _kept_of(bench: Workbench) -> Teaching | None:
    return _kept.get(bench.store, {}).get(bench.language)


def ready(bench: Workbench, patience: float) -> Teaching | Preparation:
    """What the codings teach, or how far making it has come. Raises ``NoLikeness``.

    An older one serves while a new one is made, but not after the codes themselves have changed.
    """
    kept = _kept_of(bench)
    if kept is not None and not kept.spoilt:
        return kept
    going_on = beside(
        bench.store, f"codes {bench.language}", lambda told: _make(bench, told), patience
    )
    if going_on is not None:
        if going_on.problem is not None:
            raise going_on.problem
        return going_on
    return _kept_of(bench) or Preparation()


def _make(bench: Workbench, told: Progress) -> None:
    with bench.store.reading() as rows:
        revision = rows.revision()
        words = words_of(rows, bench)
        texts = _some_texts(rows)
        examples, pairs = _examples(rows)
    engine = comparing(bench)
    everything = [
        *texts,
        *(passage.text for passage in examples.values()),
        *(word.name for word in words),
        *(word.described for word in words),
    ]
    if not everything:
        everything = [""]
    vectors = vectors_of(bench, engine, everything, told)
    # Each wording once, or 400 times "en tiedä" would become what the study is about.
    once = list({text: row for row, text in enumerate(texts)}.values())
    first_name = len(texts) + len(examples)
    live = LiveCodes(
        centre_of(vectors[once]) if once else np.zeros(vectors.shape[1], np.float32),
        words,
        vectors[first_name : first_name + len(words)],
        vectors[first_name + len(words) : first_name + 2 * len(words)],
    )
    rows_of = {id: len(texts) + place for place, id in enumerate(examples)}
    for segment_id, code_id in pairs:
        question = examples[segment_id].question
        live.add(segment_id, code_id, vectors[rows_of[segment_id]], question)
    lesson = live.lesson()
    if lesson is not None:
        live.learned = live_codes.learn(lesson, live.accepted)
    _kept.setdefault(bench.store, {})[bench.language] = Teaching(
        revision,
        engine,
        kept_under(bench, engine),
        live,
        meaning=_meaning(bench, engine),
        judged_at=revision,
    )


def comparing(bench: Workbench) -> str:
    """The study's engine when it compares meaning; ``NoLikeness`` when it could spelling only."""
    choice = engine_of(bench)
    if choice.name in registry.PASSING:
        why = choice.passed_over[-1] if choice.passed_over else ""
        raise NoLikeness(what=why)
    return choice.name


def has_codes(rows: Reading) -> bool:
    """Whether there is any code that could be offered."""
    in_use = tuple(book.id for book in rows.find(Codebook, in_use=True))
    return bool(in_use) and rows.count(Code, codebook_id=in_use) > 0


def codes_in_use(rows: Reading) -> list[Code]:
    """The codes of the codebooks in use, always in the same order."""
    in_use = tuple(book.id for book in rows.find(Codebook, in_use=True))
    return sorted(rows.find(Code, codebook_id=in_use), key=lambda c: c.id) if in_use else []


def words_of(rows: Reading, bench: Workbench) -> list[CodeWords]:
    """What the codes in use say of themselves in the analyst's language."""
    return [
        CodeWords(c.id, c.label(bench.language), c.definition(bench.language))
        for c in codes_in_use(rows)
    ]


def _some_texts(rows: Reading) -> list[str]:
    documents = sorted(rows.find(Document, set_aside=False), key=lambda d: d.id)
    return [d.text for d in _evenly(documents, TEXTS) if d.text.strip()]


def _examples(rows: Reading) -> tuple[dict[str, Passage], list[tuple[str, str]]]:
    """(segment id -> its passage, (segment id, code id) pairs), the newest codings."""
    codings = sorted(rows.find(Coding), key=lambda c: (c.created_at, c.id))[-MOST_EXAMPLES:]
    passages = passages_of(rows, {c.segment_id for c in codings})
    return passages, [(c.segment_id, c.code_id) for c in codings if c.segment_id in passages]


def passages_of(rows: Reading, segment_ids: Iterable[str]) -> dict[str, Passage]:
    """What stands in these segments; one that is gone is left out."""
    wanted = tuple(sorted(set(segment_ids)))
    segments = rows.find(Segment, id=wanted) if wanted else []
    documents = tuple({s.document_id for s in segments})
    found = {d.id: d for d in (rows.find(Document, id=documents) if documents else [])}
    return {
        s.id: Passage(s.of(found[s.document_id].text), found[s.document_id].item_id)
        for s in segments
    }


def _evenly(everything: Sequence[T], most: int) -> Sequence[T]:
    return everything[:: max(1, len(everything) // most)][:most]


# --- following the log ------------------------------------------------------------------------


def follow(bench: Workbench, rows: Reading, teaching: Teaching) -> None:
    """Brings what is known up to the study as it is now; ``teaching.lock`` is held."""
    if rows.revision() <= teaching.revision:
        # As it is; or this look began before that of another window, which has gone further.
        return
    decisions = rows.changes_since(teaching.revision, MOST_CHANGES)
    touched = {c.kind for d in decisions or () for c in d.changes}
    if decisions is None or (
        touched & ANEW and words_of(rows, bench) != list(teaching.codes.codes)
    ):
        teaching.spoilt = True
        return
    if "study" in touched and engine_of(bench).name != teaching.engine:
        teaching.spoilt = True
        return
    gone, come = _codings_of(decisions)
    passages = passages_of(rows, {segment_id for segment_id, _ in come}) if come else {}
    # Made before anything is noted: when the engine fails, the next look begins from here again.
    vectors = {id: vector_of(bench, rows, teaching, p.text) for id, p in passages.items()}
    teaching.revision = rows.revision()
    for segment_id, code_id in gone:
        teaching.codes.take(segment_id, code_id)
    for segment_id, code_id in come:
        if segment_id in vectors:
            question = passages[segment_id].question
            teaching.codes.add(segment_id, code_id, vectors[segment_id], question)
    if gone or come:
        _learn_beside(bench, teaching)


def _codings_of(
    decisions: Sequence[Decision],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(segment, code) of the codings that went and of those that came, taken together."""
    before: dict[str, Mapping[str, object] | None] = {}
    after: dict[str, Mapping[str, object] | None] = {}
    for decision in decisions:
        for change in decision.changes:
            if change.kind == "coding":
                before.setdefault(change.id, change.before)
                after[change.id] = change.after

    def pairs(sides: Mapping[str, Mapping[str, object] | None]) -> list[tuple[str, str]]:
        there = [side for side in sides.values() if side is not None]
        return [(str(side["segment_id"]), str(side["code_id"])) for side in there]

    return pairs(before), pairs(after)


def vector_of(bench: Workbench, rows: Reading, teaching: Teaching, text: str) -> Vectors:
    """The text's vector: from memory, from the study's cache, or made now and remembered."""
    known = teaching.asked.get(text)
    if known is None:
        known = made_or_kept(bench, rows, teaching, text)
        remember(teaching, text, known)
    return known


def made_or_kept(bench: Workbench, rows: Reading, teaching: Teaching, text: str) -> Vectors:
    """The text's vector from the study's cache, or made now."""
    kept = rows.vectors(teaching.kept_under, [text_key(text)])
    known = next((np.frombuffer(data, dtype="<f4") for data in kept.values()), None)
    if known is None or len(known) != len(teaching.codes.centre):
        known = vector_of_question(engine_of(bench), text)[0]
    return known


def remember(teaching: Teaching, text: str, vector: Vectors) -> None:
    """Keeps the vector in memory; the one asked about longest ago goes. ``lock`` is held."""
    teaching.asked[text] = vector
    if len(teaching.asked) > REMEMBERED:
        teaching.asked.popitem(last=False)


def read_ahead(bench: Workbench, document_ids: Sequence[str]) -> None:
    """The vectors and words of texts that come next, made beside, so that nobody waits then.

    Nothing happens while others are being made: what is asked now goes first.
    """
    teaching = _kept_of(bench)
    if teaching is None or teaching.spoilt or not document_ids:
        return
    if teaching.reading is not None and teaching.reading.is_alive():
        return

    def work() -> None:
        # What goes wrong here is met, and told, by who asks about the text itself.
        texts = []
        with suppress(QualcodeError), bench.store.reading() as rows:
            for document in rows.find(Document, id=tuple(document_ids)):
                text = document.text[:LONGEST].strip()
                texts.append(text)
                if text and text not in teaching.asked:
                    vector = made_or_kept(bench, rows, teaching, text)
                    with teaching.lock:
                        remember(teaching, text, vector)
        with suppress(QualcodeError):
            content_words(bench, texts)

    teaching.reading = threading.Thread(target=work, name="reading-ahead", daemon=True)
    teaching.reading.start()


def _meaning(bench: Workbench, engine: str) -> Calibration:
    return statistics.meaning(bench, CODE, engine)


def _learn_beside(bench: Workbench, teaching: Teaching) -> None:
    if teaching.learning is not None and teaching.learning.is_alive():
        return
    lesson, examples = teaching.codes.lesson(), teaching.codes.accepted
    patience = JUDGED_AGAIN_AFTER if teaching.meaning.curve else JUDGED_SOON_AFTER
    grown = teaching.revision - teaching.judged_at > patience
    if lesson is None and not grown:
        return

    def work() -> None:
        learned = teaching.codes.learned if lesson is None else live_codes.learn(lesson, examples)
        meaning = _meaning(bench, teaching.engine) if grown else teaching.meaning
        with teaching.lock:
            teaching.codes.learned = learned
            teaching.meaning = meaning
            if grown:
                teaching.judged_at = teaching.revision

    teaching.learning = threading.Thread(target=work, name="learning-codes", daemon=True)
    teaching.learning.start()


def wait_until_read(bench: Workbench, seconds: float) -> None:
    """For measurements and tests: until the texts that come next have been read."""
    kept = _kept_of(bench)
    if kept is not None and kept.reading is not None:
        kept.reading.join(seconds)
