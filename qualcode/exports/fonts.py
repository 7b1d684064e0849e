"""The one typeface of our figures, with its real measures, on any machine.

It comes with a package, so a figure looks the same on a server without fonts as on a laptop.
"""

from __future__ import annotations

from functools import cache, lru_cache

import font_source_sans_pro
from PIL import ImageFont

FAMILY = "Source Sans Pro"
REGULAR = 400
SEMIBOLD = 600

# A machine that lacks the family shows one of these; the text keeps its measured length.
FAMILIES = f"'{FAMILY}', 'Source Sans 3', 'Source Sans', 'Segoe UI', Arial, sans-serif"

_FILES = {
    REGULAR: font_source_sans_pro.font_files_ttf["SourceSansPro"],
    SEMIBOLD: font_source_sans_pro.font_files_ttf["SourceSansProSemibold"],
}
_MEASURED_AT = 200
_VOWELS = "aeiouyåäöAEIOUYÅÄÖ"


def files() -> list[str]:
    """Paths of the font files that our figures use."""
    return list(_FILES.values())


def width(text: str, size: float, weight: int = REGULAR) -> float:
    """How long ``text`` is when set at ``size``, in the same units."""
    return _width(text, weight) * size / _MEASURED_AT


def syllable_breaks(word: str) -> list[int]:
    """Places where a long word may be divided, the last one first.

    Finnish divides before a consonant that a vowel follows; two letters stay on each side.

    >>> [word[:at] for word in ("jokseenkin",) for at in syllable_breaks(word)]
    ['jokseen', 'jok']
    """
    return [
        at
        for at in range(len(word) - 2, 1, -1)
        if word[at - 1] == "-"
        or (word[at] not in _VOWELS and word[at + 1] in _VOWELS and word[at].isalpha())
    ]


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    # The basic layout engine is in every build of Pillow; the measures must not vary by machine.
    return ImageFont.truetype(_FILES[weight], _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _width(text: str, weight: int) -> float:
    return float(_font(weight).getlength(text))
