"""The tokenizer, and which of its quarter of a million pieces three languages need.

Most of the model's weights are the vectors of pieces, most of them for languages and scripts that
a Finnish study never meets. Pieces are kept that spell the words of Finnish, Swedish and English
(wordfreq's lists down to one in ten million), and every letter, number and sign, so that any word
of the Latin script can still be written, only in shorter pieces. What cannot be written at all (a
sentence in Arabic) becomes the unknown piece, as a rare sign would in the whole model.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from qualcode.nlp.e5.source import Pieces, Source
from qualcode.nlp.embedding import normalised
from qualcode.nlp.libraries import library

LANGUAGES = ("fi", "sv", "en")
SPACE = "\u2581"
INSTALL = "pip install tokenizers wordfreq"
WORDS_AT_ONCE = 20_000
RAREST = 1e-7  # a word's share of running text; ten times as many words would add a tenth of pieces


def tokenizer(pieces: Pieces) -> Any:
    """A ``tokenizers.Tokenizer`` of these pieces; texts must be through ``readable`` first."""
    tokenizers = library("tokenizers", engine="e5")
    vocabulary = list(zip(pieces.texts, pieces.scores.astype(float).tolist(), strict=True))
    made = tokenizers.Tokenizer(
        tokenizers.models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False)
    )
    made.normalizer = tokenizers.normalizers.Replace(tokenizers.Regex(" {2,}"), " ")
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(
        replacement=SPACE, prepend_scheme="always"
    )
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, pieces.begin), (end, pieces.end)]
    )
    return made


def readable(text: str, characters: Mapping[int, str]) -> str:
    """The text in the characters the pieces are written in (composed, then the model's own map).

    Composed first: the map looks at one code point at a time, and ä may have been pasted as two.
    """
    return normalised(text).translate(characters).strip()


def needed(source: Source) -> list[int]:
    """The ids of the pieces to keep, rising: the special ones, all single signs, those in use."""
    frequency = library("wordfreq", engine="e5").get_frequency_dict
    words = {
        word
        for language in LANGUAGES
        for word, share in frequency(language, "large").items()
        if share >= RAREST
    }
    kept = _used(source, words)
    kept |= _used(source, (word.capitalize() for word in words))
    pieces = source.pieces
    kept |= {pieces.begin, pieces.end, pieces.padding, pieces.unknown}
    kept |= {id for id, piece in enumerate(pieces.texts) if _is_writable(piece)}
    # A word after a bracket or a quotation mark begins with the same piece without its space.
    ids = {piece: id for id, piece in enumerate(pieces.texts)}
    bare = (pieces.texts[id].removeprefix(SPACE) for id in kept)
    kept |= {ids[piece] for piece in bare if piece in ids}
    return sorted(kept)


def pruned(pieces: Pieces, kept: Sequence[int]) -> Pieces:
    """Only the pieces with these ids, numbered anew in the same order."""
    new = {old: number for number, old in enumerate(kept)}
    return Pieces(
        tuple(pieces.texts[id] for id in kept),
        np.asarray(pieces.scores[list(kept)]),
        new[pieces.begin],
        new[pieces.end],
        new[pieces.padding],
        new[pieces.unknown],
    )


def _used(source: Source, words: Iterable[str]) -> set[int]:
    whole = tokenizer(source.pieces)
    used: set[int] = set()
    batch: list[str] = []
    for word in words:
        batch.append(readable(word, source.characters))
        if len(batch) == WORDS_AT_ONCE:
            used.update(*(found.ids for found in whole.encode_batch(batch)))
            batch = []
    used.update(*(found.ids for found in whole.encode_batch(batch)))
    return used


def _is_writable(piece: str) -> bool:
    """A single letter of the Latin script, or nothing but digits, punctuation, symbols, emoji."""
    signs = piece.removeprefix(SPACE)
    if any(unicodedata.category(sign)[0] in "LM" for sign in signs):
        return len(signs) == 1 and "LATIN" in unicodedata.name(signs, "")
    return True
