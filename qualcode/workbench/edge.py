"""The edge: nothing a browser sends is believed before it is looked at.

Every function takes what was sent (a mapping of JSON values) and the name of a field, and gives its
value; one that is missing, of another sort or out of bounds is a BadOperation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.categories import Level
from qualcode.domain.documents import normalise
from qualcode.domain.errors import BadOperation

Operation = Mapping[str, Any]

LONGEST_ID = 200
LONGEST_TEXT = 10_000
MOST_IDS = 20_000
HIGHEST_NUMBER = 2**31 - 1
"""What the column of operation numbers holds on every database."""


def number(operation: object) -> int:
    if not isinstance(operation, Mapping):
        raise BadOperation(operation=type(operation).__name__)
    seq = whole(operation, "seq")
    if not 1 <= seq <= HIGHEST_NUMBER:
        raise BadOperation(operation=shown(operation))
    return seq


def shown(operation: Operation) -> str:
    """The operation's name for a message, whatever a browser put there."""
    return normalise(str(operation.get("op")))[:40]


def plain(value: object, longest: int, operation: str) -> str:
    """A text that every database can hold: no lone surrogate, no NUL, not endless."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise BadOperation(operation=operation)
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadOperation(operation=operation)
    return value


def text(operation: Operation, name: str, longest: int = LONGEST_TEXT) -> str:
    return plain(operation.get(name), longest, shown(operation))


def identifier(operation: Operation, name: str) -> str:
    return text(operation, name, LONGEST_ID)


def optional(operation: Operation, name: str) -> str | None:
    return None if operation.get(name) is None else identifier(operation, name)


def whole(operation: Operation, name: str) -> int:
    value = operation.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadOperation(operation=shown(operation))
    return value


def identifiers(operation: Operation, name: str) -> list[str]:
    value = operation.get(name)
    if not isinstance(value, list) or not 0 < len(value) <= MOST_IDS:
        raise BadOperation(operation=shown(operation))
    return [plain(id, LONGEST_ID, shown(operation)) for id in value]


def span(operation: Operation) -> tuple[str, int, int]:
    return text(operation, "doc"), whole(operation, "start"), whole(operation, "end")


def level(operation: Operation) -> Level:
    value = whole(operation, "level")
    if value not in Level._value2member_map_:
        raise BadOperation(operation=shown(operation))
    return Level(value)


def wholes(operation: Operation, name: str) -> list[int]:
    """A list of whole numbers: acts of the log."""
    named = operation.get(name)
    if not isinstance(named, list) or len(named) > MOST_IDS:
        raise BadOperation(operation=shown(operation))
    return [whole({"op": operation.get("op"), name: one}, name) for one in named]


MOST_REASONS = 100


def several(operation: Operation, value: object) -> list[object]:
    """A list of a few things, whatever they are."""
    if not isinstance(value, list) or len(value) > MOST_REASONS:
        raise BadOperation(operation=shown(operation))
    return value
