"""A wording in which the words it shares with another stand out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

SHORTEST_START = 3
SHORTEST_PART = 5
ENDING = 2


def marked(text: str, lemmas: Sequence[str]) -> str:
    """The text as HTML with the inflected forms of ``lemmas`` in ``<mark>``.

    A word is a form of a lemma when the two agree up to the lemma's last two letters, or when a
    longer lemma is so a part of the word; the board marks by the same rule (``markShared``).

    >>> marked("kiire & kiireiset päivät", ["kiire"])
    '<mark>kiire</mark> &amp; <mark>kiireiset</mark> päivät'
    >>> marked("lapsiperhepalvelut auttavat", ["palvelu"])
    '<mark>lapsiperhepalvelut</mark> auttavat'
    """
    pieces = re.split(r"([\w-]+)", text)
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if _is_form(piece, lemmas) else html.escape(piece)
        for piece in pieces
    )


def _is_form(word: str, lemmas: Sequence[str]) -> bool:
    starts = (lemma.lower()[: max(SHORTEST_START, len(lemma) - ENDING)] for lemma in lemmas)
    return any(
        (len(start) >= SHORTEST_START and word.lower().startswith(start))
        or (len(start) >= SHORTEST_PART and start in word.lower())
        for start in starts
    )
