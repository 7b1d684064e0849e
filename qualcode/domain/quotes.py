"""Quotes chosen for the report: whose words are printed, under which heading, in which form.

The rules that everything keeps: a quote is printed once, under one heading; outside [brackets] it
is what the respondent wrote; and before it is printed a person has looked at what it may tell of
somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.errors import QualcodeError

_BRACKETED = re.compile(r"\[[^\[\]]*\]")


class NotTheirWords(QualcodeError):
    template = (
        "Outside [brackets] a quote must be as the respondent wrote it, and “{piece}” is not there "
        "in that place. Put what you leave out or change into brackets: [---], [sibling]."
    )


@dataclass(frozen=True)
class ChosenQuote:
    """An original expression chosen for the report: ``id`` is the segment's own, so it is printed
    once.

    ``category_id`` names the heading; when the expression is no longer in that category, it is
    printed under one where it is. ``printed`` is the form it is printed in, "" as written.
    ``checked_by`` is who looked at it before it may be printed; "" when nobody has.
    """

    id: str
    category_id: str = ""
    printed: str = ""
    position: float = 0.0
    chosen_by: str = ""
    chosen_at: str = ""
    checked_by: str = ""
    checked_at: str = ""
    note: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.checked_by)

    def shown(self, written: str) -> str:
        """The words as they are printed."""
        return self.printed or written


class DoubtKind(StrEnum):
    """Why a quote may tell who somebody is, or should not be printed as it is."""

    NAME = "name"
    CONTACT = "contact"
    RARE = "rare"
    NO_CONSENT = "no_consent"
    OFTEN_QUOTED = "often_quoted"


@dataclass(frozen=True)
class Doubt:
    """One reason to look. ``words``: what of the text or the background it concerns."""

    kind: DoubtKind
    words: str = ""
    share: int = 0


def check_printed(written: str, printed: str) -> None:
    """The rule: what stands outside brackets is the respondent's, in the order they wrote it.

    >>> check_printed("Äiti Liisa auttoi aina.", "Äiti [---] auttoi aina.")
    >>> check_printed("Äiti Liisa auttoi aina.", "Äiti [sisar] auttoi aina.")
    >>> check_printed("Äiti Liisa auttoi aina.", "Isä auttoi aina.")
    Traceback (most recent call last):
    ...
    qualcode.domain.quotes.NotTheirWords: ...
    """
    if printed in ("", written):
        return
    source = _plain(written)
    pieces = [_plain(piece) for piece in _BRACKETED.split(printed)]
    if len(pieces) == 1 and pieces[0] != source:
        raise _not_theirs(pieces[0])
    if not source.startswith(pieces[0]):
        raise _not_theirs(pieces[0])
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = source.find(piece, at)
        if found < 0:
            raise _not_theirs(piece)
        at = found + len(piece)
    end = pieces[-1]
    if not source.endswith(end) or len(source) - len(end) < at * (len(pieces) > 1):
        raise _not_theirs(end)


def _not_theirs(piece: str) -> NotTheirWords:
    return NotTheirWords(piece=piece if len(piece) <= 60 else piece[:59] + "…")


def _plain(text: str) -> str:
    """The text as it is compared: runs of spaces and line breaks are one space."""
    return " ".join(text.split())
