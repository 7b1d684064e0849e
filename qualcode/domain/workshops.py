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
    Quadrant.STRENGTHS: r"vahvuu(?:s|det)|styrk(?:a|or|orna)|strengths?",
    Quadrant.WEAKNESSES: r"heikkou(?:s|det)|svaghet(?:er|erna)?|weakness(?:es)?",
    Quadrant.OPPORTUNITIES: (r"mahdollisuu(?:s|det)|möjlighet(?:er|erna)?|opportunit(?:y|ies)"),
    Quadrant.THREATS: r"uhka(?:t|kuva|kuvat)?|uhat|hot(?:en|bild|bilder)?|threats?",
}
_PATTERNS = {
    quadrant: re.compile(rf"(?:{title})", re.IGNORECASE) for quadrant, title in _TITLES.items()
}
# Words that stand beside a title without changing it.
_BESIDE = frozenset(
    "swot s w o t ja and och sisäiset ulkoiset sisäinen ulkoinen internal external interna "
    "externa omat meidän nykytila tulevaisuus taulukko ruutu kenttä analyysi analysis".split()
)


def quadrant_of(title: str) -> Quadrant | None:
    """The quadrant a title names, or None if it is no title of exactly one quadrant.

    Singular or plural, with a number, a colon, capital letters or the same word in other
    languages beside it; a sentence that only mentions a strength is no title.

    >>> quadrant_of("1. VAHVUUDET:"), quadrant_of("Uhat / Threats"), quadrant_of("Vahvuus on tuki")
    (<Quadrant.STRENGTHS: 'strengths'>, <Quadrant.THREATS: 'threats'>, None)
    """
    if len(title) > 60:
        return None
    found: set[Quadrant] = set()
    for word in re.findall(r"[^\W\d_]+", title):
        quadrant = next(
            (quadrant for quadrant, pattern in _PATTERNS.items() if pattern.fullmatch(word)), None
        )
        if quadrant is not None:
            found.add(quadrant)
        elif word.casefold() not in _BESIDE:
            return None
    return found.pop() if len(found) == 1 else None
