"""The course of the analysis as the log tells it: phases, by whom, when, and what was of note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.domain.decisions import Act, Decision
from qualcode.store.repository import Reading
from qualcode.workbench.replaying import all_decisions


class Phase(StrEnum):
    """A part of the work, by the acts that it is made of."""

    MATERIAL = "material"
    CODES = "codes"
    CODING = "coding"
    REDUCING = "reducing"
    GROUPING = "grouping"
    ROLES = "roles"


ACTS: Mapping[Phase, tuple[Act, ...]] = {
    Phase.MATERIAL: (Act.IMPORT, Act.SET_ASIDE, Act.BRING_BACK, Act.REMOVE_SOURCE),
    Phase.CODES: (
        Act.TAKE_CODEBOOK,
        Act.DROP_CODEBOOK,
        Act.EDIT_CODEBOOK,
        Act.ADD_CODE,
        Act.EDIT_CODE,
        Act.REMOVE_CODE,
        Act.MERGE_CODES,
    ),
    Phase.CODING: (
        Act.CODE,
        Act.UNCODE,
        Act.STRETCH,
        Act.SPLIT_CODING,
        Act.MERGE_CODINGS,
        Act.RECODE,
    ),
    Phase.REDUCING: (
        Act.REDUCE,
        Act.LINK_REDUCTION,
        Act.UNLINK_REDUCTION,
        Act.REWORD,
        Act.MERGE_REDUCTIONS,
        Act.SPLIT_REDUCTION,
        Act.REMOVE_REDUCTION,
    ),
    Phase.GROUPING: (
        Act.ADD_CATEGORY,
        Act.RENAME_CATEGORY,
        Act.EDIT_CATEGORY,
        Act.MOVE_CATEGORY,
        Act.MERGE_CATEGORIES,
        Act.SPLIT_CATEGORY,
        Act.REMOVE_CATEGORY,
        Act.PLACE,
    ),
    Phase.ROLES: (Act.START_ROLE_MAP, Act.ADD_ROLE, Act.EDIT_ROLE, Act.LINK_ROLE, Act.UNLINK_ROLE),
}

PHASE_OF = {act: phase for phase, acts in ACTS.items() for act in acts}
ROWS = {
    Phase.CODING: "coding",
    Phase.REDUCING: "reduction_link",
    Phase.GROUPING: "placement",
}
"""What an accepted suggestion makes tells which phase it is a part of."""

NOTABLE = (Act.MERGE_CATEGORIES, Act.RENAME_CATEGORY, Act.SPLIT_CATEGORY, Act.REMOVE_CATEGORY)
"""Acts on categories that a method chapter may want to tell one by one."""


@dataclass
class Stretch:
    """One phase: the acts in force it is made of, in their order. ``ids`` are their numbers."""

    first: str = ""
    last: str = ""
    coders: dict[str, None] = field(default_factory=dict)
    acts: Counter[Act] = field(default_factory=Counter)
    ids: list[int] = field(default_factory=list)
    by_act: dict[Act, list[int]] = field(default_factory=dict)

    def add(self, decision: Decision) -> None:
        self.first = self.first or decision.at
        self.last = decision.at
        self.coders[decision.who] = None
        self.acts[decision.act] += 1
        self.ids.append(decision.id)
        self.by_act.setdefault(decision.act, []).append(decision.id)

    def numbers(self, *acts: Act) -> tuple[int, ...]:
        """The numbers of these acts in the log."""
        return tuple(sorted(id for act in acts for id in self.by_act.get(act, ())))


@dataclass
class Course:
    """The whole log read once. ``notable``: (decision) of category acts, without their rows.

    ``taken_back`` counts acts that were undone and are not in force, ``all`` every act but undo and
    redo; ``imports`` per file what came in; ``shown`` the acts that changed how suggestions are
    shown; ``engines`` those that chose an engine; ``counted`` those that told how many forms were
    sent.
    """

    phases: dict[Phase, Stretch] = field(default_factory=dict)
    notable: list[Decision] = field(default_factory=list)
    taken_back: list[int] = field(default_factory=list)
    everything: int = 0
    shown: list[Decision] = field(default_factory=list)
    engines: list[Decision] = field(default_factory=list)
    accepted: list[int] = field(default_factory=list)
    dismissed: list[int] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)

    def in_order(self) -> list[Phase]:
        """The phases in the order they were begun."""
        return sorted(self.phases, key=lambda phase: (self.phases[phase].ids[0], phase))


def course(rows: Reading) -> Course:
    """What the log tells, the acts in force only."""
    found = Course()
    for decision in all_decisions(rows):
        if decision.act in (Act.UNDO, Act.REDO):
            continue
        found.everything += 1
        if decision.undone:
            found.taken_back.append(decision.id)
            continue
        _take(found, decision)
    return found


def _take(found: Course, decision: Decision) -> None:
    phase = PHASE_OF.get(decision.act)
    if decision.act is Act.ACCEPT_SUGGESTION:
        found.accepted.append(decision.id)
        made = {change.kind for change in decision.changes}
        phase = next((phase for phase, kind in ROWS.items() if kind in made), None)
    elif decision.act is Act.DISMISS_SUGGESTION:
        found.dismissed.append(decision.id)
    elif decision.act is Act.SET_SUGGESTIONS:
        found.shown.append(_bare(decision))
    elif decision.act is Act.CHOOSE_ENGINE:
        found.engines.append(_bare(decision))
    elif decision.act is Act.COUNT_FORMS:
        found.counted.append(decision.id)
    elif decision.act in NOTABLE:
        found.notable.append(_bare(decision))
    if phase is not None:
        found.phases.setdefault(phase, Stretch()).add(decision)


def _bare(decision: Decision) -> Decision:
    """The decision without its rows: a summary is enough to tell of it."""
    return Decision(decision.id, decision.at, decision.who, decision.act, decision.summary)
