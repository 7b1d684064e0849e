"""Putting rows back as a decision found them, or as it left them: the mechanics of undo and redo.

The rule: an act lies on top of the rows it touched, or it is not turned. What another act in
force has changed, used or replaced since is named, so that a person can decide about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.documents import Document, Segment
from qualcode.domain.memos import Memo
from qualcode.store.kinds import KINDS, E, Entity, Row, from_row, kind_of, referrers_of, to_row
from qualcode.store.repository import Writing
from qualcode.workbench import turn_rules
from qualcode.workbench.turn_rules import Blocked, Named


def take_back(writing: Writing, decision: Decision) -> tuple[Change, ...]:
    """The rows as they were before the act; gives the changes that were made."""
    built = [
        Blocked(kind, id, builder)
        for builder, kind, id in writing.later_builders(decision.id)
        if not _is_shared(decision, kind)
    ]
    if built:
        raise Blocked(built[0].kind, built[0].id, built[0].decision, more=built[1:])
    # An act done again may have done a little more or less than the first time.
    applied = writing.last_turn(decision.id) or decision
    turned = {(change.kind, change.id) for change in applied.changes}
    along = [
        change
        for change in decision.changes
        if _is_shared(decision, change.kind) and (change.kind, change.id) not in turned
    ]
    changes = [change.reversed() for change in reversed([*along, *applied.changes])]
    return _replay(writing, decision, changes)


def do_again(writing: Writing, decision: Decision) -> tuple[Change, ...]:
    """The rows as the act left them; gives the changes that were made."""
    undoing = writing.last_turn(decision.id)
    changes = (
        decision.changes
        if undoing is None
        else [change.reversed() for change in reversed(undoing.changes)]
    )
    return _replay(writing, decision, changes)


def _replay(writing: Writing, decision: Decision, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Every row as the changes leave it, if it is still as they found it.

    Gives the changes that were made: a row that others share stays out of them, and an
    expression that nothing hangs on any more is among them.
    """
    changes = _without_shared(writing, decision, changes)
    touched = {(change.kind, change.id) for change in changes}
    gone = _gone(changes)
    for kind, ids in gone.items():
        later = [u for u in writing.referrers(KINDS[kind].cls, ids) if u not in touched]
        if later and not _is_shared(decision, kind):
            rest = _still_hanging(writing, later[1:], gone)
            raise Blocked(*_holder(writing, later[0]), more=rest)
    back = [from_row(KINDS[c.kind].cls, c.after) for c in changes if c.after is not None]
    under: list[Entity] = [*_segments_under(writing, back), *_reductions_under(writing, back)]
    turn_rules.check_before(writing, [*under, *back], gone)
    for kind, ids in gone.items():
        writing.remove(KINDS[kind].cls, ids)
    writing.put_all([*under, *back])
    made = [
        *(Change(kind_of(type(one)).name, one.id, None, to_row(one)) for one in under),
        *changes,
    ]
    made += _forget_bare_segments(writing, made)
    made += _forget_bare_reductions(writing, made)
    try:
        turn_rules.check_after(writing, made)
    except Blocked:
        _withdraw(writing, made)
        raise
    return tuple(made)


def _still_hanging(
    writing: Writing, users: Iterable[Named], gone: Mapping[str, Sequence[str]]
) -> Iterator[Blocked]:
    """Those of the rows that still hang on one that would go, as the study is when it is asked."""
    going = {kind: set(ids) for kind, ids in gone.items()}
    for kind, id in users:
        row = writing.get(KINDS[kind].cls, id)
        if row is not None and any(
            getattr(row, field) in going.get(target, ())
            for field, target in KINDS[kind].references.items()
        ):
            yield Blocked(*_holder(writing, (kind, id)))


def _gone(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Kind -> ids of the rows that the changes remove."""
    gone: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.after is None:
            gone[change.kind].append(change.id)
    return gone


def _without_shared(
    writing: Writing, decision: Decision, changes: Sequence[Change]
) -> list[Change]:
    """The changes to be made: those of shared rows that others made, need or let go are left out.

    Any other row that is not as the changes found it stands in the way.
    """
    current = _rows_of(writing, changes)
    touched = {(change.kind, change.id) for change in changes}
    needed: set[Named] = set()
    gone = _gone(changes)
    for kind in SHARED_FROM_ABOVE:
        # What stays needs what it hangs on: a code its codebook.
        if kind in gone and _is_shared(decision, kind):
            staying = _needed(writing, kind, gone[kind], touched - needed)
            needed |= {(kind, id) for id in staying}
    left = []
    for change in changes:
        name = (change.kind, change.id)
        if current.get(name) == _today(change.kind, change.before):
            if name not in needed:
                left.append(change)
        elif not _is_shared(decision, change.kind):
            raise Blocked(*name)
    return left


SHARED_FROM_ABOVE = ("segment", "code", "codebook")


def _needed(
    writing: Writing, kind: str, ids: Sequence[str], touched: Collection[Named]
) -> set[str]:
    """Those of the rows that others hang on; a memo keeps the expression it speaks of."""
    wanted = tuple(ids)
    needed = {
        str(getattr(row, field))
        for user, field in referrers_of(kind)
        for row in writing.find(user.cls, **{field: wanted})
        if (user.name, row.id) not in touched
    }
    if kind == "segment":
        needed |= {
            memo.about_id
            for memo in writing.find(Memo, about_kind="segment", about_id=wanted)
            if ("memo", memo.id) not in touched
        }
    return needed


def _holder(writing: Writing, user: Named) -> Named:
    """The row whose maker stands in the way: of a shared expression, what hangs on it."""
    kind, id = user
    if kind != "segment":
        return user
    notes = writing.find(Memo, about_kind="segment", about_id=id)
    hanging = [*writing.referrers(Segment, [id]), *(("memo", memo.id) for memo in notes)]
    return hanging[0] if hanging else user


def _withdraw(writing: Writing, made: Sequence[Change]) -> None:
    """Takes back what was made, before anything was logged."""
    for change in made:
        if change.before is None:
            writing.remove(KINDS[change.kind].cls, [change.id])
    writing.put_all(
        from_row(KINDS[change.kind].cls, change.before)
        for change in made
        if change.before is not None
    )


def _forget_bare_segments(writing: Writing, made: Sequence[Change]) -> list[Change]:
    """Removes the expressions that the replay left with nothing said of them."""
    left = {
        str(change.before["about_id" if change.kind == "memo" else "segment_id"])
        for change in made
        if change.kind in ("coding", "reduction_link", "stance", "memo")
        and change.before is not None
    }
    found = [] if not left else writing.find(Segment, id=tuple(sorted(left)))
    used = _needed(writing, "segment", [segment.id for segment in found], ())
    bare = [segment for segment in found if segment.id not in used]
    writing.remove(Segment, [segment.id for segment in bare])
    return [Change("segment", segment.id, to_row(segment), None) for segment in bare]


def _forget_bare_reductions(writing: Writing, made: Sequence[Change]) -> list[Change]:
    """Removes the reductions that the replay left without an expression.

    One that has a place or a role stays: that is somebody's work, and a rule will name it.
    """
    left = {
        str(change.before["reduction_id"])
        for change in made
        if change.kind == "reduction_link" and change.before is not None
    }
    found = writing.find(ReducedExpression, id=tuple(sorted(left))) if left else []
    used = _needed(writing, "reduction", [one.id for one in found], ())
    bare = [one for one in found if one.id not in used]
    writing.remove(ReducedExpression, [one.id for one in bare])
    return [Change("reduction", one.id, to_row(one), None) for one in bare]


def _segments_under(writing: Writing, back: Sequence[Entity]) -> list[Segment]:
    """The expressions that what comes back stands on, where they have gone meanwhile.

    An act leaves an expression that somebody else still uses, so it is not among its changes;
    when that other one lets go of it too, only the log knows what it was.
    """
    named = {one.segment_id for one in back if isinstance(one, Coding | ReductionLink)}
    named |= {one.about_id for one in back if isinstance(one, Memo) and one.about_kind == "segment"}
    named -= {one.id for one in back}
    found = _last_known(writing, Segment, named)
    # A memo may come back though the text it spoke of is gone for good.
    texts = {one.id for one in back if isinstance(one, Document)}
    texts |= {one.id for one in writing.find(Document, id=tuple(s.document_id for s in found))}
    return [segment for segment in found if segment.document_id in texts]


def _reductions_under(writing: Writing, back: Sequence[Entity]) -> list[ReducedExpression]:
    """The reductions that links coming back name, where they have gone meanwhile."""
    named = {one.reduction_id for one in back if isinstance(one, ReductionLink)}
    return _last_known(writing, ReducedExpression, named - {one.id for one in back})


def _last_known(writing: Writing, cls: type[E], ids: Collection[str]) -> list[E]:
    """The rows of these ids that are gone, as the log knew them last."""
    missing = set(ids) - {one.id for one in writing.find(cls, id=tuple(sorted(ids)))}
    found = []
    for id in sorted(missing):
        last = writing.last_change_of(kind_of(cls).name, id)
        full = None if last is None else writing.decision(last.id)
        found += [
            from_row(cls, change.before)
            for change in (full.changes if full else ())
            if (change.kind, change.id) == (kind_of(cls).name, id) and change.before is not None
        ]
    return found


def _rows_of(writing: Writing, changes: Iterable[Change]) -> dict[Named, Row]:
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

    The expression under two coders' codings, a code found along with its first coding and the
    codebook of the study's own codes stay for the other coder when one takes their act back.
    """
    return (
        kind == "segment"
        or (kind == "code" and decision.act in USING_NEW_CODES)
        or (kind == "codebook" and decision.act in (Act.ADD_CODE, *USING_NEW_CODES))
    )


USING_NEW_CODES = (Act.CODE, Act.RECODE, Act.ACCEPT_SUGGESTION)
"""Acts that may make the code they use: others who use it by then keep it."""
