"""Keyword in context: what was found, with the words around it on one line."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.store.search_query import SearchRow
from qualcode.workbench.finding import Hit
from qualcode.workbench.search_words import Span

WIDTH = 70
"""Characters of context on either side."""

MOST_LINES = 20
"""Lines of one text; the rest of a long interview's are read in the text itself."""


@dataclass(frozen=True)
class Line:
    """One place of one text: the words found between their contexts, on one line.

    ``start`` and ``end`` are code points of the text. What was found by meaning has no words of
    its own: ``right`` is then the beginning of the text.
    """

    row: SearchRow
    left: str
    words: str
    right: str
    start: int
    end: int


def lines(hit: Hit, width: int = WIDTH, most: int = MOST_LINES) -> list[Line]:
    """A line for every place, in the order of the text.

    >>> row = SearchRow("document", "d1", "Sain apua heti.\\nKiitos avusta!")
    >>> hit = Hit(row, ((5, 9), (23, 29)))
    >>> [(line.left, line.words, line.right) for line in lines(hit, width=8)]
    [('Sain ', 'apua', ' heti. K…'), ('…Kiitos ', 'avusta', '!')]
    """
    if not hit.spans:
        return [Line(hit.row, "", "", _right(hit.row.text, 0, 2 * width), 0, 0)]
    return [_line(hit.row, span, width) for span in hit.spans[:most]]


def _line(row: SearchRow, span: Span, width: int) -> Line:
    start, end = span
    return Line(
        row,
        _left(row.text, start, width),
        _flat(row.text[start:end]),
        _right(row.text, end, width),
        start,
        end,
    )


def _left(text: str, end: int, width: int) -> str:
    start = max(0, end - width)
    return ("…" if start else "") + _flat(text[start:end]).lstrip()


def _right(text: str, start: int, width: int) -> str:
    end = min(len(text), start + width)
    return _flat(text[start:end]).rstrip() + ("…" if end < len(text) else "")


def _flat(text: str) -> str:
    """The text without line breaks, as many characters as before."""
    return "".join(" " if character.isspace() else character for character in text)
