"""The content words of texts, as suggestions share, highlight and name groups by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.nlp.dictionary_words import dictionary_words
from qualcode.nlp.lemmas import SnowballLemmas, Words, with_compound_parts
from qualcode.nlp.problems import EngineProblem
from qualcode.nlp.words import words_of
from qualcode.workbench.bench import Workbench
from qualcode.workbench.preparing import beside
from qualcode.workbench.search_keys import all_word_keys, method_of, word_keys
from qualcode.workbench.search_words import bases_in, readings_in


def content_words(bench: Workbench, texts: Sequence[str]) -> Words:
    """Dictionary forms by the word list, which the study keeps word by word; compounds in parts.

    Where the list cannot be had (a missing package), word stems by rules stand for them.
    """
    language = bench.study().language
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))
    try:
        kept = all_word_keys(bench, words)
    except EngineProblem:
        return with_compound_parts(SnowballLemmas(language).words(texts))
    return _by_list(texts, kept, language)


def words_at_once(bench: Workbench, texts: Sequence[str], patience: float) -> Words:
    """The same for somebody who waits at most ``patience`` seconds.

    What the study has not met before is looked up beside, for the next time if not for this one;
    then word stems by rules stand for all of it.
    """
    language = bench.study().language
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))
    kept = _kept(bench, words)
    new = [word for word in words if word not in kept]
    if new:
        beside(bench.store, "words at once", lambda told: all_word_keys(bench, new), patience)
        kept = _kept(bench, words)
    if len(kept) < len(words):
        return with_compound_parts(SnowballLemmas(language).words(texts))
    return _by_list(texts, kept, language)


def _kept(bench: Workbench, words: Sequence[str]) -> dict[str, str]:
    with bench.store.reading() as rows:
        return word_keys(rows, words, method_of(bench))


def _by_list(texts: Sequence[str], kept: Mapping[str, str], language: str) -> Words:
    keys = {word: (readings_in(key), bases_in(key)) for word, key in kept.items()}
    return dictionary_words(texts, keys, language)
