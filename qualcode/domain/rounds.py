"""When answers were gathered, from whom, and how many forms came back.

A round is a time of gathering (baseline, mid-term, final). A sending is what was sent to one actor
group, in one pilot if the study tells pilots apart; a share of returned forms is counted from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """A time of gathering. ``when`` is told as the study tells it ("kevät 2018")."""

    id: str
    name: str
    when: str = ""
    position: int = 0


@dataclass(frozen=True)
class Gathering:
    """What a file's answers are: gathered in a round, with a version of a form. ``id`` is the
    file's (the source's) own."""

    id: str
    round_id: str | None = None
    instrument_id: str | None = None


@dataclass(frozen=True)
class Sending:
    """Forms sent to one actor group. ``sent`` or ``returned`` is None when it is not known.

    ``note`` tells what numbers do not: a pilot that dropped out, and why.
    """

    id: str
    actor_group: str
    pilot: str = ""
    round_id: str | None = None
    instrument_id: str | None = None
    sent: int | None = None
    returned: int | None = None
    note: str = ""
    position: int = 0

    @property
    def rate(self) -> float | None:
        """The share of forms that came back; None when either number is not known."""
        if not self.sent or self.returned is None:
            return None
        return self.returned / self.sent
