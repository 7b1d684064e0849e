"""The headings of the quadrants in the language of a reader."""

from __future__ import annotations

from qualcode.domain.workshops import Quadrant
from qualcode.readers.workshop import QUADRANT_NAMES
from qualcode.texts import gettext_for


def quadrant_name(quadrant: str, language: str) -> str:
    """What a quadrant is called; a field that is no quadrant keeps its own name."""
    if quadrant not in list(Quadrant):
        return quadrant
    return QUADRANT_NAMES[Quadrant(quadrant)].message(gettext_for(language))
