"""Self-assessment discussions (itsearviointikeskustelut): a person looks at their own roles.

The person goes through one or two roles or all, in the order they want, marks each on the scale,
and plans how a role or the relation between roles is to grow. What is said is confidential: a
person is known by a pseudonym only. The steps are a profile, never summed or averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.errors import QualcodeError
from qualcode.domain.role_traits import Step


class NoPerson(QualcodeError):
    template = "Who discusses? Give the person a pseudonym, for example A1. Never a real name."


class Company(StrEnum):
    """With whom the person goes through the map."""

    ALONE = "alone"
    WORKER = "worker"
    CLOSE_ONE = "close_one"


class Purpose(StrEnum):
    """What the discussion is for: work with a client, or teaching staff and students."""

    WORK = "work"
    STAFF_TRAINING = "staff_training"
    STUDENT_TRAINING = "student_training"


@dataclass(frozen=True)
class Discussion:
    """One discussion. ``person`` and ``companion`` are pseudonyms; ``day`` is an ISO date.

    ``relations`` is the plan for the relations between roles, ``assessed_by`` how the progress
    will be assessed, ``next_day`` the date agreed for the next time (or empty). The map is named
    and not held: what a person said of it outlives the map, until they want it gone.
    """

    id: str
    map_id: str
    map_title: str
    person: str
    day: str
    company: Company = Company.ALONE
    companion: str = ""
    purpose: Purpose = Purpose.WORK
    place: str = ""
    relations: str = ""
    assessed_by: str = ""
    next_day: str = ""
    created_by: str = ""
    created_at: str = ""

    def __post_init__(self) -> None:
        if not self.person.strip():
            raise NoPerson()


@dataclass(frozen=True)
class RoleTalk:
    """What was said of one role. ``position`` is its turn in the discussion.

    ``direction`` is where the person wants the role to go, ``plan`` what is done for it. Nothing
    has to be filled: a role can be talked of without marking it on the scale.
    """

    id: str
    discussion_id: str
    role_id: str
    role_name: str
    position: int = 0
    step: Step | None = None
    feedback: str = ""
    examples: str = ""
    direction: str = ""
    plan: str = ""
    exercises: str = ""


TALK_FIELDS = ("feedback", "examples", "direction", "plan", "exercises")
"""What is written of a role, in the order of the discussion."""

CLOSING_FIELDS = ("relations", "assessed_by", "next_day")
"""What is agreed at the end."""


def agreed(discussions: list[Discussion]) -> list[Discussion]:
    """Discussions whose next date is still ahead or has passed without a new discussion.

    A date is kept once the same person has looked at the same map on that day or later, or has
    agreed another one since. The earliest date comes first.
    """
    newest: dict[tuple[str, str], Discussion] = {}
    for one in sorted(discussions, key=lambda one: (one.day, one.created_at, one.id)):
        newest[one.map_id, one.person] = one
    return sorted(
        (one for one in newest.values() if one.next_day),
        key=lambda one: (one.next_day, one.person, one.id),
    )
