"""The content words of texts, as suggestions share, highlight and name groups by them."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.nlp.dictionary_words import dictionary_words
from qualcode.nlp.lemmas import SnowballLemmas, Words, with_compound_parts
from qualcode.nlp.problems import EngineProblem
from qualcode.nlp.words import words_of
from qualcode.workbench.bench import Workbench
from qualcode.workbench.search_keys import all_word_keys
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
    keys = {word: (readings_in(key), bases_in(key)) for word, key in kept.items()}
    return dictionary_words(texts, keys, language)
