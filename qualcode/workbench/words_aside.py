"""Words that took too long to look up: found only as they are written, and told to who searches.

Each was tried alone and stopped. They are kept beside the search keys, so that nobody waits for
them again until somebody asks for it (``search_keys.look_up_again``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.store.repository import Reading, Writing
from qualcode.store.search_query import ASIDE
from qualcode.texts import ngettext_for
from qualcode.workbench.search_words import word_key

TOLD = 3
"""Words that are named; of more, their number."""

LONGEST_TOLD = 40


def kept(rows: Reading, method: str) -> tuple[str, ...]:
    """The words that this method did not get done, in alphabetical order."""
    return tuple(rows.search_keys(ASIDE, [method], method).get(method, "").split())


def add(rows: Writing, method: str, words: Iterable[str]) -> None:
    """These words too."""
    rows.keep_search_keys(ASIDE, method, {method: " ".join(sorted({*kept(rows, method), *words}))})


def key_as_written(word: str) -> str:
    """The word key of a word that stands for itself alone."""
    return word_key((word,), (word,))


def told(words: Sequence[str], language: str) -> str:
    """How many they are, which, and how they are found: a sentence for who searches."""
    ngettext = ngettext_for(language)
    sentence = ngettext(
        "{n} word ({words}) took too long to look up, so it is found only as it is written. Search "
        "for it exactly as written, or by its beginning and an asterisk (palv*).",
        "{n} words ({words}) took too long to look up, so they are found only as they are written. "
        "Search for them exactly as written, or by the beginning and an asterisk (palv*).",
        len(words),
    )
    named = ", ".join(_short(word) for word in words[:TOLD])
    return sentence.format(n=len(words), words=f"{named}, …" if len(words) > TOLD else named)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_TOLD else f"{word[:LONGEST_TOLD]}…"
