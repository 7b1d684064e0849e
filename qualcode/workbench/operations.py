"""What a browser window asks for, carried out once each and answered for.

A window keeps its operations until they are acknowledged and sends them again after a lost
connection; an operation's number and its act are saved together, so it happens exactly once. An
operation that cannot be done is refused with its reason and acknowledged too, or it would come
back for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from qualcode.domain.errors import BadOperation, QualcodeError, StudyFileError
from qualcode.domain.second_marks import Stance
from qualcode.store.outcomes import Outcome
from qualcode.workbench import (
    bookmarks,
    categorising,
    code_editing,
    code_merging,
    coding,
    memos,
    offer_operations,
    pinning,
    reducing,
    refusals,
    saved_views,
    segment_acts,
    speakers,
    stances,
    suggesting,
    turn_operations,
    wall_operations,
)
from qualcode.workbench.bench import OperationSeenBefore, Workbench
from qualcode.workbench.edge import LONGEST_ID, LONGEST_TEXT, MOST_IDS, Operation
from qualcode.workbench.edge import identifier as _id
from qualcode.workbench.edge import identifiers as _ids
from qualcode.workbench.edge import level as _level
from qualcode.workbench.edge import number as _number
from qualcode.workbench.edge import optional as _optional
from qualcode.workbench.edge import plain as _check_plain
from qualcode.workbench.edge import several as _several
from qualcode.workbench.edge import shown as _shown
from qualcode.workbench.edge import span as _span
from qualcode.workbench.edge import text as _text
from qualcode.workbench.edge import whole as _whole
from qualcode.workbench.reviewing import older_definitions


@dataclass(frozen=True)
class Refusal:
    """An operation that was not done, and why."""

    client: str
    seq: int
    error: QualcodeError


@dataclass(frozen=True)
class Reply:
    """Everything up to ``ack`` has been dealt with; ``refused`` names what was not done.

    ``done`` holds per number the row of the log that came of it; an operation that changed nothing
    has none. ``waiting`` tells why the operations after ``ack`` were not even tried: the study
    could not be written just then. They are not acknowledged, so the window sends them again.
    """

    client: str
    ack: int
    refused: tuple[Refusal, ...] = ()
    done: Mapping[int, int] = field(default_factory=dict)
    waiting: StudyFileError | None = None


def apply(bench: Workbench, client: str, operations: Sequence[Operation]) -> Reply:
    """Carries the operations out in order, each in a transaction of its own.

    An operation without a number of its own cannot be acknowledged; it is refused as number 0.
    """
    _check_plain(client, LONGEST_ID, "client")
    refused = []
    done: dict[int, int] = {}
    ack = 0
    for operation in operations:
        try:
            seq = _number(operation)
        except BadOperation as error:
            refused.append(Refusal(client, 0, error))
            continue
        try:
            decision = _carry_out_once(bench.as_operation(client, seq), operation, client, seq)
            if decision is not None:
                done[seq] = decision
        except StudyFileError as error:
            return Reply(client, ack, tuple(refused), done, error)
        except QualcodeError as error:
            refused.append(Refusal(client, seq, error))
        ack = max(ack, seq)
    return Reply(client, ack, tuple(refused), done)


def _carry_out_once(bench: Workbench, operation: Operation, client: str, seq: int) -> int | None:
    """The row of the log that came of the operation, now or when it was sent for the first time.

    What was refused then is refused again, with the reason of then.
    """
    try:
        _carry_out(bench, operation)
    except OperationSeenBefore:
        pass  # Dealt with earlier; only the answer was lost.
    except StudyFileError:
        raise
    except QualcodeError as error:
        if _keep_refusal(bench, Outcome(client, seq, bench.clock(), refusal=refusals.kept(error))):
            raise
    with bench.store.reading() as rows:
        outcome = rows.outcome(client, seq)
    if outcome is None:
        return None  # An act that had nothing to look at in the study leaves no trace there.
    if outcome.refusal is not None:
        raise refusals.again(outcome.refusal)
    return outcome.decision


def _keep_refusal(bench: Workbench, outcome: Outcome) -> bool:
    """False when the same operation, sent twice at once, has been dealt with meanwhile."""
    with bench.store.writing() as writing:
        if not writing.take_operation(outcome.client, outcome.seq):
            return False
        writing.keep_outcome(outcome)
        oldest = datetime.fromisoformat(outcome.at) - timedelta(days=refusals.DAYS_KEPT)
        writing.forget_refusals(oldest.isoformat())
    return True


def _carry_out(bench: Workbench, operation: Operation) -> None:
    handler = HANDLERS.get(str(operation.get("op")))
    if handler is None:
        raise BadOperation(operation=_shown(operation))
    handler(bench, operation)


def _code(bench: Workbench, o: Operation) -> None:
    span = _span(o)
    if "offer" in o:
        suggesting.accept_code(bench, offer_operations.accepted_code(o), _new_code(o))
    else:
        coding.code(bench, *span, _id(o, "code"), _id(o, "id"), _new_code(o))


def _new_code(o: Operation) -> coding.NewCode | None:
    """The code that the act makes before it uses it: ``new: {label, colour, under}``."""
    if "new" not in o:
        return None
    new = o.get("new")
    if not isinstance(new, Mapping):
        raise BadOperation(operation=_shown(o))
    one = {"op": o.get("op"), **new}
    return coding.NewCode(
        _text(one, "label"), _optional(one, "colour") or "", _optional(one, "under") or ""
    )


def _stretch(bench: Workbench, o: Operation) -> None:
    start, end = _whole(o, "start"), _whole(o, "end")
    match o.get("kind"):
        case "coding":
            segment_acts.stretch(bench, _id(o, "id"), start, end)
        case "reduction":
            segment_acts.stretch_link(bench, _id(o, "id"), start, end)
        case _:
            raise BadOperation(operation=_shown(o))


def _split_coding(bench: Workbench, o: Operation) -> None:
    pieces = [_borders(o, piece) for piece in _several(o, o.get("pieces"))]
    ids = _ids(o, "ids")
    if len(ids) != len(pieces) - 1:
        raise BadOperation(operation=_shown(o))
    segment_acts.split(bench, _id(o, "id"), pieces, ids)


def _borders(o: Operation, piece: object) -> tuple[int, int]:
    """[start, end] of a piece of a span."""
    if not isinstance(piece, list) or len(piece) != 2:
        raise BadOperation(operation=_shown(o))
    one = {"op": o.get("op"), "start": piece[0], "end": piece[1]}
    return _whole(one, "start"), _whole(one, "end")


def _code_many(bench: Workbench, o: Operation) -> None:
    items = o.get("items")
    if not isinstance(items, list) or not 0 < len(items) <= MOST_IDS:
        raise BadOperation(operation=_shown(o))
    spans = []
    for item in items:
        if not isinstance(item, Mapping):
            raise BadOperation(operation=_shown(o))
        one = {"op": o.get("op"), **item}
        spans.append(segment_acts.Span(*_span(one), id=_id(one, "id")))
    segment_acts.code_spans(bench, _id(o, "code"), spans, _new_code(o))


def _write_memo(bench: Workbench, o: Operation) -> None:
    text = _text(o, "text", memos.LONGEST)
    if "about_kind" in o:
        memos.write(bench, _id(o, "about_kind"), _id(o, "about_id"), text, _id(o, "id"))
    else:
        memos.write_on(bench, *_span(o), text, _id(o, "id"))


def _change_memo(bench: Workbench, o: Operation) -> None:
    seen = None if o.get("seen") is None else _text(o, "seen", memos.LONGEST)
    memos.change(bench, _id(o, "id"), _text(o, "text", memos.LONGEST), seen)


def _reduce(bench: Workbench, o: Operation) -> None:
    reducing.reduce(bench, *_span(o), _text(o, "wording"), _id(o, "id"))


def _stand(bench: Workbench, o: Operation) -> None:
    stance = o.get("stance")
    if stance is not None and (not isinstance(stance, str) or stance not in set(Stance)):
        raise BadOperation(operation=_shown(o))
    about, speaker = (
        "" if o.get(name) in (None, "") else _text(o, name, stances.LONGEST_GROUP)
        for name in ("about", "speaker")
    )
    given = Stance(stance) if stance else None
    stances.mark(bench, *_span(o), given, about, _id(o, "id"), speaker)


def _link(bench: Workbench, o: Operation) -> None:
    reducing.link(bench, *_span(o), _id(o, "reduction"), _id(o, "id"))


def _add_code(bench: Workbench, o: Operation) -> None:
    coding.add_code(
        bench,
        _text(o, "label"),
        _optional(o, "codebook"),
        _id(o, "id"),
        colour=_optional(o, "colour") or "",
    )


def _edit_code(bench: Workbench, o: Operation) -> None:
    changes, seen = _code_fields(o, "changes"), _code_fields(o, "seen")
    code_editing.edit(bench, _id(o, "id"), changes, seen)


def _key(o: Operation) -> str:
    return "" if o.get("key") == "" else _id(o, "key")


def _code_fields(o: Operation, name: str) -> dict[str, str]:
    """Texts of a code by name; an empty one means that there is none."""
    sent = o.get(name)
    if not isinstance(sent, Mapping) or not set(sent) <= set(code_editing.FIELDS):
        raise BadOperation(operation=_shown(o))
    return {
        field: "" if text == "" else _check_plain(text, LONGEST_TEXT, _shown(o))
        for field, text in sent.items()
    }


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


HANDLERS: dict[str, Callable[[Workbench, Operation], object]] = {
    "code": _code,
    "uncode": lambda b, o: coding.uncode(b, _id(o, "id")),
    "stretch": _stretch,
    "split_coding": _split_coding,
    "merge_codings": lambda b, o: segment_acts.merge(b, _ids(o, "ids")),
    "recode": lambda b, o: segment_acts.recode(b, _ids(o, "ids"), _id(o, "code"), _new_code(o)),
    "code_many": _code_many,
    "uncode_many": lambda b, o: segment_acts.uncode_many(b, _ids(o, "ids")),
    "reduce": _reduce,
    "link": _link,
    "stand": _stand,
    "unlink": lambda b, o: reducing.unlink(b, _id(o, "id")),
    "write_memo": _write_memo,
    "change_memo": _change_memo,
    "remove_memo": lambda b, o: memos.remove(b, _id(o, "id")),
    "add_code": _add_code,
    "edit_code": _edit_code,
    "merge_codes": lambda b, o: code_merging.merge(b, _id(o, "into"), _ids(o, "others")),
    "pin": lambda b, o: saved_views.pin(b, _id(o, "view"), _id(o, "code"), _key(o)),
    "bookmark": lambda b, o: bookmarks.add(b, _text(o, "doc"), _whole(o, "position"), _id(o, "id")),
    "hold": lambda b, o: older_definitions.hold(b, _ids(o, "ids")),
    "unbookmark": lambda b, o: bookmarks.remove(b, _id(o, "id")),
    "speaker": lambda b, o: speakers.set_interviewer(
        b, _id(o, "label"), o.get("interviewer") is True
    ),
    "aside": lambda b, o: coding.set_aside(b, [_id(o, "doc")], o.get("aside") is True),
    "aside_many": lambda b, o: coding.set_aside(b, _ids(o, "docs"), o.get("aside") is True),
    "place": lambda b, o: categorising.place(
        b, _ids(o, "reductions"), _optional(o, "category"), _optional(o, "before")
    ),
    "pin_place": lambda b, o: pinning.pin(b, _ids(o, "ids")),
    "unpin_place": lambda b, o: pinning.unpin(b, _ids(o, "ids")),
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
    "accept_groups": offer_operations.accept_groups,
    "accept_codes": offer_operations.accept_codes,
    "reject_code": offer_operations.reject_code,
    "dismiss_groups": offer_operations.dismiss_groups,
    "undo": turn_operations.undo,
    "redo": turn_operations.redo,
    "undo_act": turn_operations.undo_act,
    "redo_act": turn_operations.redo_act,
    **wall_operations.HANDLERS,
}
