"""Codes for the expression under the cursor: the three nearest, with a score and reasons.

Asked beside the coding and never in its way. What this coder has given already, or anybody has
turned down here, is not offered; in blind mode nothing is, until the coder has decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.live_codes import LiveCodes, weighted
from qualcode.analysis.replay_offers import percent_of
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import SegmentOutsideText, UnknownRow
from qualcode.domain.suggestions import Candidate, Dismissal, Reason, ReasonKind, Suggestion
from qualcode.store.offers import CODE as CODE_OFFER
from qualcode.store.offers import COMPARED, SHOWN, WITHHELD
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.content_words import words_at_once
from qualcode.workbench.preparing import Preparation
from qualcode.workbench.suggesting import keeping, options
from qualcode.workbench.suggesting.code_reasons import NONE, Grounds, grounds_of, reasons_of
from qualcode.workbench.suggesting.dismissals import CODE, dismiss
from qualcode.workbench.suggesting.options import Shown
from qualcode.workbench.suggesting.teaching import (
    LONGEST,
    Teaching,
    follow,
    ready,
    vector_of,
)

OFFERED = 3
PATIENCE = 0.05
"""Seconds that a question waits for what it is compared with; then it is told how far that is."""


@dataclass(frozen=True)
class Span:
    """A passage of a text in code points."""

    document_id: str
    start: int
    end: int

    @property
    def segment_id(self) -> str:
        return f"{self.document_id}:{self.start}-{self.end}"


@dataclass(frozen=True)
class CodeOffers:
    """What is offered for a passage.

    ``going_on`` tells how far the preparing has come when nothing can be said yet. ``blind``:
    nothing is told before the coder's own decision; after it ``given`` names the coder's codes.
    """

    suggestion: Suggestion | None = None
    way: str = ""
    going_on: Preparation | None = None
    shown: Shown = Shown.SHOWN
    given: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()
    """how often such scores have been chosen in this study, candidate by candidate; empty while
    too little has been decided to tell"""
    withheld: bool = False
    """nothing reached the limit below which the analyst wants no suggestions"""


@dataclass(frozen=True)
class _Looked:
    """What is offered, the place that each had before anything was left out, and the grounds."""

    suggestion: Suggestion
    places: tuple[int, ...] = ()
    grounds: Grounds = NONE
    order: tuple[str, ...] = ()
    """ids of all the codes that could have been offered, the nearest first"""


@dataclass(frozen=True)
class _Found:
    """What there is to be told of a passage, before anybody has been told."""

    looked: _Looked
    how: Shown
    given: set[str]
    refused: dict[str, str]
    way: str
    chances: tuple[float, ...]
    withheld: bool


def offers_for(bench: Workbench, span: Span) -> CodeOffers:
    """The nearest codes for the passage. Raises ``NoLikeness`` when nothing here can compare."""
    found = _found(bench, span)
    if isinstance(found, CodeOffers):
        return found
    how, given = found.how, found.given
    keeping.note(
        bench,
        CODE_OFFER,
        (span.document_id, span.start, span.end),
        found.looked.suggestion.candidates,
        found.looked.suggestion.engine,
        # Also after a rejection it is no first look, which would take the place of what was judged.
        later=how is not Shown.BLIND and (bool(given) or bench.coder in found.refused.values()),
        # What was not shown is kept too, or the limit could never be found to be too high.
        seen=WITHHELD if found.withheld else COMPARED if how is Shown.BLIND else SHOWN,
    )
    return CodeOffers(
        replace(found.looked.suggestion, candidates=())
        if found.withheld
        else _with_reasons(bench, found.looked),
        found.way,
        shown=how,
        given=tuple(sorted(given)),
        chances=found.chances,
        withheld=found.withheld,
    )


def nearest_offers(bench: Workbench, span: Span, limit: int) -> list[str] | None:
    """Ids of the nearest codes in the order of the offers, for a list of codes to choose from.

    None while what is compared with is being made; empty where the offers tell nothing either.
    Raises ``NoLikeness``. It stands beside the offers, so it is not counted as one.
    """
    found = _found(bench, span)
    if isinstance(found, CodeOffers):
        return None if found.going_on is not None else []
    return [] if found.withheld else list(found.looked.order[:limit])


def _found(bench: Workbench, span: Span) -> _Found | CodeOffers:
    """Offers without any code where nothing can be told."""
    study = bench.study()
    how = options.shown(study)
    if how is Shown.OFF:
        return CodeOffers(shown=how)
    with bench.store.reading() as rows:
        document = _document(rows, span)
        given = _given(rows, bench, span)
        if how is Shown.BLIND and not given:
            return CodeOffers(shown=how)
        teaching = _up_to_date(bench, rows)
        if isinstance(teaching, Preparation):
            return CodeOffers(going_on=teaching, shown=how)
        with teaching.lock:
            if not teaching.codes.codes:
                return CodeOffers(shown=how, given=tuple(given))
            # In blind mode the comparison is with what would have been offered.
            refused = _turned_down(rows, span, document, teaching.codes.codes)
            left_out = set() if how is Shown.BLIND else given | set(refused)
            wishes = options.weights(study, document.item_id)
            looked = _ranked(bench, rows, teaching, document, span, left_out, wishes)
            way, meaning = teaching.codes.way, teaching.meaning
    chances = [
        meaning.chance(percent_of(c.score), place)
        for c, place in zip(looked.suggestion.candidates, looked.places, strict=True)
    ]
    known = tuple(chance for chance in chances if chance is not None)
    withheld = how is Shown.SHOWN and bool(known) and known[0] < options.unsure_below(study)
    return _Found(looked, how, given, refused, way, known, withheld)


def _up_to_date(bench: Workbench, rows: Reading) -> Teaching | Preparation:
    teaching = ready(bench, PATIENCE)
    if isinstance(teaching, Teaching):
        with teaching.lock:
            follow(bench, rows, teaching)
        if teaching.spoilt:
            return ready(bench, PATIENCE)
    return teaching


def _document(rows: Reading, span: Span) -> Document:
    document = rows.get(Document, span.document_id)
    if document is None:
        raise UnknownRow(kind="document", id=span.document_id)
    if not 0 <= span.start <= span.end <= len(document.text):
        raise SegmentOutsideText(
            document=span.document_id, start=span.start, end=span.end, length=len(document.text)
        )
    return document


def _given(rows: Reading, bench: Workbench, span: Span) -> set[str]:
    """The codes that this coder has laid on the passage or on a part of it."""
    segments = _overlapping(rows, span)
    if not segments:
        return set()
    return {c.code_id for c in rows.find(Coding, segment_id=segments, coder=bench.coder)}


def _overlapping(rows: Reading, span: Span) -> tuple[str, ...]:
    """Ids of the segments that have a character in common with the passage."""
    return tuple(
        s.id
        for s in rows.find(Segment, document_id=span.document_id)
        if s.start < span.end and s.end > span.start
    )


def _turned_down(
    rows: Reading, span: Span, document: Document, codes: Sequence[CodeWords]
) -> dict[str, str]:
    """The codes that were rejected for the passage, or for the whole of its text, and by whom."""
    keys = {
        f"{CODE}{subject}|{code.id}": code.id
        for subject in {span.document_id, span.segment_id, subject_of(span, document)}
        for code in codes
    }
    found = rows.find(Dismissal, key=tuple(keys)) if keys else []
    return {keys[d.key]: d.who for d in found}


def subject_of(span: Span, document: Document) -> str:
    """What a rejection speaks of: the whole text by its id, or one passage of it."""
    around = document.text[: span.start] + document.text[span.end :]
    whole = not around.strip()  # a space left out at an end makes it no other passage
    return span.document_id if whole else span.segment_id


def _ranked(
    bench: Workbench,
    rows: Reading,
    teaching: Teaching,
    document: Document,
    span: Span,
    left_out: set[str],
    wishes: dict[str, float],
) -> _Looked:
    text = document.text[span.start : span.end][:LONGEST].strip()
    empty = Suggestion(subject_of(span, document), text, teaching.engine)
    if not text:
        return _Looked(empty)
    live = teaching.codes
    vector = vector_of(bench, rows, teaching, text)
    there = live.placed(vector)
    if not np.any(there):
        return _Looked(empty)
    told = live.scores(vector, span.segment_id, document.item_id)
    scores = weighted(told, live.codes, wishes)
    whole = [int(place) for place in np.argsort(-scores, kind="stable")]
    order = [
        place
        for place in whole
        if np.isfinite(scores[place]) and live.codes[place].id not in left_out
    ]
    chosen = order[:OFFERED]
    candidates = [
        Candidate(
            live.codes[place].id,
            live.codes[place].name,
            float(scores[place]),
            _margin(live, scores, place, order[rank + 1 : rank + 2]),
        )
        for rank, place in enumerate(chosen)
    ]
    ids = [c.target_id for c in candidates]
    # A passage of the very answer says nothing for it, nor does the whole for its passage.
    own = _overlapping(rows, span)
    grounds = grounds_of(rows, live, there, text, own, ids, bench.language)
    return _Looked(
        replace(empty, candidates=tuple(candidates)),
        tuple(whole.index(place) + 1 for place in chosen),
        grounds,
        tuple(live.codes[place].id for place in order),
    )


def _with_reasons(bench: Workbench, looked: _Looked) -> Suggestion:
    """What is offered, with what speaks for each before its margin."""
    suggestion, grounds = looked.suggestion, looked.grounds
    if not suggestion.candidates:
        return suggestion
    reasons = reasons_of(grounds, words_at_once(bench, grounds.compared, PATIENCE))
    return replace(
        suggestion,
        candidates=tuple(
            replace(candidate, reasons=(*reasons[candidate.target_id], *candidate.reasons))
            for candidate in suggestion.candidates
        ),
    )


def _margin(
    live: LiveCodes, scores: np.ndarray, place: int, following: Sequence[int]
) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            ReasonKind.MARGIN,
            ids=(live.codes[other].id,),
            text=live.codes[other].name,
            value=float(scores[place] - scores[other]),
        )
        for other in following
    )


def reject_code(bench: Workbench, span: Span, code_id: str) -> None:
    """The code is not offered for this passage again; for the whole text, nor for its passages."""
    with bench.store.reading() as rows:
        document = _document(rows, span)
        code = rows.get(Code, code_id)
    if code is None:
        raise UnknownRow(kind="code", id=code_id)
    quote = " ".join(document.text[span.start : span.end].split())[:120]
    dismiss(
        bench,
        [f"{CODE}{subject_of(span, document)}|{code_id}"],
        code=code.label(bench.language),
        quote=quote,
        document=document.id,
    )
