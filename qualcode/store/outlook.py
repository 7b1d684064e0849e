"""How the machine saw each answer when it last looked through all of them: no decision.

Kept so that a list or an order made of it stays as it is while somebody reads, in a study of any
size; made anew when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outlook:
    """One answer. ``unsure`` and ``new`` are its turns (1, 2, ...) in the two orders of reading.

    ``score`` (0...1000) is that of its first code, ``chance`` (0...1000) how often such ones are
    chosen, None while too little is decided to tell; ``code_id`` that code, None when nothing can
    be said of the text. ``revision`` and ``at``: the state of the study, and when.
    """

    document_id: str
    unsure: int
    new: int
    score: int
    chance: int | None
    code_id: str | None
    revision: int
    at: str


@dataclass(frozen=True)
class OutlookMade:
    """When all answers were last looked through, how many there were and of how many a chance is
    known."""

    revision: int
    at: str
    answers: int
    known: int


@dataclass(frozen=True)
class UnsureAnswer:
    """An answer without a code whose likeliest one is not likely: chance 0...1000."""

    document_id: str
    text: str
    code_id: str | None
    chance: int
