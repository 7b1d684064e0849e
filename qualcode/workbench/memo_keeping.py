"""Keeping memos with what they are about, for the acts that merge and remove rows.

Nothing thought is lost on the way up from words to concepts: what is merged hands its memos on,
what is removed leaves its memos behind, and an expression lives as long as a memo speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.memos import Memo
from qualcode.domain.review import SPOKEN_OF, Remark
from qualcode.domain.second_marks import LIKENED, ExpressionStance, Likeness
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work

SEGMENT = "segment"
"""The kind of row that memos on expressions name."""


def carry(
    work: Work, kind: str, from_ids: Iterable[str], to_id: str, by: str | None = None
) -> None:
    """Memos about the old rows speak of the new one from now on; with ``by`` only that writer's.
    The threads of reviewers go along.

    What it was called when they were written stays in their ``about_label``.
    """
    olds = tuple(id for id in dict.fromkeys(from_ids) if id != to_id)
    if not olds:
        return
    for memo in work.rows.find(Memo, about_kind=kind, about_id=olds):
        if by in (None, memo.created_by):
            work.put(replace(memo, about_id=to_id))
    if kind in LIKENED:
        carry_likeness(work, kind, olds, to_id)
    if kind in SPOKEN_OF:
        for remark in work.rows.find(Remark, about_kind=kind, about_id=olds):
            work.put(replace(remark, about_id=to_id))


def carry_stance(work: Work, old_id: str, new_id: str, coder: str) -> None:
    """A coder's stance goes along with a passage that becomes another, unless that one has one."""
    for row in work.rows.find(ExpressionStance, segment_id=old_id, coder=coder):
        if work.rows.count(ExpressionStance, segment_id=new_id, coder=coder):
            work.remove(ExpressionStance, [row.id])
        else:
            work.put(replace(row, segment_id=new_id))


def carry_likeness(work: Work, kind: str, gone: Sequence[str], to_id: str) -> None:
    """What findings were held to be goes along in a merge; what is one now is like nothing else."""
    for row in work.rows.find(Likeness, one_kind=kind, one_id=tuple(gone)):
        work.put(replace(row, one_id=to_id))
    for row in work.rows.find(Likeness, other_kind=kind, other_id=tuple(gone)):
        work.put(replace(row, other_id=to_id))
    ends = {"one_kind": kind, "one_id": to_id, "other_kind": kind, "other_id": to_id}
    work.remove(Likeness, [row.id for row in work.rows.find(Likeness, **ends)])
    _held_once(work, kind, to_id)


def _held_once(work: Work, kind: str, id: str) -> None:
    """A coder holds one thing of two findings: the last they said, where a merge brings two."""
    held = [
        *work.rows.find(Likeness, one_kind=kind, one_id=id),
        *work.rows.find(Likeness, other_kind=kind, other_id=id),
    ]
    last: dict[tuple[str, frozenset[tuple[str, str]]], Likeness] = {}
    for row in sorted(held, key=lambda row: (row.created_at, row.id)):
        pair = frozenset({(row.one_kind, row.one_id), (row.other_kind, row.other_id)})
        before = last.get((row.coder, pair))
        if before is not None:
            work.remove(Likeness, [before.id])
        last[row.coder, pair] = row


def noted(rows: Reading, segment_ids: Sequence[str]) -> set[str]:
    """Those of the expressions that a memo speaks of."""
    return set(rows.memo_counts(SEGMENT, segment_ids))


def only_noted(rows: Reading) -> set[str]:
    """Expressions marked for a memo or a stance alone: nobody has coded or reduced them."""
    ids = {memo.about_id for memo in rows.find(Memo, about_kind=SEGMENT)}
    ids |= {row.segment_id for row in rows.find(ExpressionStance)}
    if not ids:
        return set()
    wanted = tuple(sorted(ids))
    ids -= {coding.segment_id for coding in rows.find(Coding, segment_id=wanted)}
    return ids - {link.segment_id for link in rows.find(ReductionLink, segment_id=wanted)}
