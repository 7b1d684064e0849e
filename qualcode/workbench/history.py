"""Undo, redo and the log. Everything replays the decisions' own rows, so every act can be undone.

The rule: Ctrl+Z takes back a coder's own acts, the one that came into force last first. From the
log any act can be taken back, also an older one, one of another window or another person's; an
act that somebody has built on since is not torn away from under them, but what builds on it is
named, and a person may choose to take that back along with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeGuard

from qualcode.domain.decisions import NOT_UNDOABLE, Act, Change, Decision
from qualcode.domain.errors import CannotUndo, NothingToRedo, NothingToUndo, QualcodeError
from qualcode.store.log_views import LogQuery
from qualcode.store.repository import Reading, Writing
from qualcode.store.views import Page
from qualcode.workbench import turning
from qualcode.workbench.bench import OperationSeenBefore, Workbench
from qualcode.workbench.rehearsing import rehearsal
from qualcode.workbench.turn_rules import Blocked


class AlreadyUndone(QualcodeError):
    template = "This has been undone already, by {who}: {act}."


class InForce(QualcodeError):
    template = "This is in force, so there is nothing to do again: {act}."


class NotUndoable(QualcodeError):
    template = (
        "This cannot be undone: {act}. An undo is taken back by doing the act again, a study "
        "begins where it begins, and what was erased for good is nowhere any more."
    )


class NothingCame(QualcodeError):
    template = (
        "The act that was meant changed nothing, so nothing was taken back or done again. What "
        "was done before it stays as it is."
    )


class WasRefused(QualcodeError):
    template = (
        "The act that was meant was not done, so nothing was taken back or done again. What was "
        "done before it stays as it is."
    )


class NotKnownAnyMore(QualcodeError):
    template = (
        "It is not known any more which act was meant, so nothing was taken back or done again. "
        "Choose the act in the history."
    )


class NotYoursToTurn(QualcodeError):
    template = (
        "This was done by {who}. Whoever reviews takes back only what they have said themselves."
    )


class NotInLog(QualcodeError):
    template = "The log has no act number {number}. Reload the page to see the log as it is now."


@dataclass(frozen=True)
class Turns:
    """What Ctrl+Z and Ctrl+Shift+Z would do now, without the rows."""

    undo: Decision | None
    redo: Decision | None


# --- the log ----------------------------------------------------------------------------------


def log(
    bench: Workbench,
    offset: int = 0,
    limit: int = 50,
    who: str | None = None,
    query: LogQuery | None = None,
) -> Page[Decision]:
    """The decision log, newest first."""
    asked = query or LogQuery()
    with bench.store.reading() as rows:
        return rows.decisions(offset, limit, asked if who is None else replace(asked, who=who))


def turns(bench: Workbench) -> Turns:
    """What ``undo`` would take back and ``redo`` do again, from one look at the study."""
    with bench.store.reading() as rows:
        return Turns(
            _told(rows, rows.next_undo(bench.coder)), _told(rows, rows.next_redo(bench.coder))
        )


def next_undo(bench: Workbench) -> Decision | None:
    """What ``undo`` would take back."""
    with bench.store.reading() as rows:
        return _told(rows, rows.next_undo(bench.coder))


def next_redo(bench: Workbench) -> Decision | None:
    """What ``redo`` would do again."""
    with bench.store.reading() as rows:
        return _told(rows, rows.next_redo(bench.coder))


def _told(rows: Reading, number: int | None) -> Decision | None:
    return None if number is None else rows.heading(number)


def act_of(bench: Workbench, client: str, seq: int) -> int:
    """The number of the act that a window's operation made, or that its undo or redo turned.

    The rule: an operation that was refused or changed nothing stands for nothing. What the coder
    did before it is another act, and is never taken in its place.
    """
    with bench.store.reading() as rows:
        outcome = rows.outcome(client, seq)
        if outcome is not None and not outcome.at:
            raise NotKnownAnyMore()
        if outcome is not None and outcome.refusal is not None:
            raise WasRefused()
        if outcome is None or outcome.decision is None:
            raise NothingCame()
        decision = rows.heading(outcome.decision)
    if decision is None:
        raise NotInLog(number=outcome.decision)
    return decision.id if decision.of is None else decision.of


# --- undo -------------------------------------------------------------------------------------


def undo(bench: Workbench) -> Decision:
    """The coder's own act that came into force last is taken back; gives that act."""
    with _writing(bench) as writing:
        number = writing.next_undo(bench.coder)
        if number is None:
            raise NothingToUndo()
        taken = _take_back_with(writing, bench, number, ())[-1]
        _settle(writing, bench, number)
    return taken


def undo_decision(bench: Workbench, number: int, also: Sequence[int] = ()) -> list[Decision]:
    """Any act of the log is taken back, whoever made it and whatever came after it.

    ``also`` names the later acts that build on it and that a person has agreed to take back with
    it, in one step; see ``dependents``. Acts that are not named are never touched: when one
    stands in the way, nothing is done. Gives what was taken back, the last in force first.
    """
    with _writing(bench) as writing:
        taken = _take_back_with(writing, bench, number, set(also))
        _settle(writing, bench, number)
    return taken


def dependents(bench: Workbench, number: int) -> list[Decision]:
    """The later acts in force that build on this one: taken back along, the last first.

    Empty when the act can be taken back alone. It is rehearsed, and nobody's saves wait for it.
    """
    with bench.store.reading() as rows:
        taken = _take_back_with(rehearsal(rows), bench, number, None)
    return [replace(decision, changes=()) for decision in taken[:-1]]


def _take_back_with(
    writing: Writing, bench: Workbench, number: int, allowed: Collection[int] | None
) -> list[Decision]:
    """The act with those that build on it; ``allowed`` of None means as many as it takes."""
    taken: dict[int, Decision] = {}
    _unbuild(writing, bench, number, number, allowed, taken)
    return list(taken.values())


def _unbuild(
    writing: Writing,
    bench: Workbench,
    number: int,
    main: int,
    allowed: Collection[int] | None,
    taken: dict[int, Decision],
    waiting: tuple[int, ...] = (),
) -> None:
    decision = _in_force(writing, number)
    while True:
        try:
            changes = turning.take_back(writing, decision)
        except Blocked as blocked:
            for one in chain([blocked], blocked.more):
                above = one.decision or _maker(writing, one)
                if _is_free(above, taken, (*waiting, number), allowed):
                    _unbuild(writing, bench, above, main, allowed, taken, (*waiting, number))
                elif one is blocked:
                    raise _cannot(writing, decision, blocked) from blocked
                # What has gone meanwhile needs no more; of anything else the next try tells.
        else:
            break
    step = _step(number, main, list(taken))
    taken[number] = _log_turn(writing, bench, Act.UNDO, decision, changes, step)


def _is_free(
    above: int | None,
    taken: Collection[int],
    waiting: Collection[int],
    allowed: Collection[int] | None,
) -> TypeGuard[int]:
    """Whether the act that stands in the way is one that may be taken back first."""
    if above is None or above in taken or above in waiting:
        return False
    return allowed is None or above in allowed


def _step(number: int, main: int, along: list[int]) -> Mapping[str, object]:
    """What an undo notes of the step it was part of, so that a redo can do all of it again."""
    if number != main:
        return {"with": main}
    return {"also": along} if along else {}


# --- redo -------------------------------------------------------------------------------------


def redo(bench: Workbench) -> Decision:
    """The act that this coder undid last is done again; gives that act.

    What was taken back in one step with it is done again with it.
    """
    with _writing(bench) as writing:
        number = writing.next_redo(bench.coder)
        if number is None:
            raise NothingToRedo()
        done = _do_step_again(writing, bench, number)
        _settle(writing, bench, number)
    return done[0]


def redo_decision(bench: Workbench, number: int) -> list[Decision]:
    """Any act of the log that was taken back is done again, with what went in one step with it.

    Gives what was done again, in the order it was done.
    """
    with _writing(bench) as writing:
        done = _do_step_again(writing, bench, number)
        _settle(writing, bench, number)
    return done


def _do_step_again(writing: Writing, bench: Workbench, number: int) -> list[Decision]:
    decision = _required(writing, number)
    if not decision.undone:
        raise InForce(act=decision.act.value)
    return [_do_again(writing, bench, _required(writing, one)) for one in _step_of(writing, number)]


def _step_of(writing: Writing, number: int) -> list[int]:
    """The acts still undone that one step took back together with this one, in redoing order."""
    turn = writing.last_turn(number)
    main = turn.summary.get("with", number) if turn else number
    whole = writing.last_turn(int(str(main)))
    along = whole.summary.get("also") if whole and whole.act is Act.UNDO else None
    if not isinstance(along, list):
        return [number]
    ids = [int(str(main)), *(int(one) for one in reversed(along))]
    if number not in ids:
        return [number]
    last = writing.last_turns(ids)
    return [
        id
        for id in ids
        if id in last
        and last[id].act is Act.UNDO
        and (id == main or last[id].summary.get("with") == main)
    ]


def _do_again(writing: Writing, bench: Workbench, decision: Decision) -> Decision:
    try:
        changes = turning.do_again(writing, decision)
    except Blocked as blocked:
        raise _cannot(writing, decision, blocked) from blocked
    return _log_turn(writing, bench, Act.REDO, decision, changes, {})


# --- both -------------------------------------------------------------------------------------


@contextmanager
def _writing(bench: Workbench) -> Iterator[Writing]:
    with bench.store.writing() as writing:
        if bench.operation and not writing.take_operation(*bench.operation):
            raise OperationSeenBefore()
        yield writing


def _settle(writing: Writing, bench: Workbench, number: int) -> None:
    """The window's operation is answered for by the undo or redo of that act."""
    if bench.operation:
        bench.settle(writing, writing.last_turns([number])[number])


def _required(writing: Writing, number: int) -> Decision:
    decision = writing.decision(number)
    if decision is None:
        raise NotInLog(number=number)
    return decision


def _in_force(writing: Writing, number: int) -> Decision:
    decision = _required(writing, number)
    if decision.act in NOT_UNDOABLE:
        raise NotUndoable(act=decision.act.value)
    if decision.undone:
        turn = writing.last_turn(number)
        raise AlreadyUndone(act=decision.act.value, who=turn.who if turn else "?")
    return decision


def _log_turn(
    writing: Writing,
    bench: Workbench,
    act: Act,
    decision: Decision,
    changes: Sequence[Change],
    step: Mapping[str, object],
) -> Decision:
    bench.check_allowed(decision.act)
    if bench.reviewing and decision.who != bench.coder:
        raise NotYoursToTurn(who=decision.who)
    writing.mark_undone(decision.id, act is Act.UNDO)
    # The reasons that were on screen stay with the decision itself, which `of` names.
    said = {name: value for name, value in decision.summary.items() if name != "seen"}
    whose = {"whose": decision.who} if decision.who != bench.coder else {}
    summary = {"act": decision.act.value, **said, **whose, **step}
    made = tuple(changes)
    writing.append(Decision(0, bench.clock(), bench.coder, act, summary, made, of=decision.id))
    return decision


def _maker(writing: Writing, blocked: Blocked) -> int | None:
    maker = writing.maker_of(blocked.kind, blocked.id)
    return None if maker is None else maker.id


def _cannot(writing: Writing, decision: Decision, blocked: Blocked) -> CannotUndo:
    later = None
    if blocked.decision is not None:
        later = writing.decision(blocked.decision)
    later = later or writing.last_change_of(blocked.kind, blocked.id)
    return CannotUndo(act=decision.act.value, what=blocked.kind, who=later.who if later else "?")
