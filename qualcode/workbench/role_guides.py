"""How a role map is used: the guide of the frame it began from, or a general one.

The client's and the worker's guides differ: a client's roles live with the life situation, a
worker's mutual relation may change; a client talks with somebody, a worker also assesses alone and
learns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.role_maps import RoleMap
from qualcode.readers.role_map_yaml import RoleMapFrame, shipped_role_map_frames
from qualcode.texts import N_


class Reader(StrEnum):
    """Who the guide is for."""

    CLIENT = "client"
    WORKER = "worker"


@dataclass(frozen=True)
class Guide:
    """What the map is for, what to keep in mind, and the steps of a discussion."""

    purposes: tuple[str, ...]
    principles: tuple[str, ...]
    steps: tuple[str, ...]


READERS = {Reader.CLIENT: N_("for a client"), Reader.WORKER: N_("for a worker")}

_PURPOSES = {
    Reader.CLIENT: (
        N_("to sort out one's own roles"),
        N_("a support for talking with a worker or a close one"),
    ),
    Reader.WORKER: (
        N_("to sort out one's own roles with clients"),
        N_("self-assessment, alone or with a colleague"),
        N_("training of staff and students"),
    ),
}
_PRINCIPLES = {
    Reader.CLIENT: (
        N_("Roles are not equally strong at the same time: they live with the life situation."),
        N_("You need not manage alone; how much support you need varies."),
        N_("There are no right answers, and the marks are not added up."),
    ),
    Reader.WORKER: (
        N_("Roles are not equally strong at the same time, and their relation may change."),
        N_("A client always needs a worker's support, but how much of it varies."),
        N_("The worker therefore has to be flexible in their own role work."),
        N_("The marks are not added up: a profile has no total."),
    ),
}
_STEPS = (
    N_("Find a quiet place and enough time."),
    N_("Go through the roles in the order you want, or choose one or two of them."),
    N_("Mark on the five-step scale how far the role has developed."),
    N_("Give feedback."),
    N_("Stay with the roles; services and personal relations are talked of another time."),
    N_("Look at the role from many sides and find examples."),
    N_("Plan how to develop the role or the relation between roles, and think of exercises."),
    N_("Agree how the work will be assessed."),
    N_("Agree when you talk the next time."),
)


def frame_of(role_map: RoleMap) -> RoleMapFrame | None:
    """The shipped frame that the map began from, when there is one."""
    if not role_map.frame:
        return None
    return next((f for f in shipped_role_map_frames() if f.key == role_map.frame), None)


def reader_of(role_map: RoleMap) -> Reader:
    """Who a map is most likely for, by its actor group."""
    group = role_map.actor_group.casefold()
    return Reader.WORKER if "työntek" in group or "worker" in group else Reader.CLIENT


def guide_of(
    role_map: RoleMap, reader: Reader, language: str, translate: Callable[[str], str]
) -> Guide:
    """The frame's own guide where it has one in the language, else the general guide."""
    frame = frame_of(role_map)
    if frame is not None:
        usage = frame.usage
        finnish = language == "fi"
        own = Guide(
            usage.purposes_fi if finnish else usage.purposes_en,
            usage.principles_fi if finnish else usage.principles_en,
            usage.steps_fi if finnish else usage.steps_en,
        )
        if own.steps:
            return own
    return Guide(
        tuple(translate(text) for text in _PURPOSES[reader]),
        tuple(translate(text) for text in _PRINCIPLES[reader]),
        tuple(translate(text) for text in _STEPS),
    )
