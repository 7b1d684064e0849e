"""The screens' questions about memos, in memory: the readable definition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.store import views as v
from qualcode.store.memory_rows import MemoryRows


class MemoryMemos(MemoryRows):
    """Mixed into the reading of a study in memory."""

    def memos(self, query: v.MemoQuery, offset: int, limit: int) -> v.Page[Memo]:
        def matches(memo: Memo) -> bool:
            kind, ids = query.about or (memo.about_kind, (memo.about_id,))
            return (
                v.sought(query.text) in memo.text.casefold()
                and query.kind in (None, memo.about_kind)
                and query.who in (None, memo.created_by)
                and memo.created_at >= query.since
                and (memo.about_kind == kind and memo.about_id in ids)
                and (query.memo_ids is None or memo.id in query.memo_ids)
            )

        matching = [memo for memo in self._all(Memo) if matches(memo)]
        matching.sort(key=lambda memo: (memo.created_at, memo.id), reverse=True)
        return v.Page(tuple(matching[offset : offset + limit]), len(matching), offset, limit)

    def memo_counts(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        wanted = set(ids)
        return dict(
            Counter(
                memo.about_id
                for memo in self._all(Memo)
                if memo.about_kind == kind and memo.about_id in wanted
            )
        )

    def memo_writers(self) -> list[str]:
        return sorted({memo.created_by for memo in self._all(Memo)})

    def _marks_by_document(self) -> dict[str, list[v.MemoMark]]:
        found: dict[str, list[v.MemoMark]] = defaultdict(list)
        segments = {segment.id: segment for segment in self._all(Segment)}
        for memo in sorted(self._all(Memo), key=lambda memo: (memo.created_at, memo.id)):
            if memo.about_kind == "document":
                found[memo.about_id].append(v.MemoMark(memo))
            elif memo.about_kind == "segment" and memo.about_id in segments:
                segment = segments[memo.about_id]
                found[segment.document_id].append(v.MemoMark(memo, (segment.start, segment.end)))
        for marks in found.values():
            marks.sort(key=lambda mark: mark.span or (-1, -1))
        return found
