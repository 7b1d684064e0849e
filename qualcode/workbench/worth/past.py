"""What the log tells of a finished analysis: in which order it was made, and what was taken.

The order is that of the acts in force by which a reduction first got a place and a passage its
first code; where each ended up is the study as it is now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.domain.decisions import Act, Change, Decision
from qualcode.store.repository import Reading
from qualcode.workbench.replaying import all_decisions
from qualcode.workbench.suggesting.dismissals import CODE, GROUP, PLACE

PASSED_OVER = (Act.UNDO, Act.REDO)


class Offer(StrEnum):
    """What a suggestion was about."""

    GROUPS = "groups"
    PLACES = "places"
    CODES = "codes"


@dataclass
class Taken:
    """How suggestions of one kind fared. ``first``: accepted ones that had been offered first."""

    accepted: int = 0
    edited: int = 0
    dismissed: int = 0
    first: int = 0
    engines: Counter[str] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        return self.accepted + self.dismissed


@dataclass(frozen=True)
class Past:
    """``placed`` and ``coded``: ids of reductions and of segments, in the order of the work.

    ``taken`` has the kinds of suggestions that were decided on; ``by_hand`` counts placements
    and codings that were made without accepting a suggestion.
    """

    placed: tuple[str, ...]
    coded: tuple[str, ...]
    taken: dict[Offer, Taken]
    by_hand: dict[Offer, int]


def past(rows: Reading) -> Past:
    """The log read through once, without what was undone."""
    placed: dict[str, None] = {}
    coded: dict[str, None] = {}
    taken: dict[Offer, Taken] = {}
    by_hand: Counter[Offer] = Counter()
    for decision in all_decisions(rows):
        if decision.undone or decision.act in PASSED_OVER:
            continue
        places, codings = _new(decision, "placement"), _new(decision, "coding")
        placed.update(dict.fromkeys(change.id for change in places))
        coded.update(dict.fromkeys(_segment(change) for change in codings))
        if decision.act is Act.ACCEPT_SUGGESTION:
            _accepted(decision, taken)
        elif decision.act is Act.DISMISS_SUGGESTION:
            _dismissed(decision, taken)
        else:
            by_hand[Offer.PLACES] += len(places)
            by_hand[Offer.CODES] += len(codings)
    return Past(tuple(placed), tuple(coded), taken, dict(by_hand))


def in_order(now: Iterable[str], order: Iterable[str]) -> list[str]:
    """What there is now in the order of the work; what the log does not name comes last."""
    left = dict.fromkeys(now)
    first = [id for id in order if id in left]
    known = set(first)
    return [*first, *(id for id in left if id not in known)]


def _new(decision: Decision, kind: str) -> list[Change]:
    return [
        change
        for change in decision.changes
        if change.kind == kind and change.before is None and change.after is not None
    ]


def _segment(change: Change) -> str:
    return str((change.after or {})["segment_id"])


def _accepted(decision: Decision, taken: dict[Offer, Taken]) -> None:
    for offer, told, count in _accepted_ones(decision):
        found = taken.setdefault(offer, Taken())
        found.accepted += count
        found.edited += _number(told.get("edited"))
        found.first += told.get("rank") == 1
        engine = told.get("engine") or decision.summary.get("engine")
        if engine:
            found.engines[str(engine)] += count


def _accepted_ones(decision: Decision) -> Iterator[tuple[Offer, dict[str, object], int]]:
    """Each thing accepted by the act: its kind, what was said of it, and how many it stands for."""
    told = dict(decision.summary)
    several = told.get("taken")
    if isinstance(several, list):
        yield from ((Offer.CODES, dict(one), 1) for one in several)
    elif "code" in told:
        yield Offer.CODES, told, 1
    elif "rank" in told:
        yield Offer.PLACES, told, 1
    elif count := _number(told.get("count")):
        yield Offer.GROUPS, told, count


def _dismissed(decision: Decision, taken: dict[Offer, Taken]) -> None:
    keys = [str((change.after or {}).get("key", "")) for change in _new(decision, "dismissal")]
    # Turning a group down also keeps what it held; it is one suggestion all the same.
    groups = [key for key in keys if key.startswith(GROUP)]
    for key in groups or keys:
        offer = (
            Offer.CODES
            if key.startswith(CODE)
            else Offer.PLACES
            if key.startswith(PLACE)
            else Offer.GROUPS
        )
        taken.setdefault(offer, Taken()).dismissed += 1


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
