"""A text with composed letters, and where each of its letters stood before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LETTER = re.compile(r".[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]*", re.DOTALL)


def composed(text: str) -> tuple[str, Sequence[int]]:
    """``text`` in composed form, and for each place in it (its end too) the place in ``text``.

    >>> composed("a\\u0308iti")[1][1]
    2
    """
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    for letter in _LETTER.finditer(text):
        whole = unicodedata.normalize("NFC", letter[0])
        parts.append(whole)
        places.extend([letter.start()] * len(whole))
    places.append(len(text))
    return "".join(parts), places
