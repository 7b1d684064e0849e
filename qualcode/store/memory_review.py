"""The review page's questions, in memory: the readable definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qualcode.domain.review import Remark, RemarkKind, RemarkRead
from qualcode.store import views as v
from qualcode.store.memory_rows import MemoryRows
from qualcode.store.review_views import RemarkTally, RowChange, ThreadQuery


class MemoryReview(MemoryRows):
    """Mixed into the reading of a study in memory."""

    def threads(self, query: ThreadQuery, offset: int, limit: int) -> v.Page[Remark]:
        def matches(remark: Remark) -> bool:
            kind, ids = query.about or (remark.about_kind, (remark.about_id,))
            return (
                remark.reply_to is None
                and (remark.about_kind == kind and remark.about_id in ids)
                and query.kind in (None, remark.about_kind)
                and query.open in (None, not remark.resolved_at)
                and query.question in (None, remark.kind is RemarkKind.QUESTION)
            )

        matching = [remark for remark in self._all(Remark) if matches(remark)]
        matching.sort(key=lambda remark: (remark.created_at, remark.id), reverse=True)
        return v.Page(tuple(matching[offset : offset + limit]), len(matching), offset, limit)

    def remark_tallies(self, who: str) -> list[RemarkTally]:
        read = {row.remark_id for row in self._all(RemarkRead) if row.who == who}
        of: dict[tuple[str, str], list[Remark]] = defaultdict(list)
        for remark in self._all(Remark):
            of[remark.about_kind, remark.about_id].append(remark)
        return [
            RemarkTally(
                kind,
                id,
                len(said),
                sum(one.created_by != who and one.id not in read for one in said),
                sum(one.reply_to is None and not one.resolved_at for one in said),
                sum(
                    one.reply_to is None and not one.resolved_at and one.kind is RemarkKind.QUESTION
                    for one in said
                ),
            )
            for (kind, id), said in sorted(of.items())
        ]

    def unread_remarks(self, who: str, kind: str, ids: Sequence[str]) -> list[str]:
        read = {row.remark_id for row in self._all(RemarkRead) if row.who == who}
        wanted = set(ids)
        return sorted(
            one.id
            for one in self._all(Remark)
            if one.about_kind == kind
            and one.about_id in wanted
            and one.created_by != who
            and one.id not in read
        )

    def row_changes(self, kind: str) -> list[RowChange]:
        return [
            RowChange(number, change.id, decision.at, change.before, change.after)
            for number, decision in sorted(self._state.decisions.items())
            for change in decision.changes
            if change.kind == kind and change.before is not None and change.after is not None
        ]
