"""A workshop's script as a plain value, before it is a workshop's own: what an import gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScriptTable:
    """A table of a step: its name or quadrant, the questions asked there, minutes of a round."""

    name: str
    quadrant: str = ""
    questions: tuple[str, ...] = ()
    minutes: int | None = None
    leads: str = ""
    records: str = ""


@dataclass(frozen=True)
class ScriptStep:
    name: str
    starts: str = ""
    minutes: int | None = None
    method: str = ""
    questions: tuple[str, ...] = ()
    leads: str = ""
    records: str = ""
    recorded_on: str = ""
    tables: tuple[ScriptTable, ...] = ()


@dataclass(frozen=True)
class Script:
    """``name``, ``held_on``, ``place`` and ``theme`` are told of the day as far as they are known.

    ``watched`` are the targets of its observation.
    """

    name: str
    steps: tuple[ScriptStep, ...]
    held_on: str = ""
    place: str = ""
    actor_group: str = ""
    theme: str = ""
    watched: tuple[str, ...] = ()
