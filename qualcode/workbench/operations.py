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
from qualcode.domain.documents import normalise
from qualcode.domain.errors import BadOperation, QualcodeError, StudyFileError
from qualcode.domain.suggestions import Reason, ReasonKind
from qualcode.workbench import categorising, coding, history, reducing, suggesting
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
    """Everything up to ``ack`` has been dealt with; ``refused`` names what was not done.

    ``waiting`` tells why the operations after ``ack`` were not even tried: the study could not be
    written just then. They are not acknowledged, so the window sends them again.
    """

    client: str
    ack: int
    refused: tuple[Refusal, ...] = ()
    waiting: StudyFileError | None = None


def apply(bench: Workbench, client: str, operations: Sequence[Operation]) -> Reply:
    """Carries the operations out in order, each in a transaction of its own.

    An operation without a number of its own cannot be acknowledged; it is refused as number 0.
    """
    _check_plain(client, LONGEST_ID, "client")
    refused = []
    ack = 0
    for operation in operations:
        try:
            seq = _number(operation)
        except BadOperation as error:
            refused.append(Refusal(client, 0, error))
            continue
        try:
            _carry_out_once(bench.as_operation(client, seq), operation)
        except StudyFileError as error:
            return Reply(client, ack, tuple(refused), error)
        except QualcodeError as error:
            refused.append(Refusal(client, seq, error))
        ack = max(ack, seq)
    return Reply(client, ack, tuple(refused))


def _carry_out_once(bench: Workbench, operation: Operation) -> None:
    try:
        _carry_out(bench, operation)
    except OperationSeenBefore:
        pass  # Done earlier; only the acknowledgement was lost.
    except StudyFileError:
        raise
    except QualcodeError:
        if bench.operation:
            with bench.store.writing() as writing:
                writing.take_operation(*bench.operation)
        raise


def _carry_out(bench: Workbench, operation: Operation) -> None:
    handler = HANDLERS.get(str(operation.get("op")))
    if handler is None:
        raise BadOperation(operation=_shown(operation))
    handler(bench, operation)


def _code(bench: Workbench, o: Operation) -> None:
    span = _span(o)
    coding.code(bench, *span, _id(o, "code"), _id(o, "id"))


def _reduce(bench: Workbench, o: Operation) -> None:
    reducing.reduce(bench, *_span(o), _text(o, "wording"), _id(o, "id"))


def _link(bench: Workbench, o: Operation) -> None:
    reducing.link(bench, *_span(o), _id(o, "reduction"), _id(o, "id"))


def _add_code(bench: Workbench, o: Operation) -> None:
    coding.add_code(bench, _text(o, "label"), _optional(o, "codebook"), _id(o, "id"))


def _add_category(bench: Workbench, o: Operation) -> None:
    categorising.add(
        bench,
        _text(o, "name"),
        _level(o),
        _optional(o, "under"),
        _id(o, "id"),
        _ids(o, "reductions") if o.get("reductions") else (),
        categories=_ids(o, "categories") if "categories" in o else (),
    )


def _accept_groups(bench: Workbench, o: Operation) -> None:
    groups = o.get("groups")
    if not isinstance(groups, list) or not groups:
        raise BadOperation(operation=o.get("op"))
    suggesting.accept_groups(bench, [_accepted(o, group) for group in groups], _engine(o))


def _accepted(o: Operation, group: object) -> suggesting.AcceptedGroup:
    if not isinstance(group, Mapping):
        raise BadOperation(operation=o.get("op"))
    one = {"op": o.get("op"), **group}
    return suggesting.AcceptedGroup(
        key=_text(one, "key"),
        name=_text(one, "name"),
        member_ids=tuple(_ids(one, "members")),
        category_id=_text(one, "id"),
        under=_optional(one, "under"),
        offered_ids=tuple(_ids(one, "offered")) if "offered" in one else (),
        offered_name=_optional(one, "offered_name") or "",
        level=_level(one) if "level" in one else Level.SUBCATEGORY,
        reasons=_reasons(one),
    )


def _reasons(o: Operation) -> dict[str, tuple[Reason, ...]]:
    """Why each member was offered, as the window showed it: {member: [{wording, value, words}]}."""
    told = o.get("reasons", {})
    if not isinstance(told, Mapping) or len(told) > MOST_IDS:
        raise BadOperation(operation=_shown(o))
    return {
        _check_plain(id, LONGEST_ID, _shown(o)): tuple(_reason(o, one) for one in _list(o, reasons))
        for id, reasons in told.items()
    }


def _reason(o: Operation, told: object) -> Reason:
    if not isinstance(told, Mapping):
        raise BadOperation(operation=_shown(o))
    name = _shown(o)
    words = tuple(_check_plain(w, LONGEST_ID, name) for w in _list(o, told.get("words", [])))
    if not told.get("wording"):
        return Reason(ReasonKind.SHARED_WORDS, words=words)
    text = _check_plain(told["wording"], LONGEST_TEXT, name)
    value = told.get("value")
    near = float(value) if isinstance(value, int | float) and abs(value) <= 1 else None
    return Reason(ReasonKind.NEAREST, words=words, text=text, value=near)


def _list(o: Operation, value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > MOST_REASONS:
        raise BadOperation(operation=_shown(o))
    return value


def _engine(o: Operation) -> str:
    return _optional(o, "engine") or ""


HANDLERS: dict[str, Callable[[Workbench, Operation], object]] = {
    "code": _code,
    "uncode": lambda b, o: coding.uncode(b, _id(o, "id")),
    "reduce": _reduce,
    "link": _link,
    "unlink": lambda b, o: reducing.unlink(b, _id(o, "id")),
    "add_code": _add_code,
    "aside": lambda b, o: coding.set_aside(b, [_id(o, "doc")], o.get("aside") is True),
    "place": lambda b, o: categorising.place(
        b, _ids(o, "reductions"), _optional(o, "category"), _optional(o, "before")
    ),
    "move": lambda b, o: categorising.move(
        b, _ids(o, "categories"), _optional(o, "under"), _optional(o, "before")
    ),
    "add": _add_category,
    "rename": lambda b, o: categorising.rename(b, _id(o, "id"), _text(o, "name")),
    "merge": lambda b, o: categorising.merge(b, _id(o, "into"), _ids(o, "others")),
    "split": lambda b, o: categorising.split(
        b, _id(o, "id"), _text(o, "name"), _ids(o, "members"), _id(o, "new")
    ),
    "remove": lambda b, o: categorising.remove(b, [_id(o, "id")]),
    "accept_groups": _accept_groups,
    "dismiss_groups": lambda b, o: suggesting.dismiss_groups(b, _ids(o, "keys")),
    "undo": lambda b, o: history.undo(b),
    "redo": lambda b, o: history.redo(b),
}


# --- the edge: nothing a browser sends is believed before it is looked at -------------------


LONGEST_ID = 200
LONGEST_TEXT = 10_000
MOST_IDS = 20_000
MOST_REASONS = 100
HIGHEST_NUMBER = 2**31 - 1
"""What the column of operation numbers holds on every database."""


def _number(operation: object) -> int:
    if not isinstance(operation, Mapping):
        raise BadOperation(operation=type(operation).__name__)
    seq = _whole(operation, "seq")
    if not 1 <= seq <= HIGHEST_NUMBER:
        raise BadOperation(operation=_shown(operation))
    return seq


def _shown(operation: Operation) -> str:
    """The operation's name for a message, whatever a browser put there."""
    return normalise(str(operation.get("op")))[:40]


def _check_plain(value: object, longest: int, operation: str) -> str:
    """A text that every database can hold: no lone surrogate, no NUL, not endless."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise BadOperation(operation=operation)
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadOperation(operation=operation)
    return value


def _text(operation: Operation, name: str, longest: int = LONGEST_TEXT) -> str:
    return _check_plain(operation.get(name), longest, _shown(operation))


def _id(operation: Operation, name: str) -> str:
    return _text(operation, name, LONGEST_ID)


def _optional(operation: Operation, name: str) -> str | None:
    return None if operation.get(name) is None else _id(operation, name)


def _whole(operation: Operation, name: str) -> int:
    value = operation.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadOperation(operation=_shown(operation))
    return value


def _ids(operation: Operation, name: str) -> list[str]:
    value = operation.get(name)
    if not isinstance(value, list) or not 0 < len(value) <= MOST_IDS:
        raise BadOperation(operation=_shown(operation))
    return [_check_plain(id, LONGEST_ID, _shown(operation)) for id in value]


def _span(operation: Operation) -> tuple[str, int, int]:
    return _text(operation, "doc"), _whole(operation, "start"), _whole(operation, "end")


def _level(operation: Operation) -> Level:
    value = _whole(operation, "level")
    if value not in Level._value2member_map_:
        raise BadOperation(operation=_shown(operation))
    return Level(value)
