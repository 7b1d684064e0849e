"""What a browser window asks for, carried out once each and answered for.

A window keeps its operations until they are acknowledged and sends them again after a lost
connection; an operation's number and its act are saved together, so it happens exactly once. An
operation that cannot be done is refused with its reason and acknowledged too, or it would come
back for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.domain.categories import Level
from qualcode.domain.errors import BadOperation, QualcodeError
from qualcode.workbench import categorising, coding, history, reducing
from qualcode.workbench.bench import OperationSeenBefore, Workbench

Operation = Mapping[str, Any]


@dataclass(frozen=True)
class Refusal:
    """An operation that was not done, and why."""

    client: str
    seq: int
    error: QualcodeError


@dataclass(frozen=True)
class Reply:
    """Everything up to ``ack`` has been dealt with; ``refused`` names what was not done."""

    client: str
    ack: int
    refused: tuple[Refusal, ...] = ()


def apply(bench: Workbench, client: str, operations: Sequence[Operation]) -> Reply:
    """Carries the operations out in order, each in a transaction of its own."""
    refused = []
    ack = 0
    for operation in operations:
        seq = _whole(operation, "seq")
        try:
            _carry_out(bench.as_operation(client, seq), operation)
        except OperationSeenBefore:
            pass  # Done earlier; only the acknowledgement was lost.
        except QualcodeError as error:
            refused.append(Refusal(client, seq, error))
            with bench.store.writing() as writing:
                writing.take_operation(client, seq)
        ack = max(ack, seq)
    return Reply(client, ack, tuple(refused))


def _carry_out(bench: Workbench, operation: Operation) -> None:
    handler = HANDLERS.get(str(operation.get("op")))
    if handler is None:
        raise BadOperation(operation=operation.get("op"))
    handler(bench, operation)


def _code(bench: Workbench, o: Operation) -> None:
    span = _span(o)
    coding.code(bench, *span, _text(o, "code"), _text(o, "id"))


def _reduce(bench: Workbench, o: Operation) -> None:
    reducing.reduce(bench, *_span(o), _text(o, "wording"), _text(o, "id"))


def _link(bench: Workbench, o: Operation) -> None:
    reducing.link(bench, *_span(o), _text(o, "reduction"), _text(o, "id"))


def _add_code(bench: Workbench, o: Operation) -> None:
    coding.add_code(bench, _text(o, "label"), _optional(o, "codebook"), _text(o, "id"))


def _add_category(bench: Workbench, o: Operation) -> None:
    categorising.add(
        bench,
        _text(o, "name"),
        _level(o),
        _optional(o, "under"),
        _text(o, "id"),
        _ids(o, "reductions") if "reductions" in o else (),
    )


HANDLERS: dict[str, Callable[[Workbench, Operation], object]] = {
    "code": _code,
    "uncode": lambda b, o: coding.uncode(b, _text(o, "id")),
    "reduce": _reduce,
    "link": _link,
    "unlink": lambda b, o: reducing.unlink(b, _text(o, "id")),
    "add_code": _add_code,
    "aside": lambda b, o: coding.set_aside(b, [_text(o, "doc")], o.get("aside") is True),
    "place": lambda b, o: categorising.place(
        b, _ids(o, "reductions"), _optional(o, "category"), _optional(o, "before")
    ),
    "move": lambda b, o: categorising.move(
        b, _ids(o, "categories"), _optional(o, "under"), _optional(o, "before")
    ),
    "add": _add_category,
    "rename": lambda b, o: categorising.rename(b, _text(o, "id"), _text(o, "name")),
    "merge": lambda b, o: categorising.merge(b, _text(o, "into"), _ids(o, "others")),
    "split": lambda b, o: categorising.split(
        b, _text(o, "id"), _text(o, "name"), _ids(o, "members"), _text(o, "new")
    ),
    "remove": lambda b, o: categorising.remove(b, [_text(o, "id")]),
    "undo": lambda b, o: history.undo(b),
    "redo": lambda b, o: history.redo(b),
}


# --- the edge: nothing a browser sends is believed before it is looked at -------------------


def _text(operation: Operation, name: str) -> str:
    value = operation.get(name)
    if not isinstance(value, str) or not value or len(value) > 10_000:
        raise BadOperation(operation=operation.get("op"))
    return value


def _optional(operation: Operation, name: str) -> str | None:
    return None if operation.get(name) is None else _text(operation, name)


def _whole(operation: Operation, name: str) -> int:
    value = operation.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadOperation(operation=operation.get("op"))
    return value


def _ids(operation: Operation, name: str) -> list[str]:
    value = operation.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise BadOperation(operation=operation.get("op"))
    return value


def _span(operation: Operation) -> tuple[str, int, int]:
    return _text(operation, "doc"), _whole(operation, "start"), _whole(operation, "end")


def _level(operation: Operation) -> Level:
    value = _whole(operation, "level")
    if value not in Level._value2member_map_:
        raise BadOperation(operation=operation.get("op"))
    return Level(value)
