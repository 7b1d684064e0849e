"""Words that took too long to look up: found only as they are written, and told to who searches.

Each was tried alone and stopped. They are kept beside the search keys, so that nobody waits for
them again until somebody asks for it (``words_again``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from qualcode.store.repository import Reading, Writing
from qualcode.store.search_query import ANY_TEXT, ASIDE, Search
from qualcode.store.views import AnswerQuery
from qualcode.texts import ngettext_for
from qualcode.workbench.search_words import word_key

TOLD = 3
"""Words that are named; of more, their number."""

LONGEST_TOLD = 40

ALIKE = 3
"""Letters that the forms of a word begin with, all but always."""


def kept(rows: Reading, method: str) -> tuple[str, ...]:
    """The words that this method did not get done, in alphabetical order."""
    return tuple(rows.search_keys(ASIDE, [method], method).get(method, "").split())


def add(rows: Writing, method: str, words: Iterable[str]) -> None:
    """These words too."""
    rows.keep_search_keys(ASIDE, method, {method: " ".join(sorted({*kept(rows, method), *words}))})


def remove(rows: Writing, method: str, word: str) -> None:
    """All but this word."""
    left = [other for other in kept(rows, method) if other != word]
    if left:
        rows.keep_search_keys(ASIDE, method, {method: " ".join(left)})
    else:
        rows.drop_search_keys(ASIDE, [method])


def may_be(word: str, sought: Collection[str]) -> bool:
    """Whether the word may be a form or a compound of one that is sought.

    >>> [may_be("naapurista", [word]) for word in ("naapuri", "puri", "nappi", "ei")]
    [True, True, False, False]
    """
    return any(
        word.startswith(one[:ALIKE]) or (len(one) >= ALIKE and one in word) for one in sought
    )


def texts_with(word: str, kind: str, texts: AnswerQuery = ANY_TEXT) -> Search:
    """Where the word is written."""
    return Search(kind, all_of=((f" {word} ",),), texts=texts)


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
    return sentence.format(n=len(words), words=_named(words))


def looked_up_told(words: Sequence[str], language: str) -> str:
    """Which of them are looked up just now: a sentence for who searches."""
    ngettext = ngettext_for(language)
    sentence = ngettext(
        "{n} word ({words}) is being looked up again. It is found in every form as soon as that "
        "is done.",
        "{n} words ({words}) are being looked up again. They are found in every form as soon as "
        "that is done.",
        len(words),
    )
    return sentence.format(n=len(words), words=_named(words))


def _named(words: Sequence[str]) -> str:
    named = ", ".join(_short(word) for word in words[:TOLD])
    return f"{named}, …" if len(words) > TOLD else named


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_TOLD else f"{word[:LONGEST_TOLD]}…"
