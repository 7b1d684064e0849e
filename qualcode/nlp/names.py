"""Places in a text that may name a person, a place or an organisation, or lead to a person.

A help for the eye of whoever lets a quote out of the house, never a promise: what is found is to
be looked at, and a text without a hit may still tell who wrote it. Finnish names are found by the
Finnish spaCy pipeline where it is installed, and by capital letters and simplemma's list of word
forms in any case; other languages by capital letters only. How much that finds, of invented
answers, is told in docs/benchmarks.md: nearly every name written with a capital letter, about
three of four written without; hardly ever the kind of those.

The pipeline takes half a gigabyte and the list three seconds: a web process asks the worker
(``Worker.names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qualcode.nlp.base_forms import FinnishBaseForms, base_forms
from qualcode.nlp.composed import composed
from qualcode.nlp.contacts import contacts
from qualcode.nlp.finnish_pipeline import finnish_pipeline
from qualcode.nlp.problems import MissingEngine
from qualcode.nlp.words import WORD

NameKind = Literal["person", "place", "organisation", "contact"]
METHOD = "1"
"""Rises when the same text would give other hits than before."""

ENTITIES: dict[str, NameKind] = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
}
NOT_NEEDED = ["parser", "lemmatizer", "attribute_ruler", "tagger"]
_STREET = re.compile(
    r"(?:katu|kadun|kadulla|tie|tien|tiellä|kuja|kujan|kujalla|polku|polun|polulla|raitti|raitin"
    r"|väylä|väylän|kaari|kaaren|rinne|rinteen|gatan|vägen|gränden)$",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\s+\d+(?::\w+|\w)?(?:\s+[A-Za-z](?:\s+\d+)?)?\b")
_OPENS = re.compile(r"(?:^|[.!?…:;\n\r\u2022])[\s\"'”’»(\[–—-]*$")
_LONGEST_ABBREVIATION = 5
# Written with a capital letter in English whatever they say.
_ALWAYS_CAPITAL = frozenset("i i'm i've i'd i'll".split())
# A model reads texts of this length well and in little memory; longer ones are cut between lines.
_PIECE = 20_000


@dataclass(frozen=True)
class NameHit:
    """``text[start:end]`` seems to name somebody or something.

    ``certain`` is true where there is little doubt that it is a name or a number of that kind;
    hits that are not certain are right about every second time. The kind of those is a guess.
    """

    start: int
    end: int
    kind: NameKind
    certain: bool


def find_names(text: str, language: str) -> tuple[NameHit, ...]:
    """What in ``text`` may name a person, a place or an organisation, in the order of the text.

    Places are in code points of ``text`` as given, also where its letters are decomposed.
    """
    return find_all_names([text], language)[0]


def find_all_names(texts: Sequence[str], language: str) -> list[tuple[NameHit, ...]]:
    """The same for each of ``texts``; many at once are read faster."""
    whole = [composed(text) for text in texts]
    read = _entities([text for text, _ in whole]) if language == "fi" else [[] for _ in whole]
    found = []
    for (text, places), entities in zip(whole, read, strict=True):
        hits = [NameHit(start, end, "contact", sure) for start, end, sure in contacts(text)]
        _add(hits, _addresses(text))
        _add(hits, entities)
        _add(hits, _by_letters(text, language))
        hits.sort(key=lambda hit: hit.start)
        found.append(
            tuple(NameHit(places[h.start], places[h.end], h.kind, h.certain) for h in hits)
        )
    return found


def pipeline_is_there() -> bool:
    """Whether Finnish names are found by the pipeline too; without it more of them are missed."""
    try:
        finnish_pipeline()
    except MissingEngine:
        return False
    return True


def _add(hits: list[NameHit], more: Iterable[NameHit]) -> None:
    for hit in more:
        if not any(hit.start < other.end and other.start < hit.end for other in hits):
            hits.append(hit)


def _addresses(text: str) -> Iterator[NameHit]:
    """A street with the number of a house."""
    for word in WORD.finditer(text):
        if _STREET.search(word[0]) and word[0][0].isupper():
            house = _HOUSE.match(text, word.end())
            if house:
                yield NameHit(word.start(), house.end(), "place", True)


# --- by the Finnish pipeline ---------------------------------------------------------------------


def _entities(texts: Sequence[str]) -> list[list[NameHit]]:
    """What the pipeline takes for a name in each text; nothing where it is not installed."""
    found: list[list[NameHit]] = [[] for _ in texts]
    if not pipeline_is_there():
        return found
    pipeline, _ = finnish_pipeline()
    pieces = [(number, piece) for number, text in enumerate(texts) for piece in _pieces(text)]
    documents = pipeline.pipe(
        (texts[number][start:end] for number, (start, end) in pieces), disable=NOT_NEEDED
    )
    for (number, (start, _)), document in zip(pieces, documents, strict=True):
        text = texts[number]
        for entity in document.ents:
            kind = ENTITIES.get(entity.label_)
            hit = kind and _entity(text, start, entity, kind)
            if hit:
                found[number].append(hit)
    return found


def _entity(text: str, offset: int, entity: Any, kind: NameKind) -> NameHit | None:
    start, end = offset + entity.start_char, offset + entity.end_char
    written = text[start:end]
    if not any(letter.isalpha() for letter in written):
        return None
    capital = any(token.text[:1].isupper() for token in entity)
    proper = any(token.pos_ == "PROPN" for token in entity)
    if not capital and not proper:
        return None
    first_only = begins_sentence(text, start) and not any(
        token.text[:1].isupper() for token in entity[1:]
    )
    if first_only and not proper and _is_common(written):
        return None
    sure = capital and (proper or not first_only) and not (first_only and _is_common(written))
    return NameHit(start, end, kind, sure)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind(" ", start, end))
            end = cut + 1 if cut > start else end
        yield start, end
        start = end


# --- by letters and the list of word forms -------------------------------------------------------


def _by_letters(text: str, language: str) -> Iterator[NameHit]:
    """Words that look like a name, neighbours taken together; never certain."""
    shouting = text.upper() == text
    waiting: NameHit | None = None
    for word in WORD.finditer(text):
        kind = None if shouting else _looks_like(word, text, language)
        if kind is None:
            continue
        hit = NameHit(word.start(), word.end(), kind, False)
        if waiting and waiting.kind == kind and text[waiting.end : hit.start] == " ":
            waiting = NameHit(waiting.start, hit.end, kind, False)
            continue
        if waiting:
            yield waiting
        waiting = hit
    if waiting:
        yield waiting


def _looks_like(word: re.Match[str], text: str, language: str) -> NameKind | None:
    written = word[0]
    if not written[0].isalpha() or len(written) == 1:
        return None
    finnish = language == "fi"
    if written[0].isupper():
        bare = written.partition(":")[0]
        if bare.isupper() and len(bare) <= _LONGEST_ABBREVIATION:
            return None
        if written.lower() in _ALWAYS_CAPITAL:
            return None
        if begins_sentence(text, word.start()) and not (
            finnish and _is_listed(written) and not _is_common(written)
        ):
            return None
        return _kind(written)
    if finnish and _is_listed(written.capitalize()) and not _is_common(written):
        return _kind(written)
    return None


def _kind(written: str) -> NameKind:
    return "place" if _STREET.search(written) else "person"


def begins_sentence(text: str, place: int) -> bool:
    """Whether a word at that place would have a capital letter whatever it says."""
    return _OPENS.search(text[max(0, place - 12) : place]) is not None


def _finnish() -> FinnishBaseForms | None:
    try:
        forms = base_forms("fi")
    except MissingEngine:
        return None
    assert isinstance(forms, FinnishBaseForms)
    return forms


def _is_listed(written: str) -> bool:
    """Whether the list of Finnish word forms has it as a form of a name."""
    forms = _finnish()
    return forms is not None and forms.is_name(written)


def _is_common(written: str) -> bool:
    """Whether it is a form of a listed word that is no name."""
    forms = _finnish()
    return forms is not None and forms.is_known(written.lower())
