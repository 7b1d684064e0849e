"""What a browser window asks of a wall: move, group, name, take apart, add."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.workbench import wall
from qualcode.workbench.bench import Workbench
from qualcode.workbench.edge import (
    LONGEST_ID,
    Operation,
    identifier,
    identifiers,
    optional,
    shown,
    text,
)
from qualcode.workbench.edge import plain as check_plain

LONGEST_NAME = 200
LONGEST_NOTE = 2_000


def _move(bench: Workbench, o: Operation) -> None:
    notes = identifiers(o, "notes")
    wall.move(bench, identifier(o, "workshop"), notes, _quadrant(o), optional(o, "group"))


def _group(bench: Workbench, o: Operation) -> None:
    wall.group(
        bench,
        identifier(o, "workshop"),
        _quadrant(o),
        text(o, "name", LONGEST_NAME),
        identifiers(o, "notes") if o.get("notes") else (),
        identifier(o, "id"),
        engine="" if not o.get("engine") else identifier(o, "engine"),
    )


def _add(bench: Workbench, o: Operation) -> None:
    wall.add_note(
        bench,
        identifier(o, "workshop"),
        _quadrant(o),
        text(o, "text", LONGEST_NOTE),
        optional(o, "group"),
        identifier(o, "id"),
    )


def _quadrant(o: Operation) -> str:
    """The quadrant named; "" is the field of notes that have none."""
    value = o.get("quadrant")
    return "" if value == "" else check_plain(value, LONGEST_ID, shown(o))


HANDLERS: dict[str, Callable[[Workbench, Operation], object]] = {
    "wall_move": _move,
    "wall_group": _group,
    "wall_add": _add,
    "wall_rename": lambda b, o: wall.rename(b, identifier(o, "id"), text(o, "name", LONGEST_NAME)),
    "wall_ungroup": lambda b, o: wall.ungroup(b, identifier(o, "id")),
}
