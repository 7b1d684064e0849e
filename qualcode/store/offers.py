"""What was offered to whom, and what became of it, as the store keeps and counts it."""

from __future__ import annotations

from dataclasses import dataclass

CODE, PLACE = "code", "place"
"""Kinds of offers: a code for a passage of a text, a subcategory for a reduction."""


@dataclass(frozen=True)
class Offer:
    """One thing that stood on somebody's screen.

    ``subject`` is the text with the passage ``start``-``end``, or the reduction (then 0 and 0).
    ``percent`` is its score, 0...100. ``later``: shown when the person had decided already, so
    that it tells nothing of how good the first look was.
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


@dataclass(frozen=True)
class OfferCell:
    """How many offers are alike in all of this.

    ``decided``: the person has given the subject something since; ``right``: this very thing;
    ``accepted``: by accepting the offer; ``rejected``: it was turned down.
    """

    target: str
    rank: int
    percent: int
    later: bool
    decided: bool
    right: bool
    accepted: bool
    rejected: bool
    count: int


@dataclass(frozen=True)
class CodeUse:
    """How many codings a code has on passages where something was offered first, or nothing."""

    code_id: str
    offered: bool
    codings: int
