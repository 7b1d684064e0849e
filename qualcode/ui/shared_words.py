"""A wording in which the words it shares with another stand out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

SHORTEST_START = 3
SHORTEST_PART = 5
ENDING = 2


def marked(text: str, lemmas: Sequence[str], others: Sequence[str] = ()) -> str:
    """The text as HTML with the inflected forms of ``lemmas`` in ``<mark>``.

    A word is a form of a lemma when the two agree up to the lemma's last two letters, or when a
    longer lemma is so a part of the word. Marked words that stand side by side here and in one of
    ``others`` are one mark. The board marks by the same rule (``markShared``).

    >>> marked("kiire & kiireiset päivät", ["kiire"])
    '<mark>kiire</mark> &amp; <mark>kiireiset</mark> päivät'
    >>> marked("lapsiperhepalvelut auttavat", ["palvelu"])
    '<mark>lapsiperhepalvelut</mark> auttavat'
    >>> marked("oma päätös syntyi", ["oma", "päätös"], ["omat päätökset"])
    '<mark>oma päätös</mark> syntyi'
    """
    pieces = re.split(r"([\w-]+)", text)
    theirs = {pair for other in others for _, pairs in _neighbours(other, lemmas) for pair in pairs}
    goes_on = {n + 2 for n, pairs in _neighbours(text, lemmas) if not theirs.isdisjoint(pairs)}
    written = ""
    for n, piece in enumerate(pieces):
        is_shared = n % 2 == 1 and bool(_lemmas_of(piece, lemmas))
        begins = "<mark>" if is_shared and n not in goes_on else ""
        ends = "</mark>" if is_shared and n + 2 not in goes_on else ""
        written += f"{begins}{html.escape(piece)}{ends}"
    return written


def _neighbours(text: str, lemmas: Sequence[str]) -> list[tuple[int, set[tuple[str, str]]]]:
    """(place of the first, the pairs of lemmas they make) for two shared words with only a space
    between; words and what divides them take turns, so that words are on the odd places."""
    pieces = re.split(r"([\w-]+)", text)
    found = []
    for n in range(1, len(pieces) - 2, 2):
        if not pieces[n + 1].isspace():
            continue
        seconds = _lemmas_of(pieces[n + 2], lemmas)
        pairs = {(one, two) for one in _lemmas_of(pieces[n], lemmas) for two in seconds}
        if pairs:
            found.append((n, pairs))
    return found


def _lemmas_of(word: str, lemmas: Sequence[str]) -> list[str]:
    """Those of the lemmas that the word is a form of."""
    low = word.lower()
    return [lemma for lemma in lemmas if _is_form(low, lemma.lower())]


def _is_form(word: str, lemma: str) -> bool:
    start = lemma[: max(SHORTEST_START, len(lemma) - ENDING)]
    return (len(start) >= SHORTEST_START and word.startswith(start)) or (
        len(start) >= SHORTEST_PART and start in word
    )
