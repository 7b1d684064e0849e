"""A wording in which the words it shares with another stand out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

SHORTEST_START = 3
ENDING = 2


def marked(text: str, lemmas: Sequence[str]) -> str:
    """The text as HTML with the inflected forms of ``lemmas`` in ``<mark>``.

    A word is a form of a lemma when the two agree up to the lemma's last two letters; the board
    marks by the same rule (``markShared``).

    >>> marked("kiire & kiireiset päivät", ["kiire"])
    '<mark>kiire</mark> &amp; <mark>kiireiset</mark> päivät'
    """
    pieces = re.split(r"([\w-]+)", text)
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if _is_form(piece, lemmas) else html.escape(piece)
        for piece in pieces
    )


def _is_form(word: str, lemmas: Sequence[str]) -> bool:
    starts = (lemma.lower()[: max(SHORTEST_START, len(lemma) - ENDING)] for lemma in lemmas)
    return any(len(start) >= SHORTEST_START and word.lower().startswith(start) for start in starts)
