"""Words that took too long, looked up anew because somebody asked: beside the search, each once.

Their texts are found as written all the while. Only what the word list gives in the end is written
over what there was; a word that takes too long again stays aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualcode.domain.errors import QualcodeError
from qualcode.nlp import base_forms
from qualcode.store.repository import Store
from qualcode.store.search_query import SEARCHED, WORD, Search
from qualcode.workbench import search_keys, words_aside
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import Progress, beside, ended, going_on

MOST_AT_ONCE = 20
"""Words of one asking: each may take the better part of a minute."""


def look_up(bench: Workbench, words: Sequence[str], patience: float = 0.0) -> None:
    """Has the words looked up; waits at most ``patience`` seconds for each.

    A word that somebody else asked for is not looked up twice. Raises the problem of one that
    cannot be; a later one is told by ``problem_of``.
    """
    for word in words[:MOST_AT_ONCE]:
        if going_on(bench.store, _task(word)) is None:
            problem_of(bench.store, word)  # An earlier try: this one tells its own.
        state = beside(bench.store, _task(word), _work(bench, word), patience)
        if state is not None and state.problem is not None:
            raise state.problem


def going_on_in(bench: Workbench, method: str) -> set[str]:
    """The words that are being looked up just now."""
    with bench.store.reading() as rows:
        aside = words_aside.kept(rows, method)
    return {word for word in aside if going_on(bench.store, _task(word)) is not None}


def problem_of(store: Store, word: str) -> QualcodeError | None:
    """What kept the word from being looked up, told once."""
    return ended(store, _task(word))


def _task(word: str) -> str:
    return f"slow word {word}"


def _work(bench: Workbench, word: str) -> Callable[[Progress], None]:
    def work(told: Progress) -> None:
        language = bench.study().language
        key = search_keys.looked_up([word], language)[word]
        if key is not None:
            _keep(bench, base_forms.method(language), word, key)

    return work


def _keep(bench: Workbench, method: str, word: str, key: str) -> None:
    """Its texts are keyed anew before it is aside no more, lest some stay behind if this ends."""
    with search_keys.making.alone(bench.store):
        with bench.store.writing() as writing:
            writing.keep_search_keys(WORD, method, {word: key})
        for kind in SEARCHED:
            with bench.store.reading() as rows:
                ids = rows.search_ids(words_aside.texts_with(word, kind))
            for start in range(0, len(ids), search_keys.BATCH):
                some = tuple(ids[start : start + search_keys.BATCH])
                with bench.store.reading() as rows:
                    texts = rows.search_texts(Search(kind, ids=some), 0, len(some))
                for piece in search_keys.in_pieces(texts):
                    search_keys.key_texts(bench, kind, method, piece)
        with bench.store.writing() as writing:
            words_aside.remove(writing, method, word)
