"""Searching by meaning: the texts, reductions and memos nearest to what somebody wrote.

Vectors are the suggestions' own and are kept in the study. What a search compares with stays in
memory, in half precision (6 MB for ten thousand answers), as long as no text is added or changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis import similarity
from qualcode.domain.errors import QualcodeError
from qualcode.nlp import registry
from qualcode.nlp.embedding import Vectors
from qualcode.store.repository import Reading, Store
from qualcode.store.search_query import ANY_TEXT, SEARCHED, Search, SearchRow
from qualcode.store.views import AnswerQuery
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.likeness import kept_under, lacking, vectors_of
from qualcode.workbench.preparing import Preparation, Progress, beside
from qualcode.workbench.search_keys import every_text

MOST = 100
"""Texts listed: what lies further away has little to do with the question."""

MADE_AT_ONCE = 200
"""Texts without a vector that a search makes by itself; for more it asks first."""


class NoMeaning(QualcodeError):
    template = (
        "Searching by meaning needs a language model, which is not installed on this computer: "
        "{what} Until then, search for the words."
    )


class NotPrepared(QualcodeError):
    """``count`` texts have no vector yet."""

    template = (
        "{count} texts have not been prepared for searching by meaning yet. Choose “Prepare”: it "
        "takes from some seconds to a few minutes and is done once."
    )


@dataclass(frozen=True)
class Near:
    """A row with how near it is: 1 the same, 0 no more alike than any two texts of the study."""

    row: SearchRow
    likeness: float


def nearest(
    bench: Workbench, question: str, where: tuple[str, ...], texts: AnswerQuery = ANY_TEXT
) -> list[Near]:
    """What is nearest to the question in meaning, at most a hundred, the nearest first.

    Raises ``NoMeaning`` when no engine here compares meaning, ``NotPrepared`` when many texts
    lack a vector.
    """
    compared = _compared(bench)
    vector = vectors_of(bench, compared.engine, [question], None)
    if not np.any(vector):
        return []
    scores = compared.vectors.astype(np.float32) @ similarity.centred(vector, compared.centre)[0]
    with bench.store.reading() as rows:
        wanted = {kind: _allowed(rows, kind, texts) for kind in where}
        left_out = [
            place
            for place, (kind, id) in enumerate(compared.ids)
            if kind not in wanted or (wanted[kind] is not None and id not in (wanted[kind] or ()))
        ]
        places = similarity.nearest(scores, MOST, left_out)
        found = {
            (kind, row.id): row
            for kind in wanted
            for row in rows.search(
                Search(kind, ids=tuple(compared.ids[p][1] for p in places)), 0, MOST
            ).rows
        }
    return [
        Near(found[compared.ids[place]], round(float(scores[place]), 3))
        for place in places
        if compared.ids[place] in found
    ]


def prepare(bench: Workbench, on_progress: Progress | None = None) -> int:
    """Every text gets its vector; gives how many texts there are."""
    with bench.store.reading() as rows:
        texts = [text for kind in SEARCHED for _, text in every_text(rows, Search(kind))]
    if texts:
        vectors_of(bench, _engine(bench), texts, on_progress)
    return len(texts)


def prepare_beside(bench: Workbench, patience: float) -> Preparation | None:
    """The same in a thread of its own; None when everything has its vector."""
    return beside(bench.store, "vectors", lambda told: prepare(bench, told), patience)


# --- what is compared -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Compared:
    """Every text of the study as of a revision: (kind, id), and its centred vector.

    ``kept_under`` tells the engine and its files.
    """

    revision: int
    engine: str
    kept_under: str
    ids: tuple[tuple[str, str], ...]
    centre: Vectors
    vectors: NDArray[np.float16]


_kept: WeakKeyDictionary[Store, _Compared] = WeakKeyDictionary()
_making = threading.Lock()


def _compared(bench: Workbench) -> _Compared:
    with _making:
        kept = _kept.get(bench.store)
        if kept is None or _has_changed(bench, kept):
            # The old one goes first: the two of them would need the memory of two studies.
            _kept.pop(bench.store, None)
            _kept[bench.store] = kept = _made(bench)
        return kept


def _has_changed(bench: Workbench, kept: _Compared) -> bool:
    if kept.kept_under != kept_under(bench, _engine(bench)):
        return True
    with bench.store.reading() as rows:
        if rows.revision() == kept.revision:
            return False
        return any(rows.touched_since(kept.revision, kind) for kind in SEARCHED)


def _made(bench: Workbench) -> _Compared:
    engine = _engine(bench)
    with bench.store.reading() as rows:
        revision = rows.revision()
        every = [
            (kind, id, text) for kind in SEARCHED for id, text in every_text(rows, Search(kind))
        ]
    texts = [text for *_, text in every]
    count = lacking(bench, engine, texts)
    if count > MADE_AT_ONCE:
        raise NotPrepared(count=count)
    vectors = vectors_of(bench, engine, texts, None) if texts else np.zeros((0, 1), np.float32)
    # Each wording once, or 400 times "en tiedä" would become what the study is about.
    once = list({text: row for row, text in enumerate(texts)}.values())
    centre = similarity.centre_of(vectors[once])
    return _Compared(
        revision,
        engine,
        kept_under(bench, engine),
        tuple((kind, id) for kind, id, _ in every),
        centre,
        similarity.centred(vectors, centre).astype(np.float16),
    )


def _engine(bench: Workbench) -> str:
    choice = engine_of(bench)
    if choice.name in registry.PASSING:
        why = choice.passed_over[-1] if choice.passed_over else ""
        raise NoMeaning(what=why)
    return choice.name


def _allowed(rows: Reading, kind: str, texts: AnswerQuery) -> set[str] | None:
    """Ids of the rows that meet the conditions; None for all of them."""
    if texts == ANY_TEXT:
        return None
    return {id for id, _ in every_text(rows, Search(kind, texts=texts))}
