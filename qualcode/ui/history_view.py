"""What the history shows of an act: who, when, what, whether it is in force, where it is seen.

For the page of the log and for the short list beside the answers alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode.domain.decisions import NOT_UNDOABLE, REVIEWERS_ACTS, Act, Decision
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence


@dataclass(frozen=True)
class PastAct:
    """An act of the log. ``turned_by`` and ``turned_at`` tell who took it back, and when.

    ``of`` is the number of the act that an undo or a redo concerned.
    """

    id: int
    act: Act
    who: str
    at: datetime
    what: str
    mine: bool
    undone: bool
    undoable: bool
    turned_by: str = ""
    turned_at: datetime | None = None
    of: int | None = None
    doc: str | None = None


def _may_turn(bench: Workbench, decision: Decision) -> bool:
    """Whether this person may take the act back: whoever reviews only what they said themselves."""
    if bench.reviewing:
        return decision.act in REVIEWERS_ACTS and decision.who == bench.coder
    return decision.act not in NOT_UNDOABLE


def past_acts(rows: Reading, bench: Workbench, decisions: Sequence[Decision]) -> list[PastAct]:
    """The decisions as a person reads them, in their order."""
    translate = gettext_for(bench.language)
    turns = rows.last_turns([decision.id for decision in decisions if decision.undone])
    return [
        PastAct(
            id=decision.id,
            act=decision.act,
            who=decision.who,
            at=local(decision.at),
            what=act_sentence(whereabouts.act(bench.reviewing, decision), translate),
            mine=decision.who == bench.coder,
            undone=decision.undone,
            undoable=_may_turn(bench, decision),
            turned_by=turns[decision.id].who if decision.id in turns else "",
            turned_at=local(turns[decision.id].at) if decision.id in turns else None,
            of=decision.of,
            doc=_document(decision),
        )
        for decision in decisions
    ]


def _document(decision: Decision) -> str | None:
    """The text that the act says it was about."""
    said = decision.summary.get("document")
    return said if isinstance(said, str) else None


def local(at: str) -> datetime:
    """A time of the log on the reader's clock."""
    return datetime.fromisoformat(at).astimezone()
