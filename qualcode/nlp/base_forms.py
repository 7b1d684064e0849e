"""What a word is found by: its dictionary form whatever its inflection, and a compound's parts.

Finnish words are looked up in the list of forms that the set-up makes (``form_list``), which is
read where it lies; other languages, and Finnish while that file is missing or cannot be read, in
simplemma's lists, read as a packed stream: 3.5 million Finnish forms take 60 MB and three seconds
to open. Either way a web process asks the helper process of ``qualcode.nlp.worker`` and the study
keeps what was found, a word at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from qualcode.nlp.finnish_forms import FinnishForms, WordList
from qualcode.nlp.lemmas import STEMMERS
from qualcode.nlp.libraries import library
from qualcode.nlp.problems import EngineProblem, MissingEngine

INSTALL = "pip install simplemma wordfreq snowballstemmer"
VERSION = 3
"""Rises when the same word would be found by other keys than before, or more is kept of it."""

STEM = "~"
"""Begins a key that is no dictionary form but what is left of an unknown word without endings."""


LONGEST_WORD = 60
"""Letters of a word that is looked up. What is longer is no word but a slip or a run of letters:
trying every way to cut it into words would take minutes."""


WordKeys = tuple[tuple[str, ...], tuple[str, ...]]
"""Of one word: what it stands for when it is sought, and everything that it is found by."""


def method(language: str) -> str:
    """The name under which keys of this language are kept; another name makes them anew."""
    return f"{language}-{VERSION}"


class BaseForms(Protocol):
    """What tells by which keys a word is found."""

    def keys(self, form: str) -> tuple[str, ...]:
        """Everything that finds this form: its dictionary forms, and the parts of a compound."""
        ...

    def sought(self, word: str) -> tuple[str, ...]:
        """What a word written into the search field stands for: its own dictionary forms only."""
        ...


class FinnishBaseForms:
    """Finnish, by ``FinnishForms``. A word that is a dictionary form stands for itself alone.

    So "leikki" finds "leikin" (also a form of the noun), but not the verb's "leikitään". Words come
    in lower case, so each may also be a form of a name: "oulussa" of Oulu, "porissa" of Pori.
    """

    def __init__(self, words: WordList) -> None:
        frequencies = library("wordfreq", engine="search", install=INSTALL).get_frequency_dict(
            "fi", "small"
        )
        self._words = words
        self._forms = FinnishForms(self._words, frequencies)
        self._stemmer = _stemmer("fi")

    def keys(self, form: str) -> tuple[str, ...]:
        name = _name(form)
        if len(name) > LONGEST_WORD:
            return _as_written(name, self.keys)
        readings = self._readings(name)
        found: dict[str, None] = dict.fromkeys(readings or [self._stem(name)])
        for base in readings or [name]:
            found.update(dict.fromkeys(self._forms.related(base)))
            found.update(dict.fromkeys(self._forms.parts(base)))
        return tuple(found)

    def sought(self, word: str) -> tuple[str, ...]:
        name = _name(word)
        if len(name) > LONGEST_WORD:
            return (name,)
        if self._forms.is_dictionary_form(name):
            return (name,)
        return self._readings(name) or (self._stem(name),)

    def _readings(self, form: str) -> tuple[str, ...]:
        """What it can stand for: listed words, and a listed name; a compound only if neither.

        A name that is no word besides is found by its stem too: not all of its forms are listed.
        """
        capital = form.capitalize()
        named = (str(self._words.get(capital)).lower(),) if self.is_name(capital) else ()
        if named and not self._forms.is_listed(form):
            return (*named, self._stem(form))
        return tuple(dict.fromkeys([*self._forms.readings(form), *named]))

    def is_known(self, form: str) -> bool:
        """Whether a lower-case form is one of a word that is no name; compounds are not tried."""
        return self._forms.is_listed(_name(form))

    def is_name(self, form: str) -> bool:
        """Whether a form written with a capital letter is on the list as a form of a name."""
        base = self._words.get(_name(form))
        return base is not None and base[:1].isupper() and "-" not in base

    def _stem(self, name: str) -> str:
        return STEM + str(self._stemmer.stemWord(name))


class ListedBaseForms:
    """Another language: simplemma's list, and Snowball's rules for what is not on it."""

    def __init__(self, language: str) -> None:
        self._words = _word_list(language)
        self._stemmer = _stemmer(language)

    def keys(self, form: str) -> tuple[str, ...]:
        parts = [part for part in form.split("-") if part]
        bases = [self._base(part) for part in dict.fromkeys([form, *parts])]
        return tuple(dict.fromkeys(bases))

    def sought(self, word: str) -> tuple[str, ...]:
        return (self._base(word),)

    def _base(self, form: str) -> str:
        bare = form.removesuffix("'s").removesuffix("’s")
        found = self._words.get(bare)
        return found.lower() if found else STEM + str(self._stemmer.stemWord(bare))


def _as_written(word: str, keys: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """A word too long to be looked up: itself, and what its parts between hyphens are found by."""
    parts = [part for part in word.split("-") if 0 < len(part) <= LONGEST_WORD]
    return tuple(dict.fromkeys([word, *(key for part in parts for key in keys(part))]))


def _name(form: str) -> str:
    """The word without a case ending after a colon: "eu:n" -> "eu"."""
    return form.partition(":")[0]


_known: dict[str, BaseForms] = {}
_for_now: set[str] = set()
"""Languages whose list could not be read just now: it is tried again when they are asked for."""


def base_forms(language: str) -> BaseForms:
    """What finds words of this language; opened once and kept."""
    if language not in _known or language in _for_now:
        _known[language] = _finnish() if language == "fi" else ListedBaseForms(language)
    return _known[language]


def _finnish() -> BaseForms:
    """By the list that the set-up made; while it cannot be had by simplemma's, opened once."""
    # Late, for what makes the list starts workers, and those look up words.
    from qualcode.nlp import form_list_building

    _for_now.discard("fi")
    try:
        return FinnishBaseForms(form_list_building.opened())
    except EngineProblem as problem:
        # Without it words are found all the same; that it has not been made is no fault.
        level = logging.INFO if isinstance(problem, MissingEngine) else logging.WARNING
        logging.getLogger(__name__).log(level, "simplemma's list is read instead: %s", problem)
        if not problem.lasting:
            _for_now.add("fi")
    return _known.get("fi") or FinnishBaseForms(_word_list("fi"))


def _word_list(language: str) -> Mapping[str, str]:
    dictionaries: Any = library(
        "simplemma.strategies.dictionaries.stream_dictionary_factory",
        engine="search",
        install=INSTALL,
    )
    words: Mapping[str, str] = dictionaries.StreamDictionaryFactory().get_dictionary(language)
    return words


def _stemmer(language: str) -> Any:
    return library("snowballstemmer", engine="search", install=INSTALL).stemmer(STEMMERS[language])
