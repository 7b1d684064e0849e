"""A workshop: the day itself, its script, and the wall that the group makes of its notes.

The script says what is done when, at which tables, who leads and who records. The wall shows the
notes by quadrant; likenesses are gathered there into groups that have names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Workshop:
    """One workshop. ``held_on`` is told as the study tells it ("6.9.2018 klo 10-15").

    ``watched`` are the targets of its observation: what an observer looks at.
    """

    id: str
    name: str
    held_on: str = ""
    place: str = ""
    actor_group: str = ""
    theme: str = ""
    position: int = 0
    watched: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkshopSource:
    """Which workshop a file's notes are from. ``id`` is the file's (the source's) own."""

    id: str
    workshop_id: str


@dataclass(frozen=True)
class WorkshopStep:
    """One line of the script: when it begins, what is done, for how long, who does what.

    ``minutes`` is for the whole step; at tables that are gone round it is told by the table.
    ``recorded_on`` says where things are written down ("fläpille").
    """

    id: str
    workshop_id: str
    name: str
    starts: str = ""
    minutes: int | None = None
    method: str = ""
    questions: tuple[str, ...] = ()
    leads: str = ""
    records: str = ""
    recorded_on: str = ""
    position: int = 0


@dataclass(frozen=True)
class WorkshopTable:
    """A table of a step. ``quadrant`` is that of a SWOT or empty; ``minutes`` are for one round."""

    id: str
    step_id: str
    name: str
    quadrant: str = ""
    questions: tuple[str, ...] = ()
    minutes: int | None = None
    leads: str = ""
    records: str = ""
    position: int = 0


@dataclass(frozen=True)
class WallGroup:
    """Notes of one quadrant that say the same thing, under a name the group agreed on."""

    id: str
    workshop_id: str
    quadrant: str
    name: str
    position: int = 0


@dataclass(frozen=True)
class WallPlace:
    """Where a note hangs when a person has moved it. ``id`` is the text's own.

    A note without one hangs loose in the quadrant it was written in. The text itself and the
    quadrant it was written in never change.
    """

    id: str
    workshop_id: str
    quadrant: str
    group_id: str | None = None
    position: int = 0
