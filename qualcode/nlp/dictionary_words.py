"""Content words of texts as dictionary forms, each compound counted as its parts too.

"Lapsiperhepalvelua" and "palveluista" share "palvelu", and "tuen" is shown as "tuki". A name counts
like any word and is shown as one: "Kelasta" and "kelan" share "Kela". The lighter
way, by rules alone and without a word list, is ``lemmas.SnowballLemmas``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from qualcode.nlp.base_forms import STEM, WordKeys
from qualcode.nlp.lemmas import SHORTEST_WORD, Words
from qualcode.nlp.name_words import WrittenNames, name_stems
from qualcode.nlp.stop_words import BY_LANGUAGE
from qualcode.nlp.words import words_of

PARTICIPLES = ("va", "vä")
INFINITIVES = ("a", "ä")


def dictionary_words(
    texts: Sequence[str], keys: Mapping[str, WordKeys], language: str = "fi"
) -> Words:
    """The content words of each text; ``keys`` tell what each of its words is found by.

    A word of several readings counts as the one that most words of the texts can be. What else it
    is found by (its parts, its other readings) counts where another word of the texts is just
    that. So give all texts that are to be compared in one call.
    """
    stop_words = BY_LANGUAGE.get(language, frozenset())

    def says_something(word: str) -> bool:
        return len(word) >= SHORTEST_WORD and word not in stop_words

    cut = [[word for word in words_of(text) if says_something(word)] for text in texts]
    used = Counter(word for words in cut for word in words)
    names = WrittenNames(texts)
    known = {base for word in used for base in keys[word][0]}
    of = {
        word: _readings(word, keys[word][0], language == "fi" and names.are_name([word]))
        for word in used
    }
    readings = Counter(base for word in used for base in of[word])
    main = {word: min(of[word], key=lambda base: _likelier(base, readings, known)) for word in used}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for word, base in main.items():
        written[base][word] += used[word]
    bases = {base for base in written if says_something(base)}
    also = {
        word: tuple(key for key in keys[word][1] if key in bases and key != main[word])
        for word in used
    }
    found = [
        [
            (base, main[word])
            for word in words
            if main[word] in bases
            for base in (main[word], *also[word])
        ]
        for words in cut
    ]
    return Words(
        tuple(tuple(base for base, _ in text) for text in found),
        {base: _shown(base, written[base], names) for base in bases},
        tuple(tuple(head for _, head in text) for text in found),
    )


def _readings(word: str, listed: Sequence[str], is_name: bool) -> Sequence[str]:
    """What the word can stand for; a name that is no dictionary form, also what it is made of."""
    if not is_name or word in listed:
        return listed
    return tuple(dict.fromkeys([*listed, *name_stems(word)]))


def _likelier(
    base: str, readings: Mapping[str, int], known: Collection[str]
) -> tuple[int, bool, bool, bool, bool, int, str]:
    """Sorts the likelier reading first: in more words, then a whole word, then what the list knows,
    then a verb before its participle and a noun before a verb, then the shorter one."""
    return (
        -readings[base],
        base.startswith(STEM),
        base not in known,
        base.endswith(PARTICIPLES),
        base.endswith(INFINITIVES),
        len(base),
        base,
    )


def _shown(base: str, written: Mapping[str, int], names: WrittenNames) -> str:
    """The dictionary form; of a word that is on no list, the form most written."""
    shown = base
    if base.startswith(STEM):
        shown = min(written, key=lambda form: (-written[form], len(form), form))
    return names.look(shown) if names.are_name(written) else shown
