"""What somebody writes into the search field, and where it is in a text.

Several words: all of them must be there. A "quoted phrase" is those words in a row as written,
``-word`` must not be there, ``word*`` is the beginning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qualcode.nlp.words import WORD, words_of

QUOTES = '"”“„»«'
_PIECE = re.compile(rf"(-?)(?:[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]?|(\S+))")

Span = tuple[int, int]

BASE, READING = "|", "^"
"""Begin a base form in a search key; and, among what one word is found by, what it stands for."""


@dataclass(frozen=True)
class Piece:
    """One thing that must (or must not) be in the text: a word, or words in a row.

    ``inflected``: any form of the one word will do. ``open``: the last word may go on. A piece
    without words (an emoji, a sign) is looked for as it is in ``literal``.
    """

    words: tuple[str, ...]
    inflected: bool = False
    open: bool = False
    excluded: bool = False
    literal: str = ""


def pieces(written: str, inflected: bool) -> list[Piece]:
    """What is asked for, in the order written.

    >>> [(p.words, p.excluded, p.open) for p in pieces('apu -raha palv*', True)]
    [(('apu',), False, False), (('raha',), True, False), (('palv',), False, True)]
    >>> [(p.words, p.inflected) for p in pieces('"en saa"', True)]
    [(('en', 'saa'), False)]
    """
    found = []
    for minus, quoted, bare in _PIECE.findall(unicodedata.normalize("NFC", written)):
        text = quoted or bare
        words = tuple(words_of(text))
        if words:
            is_open = text.endswith("*")
            loose = inflected and not quoted and len(words) == 1
            found.append(Piece(words, loose, is_open, bool(minus)))
        elif text.strip():
            found.append(Piece((), excluded=bool(minus), literal=text.strip().casefold()))
    return found


def row_key(text: str, found_by: Mapping[str, str]) -> str:
    """The search key of a text: its words in order, then what they are found by.

    ``found_by`` is the word key of each word (``word_key``).
    """
    words = words_of(text)
    bases: dict[str, None] = {}
    for word in dict.fromkeys(words):
        bases.update(dict.fromkeys(b for b in found_by[word].split() if b.startswith(BASE)))
    return f" {' '.join([*words, *bases])} "


def word_key(sought: tuple[str, ...], keys: tuple[str, ...]) -> str:
    """What is kept of one word: what it stands for, and everything that it is found by.

    >>> word_key(("tukea",), ("tukea", "tuki"))
    ' ^tukea |tukea |tuki '
    """
    return f" {' '.join([READING + s for s in sought] + [BASE + k for k in keys])} "


def readings_in(key: str) -> tuple[str, ...]:
    """What a word stands for, from its word key."""
    return tuple(part[len(READING) :] for part in key.split() if part.startswith(READING))


def bases_in(key: str) -> tuple[str, ...]:
    """Everything that a word is found by, from its word key."""
    return tuple(part[len(BASE) :] for part in key.split() if part.startswith(BASE))


def in_row_keys(piece: Piece, readings: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The strings one of which is in the search key of a text that has the piece.

    >>> in_row_keys(Piece(("avun",), inflected=True), ("apu",))
    (' avun ', ' |apu ')
    >>> in_row_keys(Piece(("palv",), inflected=True, open=True))
    (' palv', ' |palv')
    """
    row = " ".join(piece.words)
    if piece.open:
        return (f" {row}", f" {BASE}{row}") if piece.inflected else (f" {row}",)
    return (f" {row} ", *(f" {BASE}{reading} " for reading in readings))


def places(text: str, wanted: list[Piece], fits: Callable[[Piece, str], bool]) -> list[Span]:
    """Where the pieces are in the text, in code points, in order; overlapping ones are joined.

    ``fits`` tells whether a word of the text (lower case) is the piece's single word.
    """
    found = [span for piece in wanted if not piece.excluded for span in _places(text, piece, fits)]
    return joined(found)


def _places(text: str, piece: Piece, fits: Callable[[Piece, str], bool]) -> Iterator[Span]:
    if piece.literal:
        yield from _literal_places(text, piece.literal)
        return
    words = [(match.span(), match[0].lower()) for match in WORD.finditer(text)]
    length = len(piece.words)
    for first in range(len(words) - length + 1):
        row = words[first : first + length]
        if length == 1:
            matches = fits(piece, row[0][1])
        else:
            last = row[-1][1]
            ends = last.startswith(piece.words[-1]) if piece.open else last == piece.words[-1]
            matches = ends and tuple(word for _, word in row[:-1]) == piece.words[:-1]
        if matches:
            yield row[0][0][0], row[-1][0][1]


def _literal_places(text: str, literal: str) -> Iterator[Span]:
    folded = text.casefold()
    # A few letters are two when folded: places are then told of the text as it is written.
    searched = folded if len(folded) == len(text) else text
    start = searched.find(literal)
    while start >= 0:
        yield start, start + len(literal)
        start = searched.find(literal, start + len(literal))


def joined(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap made one.

    >>> joined([(5, 9), (0, 2), (7, 12)])
    [(0, 2), (5, 12)]
    """
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
