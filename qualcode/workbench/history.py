"""Undo, redo and the log. Everything replays the decisions' own rows, so every act can be undone.

The rule: a coder undoes their own acts, latest first; an act that somebody has built on since is
not torn away from under them, but named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.documents import Segment
from qualcode.domain.errors import CannotUndo, NothingToRedo, NothingToUndo
from qualcode.store.kinds import KINDS, Row, from_row, kind_of, to_row
from qualcode.store.repository import Writing
from qualcode.store.views import Page
from qualcode.workbench.bench import OperationSeenBefore, Workbench


def undo(bench: Workbench) -> Decision:
    """The coder's latest act in force is taken back; gives that act."""
    return _turn(bench, Act.UNDO)


def redo(bench: Workbench) -> Decision:
    """The act undone last is done again; gives that act."""
    return _turn(bench, Act.REDO)


def next_undo(bench: Workbench) -> Decision | None:
    """What ``undo`` would take back."""
    with bench.store.reading() as rows:
        number = rows.next_undo(bench.coder)
        return None if number is None else _without_changes(rows.decision(number))


def next_redo(bench: Workbench) -> Decision | None:
    """What ``redo`` would do again."""
    with bench.store.reading() as rows:
        number = rows.next_redo(bench.coder)
        return None if number is None else _without_changes(rows.decision(number))


def log(
    bench: Workbench, offset: int = 0, limit: int = 50, who: str | None = None
) -> Page[Decision]:
    """The decision log, newest first."""
    with bench.store.reading() as rows:
        return rows.decisions(offset, limit, who)


def _turn(bench: Workbench, act: Act) -> Decision:
    with bench.store.writing() as writing:
        if bench.operation and not writing.take_operation(*bench.operation):
            raise OperationSeenBefore()
        number = (
            writing.next_undo(bench.coder) if act is Act.UNDO else writing.next_redo(bench.coder)
        )
        decision = None if number is None else writing.decision(number)
        if decision is None:
            raise NothingToUndo() if act is Act.UNDO else NothingToRedo()
        # Redo turns round what the undo did: it may have done a little more or less than the act.
        undoing = writing.undoing(decision.id) if act is Act.REDO else None
        turned = decision if undoing is None else undoing
        changes = (
            decision.changes
            if act is Act.REDO and undoing is None
            else tuple(change.reversed() for change in reversed(turned.changes))
        )
        made = _replay(writing, decision, changes)
        writing.mark_undone(decision.id, act is Act.UNDO)
        # The reasons that were on screen stay with the decision itself, which `of` names.
        said = {name: value for name, value in decision.summary.items() if name != "seen"}
        summary = {"act": decision.act.value, **said}
        writing.append(Decision(0, bench.clock(), bench.coder, act, summary, made, of=decision.id))
        return decision


def _replay(writing: Writing, decision: Decision, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Every row as the changes leave it, if it is still as they found it.

    Gives the changes that were made: a row that others share stays out of them, and an
    expression that nothing hangs on any more is among them.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    back = []
    current = _rows_of(writing, changes)
    for change in changes:
        now = current.get((change.kind, change.id))
        if now != _today(change.kind, change.before):
            if _is_shared(decision, change.kind) and now == _today(change.kind, change.after):
                continue  # Another coder has made, or kept, the very same row.
            raise _built_on(writing, decision, change.kind, change.id)
        if change.after is None:
            gone[change.kind].append(change.id)
        else:
            back.append(from_row(KINDS[change.kind].cls, change.after))
    touched = {(change.kind, change.id) for change in changes}
    for kind, ids in gone.items():
        cls = KINDS[kind].cls
        later = [user for user in writing.referrers(cls, ids) if user not in touched]
        if later and not _is_shared(decision, kind):
            raise _built_on(writing, decision, *later[0])
        if later:
            ids[:] = [id for id in ids if touched.issuperset(writing.referrers(cls, [id]))]
    for kind, ids in gone.items():
        writing.remove(KINDS[kind].cls, ids)
    writing.put_all(back)
    done = {(kind, id) for kind, ids in gone.items() for id in ids}
    done |= {(kind_of(type(entity)).name, entity.id) for entity in back}
    made = [change for change in changes if (change.kind, change.id) in done]
    return (*made, *_forget_bare_segments(writing, made))


def _forget_bare_segments(writing: Writing, made: Sequence[Change]) -> list[Change]:
    """Removes the expressions that the replay left without a code and without a reduction."""
    left = {
        str(change.before["segment_id"])
        for change in made
        if change.kind in ("coding", "reduction_link") and change.before is not None
    }
    found = [] if not left else writing.find(Segment, id=tuple(sorted(left)))
    bare = [segment for segment in found if not writing.referrers(Segment, [segment.id])]
    writing.remove(Segment, [segment.id for segment in bare])
    return [Change("segment", segment.id, to_row(segment), None) for segment in bare]


def _rows_of(writing: Writing, changes: Sequence[Change]) -> dict[tuple[str, str], Row]:
    """The rows that the changes name as they are now."""
    ids: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        ids[change.kind].append(change.id)
    return {
        (kind, entity.id): to_row(entity)
        for kind, named in ids.items()
        for entity in writing.find(KINDS[kind].cls, id=tuple(named))
    }


def _today(kind: str, row: Mapping[str, object] | None) -> Row | None:
    """A logged row in today's shape: a field added by a later version takes its default."""
    return None if row is None else to_row(from_row(KINDS[kind].cls, row))


def _is_shared(decision: Decision, kind: str) -> bool:
    """Whether rows of this kind were only made along the way, for everybody to build on.

    The expression under two coders' codings and the codebook of the study's own codes stay for
    the other coder when one takes their act back.
    """
    return kind == "segment" or (kind == "codebook" and decision.act is Act.ADD_CODE)


def _built_on(writing: Writing, decision: Decision, kind: str, id: str) -> CannotUndo:
    later = writing.last_change_of(kind, id)
    return CannotUndo(act=decision.act.value, what=kind, who=later.who if later else "?")


def _without_changes(decision: Decision | None) -> Decision | None:
    if decision is None:
        return None
    return Decision(
        decision.id, decision.at, decision.who, decision.act, decision.summary, (), decision.undone
    )
