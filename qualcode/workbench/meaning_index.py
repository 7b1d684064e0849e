"""What a search by meaning compares with: every text of the study, made once and kept up to date.

Vectors are the suggestions' own and are kept in the study; they are read some at a time, centred
and packed. A text that is added or changed later takes a row of its own beside them; the whole is
made anew only after many changes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis import similarity
from qualcode.analysis.nearest_rows import Rows
from qualcode.domain.errors import QualcodeError
from qualcode.nlp.embedding import Vectors
from qualcode.store.repository import Reading, Store
from qualcode.store.search_query import DOCUMENT, SEARCHED, Search
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import kept_under, text_key, vectors_of
from qualcode.workbench.preparing import Progress
from qualcode.workbench.search_keys import every_text

MADE_AT_ONCE = 200
"""Texts without a vector that a search makes by itself; for more it asks first."""

AT_ONCE = 2000
"""Vectors read at a time."""

SAMPLE = 10_000
"""Different texts, evenly taken, that the middle of the study is the mean of."""

SMALL = 2000
"""Texts of a study so small that everything is made anew after a change."""

ROOM = 0.1
"""Share of empty rows for what is written later."""

MOST_CHANGED = 5000
"""Rows touched since, after which it is made anew."""

SHORTEST_ID = 32
"""Characters that an id has room for: new ones have so many."""


class NotPrepared(QualcodeError):
    """``count`` texts have no vector yet."""

    template = (
        "{count} texts have not been prepared for searching by meaning yet. Choose “Prepare”: it "
        "takes from some seconds to a few minutes and is done once."
    )


@dataclass(frozen=True)
class Compared:
    """The texts as of a revision: their packed vectors, and which row is whose.

    Only the first ``used`` rows count, and of these the ``alive`` ones. What is written later goes
    into rows beyond them, so who is still looking at an older one is not disturbed.
    """

    revision: int
    kept_under: str
    centre: Vectors
    rows: Rows
    kinds: NDArray[np.uint8] = field(repr=False)
    ids: NDArray[np.bytes_] = field(repr=False)
    alive: NDArray[np.bool_] = field(repr=False)
    used: int

    def name(self, place: int) -> tuple[str, str]:
        """(kind, id) of a row."""
        return SEARCHED[self.kinds[place]], bytes(self.ids[place]).decode()

    def places(self, kind: str, ids: Sequence[str]) -> NDArray[np.bool_]:
        """Which of the rows are these."""
        asked = np.array([id.encode() for id in ids], dtype=np.bytes_)
        of_kind = self.kinds[: self.used] == SEARCHED.index(kind)
        found: NDArray[np.bool_] = of_kind & np.isin(self.ids[: self.used], asked)
        return found


_kept: WeakKeyDictionary[Store, Compared] = WeakKeyDictionary()
_changing = threading.Lock()


def current(bench: Workbench, engine: str, dimensions: int) -> Compared | None:
    """What is kept, brought up to date; None when it has to be made anew, which takes a while.

    Raises ``NotPrepared`` when many texts that came later lack a vector.
    """
    with _changing:
        kept = _kept.get(bench.store)
        if kept is None or kept.kept_under != kept_under(bench, engine):
            return None
        if kept.rows.dimensions != dimensions:
            return None
        with bench.store.reading() as rows:
            revision = rows.revision()
            if revision == kept.revision:
                return kept
            touched = {kind: rows.touched_since(kept.revision, kind) for kind in SEARCHED}
            changes = _changes(rows, kept, touched)
        if changes is None:
            return None
        gone, new = changes
        if new or gone.any():
            if kept.used <= SMALL or kept.used + len(new) > kept.rows.room:
                return None
            kept = _with(bench, engine, kept, gone, new)
        _kept[bench.store] = kept = replace(kept, revision=revision)
        return kept


def make(bench: Workbench, engine: str, dimensions: int, told: Progress | None = None) -> Compared:
    """The same made anew. Raises ``NotPrepared`` when many texts lack a vector."""
    with _changing:
        # The old one goes first: the two of them would need the memory of two studies.
        _kept.pop(bench.store, None)
    made = _made(bench, engine, dimensions, told)
    with _changing:
        _kept[bench.store] = made
    return made


# --- made anew --------------------------------------------------------------------------------


def _made(bench: Workbench, engine: str, dimensions: int, told: Progress | None) -> Compared:
    with bench.store.reading() as rows:
        revision = rows.revision()
        names: list[tuple[int, bytes]] = []
        keys: list[str] = []
        for number, kind in enumerate(SEARCHED):
            for id, text in every_text(rows, Search(kind)):
                names.append((number, id.encode()))
                keys.append(text_key(text))
    room = len(names) + max(SMALL, int(ROOM * len(names)))
    packed = Rows(room, dimensions)
    centre = _centre(bench, engine, keys, dimensions)
    lacking: list[int] = []
    for first in range(0, len(keys), AT_ONCE):
        vectors, without = _vectors(bench, engine, keys[first : first + AT_ONCE], dimensions)
        packed.put(first, similarity.centred(vectors, centre))
        lacking += (first + place for place in without)
        if told is not None:
            told(min(first + AT_ONCE, len(keys)), len(keys))
    made = Compared(
        revision,
        kept_under(bench, engine),
        centre,
        packed,
        np.zeros(room, np.uint8),
        np.zeros(room, f"S{max(SHORTEST_ID, *(len(id) for _, id in names), 1)}"),
        np.zeros(room, np.bool_),
        len(names),
    )
    made.kinds[: made.used] = [kind for kind, _ in names]
    made.ids[: made.used] = [id for _, id in names]
    made.alive[: made.used] = True
    if not lacking:
        return made
    if len({keys[place] for place in lacking}) > MADE_AT_ONCE:
        raise NotPrepared(count=len({keys[place] for place in lacking}))
    _fill(bench, engine, made, lacking)
    # What was made just now belongs to the middle too, and counts much in a study of few texts.
    return _made(bench, engine, dimensions, told) if len(keys) <= SMALL else made


def _centre(bench: Workbench, engine: str, keys: Sequence[str], dimensions: int) -> Vectors:
    """The middle of the study. Each wording counts once, or 400 times "en tiedä" would become what
    it is about; keys are as good as drawn by lot, so evenly taken they are a fair sample."""
    once = sorted(set(keys))
    once = once[:: max(1, len(once) // SAMPLE)]
    total, count = np.zeros(dimensions), 0
    for first in range(0, len(once), AT_ONCE):
        vectors, _ = _vectors(bench, engine, once[first : first + AT_ONCE], dimensions)
        total += vectors.sum(axis=0, dtype=np.float64)
        count += int(np.any(vectors, axis=1).sum())
    if count < similarity.FEWEST_TO_CENTRE:
        return np.zeros(dimensions, np.float32)
    return (total / count).astype(np.float32)


def _vectors(
    bench: Workbench, engine: str, keys: Sequence[str], dimensions: int
) -> tuple[Vectors, list[int]]:
    """The kept vectors of some texts, and the places of those that have none (a row of zeros)."""
    with bench.store.reading() as rows:
        kept = rows.vectors(kept_under(bench, engine), list(dict.fromkeys(keys)))
    vectors = np.zeros((len(keys), dimensions), np.float32)
    lacking = []
    for place, key in enumerate(keys):
        data = kept.get(key, b"")
        if len(data) == dimensions * vectors.itemsize:
            vectors[place] = np.frombuffer(data, "<f4")
        else:
            lacking.append(place)
    return vectors, lacking


def _fill(bench: Workbench, engine: str, made: Compared, places: Sequence[int]) -> None:
    """These rows get the vectors of their texts, made now."""
    for kind, some in groupby(places, key=lambda place: made.name(place)[0]):
        row_of = {made.name(place)[1]: place for place in some}
        with bench.store.reading() as rows:
            texts = dict(every_text(rows, Search(kind, ids=tuple(row_of))))
        vectors = vectors_of(bench, engine, list(texts.values()), None)
        for id, vector in zip(texts, similarity.centred(vectors, made.centre), strict=True):
            made.rows.put(row_of[id], vector[None, :])


# --- kept up to date --------------------------------------------------------------------------


def _changes(
    rows: Reading, kept: Compared, touched: dict[str, list[str]]
) -> tuple[NDArray[np.bool_], list[tuple[str, str, str]]] | None:
    """(which rows go, what comes as (kind, id, text)); None when it is too much."""
    gone = np.zeros(kept.used, np.bool_)
    new: list[tuple[str, str, str]] = []
    for kind, ids in touched.items():
        if len(ids) > MOST_CHANGED:
            return None
        if not ids:
            continue
        places = kept.places(kind, ids) & kept.alive[: kept.used]
        wanted = set(ids)
        if kind == DOCUMENT:
            # A document's text never changes: only those that came or went matter.
            had = {kept.name(int(place))[1] for place in np.flatnonzero(places)}
            there = set(rows.search_ids(Search(kind, ids=tuple(ids))))
            places = kept.places(kind, sorted(had - there)) & kept.alive[: kept.used]
            wanted = there - had
        gone |= places
        if wanted:
            asked = Search(kind, ids=tuple(sorted(wanted)))
            new += ((kind, id, text) for id, text in every_text(rows, asked))
    if any(len(id.encode()) > kept.ids.itemsize for _, id, _ in new):
        return None
    return gone, new


def _with(
    bench: Workbench,
    engine: str,
    kept: Compared,
    gone: NDArray[np.bool_],
    new: Sequence[tuple[str, str, str]],
) -> Compared:
    keys = [text_key(text) for *_, text in new]
    vectors, lacking = _vectors(bench, engine, keys, kept.rows.dimensions)
    if len(lacking) > MADE_AT_ONCE:
        raise NotPrepared(count=len(lacking))
    if lacking:
        vectors[lacking] = vectors_of(bench, engine, [new[place][2] for place in lacking], None)
    first, last = kept.used, kept.used + len(new)
    if new:
        kept.rows.put(first, similarity.centred(vectors, kept.centre))
        kept.kinds[first:last] = [SEARCHED.index(kind) for kind, *_ in new]
        kept.ids[first:last] = [id.encode() for _, id, _ in new]
        kept.alive[first:last] = True
    kept.alive[:first][gone] = False
    return replace(kept, used=last)
