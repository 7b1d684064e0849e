"""Which of the three languages texts are written in, told by their small words and letters.

Light and offline. Whole texts give themselves away by their function words; a list of noun
phrases has few of those, so the letter sequences that one language uses and the others do not
count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from qualcode.nlp.embedding import normalised
from qualcode.nlp.stop_words import BY_LANGUAGE

TEXTS_LOOKED_AT = 2_000
WORDS_LOOKED_AT = 20_000
# A function word is surer than a letter sequence, which every language borrows now and then.
FUNCTION_WORD = 3.0

_TELLING = {
    "fi": r"ää|aa|ii|uu|yy|öö|kk|yö|uo|ie|hd|lk|sä|jä|hj|ien\b|inen\b|ssa\b|ssä\b|sta\b|stä\b|lla\b"
    r"|llä\b|ksi\b|minen\b|ista\b|den\b|jen\b",
    "sv": r"å|ck|skt|sj|tj|för|ning|het\b|lig|ande\b|arna\b|erna\b|orna\b|ör\b|ät|äl|gd\b|äg|öd"
    r"|ts\b",
    "en": r"th|w|sh|tion|ing\b|ou|ough|ly\b|ea|ment\b|ness\b|ch|ee|qu|x|igh|ed\b|y\b",
}
_SEQUENCES = {language: re.compile(found) for language, found in _TELLING.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(texts: Iterable[str], default: str = "fi") -> str:
    """ "fi", "sv" or "en"; ``default`` when the texts hold no words.

    >>> guess_language(["Det tar för lång tid att få hjälp", "ingen svarar i telefon"])
    'sv'
    """
    points = dict.fromkeys(BY_LANGUAGE, 0.0)
    words = (
        word
        for text in islice(texts, TEXTS_LOOKED_AT)
        for word in _WORD.findall(normalised(text).casefold())
    )
    for word in islice(words, WORDS_LOOKED_AT):
        knowing = [language for language, known in BY_LANGUAGE.items() if word in known]
        for language in knowing:
            points[language] += FUNCTION_WORD / len(knowing)
        for language, telling in _SEQUENCES.items():
            points[language] += len(telling.findall(word))
    best = max(points, key=lambda language: points[language])
    return best if points[best] else default
