"""The content words of texts in a form that inflection does not change.

For shared words in reasons, and for names of groups; likeness of meaning is the embedders' work.
``SnowballLemmas`` cuts endings by rule and is always there; ``SpacyLemmas`` finds dictionary
forms, needs the Finnish pipeline and belongs into the worker (300 MB).
"""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.nlp.finnish_pipeline import finnish_pipeline
from qualcode.nlp.problems import MissingEngine
from qualcode.nlp.stop_words import BY_LANGUAGE
from qualcode.nlp.words import WORD, words_of

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
SHORTEST_WORD = 3
# Finnish compound parts shorter than this are mostly endings that look alike.
SHORTEST_PART = 5
CONTENT = {"NOUN", "PROPN", "ADJ", "VERB", "ADV", "X"}


@dataclass(frozen=True)
class Words:
    """The content words of each text as stems (or lemmas), and how each stem is written.

    ``forms`` gives the form a person is shown: the one most used in the texts. ``heads`` tell for
    each stem which stem its word stands for above all: a compound counts as its parts too, and a
    word of two readings as the less likely one; empty where each word counts as one stem only.
    """

    stems: tuple[tuple[str, ...], ...]
    forms: Mapping[str, str]
    heads: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Words]) -> Words:
        """The texts of all parts after one another. A form of an earlier part stands."""
        stems: list[tuple[str, ...]] = []
        heads: list[tuple[str, ...]] = []
        forms: dict[str, str] = {}
        for part in parts:
            stems.extend(part.stems)
            heads.extend(part.heads or part.stems)
            forms = {**part.forms, **forms}
        return cls(tuple(stems), forms, () if heads == stems else tuple(heads))


class SnowballLemmas:
    """Stems by the Snowball rules of a language: "fi", "sv" or "en".

    Function words and words of one or two letters are left out. The rules leave one or two letters
    of some endings behind ("omais", "omaist"); such stems are taken together where the texts hold
    both. So give all texts that are to be compared in one call.
    """

    def __init__(self, language: str = "fi") -> None:
        if language not in STEMMERS:
            raise ValueError(f"no stemmer for {language!r}; there are {', '.join(STEMMERS)}")
        try:
            library = importlib.import_module("snowballstemmer")
        except ImportError as error:
            raise MissingEngine(
                engine="snowball", missing="snowballstemmer", install="pip install snowballstemmer"
            ) from error
        self.name = f"snowball-{language}"
        self._stemmer = library.stemmer(STEMMERS[language])
        self._stop_words = BY_LANGUAGE[language]

    def words(self, texts: Sequence[str]) -> Words:
        written: dict[str, Counter[str]] = defaultdict(Counter)
        stems = []
        for text in texts:
            kept = [word for word in words_of(text) if self._says_something(word)]
            stemmed = self._stemmer.stemWords(kept)
            for stem, word in zip(stemmed, kept, strict=True):
                written[stem][word] += 1
            stems.append(tuple(stemmed))
        return _together(Words(tuple(stems), {}), written)

    def _says_something(self, word: str) -> bool:
        return len(word) >= SHORTEST_WORD and word not in self._stop_words


class SpacyLemmas:
    """Dictionary forms by the Finnish spaCy pipeline; only content words by word class.

    Without the Voikko dictionary on the computer the pipeline cannot make lemmas; then its word
    classes choose the words and Snowball stems stand for the lemmas (``name`` tells which).
    """

    def __init__(self) -> None:
        self._pipeline, self._voikko = finnish_pipeline()
        self.name = "spacy-fi-voikko" if self._voikko else "spacy-fi-snowball"
        self._snowball = SnowballLemmas("fi")

    def words(self, texts: Sequence[str]) -> Words:
        written: dict[str, Counter[str]] = defaultdict(Counter)
        stems = []
        for document in self._pipeline.pipe(texts, disable=["ner"]):
            kept = [
                token
                for token in document
                if token.pos_ in CONTENT
                and WORD.fullmatch(token.lower_)
                and self._snowball._says_something(token.lower_)
            ]
            stemmed = [self._stem(token) for token in kept]
            for stem, token in zip(stemmed, kept, strict=True):
                written[stem][stem if self._voikko else token.lower_] += 1
            stems.append(tuple(stemmed))
        return Words(tuple(stems), _commonest(written))

    def _stem(self, token: Any) -> str:
        if self._voikko and token.lemma_:
            return str(token.lemma_).lower()
        return str(self._snowball._stemmer.stemWord(token.lower_))


def compound_parts(words: Words) -> dict[str, tuple[str, ...]]:
    """For each stem the other stems of the texts that it begins or ends with, longest first.

    A hint that "palveluseteli" and "palvelu" have to do with one another, without a dictionary.
    The rest of the compound must be at least three letters, else it is inflection.

    >>> compound_parts(Words((("palvelusetel", "palvelu"),), {}))
    {'palvelusetel': ('palvelu',)}
    """
    stems = sorted({stem for text in words.stems for stem in text})
    known = {stem for stem in stems if len(stem) >= SHORTEST_PART}
    parts = {}
    for stem in stems:
        cuts = range(SHORTEST_PART, len(stem) - 2)
        ends = range(3, len(stem) - SHORTEST_PART + 1)
        found = {stem[:cut] for cut in cuts} | {stem[cut:] for cut in ends}
        if found & known:
            parts[stem] = tuple(sorted(found & known, key=lambda part: (-len(part), part)))
    return parts


def with_compound_parts(words: Words) -> Words:
    """The same texts where each compound also counts as the parts that other texts use."""
    parts = compound_parts(words)
    found = [
        [(word, stem) for stem in text for word in (stem, *parts.get(stem, ()))]
        for text in words.stems
    ]
    return Words(
        tuple(tuple(word for word, _ in text) for text in found),
        words.forms,
        tuple(tuple(stem for _, stem in text) for text in found),
    )


def _together(words: Words, written: Mapping[str, Counter[str]]) -> Words:
    """The words with each stem replaced by a stem of the texts that is one or two letters shorter.

    Only stems of at least five letters are: shorter ones are too often another word.
    """
    shorter: dict[str, str] = {}
    for stem in sorted(written, key=lambda stem: (len(stem), stem)):
        for cut in (stem[:-2], stem[:-1]):
            if len(cut) >= SHORTEST_PART and cut in written:
                shorter[stem] = shorter.get(cut, cut)
                break
    joined: dict[str, Counter[str]] = defaultdict(Counter)
    for stem, forms in written.items():
        joined[shorter.get(stem, stem)].update(forms)
    stems = tuple(tuple(shorter.get(stem, stem) for stem in text) for text in words.stems)
    return Words(stems, _commonest(joined))


def _commonest(written: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Each stem's commonest written form; of equals the shortest, then the alphabetical first."""
    return {
        stem: min(forms, key=lambda form: (-forms[form], len(form), form))
        for stem, forms in written.items()
    }
