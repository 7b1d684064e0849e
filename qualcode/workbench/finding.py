"""Finding words in answers, reductions and memos, and coding everything that was found.

Four ways: any form of the words (the usual), the words exactly as written, a pattern (regular
expression), and by meaning. What is found is shown in its context and coded only after a person
has gone through the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from qualcode.domain.documents import normalise
from qualcode.nlp.patterns import Pattern
from qualcode.nlp.words import words_of
from qualcode.store.repository import Reading
from qualcode.store.search_query import (
    ANY_TEXT,
    SEARCHED,
    Search,
    SearchRow,
)
from qualcode.store.views import AnswerQuery
from qualcode.workbench import nearest_texts, search_keys, words_again, words_aside
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Preparation
from qualcode.workbench.search_keys import texts_in_slices
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

MEANING_PATIENCE = 2.0
"""Seconds a search by meaning waits for what it compares with: so many texts in tens of thousands
need longer, once."""

LONGEST_QUESTION = 1000

Wanted = Callable[[], bool]


def always() -> bool:
    """Somebody waits for the search to its end."""
    return True


class Way(StrEnum):
    """How words are looked for."""

    FORMS = "forms"
    EXACT = "exact"
    REGEX = "regex"
    MEANING = "meaning"


class Replaced(Exception):
    """Nobody waits for this search any more: not a problem, but a reason to leave it."""


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
    ``as_written``: words of the texts that may be meant but are not found in any form, because they
    took too long to look up; ``looked_up`` those of them that are tried again just now. None when
    forms were not asked for.
    """

    hits: tuple[Hit, ...]
    totals: dict[str, int]
    preparing: Preparation | None = None
    as_written: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def find(
    bench: Workbench,
    query: Query,
    offset: int = 0,
    limit: int = 50,
    patience: float = PATIENCE,
    wanted: Wanted = always,
) -> Found:
    """The hits from ``offset`` on: texts in the study's order, then reductions, then memos.

    Searching by meaning gives the nearest first, whatever they are. ``wanted`` is asked between
    the parts of the work; when it says no, the rest is left and ``Replaced`` raised. Raises the
    problems of ``nlp.patterns``, and ``EngineProblem`` when a word list or an engine is not there.
    """
    _still(wanted)
    written = normalise(query.text).strip()[:LONGEST_QUESTION]
    query = replace(query, text=written)
    if not written:
        return Found((), dict.fromkeys(query.where, 0))
    if query.way is Way.REGEX:
        return _by_pattern(bench, query, offset, limit, wanted)
    if query.way is Way.MEANING:
        patience = max(patience, MEANING_PATIENCE)
        nearest = nearest_texts.nearest(bench, written, query.where, query.texts, patience)
        if isinstance(nearest, Preparation):
            return Found((), dict.fromkeys(query.where, 0), nearest)
        hits = tuple(Hit(near.row, (), near.likeness) for near in nearest)
        totals = {kind: sum(hit.row.kind == kind for hit in hits) for kind in query.where}
        return Found(hits[offset : offset + limit], totals)
    return _by_words(bench, query, offset, limit, patience, wanted)


def _still(wanted: Wanted) -> None:
    if not wanted():
        raise Replaced


def spans_in(bench: Workbench, query: Query, rows: Sequence[SearchRow]) -> list[Hit]:
    """The rows with the places of what the query looks for; by meaning there are none."""
    if query.way is Way.MEANING:
        return [Hit(row) for row in rows]
    if query.way is Way.REGEX:
        places = Pattern(query.text).places([row.text for row in rows])
        return [Hit(row, spans) for row, spans in zip(rows, places, strict=True)]
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

    @property
    def sought(self) -> set[str]:
        """The words that are sought in any form, and what they stand for."""
        words = {piece.words[0] for piece in self.pieces if piece.inflected and not piece.open}
        return words.union(*(self.readings.get(word, ()) for word in words))

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
        known = search_keys.word_keys(rows, words, self.method)

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


def _by_words(
    bench: Workbench, query: Query, offset: int, limit: int, patience: float, wanted: Wanted
) -> Found:
    preparing = search_keys.keep_up_beside(bench, patience)
    if preparing is not None and preparing.problem is not None:
        raise preparing.problem
    _still(wanted)
    asked = _Asked.of(bench, query)
    _still(wanted)
    if all(piece.excluded for piece in asked.pieces):
        return Found((), dict.fromkeys(query.where, 0), preparing)
    # Asked before the study is: a word that is done in between is told as not done yet.
    going_on = words_again.going_on_in(bench, asked.method)
    with bench.store.reading() as rows:
        found, totals = _paged(
            query,
            offset,
            limit,
            lambda kind, start, most: _page(rows, asked.search(kind, query.texts), start, most),
        )
        hits = tuple(asked.located(rows, found))
        aside = _aside(rows, query, asked)
    for word in aside:
        if (problem := words_again.problem_of(bench.store, word)) is not None:
            preparing, going_on = Preparation(problem=problem), going_on - {word}
    looked_up = tuple(word for word in aside if word in going_on)
    as_written = tuple(word for word in aside if word not in going_on)
    return Found(hits, totals, preparing, as_written, looked_up)


def _aside(rows: Reading, query: Query, asked: _Asked) -> tuple[str, ...]:
    """The words set aside that may be meant, and that a text has that is searched."""
    return tuple(
        word
        for word in (words_aside.kept(rows, asked.method) if query.way is Way.FORMS else ())
        if words_aside.may_be(word, asked.sought)
        and any(
            rows.search(words_aside.texts_with(word, kind, query.texts), 0, 1).total
            for kind in query.where
        )
    )


def look_up_again(bench: Workbench, query: Query, patience: float = 0.0) -> None:
    """Has the words looked up that may be meant and took too long, beside the searches.

    Waits at most ``patience`` seconds for each.
    """
    query = replace(query, text=normalise(query.text).strip()[:LONGEST_QUESTION])
    asked = _Asked.of(bench, query)
    with bench.store.reading() as rows:
        words = _aside(rows, query, asked)
    words_again.look_up(bench, words, patience)


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


def _by_pattern(bench: Workbench, query: Query, offset: int, limit: int, wanted: Wanted) -> Found:
    pattern = Pattern(query.text)
    with bench.store.reading() as rows:

        def matching(kind: str, start: int, most: int) -> tuple[Sequence[SearchRow], int]:
            found: list[str] = []
            for part in texts_in_slices(rows, Search(kind, texts=query.texts)):
                found += (part[n][0] for n in pattern.matching([text for _, text in part]))
                _still(wanted)
            ids = found[start : start + most]
            by_id = {row.id: row for row in rows.search(Search(kind, ids=tuple(ids)), 0, most).rows}
            return [by_id[id] for id in ids], len(found)

        shown, totals = _paged(query, offset, limit, matching)
    places = pattern.places([row.text for row in shown])
    hits = (Hit(row, tuple(joined(list(spans)))) for row, spans in zip(shown, places, strict=True))
    return Found(tuple(hits), totals)
