"""The four quadrants of a SWOT analysis and the titles people give them."""

from __future__ import annotations

import re
from enum import StrEnum


class Quadrant(StrEnum):
    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    OPPORTUNITIES = "opportunities"
    THREATS = "threats"


_TITLES = {
    Quadrant.STRENGTHS: (r"vahvuu(?:s|det|temme)|plussat|styrk(?:a|or|orna)|strengths?|pros"),
    Quadrant.WEAKNESSES: (
        r"heikkou(?:s|det|temme)|miinukset|svaghet(?:er|erna)?|brister|weakness(?:es)?|cons"
        r"|limitations?"
    ),
    Quadrant.OPPORTUNITIES: (
        r"mahdollisuu(?:s|det|temme)|tilaisuudet|möjlighet(?:er|erna)?|chanser"
        r"|opportunit(?:y|ies)|possibilit(?:y|ies)"
    ),
    Quadrant.THREATS: (
        r"uhka(?:t|kuva|kuvat|mme)?|uhat|riskit?|vaarat|hot(?:en|bild|bilder)?|risker|threats?"
        r"|risks?"
    ),
}
_PATTERNS = {
    quadrant: re.compile(rf"(?:{title})", re.IGNORECASE) for quadrant, title in _TITLES.items()
}
# Words that stand beside a title without changing it.
_BESIDE = frozenset(
    "swot s w o t ja and och sisäiset ulkoiset sisäinen ulkoinen internal external interna "
    "externa omat meidän nykytila tulevaisuus taulukko ruutu kenttä analyysi analysis".split()
)


_PHRASES = {
    "vahvat puolet": Quadrant.STRENGTHS,
    "hyvät puolet": Quadrant.STRENGTHS,
    "starka sidor": Quadrant.STRENGTHS,
    "strong points": Quadrant.STRENGTHS,
    "heikot puolet": Quadrant.WEAKNESSES,
    "huonot puolet": Quadrant.WEAKNESSES,
    "svaga sidor": Quadrant.WEAKNESSES,
    "weak points": Quadrant.WEAKNESSES,
}
"""Titles of two words; alone neither of them names a quadrant."""

_LETTERS = {
    "s": Quadrant.STRENGTHS,
    "w": Quadrant.WEAKNESSES,
    "o": Quadrant.OPPORTUNITIES,
    "t": Quadrant.THREATS,
    "v": Quadrant.STRENGTHS,
    "h": Quadrant.WEAKNESSES,
    "m": Quadrant.OPPORTUNITIES,
    "u": Quadrant.THREATS,
}


def quadrant_of_letter(written: str) -> Quadrant | None:
    """The quadrant of one letter, of SWOT or VHMU: only for a cell that is known to name one.

    >>> quadrant_of_letter("W"), quadrant_of_letter("h."), quadrant_of_letter("x")
    (<Quadrant.WEAKNESSES: 'weaknesses'>, <Quadrant.WEAKNESSES: 'weaknesses'>, None)
    """
    return _LETTERS.get(written.strip().rstrip(".:)").casefold())


def quadrant_of(title: str) -> Quadrant | None:
    """The quadrant a title names, or None if it is no title of exactly one quadrant.

    Singular or plural, with a number, a colon, capital letters or the same word in other
    languages beside it; a sentence that only mentions a strength is no title.

    >>> quadrant_of("1. VAHVUUDET:"), quadrant_of("Uhat / Threats"), quadrant_of("Vahvuus on tuki")
    (<Quadrant.STRENGTHS: 'strengths'>, <Quadrant.THREATS: 'threats'>, None)
    """
    if len(title) > 60:
        return None
    words = re.findall(r"[^\W\d_]+", title)
    phrase = _PHRASES.get(" ".join(words).casefold())
    if phrase is not None:
        return phrase
    found: set[Quadrant] = set()
    for word in words:
        quadrant = next(
            (quadrant for quadrant, pattern in _PATTERNS.items() if pattern.fullmatch(word)), None
        )
        if quadrant is not None:
            found.add(quadrant)
        elif word.casefold() not in _BESIDE:
            return None
    return found.pop() if len(found) == 1 else None
