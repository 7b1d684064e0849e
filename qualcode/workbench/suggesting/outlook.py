"""All answers looked through at once: which codes are unsure, and in which order to read on.

Done in a thread of its own when somebody asks for it, and kept in the study: what was made of it
stays as it is while people read, until it is asked for again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.calibration import Calibration
from qualcode.analysis.live_codes import weighted
from qualcode.analysis.reading_order import new_first, unsure_first
from qualcode.analysis.replay_offers import percent_of
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import QualcodeError
from qualcode.store.offers import CODE
from qualcode.store.outlook import Outlook, OutlookMade
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress, vectors_of
from qualcode.workbench.preparing import Preparation, beside, ended, going_on
from qualcode.workbench.suggesting import options, statistics
from qualcode.workbench.suggesting.allowing import unless_off
from qualcode.workbench.suggesting.dismissals import CODE as CODE_TURNED_DOWN
from qualcode.workbench.suggesting.dismissals import dismissed_keys, pairs
from qualcode.workbench.suggesting.keeping import write_down
from qualcode.workbench.suggesting.teaching import (
    LONGEST,
    Teaching,
    follow,
    has_codes,
    ready,
)

TASK = "looking through the answers"
PATIENCE = 0.2
AT_ONCE = 100
"""Answers ranked before others who need the same get their turn."""


class NoCodesYet(QualcodeError):
    template = (
        "There are no codes yet that the answers could be compared with. Take a codebook into use, "
        "or make a code, and ask again."
    )


@dataclass(frozen=True)
class _Seen:
    score: float
    chance: float | None
    code_id: str | None


def begin(bench: Workbench, patience: float = PATIENCE) -> Preparation | None:
    """Starts looking through all answers; how far it is, or its problem, None when it is done."""
    ended(bench.store, TASK)
    return beside(bench.store, TASK, lambda told: look_through(bench, told), patience)


def running(bench: Workbench) -> Preparation | None:
    """How far a looking through is; None when there is none."""
    return going_on(bench.store, TASK)


def problem(bench: Workbench) -> QualcodeError | None:
    """What ended the last looking through before it was done; told once."""
    return ended(bench.store, TASK)


def made(bench: Workbench) -> OutlookMade | None:
    """When it was last done; None when it never was."""
    with bench.store.reading() as rows:
        return rows.outlook_made()


def look_through(bench: Workbench, told: Progress) -> None:
    """Every answer that is short enough to be read as one gets its turns and its first code."""
    unless_off(bench)
    with bench.store.reading() as rows:
        if not has_codes(rows):
            raise NoCodesYet()
        revision = rows.revision()
        documents = _readable(rows)
        coded = _coded(rows)
        turned_down = _turned_down(rows)
    teaching = _taught(bench)
    # Counted anew, with what was decided a moment ago: what is told now stands until asked again.
    write_down(bench)
    meaning = statistics.meaning(bench, CODE, teaching.engine)
    texts = [document.text.strip() for document in documents]
    whole = 2 * len(texts)
    vectors = vectors_of(
        bench, teaching.engine, texts, lambda done, _all: told(min(done, len(texts)), whole)
    )
    there = np.zeros_like(vectors)
    seen: list[_Seen] = []
    weights = {item: options.weights(bench.study(), item) for item in _items(documents)}
    for start in range(0, len(documents), AT_ONCE):
        with teaching.lock:
            for row in range(start, min(start + AT_ONCE, len(documents))):
                there[row] = teaching.codes.placed(vectors[row])
                down = _down(turned_down, documents[row])
                seen.append(_seen(teaching, meaning, documents[row], vectors[row], weights, down))
        told(len(texts) + len(seen), whole)
    with bench.store.writing() as writing:
        writing.keep_outlook(_outlooks(documents, coded, there, seen, revision, bench.clock()))


def _readable(rows: Reading) -> list[Document]:
    found = [d for d in rows.find(Document, set_aside=False) if 0 < len(d.text.strip()) <= LONGEST]
    return sorted(found, key=lambda d: (d.position, d.id))


def _coded(rows: Reading) -> set[str]:
    segments = {s.id: s.document_id for s in rows.find(Segment)}
    return {segments[coding.segment_id] for coding in rows.find(Coding)}


def _turned_down(rows: Reading) -> dict[str, set[str]]:
    """The codes turned down for a whole answer or a passage, by its id."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, code_id in pairs(dismissed_keys(rows), CODE_TURNED_DOWN):
        found[subject].add(code_id)
    return found


def _down(turned_down: Mapping[str, set[str]], document: Document) -> set[str]:
    """Those of the whole answer; once it was a passage of its own when a space was left out."""
    text = document.text
    bare = f"{document.id}:{len(text) - len(text.lstrip())}-{len(text.rstrip())}"
    return turned_down.get(document.id, set()) | turned_down.get(bare, set())


def _items(documents: list[Document]) -> set[str | None]:
    return {document.item_id for document in documents}


def _taught(bench: Workbench) -> Teaching:
    """What the codings teach, waited for: this is beside everything else already."""
    while True:
        teaching = ready(bench, PATIENCE)
        if isinstance(teaching, Teaching):
            with bench.store.reading() as rows, teaching.lock:
                follow(bench, rows, teaching)
            if not teaching.spoilt:
                return teaching
        time.sleep(PATIENCE / 4)


def _seen(
    teaching: Teaching,
    meaning: Calibration,
    document: Document,
    vector: np.ndarray,
    weights: Mapping[str | None, dict[str, float]],
    down: Collection[str],
) -> _Seen:
    """The first code that has not been turned down (``down``) for the whole answer."""
    live = teaching.codes
    if not live.codes or not np.any(live.placed(vector)):
        return _Seen(0.0, None, None)
    own = f"{document.id}:0-{len(document.text)}"
    told = live.scores(vector, own, document.item_id)
    scores = weighted(told, live.codes, weights[document.item_id])
    for rank, place in enumerate(np.argsort(-scores, kind="stable"), start=1):
        code = live.codes[int(place)]
        if code.id in down:
            continue
        score = float(scores[place])
        if not np.isfinite(score):
            break
        # The second best does not become as sure as a first when that is turned down.
        return _Seen(score, meaning.chance(percent_of(score), rank), code.id)
    return _Seen(0.0, None, None)


def _outlooks(
    documents: list[Document],
    coded: set[str],
    there: np.ndarray,
    seen: list[_Seen],
    revision: int,
    at: str,
) -> list[Outlook]:
    """The two orders: what has a code comes last, for it is not what is to be read next."""
    waiting = [row for row, document in enumerate(documents) if document.id not in coded]
    known = [row for row, document in enumerate(documents) if document.id in coded]
    sureness = [
        # Of what nothing can be said, nothing can be learned either: after the others.
        np.inf if seen[row].code_id is None else seen[row].score
        for row in waiting
    ]
    unsure = [waiting[place] for place in unsure_first(sureness)]
    new = [waiting[place] for place in new_first(there[waiting], there[known])]
    turn_unsure = {row: turn for turn, row in enumerate([*unsure, *known], start=1)}
    turn_new = {row: turn for turn, row in enumerate([*new, *known], start=1)}
    return [
        Outlook(
            document.id,
            turn_unsure[row],
            turn_new[row],
            max(0, round(seen[row].score * 1000)),
            None if (chance := seen[row].chance) is None else round(chance * 1000),
            seen[row].code_id,
            revision,
            at,
        )
        for row, document in enumerate(documents)
    ]
