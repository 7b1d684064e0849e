"""Keeping the search keys right: what was written since the last search is looked up before it.

Only words that the study has not met before are looked up, each once. Nothing of this is a
decision: the keys can be made anew at any time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from qualcode.nlp import base_forms
from qualcode.nlp.problems import EngineProblem, EngineTimedOut
from qualcode.nlp.words import words_of
from qualcode.nlp.worker import shared_worker
from qualcode.store.repository import Reading
from qualcode.store.search_query import MEMO, REDUCTION, SEARCHED, STATE, WORD, Search
from qualcode.workbench import words_aside
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Preparation, Progress, beside
from qualcode.workbench.search_words import readings_in, row_key, word_key
from qualcode.workbench.store_locks import StoreLocks

SLICE = 5000
"""Texts in memory at a time when all of them are looked through."""

WORDS = 300
"""Words looked up in one go: the word of somebody who searches meanwhile comes in between."""

BATCH = 500
"""Texts keyed in one go: the study is locked for others for some ten milliseconds at a time."""

making = StoreLocks()
"""Keys of a study are made by one at a time: two would look up the same words twice."""

SLOWEST_WORDS = 45.0
"""Seconds without news of words that are looked up; after them they are looked up in halves."""


def method_of(bench: Workbench) -> str:
    """The name that this study's keys are kept under: its language and the rules' version."""
    return base_forms.method(bench.study().language)


def keep_up(bench: Workbench, on_progress: Progress | None = None) -> None:
    """Every text, reduction and memo has a right search key; at once when nothing was changed.

    Raises ``EngineProblem`` when the words cannot be looked up.
    """
    method = method_of(bench)
    with making.alone(bench.store):
        revision = _forget_changed(bench, method)
        if revision is None:
            return
        with bench.store.reading() as rows:
            lacking = {k: rows.without_search_key(k, method, 0).total for k in SEARCHED}
        done, whole = 0, sum(lacking.values())
        for kind in (kind for kind in SEARCHED if lacking[kind]):
            while batch := _lacking(bench, kind, method):
                for piece in in_pieces(batch):
                    if on_progress is not None:
                        on_progress(min(done, whole), whole)
                    key_texts(bench, kind, method, piece)
                    done += len(piece)
        if on_progress is not None and whole:
            on_progress(whole, whole)
        with bench.store.writing() as writing:
            writing.keep_search_keys(STATE, method, {method: str(revision)})


def keep_up_beside(bench: Workbench, patience: float) -> Preparation | None:
    """The same in a thread of its own, waiting for it at most ``patience`` seconds.

    None when the keys are right; else how far they are. Searching meanwhile finds what has a key.
    """
    if _is_up_to_date(bench):
        return None
    return beside(bench.store, "search keys", lambda told: keep_up(bench, told), patience)


def readings(bench: Workbench, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each word of a search stands for: from the study's own words, or looked up now."""
    study = bench.study()
    method = base_forms.method(study.language)
    with bench.store.reading() as rows:
        known = rows.search_keys(WORD, list(words), method)
    found = {word: readings_in(key) for word, key in known.items()}
    return found | {word: _sought(word, study.language) for word in words if word not in found}


WORDS_KEPT = 20_000
"""Words whose keys stay in memory from one search to the next (some megabytes)."""

_words: dict[tuple[str, str], str] = {}


def word_keys(rows: Reading, words: Collection[str], method: str) -> dict[str, str]:
    """What each word is found by, those without a key left out.

    What a method gives for a word does not change, so who types on does not have them read again.
    Words set aside are read each time: another study may know their forms, or this one soon.
    """
    aside = set(words_aside.kept(rows, method))
    found = {
        word: key
        for word in words
        if word not in aside and (key := _words.get((method, word))) is not None
    }
    new = rows.search_keys(WORD, sorted(word for word in words if word not in found), method)
    if len(_words) + len(new) > WORDS_KEPT:
        _words.clear()
    _words.update({(method, word): key for word, key in new.items() if word not in aside})
    return found | new


@lru_cache(maxsize=4096)
def _sought(word: str, language: str) -> tuple[str, ...]:
    """What a word stands for that the study does not have: half-typed ones are asked again."""
    ((sought, _),) = shared_worker("words").base_forms([word], language)
    return sought


def open_word_list(bench: Workbench) -> None:
    """Starts to load the word list (three seconds), so that it is there when somebody searches."""
    language = bench.study().language

    def load() -> None:
        try:
            shared_worker("words").base_forms([], language)
        except EngineProblem:
            return  # Told when somebody searches: only then does it keep them from something.

    threading.Thread(target=load, name="word-list", daemon=True).start()


def every_text(rows: Reading, search: Search) -> Iterator[tuple[str, str]]:
    """(id, text) of every row that is found, read a slice at a time."""
    for part in texts_in_slices(rows, search):
        yield from part


def texts_in_slices(rows: Reading, search: Search) -> Iterator[list[tuple[str, str]]]:
    """The same, slice by slice."""
    offset = 0
    while part := rows.search_texts(search, offset, SLICE):
        yield part
        offset += len(part)
        if len(part) < SLICE:
            return


# --- making keys ------------------------------------------------------------------------------


def _is_up_to_date(bench: Workbench) -> bool:
    method = method_of(bench)
    with bench.store.reading() as rows:
        return _kept_revision(rows, method) == rows.revision()


def _kept_revision(rows: Reading, method: str) -> int | None:
    kept = rows.search_keys(STATE, [method], method)
    return int(kept[method]) if kept else None


def _forget_changed(bench: Workbench, method: str) -> int | None:
    """Drops the keys of texts that changed; the revision then, None when there is nothing to do."""
    with bench.store.reading() as rows:
        kept, revision = _kept_revision(rows, method), rows.revision()
        if kept == revision:
            return None
        # A document's text never changes.
        changed = {kind: rows.touched_since(kept or 0, kind) for kind in (REDUCTION, MEMO)}
    if any(changed.values()):
        with bench.store.writing() as writing:
            for kind, ids in changed.items():
                writing.drop_search_keys(kind, ids)
    return revision


def _lacking(bench: Workbench, kind: str, method: str) -> tuple[tuple[str, str], ...]:
    with bench.store.reading() as rows:
        return rows.without_search_key(kind, method, BATCH).rows


def in_pieces(batch: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The batch cut so that each piece has few words: what is done of it is kept by then."""
    piece: list[tuple[str, str]] = []
    met: set[str] = set()
    for id, text in batch:
        words = set(words_of(text))
        if piece and len(met | words) > WORDS:
            yield piece
            piece, met = [], set()
        piece.append((id, text))
        met |= words
    if piece:
        yield piece


def key_texts(bench: Workbench, kind: str, method: str, batch: Sequence[tuple[str, str]]) -> None:
    words = list(dict.fromkeys(word for _, text in batch for word in words_of(text)))
    found_by = all_word_keys(bench, words)
    keys = {id: row_key(text, found_by) for id, text in batch}
    with bench.store.writing() as writing:
        writing.keep_search_keys(kind, method, keys)


def all_word_keys(bench: Workbench, words: Sequence[str]) -> Mapping[str, str]:
    """The word key of each word (lower case, as ``words_of`` cuts them); new ones are kept.

    Raises ``EngineProblem`` when a word cannot be looked up.
    """
    method = method_of(bench)
    with bench.store.reading() as rows:
        known = rows.search_keys(WORD, list(words), method)
    new = [word for word in words if word not in known]
    language = bench.study().language
    for start in range(0, len(new), WORDS):
        keys = looked_up(new[start : start + WORDS], language)
        found = {word: key or words_aside.key_as_written(word) for word, key in keys.items()}
        slow = [word for word, key in keys.items() if key is None]
        with bench.store.writing() as writing:
            writing.keep_search_keys(WORD, method, found)
            if slow:
                words_aside.add(writing, method, slow)
        known.update(found)
    return known


def looked_up(words: Sequence[str], language: str) -> dict[str, str | None]:
    """The word key of each word; None of one that takes too long."""
    worker = shared_worker("words")
    try:
        found = worker.base_forms(words, language, silence_seconds=SLOWEST_WORDS)
    except EngineTimedOut:
        # The word list itself may be slow to open: that is no word's fault, and is told as it is.
        worker.base_forms([], language)
        if len(words) > 1:
            half = len(words) // 2
            return looked_up(words[:half], language) | looked_up(words[half:], language)
        (word,) = words
        logging.getLogger(__name__).warning(
            "a word of %d letters took too long to look up: it is found as it is written", len(word)
        )
        return {word: None}
    return {word: word_key(*one) for word, one in zip(words, found, strict=True)}
