"""The words of a text as every part of ``nlp`` cuts them: composed, lower case, no punctuation."""

from __future__ import annotations

import re
import unicodedata

# Letters and digits, joined inside by a hyphen, an apostrophe or the Finnish case colon (EU:n).
WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of ``text`` in order.

    >>> words_of("Sain apua, vaikka EU:n e-lomake oli vaikea!")
    ['sain', 'apua', 'vaikka', 'eu:n', 'e-lomake', 'oli', 'vaikea']
    """
    return WORD.findall(unicodedata.normalize("NFC", text).lower())
