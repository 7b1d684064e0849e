"""Of a code's rule the part that tells when the code is used."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?<=[.;!])\s+|\n+")
_NOT = re.compile(
    r"^\W*(?:ei|eivät|älä|mutta ei|not|do not|don't|never|but not|inte|men inte)\b"
    r"|\b(?:ei|älä) (?:käytetä|käytä|koske|kuulu|koodata)\b"
    # What is better given another code: "Jos …, käytä koodia Osallisuus."
    r"|\bjos\b.*\bkäytä(?:än)? (?!tätä)(?:\w+ )?(?:koodia|luokkaa)\b"
    r"|\bif\b.*\buse (?!this)(?:\w+ )?(?:code|category)\b"
    r"|\bom\b.*\banvänd (?:koden|kategorin)\b"
    r"|\b(?:not|inte) (?:used?|apply|include|används?|gäller)\b",
    re.IGNORECASE,
)


def telling_when(rule: str) -> str:
    """The rule without the sentences that tell when the code is *not* used.

    A word of those speaks against the code, so it must not be shown as a reason for it.

    >>> telling_when("Käytetään, kun palvelu viipyy. Ei käytetä, kun jono on puhelimessa.")
    'Käytetään, kun palvelu viipyy.'
    """
    return " ".join(part for part in _PARTS.split(rule.strip()) if part and not _NOT.search(part))
