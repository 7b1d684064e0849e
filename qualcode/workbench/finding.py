"""Finding words in answers, reductions and memos, and coding everything that was found.

Four ways: any form of the words (the usual), the words exactly as written, a pattern (regular
expression), and by meaning. What is found is shown in its context and coded only after a person
has gone through the list.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import regex

from qualcode.domain.documents import normalise
from qualcode.domain.errors import QualcodeError
from qualcode.nlp.words import words_of
from qualcode.store.repository import Reading
from qualcode.store.search_query import (
    ANY_TEXT,
    SEARCHED,
    WORD,
    Search,
    SearchRow,
)
from qualcode.store.views import AnswerQuery
from qualcode.workbench import nearest_texts, search_keys
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Preparation
from qualcode.workbench.search_keys import every_text
from qualcode.workbench.search_words import (
    BASE,
    Piece,
    Span,
    in_row_keys,
    joined,
    pieces,
    places,
)

PATIENCE = 0.1
"""Seconds a search waits for the keys of what was written since the last one."""

MOST_SECONDS = 2.0
"""How long a pattern may look through the study."""

LONGEST_QUESTION = 1000


class Way(StrEnum):
    """How words are looked for."""

    FORMS = "forms"
    EXACT = "exact"
    REGEX = "regex"
    MEANING = "meaning"


class BadPattern(QualcodeError):
    template = (
        "The pattern “{pattern}” cannot be read: {what} (character {place}). Correct it, or search "
        "for the exact words instead."
    )


class PatternTooLarge(QualcodeError):
    template = (
        "The pattern “{pattern}” would take more memory than a search may: it calls itself, or "
        "repeats a repetition many times. Write it with fewer or smaller repetitions."
    )


class PatternTooSlow(QualcodeError):
    template = (
        "The pattern “{pattern}” takes too long on this material and was stopped after {seconds} "
        "seconds. Make it simpler: repetitions inside repetitions, such as (a+)+, are the usual "
        "cause."
    )


@dataclass(frozen=True)
class Query:
    """What is looked for, how, where (``document``, ``reduction``, ``memo``) and in which texts."""

    text: str
    way: Way = Way.FORMS
    where: tuple[str, ...] = SEARCHED
    texts: AnswerQuery = ANY_TEXT


@dataclass(frozen=True)
class Hit:
    """A row found, with the places of what was looked for, in code points. ``likeness``: found by
    meaning, and how near (at most 1)."""

    row: SearchRow
    spans: tuple[Span, ...] = ()
    likeness: float | None = None


@dataclass(frozen=True)
class Found:
    """Hits of one page. ``totals`` counts the rows found of each kind.

    ``preparing`` tells that texts are still being prepared: what has no key yet was not found.
    """

    hits: tuple[Hit, ...]
    totals: dict[str, int]
    preparing: Preparation | None = None

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def find(
    bench: Workbench, query: Query, offset: int = 0, limit: int = 50, patience: float = PATIENCE
) -> Found:
    """The hits from ``offset`` on: texts in the study's order, then reductions, then memos.

    Searching by meaning gives the nearest first, whatever they are. Raises ``BadPattern``,
    ``PatternTooLarge``, ``PatternTooSlow``, and ``EngineProblem`` when a word list or an engine is
    not there.
    """
    written = normalise(query.text).strip()[:LONGEST_QUESTION]
    query = replace(query, text=written)
    if not written:
        return Found((), dict.fromkeys(query.where, 0))
    if query.way is Way.REGEX:
        return _by_pattern(bench, query, offset, limit)
    if query.way is Way.MEANING:
        nearest = nearest_texts.nearest(bench, written, query.where, query.texts)
        hits = tuple(Hit(near.row, (), near.likeness) for near in nearest)
        totals = {kind: sum(hit.row.kind == kind for hit in hits) for kind in query.where}
        return Found(hits[offset : offset + limit], totals)
    return _by_words(bench, query, offset, limit, patience)


def spans_in(bench: Workbench, query: Query, rows: Sequence[SearchRow]) -> list[Hit]:
    """The rows with the places of what the query looks for; by meaning there are none."""
    if query.way is Way.MEANING:
        return [Hit(row) for row in rows]
    if query.way is Way.REGEX:
        matcher = _Matcher(query.text)
        return [Hit(row, matcher.places(row.text)) for row in rows]
    search_keys.keep_up(bench)
    asked = _Asked.of(bench, query)
    with bench.store.reading() as reading:
        return asked.located(reading, rows)


# --- by words ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """The pieces of a query, with what each inflected word stands for."""

    pieces: list[Piece]
    readings: dict[str, tuple[str, ...]]
    method: str

    @classmethod
    def of(cls, bench: Workbench, query: Query) -> _Asked:
        found = pieces(query.text, inflected=query.way is Way.FORMS)
        words = [piece.words[0] for piece in found if piece.inflected and not piece.open]
        readings = search_keys.readings(bench, words) if words else {}
        return cls(found, readings, search_keys.method_of(bench))

    def search(self, kind: str, texts: AnswerQuery) -> Search:
        wanted = [piece for piece in self.pieces if not piece.excluded]
        return Search(
            kind,
            all_of=tuple(self._keys(piece) for piece in wanted if piece.words),
            none_of=tuple(
                key
                for piece in self.pieces
                if piece.excluded and piece.words
                for key in self._keys(piece)
            ),
            literally=tuple(piece.literal for piece in wanted if piece.literal),
            texts=texts,
        )

    def located(self, rows: Reading, found: Sequence[SearchRow]) -> list[Hit]:
        words = {word for row in found for word in words_of(row.text)}
        known = rows.search_keys(WORD, sorted(words), self.method)

        def fits(piece: Piece, word: str) -> bool:
            key = known.get(word, "")
            if piece.open:
                begun = piece.words[0]
                return word.startswith(begun) or (piece.inflected and f" {BASE}{begun}" in key)
            return word == piece.words[0] or any(
                f" {BASE}{reading} " in key for reading in self.readings.get(piece.words[0], ())
            )

        return [Hit(row, tuple(places(row.text, self.pieces, fits))) for row in found]

    def _keys(self, piece: Piece) -> tuple[str, ...]:
        return in_row_keys(piece, self.readings.get(piece.words[0], ()))


def _by_words(bench: Workbench, query: Query, offset: int, limit: int, patience: float) -> Found:
    preparing = search_keys.keep_up_beside(bench, patience)
    if preparing is not None and preparing.problem is not None:
        raise preparing.problem
    asked = _Asked.of(bench, query)
    if all(piece.excluded for piece in asked.pieces):
        return Found((), dict.fromkeys(query.where, 0), preparing)
    with bench.store.reading() as rows:
        found, totals = _paged(
            query,
            offset,
            limit,
            lambda kind, start, most: _page(rows, asked.search(kind, query.texts), start, most),
        )
        return Found(tuple(asked.located(rows, found)), totals, preparing)


def _page(
    rows: Reading, search: Search, offset: int, limit: int
) -> tuple[tuple[SearchRow, ...], int]:
    page = rows.search(search, offset, limit)
    return page.rows, page.total


def _paged(
    query: Query,
    offset: int,
    limit: int,
    page: Callable[[str, int, int], tuple[Sequence[Any], int]],
) -> tuple[list[Any], dict[str, int]]:
    """One page of several kinds one after another, and how many there are of each."""
    found: list[Any] = []
    totals: dict[str, int] = {}
    before = 0
    for kind in (kind for kind in SEARCHED if kind in query.where):
        start = max(0, offset - before)
        part, totals[kind] = page(kind, start, limit - len(found))
        found += part
        before += totals[kind]
    return found, totals


# --- by pattern -------------------------------------------------------------------------------


def _by_pattern(bench: Workbench, query: Query, offset: int, limit: int) -> Found:
    matcher = _Matcher(query.text)
    with bench.store.reading() as rows:

        def matching(kind: str, start: int, most: int) -> tuple[Sequence[Hit], int]:
            found: dict[str, tuple[Span, ...]] = {}
            for id, text in every_text(rows, Search(kind, texts=query.texts)):
                spans = matcher.places(text)
                if spans:
                    found[id] = spans
            wanted = list(found)[start : start + most]
            shown = rows.search(Search(kind, ids=tuple(wanted)), 0, len(wanted)).rows
            by_id = {row.id: Hit(row, found[row.id]) for row in shown}
            return [by_id[id] for id in wanted], len(found)

        hits, totals = _paged(query, offset, limit, matching)
    return Found(tuple(hits), totals)


# Patterns that call themselves, and counted repetition of a counted repetition: a few signs can ask
# for gigabytes of program or of places to come back to, which no time limit stops.
COSTLY = re.compile(r"\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\)|\{\d*,?\d*\}\)+\{\d{2,}|\{\d{4,}")


class _Matcher:
    """A pattern, and how long it may go on: what counts is the time that it takes itself."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._left = MOST_SECONDS
        if COSTLY.search(written):
            raise PatternTooLarge(pattern=written)
        try:
            self._pattern: Any = regex.compile(written, regex.IGNORECASE)
        except regex.error as error:
            place = (error.pos or 0) + 1
            raise BadPattern(pattern=written, what=error.msg, place=place) from error
        except (RecursionError, MemoryError, OverflowError) as error:
            raise PatternTooLarge(pattern=written) from error

    def places(self, text: str) -> tuple[Span, ...]:
        """Where the pattern is in the text; a match without any character is none."""
        began = time.thread_time()
        try:
            matches = self._pattern.finditer(text, timeout=max(self._left, 0.001))
            found = [match.span() for match in matches]
        except TimeoutError as error:
            raise PatternTooSlow(pattern=self._written, seconds=MOST_SECONDS) from error
        self._left -= time.thread_time() - began
        return tuple(joined([(start, end) for start, end in found if start < end]))
