"""Coding everything that a search found: first a list to go through, then one act.

A search is not an analysis: each hit can be left out, and one undo takes the whole act back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qualcode.domain.coding import Coding
from qualcode.domain.documents import Segment
from qualcode.nlp.worker import shared_worker
from qualcode.store.search_query import DOCUMENT, Search
from qualcode.store.views import AnswerState
from qualcode.workbench import finding
from qualcode.workbench.bench import Workbench
from qualcode.workbench.finding import Hit, Query, Way
from qualcode.workbench.search_words import Span
from qualcode.workbench.segment_acts import Span as Place
from qualcode.workbench.segment_acts import code_spans

MOST = 2000
"""Hits gone through at a time: nobody reads a longer list with care."""


class Unit(StrEnum):
    """How much of a text is coded around what was found."""

    WHOLE = "whole"
    SENTENCES = "sentences"
    WORDS = "words"


@dataclass(frozen=True)
class Reviewed:
    """A hit of the list with the spans that would be coded.

    ``carries``: this coder has given it the code already, where it would be given now; such a hit
    is shown and passed over.
    """

    hit: Hit
    spans: tuple[Span, ...]
    carries: bool


@dataclass(frozen=True)
class Review:
    """The list to go through. ``total`` is how many texts were found in all."""

    reviewed: tuple[Reviewed, ...]
    total: int


def review(bench: Workbench, query: Query, code_id: str, unit: Unit) -> Review:
    """The answers found, each with what would be coded of it. Reductions and memos carry no codes.

    Found by meaning, a text has no words to code: it is coded as a whole. Texts set aside are not
    analysed, so they are not on the list.
    """
    texts = replace(query.texts, state=AnswerState.ANSWERS)
    found = finding.find(bench, replace(query, where=(DOCUMENT,), texts=texts), 0, MOST)
    return Review(tuple(_reviewed(bench, query, found.hits, code_id, unit)), found.total)


def code_hits(
    bench: Workbench, query: Query, document_ids: Collection[str], code_id: str, unit: Unit
) -> int:
    """The chosen texts carry the code where the query finds something; gives how many passages.

    One act, which one undo takes back. The places are looked up anew: what the browser sends is
    which texts, never where in them.
    """
    wanted = Search(DOCUMENT, ids=tuple(document_ids))
    with bench.store.reading() as rows:
        chosen = rows.search(wanted, 0, len(document_ids)).rows
    hits = finding.spans_in(bench, query, chosen)
    return code_spans(
        bench,
        code_id,
        [
            Place(reviewed.hit.row.id, start, end)
            for reviewed in _reviewed(bench, query, hits, code_id, unit)
            if not reviewed.carries
            for start, end in reviewed.spans
        ],
    )


def _reviewed(
    bench: Workbench, query: Query, hits: Sequence[Hit], code_id: str, unit: Unit
) -> list[Reviewed]:
    coded = _own_codings(bench, code_id)
    by_meaning = query.way is Way.MEANING
    spans = _spans_to_code(bench, hits, Unit.WHOLE if by_meaning else unit)
    return [
        Reviewed(hit, places, bool(places) and _cover(coded.get(hit.row.id, []), places))
        for hit, places in zip(hits, spans, strict=True)
    ]


def _spans_to_code(bench: Workbench, hits: Sequence[Hit], unit: Unit) -> list[tuple[Span, ...]]:
    if unit is Unit.WORDS or not hits:
        return [hit.spans for hit in hits]
    if unit is Unit.WHOLE:
        return [((0, len(hit.row.text)),) if hit.row.text else () for hit in hits]
    language = bench.study().language
    # Not the word list's helper: it stays light, and searches do not wait for the splitter.
    sentences = shared_worker().sentences([hit.row.text for hit in hits], language)
    return [_around(hit.spans, told) for hit, told in zip(hits, sentences, strict=True)]


def _around(found: Sequence[Span], sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences that something was found in."""
    return tuple(
        (start, end)
        for start, end in sentences
        if any(begins < end and start < ends for begins, ends in found)
    )


def _own_codings(bench: Workbench, code_id: str) -> dict[str, list[Span]]:
    """Per text where this coder has the code already."""
    with bench.store.reading() as rows:
        codings = rows.find(Coding, code_id=code_id, coder=bench.coder)
        segments = rows.find(Segment, id=tuple({coding.segment_id for coding in codings}))
    found: dict[str, list[Span]] = {}
    for segment in segments:
        found.setdefault(segment.document_id, []).append((segment.start, segment.end))
    return found


def _cover(coded: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether every one of the spans lies inside a passage that is coded already."""
    return all(any(start <= a and b <= end for start, end in coded) for a, b in spans)
