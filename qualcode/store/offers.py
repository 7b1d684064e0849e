"""What was offered to whom, and what became of it, as the store keeps and counts it."""

from __future__ import annotations

from dataclasses import dataclass

CODE, PLACE = "code", "place"
"""Kinds of offers: a code for a passage of a text, a subcategory for a reduction."""

SHOWN, COMPARED, WITHHELD = "shown", "compared", "withheld"
"""How an offer was met: it stood on the screen; it was told in blind mode, after the person's own
decision; nothing was told of it, for it did not reach the limit that the analyst has set."""


PARTS = 5
"""The subjects are in so many parts, so that each can be judged by what the others teach."""


@dataclass(frozen=True)
class Offer:
    """One thing that stood on somebody's screen, or would have (``seen``).

    ``subject`` is the text with the passage ``start``-``end``, or the reduction (then 0 and 0).
    ``percent`` is its score, 0...100. ``later``: shown when the person had decided already, so
    that it tells nothing of how good the first look was. ``engine`` gave the score, which means
    another thing with each; of old offers it is not known ("").
    """

    kind: str
    subject: str
    start: int
    end: int
    who: str
    target: str
    rank: int
    percent: int
    later: bool = False
    seen: str = SHOWN
    engine: str = ""


@dataclass(frozen=True)
class OfferCell:
    """How many offers are alike in all of this.

    ``target`` is what is offered as it is called now: of what was merged into another since, the
    one kept. ``decided``: the person has given the subject something since; ``right``: this very
    thing; ``accepted``: by accepting the offer; ``rejected``: it was turned down.
    """

    target: str
    rank: int
    percent: int
    later: bool
    seen: str
    decided: bool
    right: bool
    accepted: bool
    rejected: bool
    engine: str
    count: int


@dataclass(frozen=True)
class ScoreCell:
    """How many first offers are alike in score, place and ``part``, and how many were chosen.

    Only what has been decided on: the subject has got something since, or this very offer was
    turned down.
    """

    rank: int
    percent: int
    part: int
    count: int
    right: int


@dataclass(frozen=True)
class CodeUse:
    """How many codings a code has on passages where something was shown first, or nothing."""

    code_id: str
    offered: bool
    codings: int
