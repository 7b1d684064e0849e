"""The decision log in memory: the readable definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.domain.decisions import NOT_UNDOABLE, Act, Change, Decision
from qualcode.store import views as v
from qualcode.store.kinds import referrers_of
from qualcode.store.log_views import LogQuery, WorkDone
from qualcode.store.memory_rows import MemoryRows


class MemoryLog(MemoryRows):
    """Questions to the decisions."""

    @property
    def _decisions(self) -> dict[int, Decision]:
        return self._state.decisions

    def revision(self) -> int:
        return max(self._decisions, default=0)

    def decisions(self, offset: int, limit: int, query: LogQuery | None = None) -> v.Page[Decision]:
        found = [d for d in self._decisions.values() if query is None or self._matches(d, query)]
        found.sort(key=lambda d: -d.id)
        rows = tuple(replace(d, changes=()) for d in found[offset : offset + limit])
        return v.Page(rows, len(found), offset, limit)

    def _matches(self, d: Decision, query: LogQuery) -> bool:
        return (
            query.who in (None, d.who)
            and (not query.acts or d.act in query.acts)
            and (query.numbers is None or d.id in query.numbers)
            and query.since <= d.at
            and (not query.until or d.at < query.until)
            and (query.about is None or any(self._is_about(c, *query.about) for c in d.changes))
        )

    def _is_about(self, change: Change, kind: str, id: str) -> bool:
        states = [row for row in (change.before, change.after) if row is not None]
        passages = self._passages_of(id) if kind == "document" else set()
        naming = [field for user, field in referrers_of(kind) if user.name == change.kind]
        return (change.kind, change.id) == (kind, id) or any(
            any(row[field] == id for field in naming)
            or row.get("segment_id") in passages
            or (
                change.kind == "memo"
                and (
                    (row["about_kind"], row["about_id"]) == (kind, id)
                    or (row["about_kind"] == "segment" and row["about_id"] in passages)
                )
            )
            for row in states
        )

    def _passages_of(self, document_id: str) -> set[str]:
        """Ids of every segment the text has or has had."""
        return {
            change.id
            for d in self._decisions.values()
            for change in d.changes
            if change.kind == "segment"
            and document_id in (_of(change.before, "document_id"), _of(change.after, "document_id"))
        }

    def decision(self, id: int) -> Decision | None:
        return self._decisions.get(id)

    def heading(self, id: int) -> Decision | None:
        decision = self._decisions.get(id)
        return None if decision is None else replace(decision, changes=())

    def changes_since(self, revision: int, most: int) -> list[Decision] | None:
        later = sorted((d for d in self._decisions.values() if d.id > revision), key=_number)
        return None if sum(len(d.changes) for d in later) > most else later

    def told(self, after: int, limit: int) -> list[Decision]:
        later = sorted((d for d in self._decisions.values() if d.id > after), key=_number)
        return later[:limit]

    # --- what undo and redo ask ---

    def _own_acts(self, who: str) -> list[Decision]:
        return [d for d in self._decisions.values() if d.who == who and d.act not in NOT_UNDOABLE]

    def _turns_of(self, id: int) -> list[Decision]:
        return sorted((d for d in self._decisions.values() if d.of == id), key=_number)

    def _applied(self, d: Decision) -> int:
        """The number under which the act came into force last: its own, or that of a redo."""
        redone = [turn.id for turn in self._turns_of(d.id) if turn.act is Act.REDO]
        return max([d.id, *redone])

    def next_undo(self, who: str) -> int | None:
        return next(iter(self.undoable(who, 1)), None)

    def next_redo(self, who: str) -> int | None:
        return next(iter(self.redoable(who, 1)), None)

    def undoable(self, who: str, limit: int) -> list[int]:
        in_force = [d for d in self._own_acts(who) if not d.undone]
        return [d.id for d in sorted(in_force, key=self._applied, reverse=True)][:limit]

    def redoable(self, who: str, limit: int) -> list[int]:
        newest = max((d.id for d in self._own_acts(who)), default=0)
        last_turns = [
            self._turns_of(d.id)[-1]
            for d in self._decisions.values()
            if d.undone and self._turns_of(d.id)
        ]
        mine = [
            turn
            for turn in last_turns
            if turn.who == who and turn.id > newest and "with" not in turn.summary
        ]
        mine.sort(key=_number, reverse=True)
        return [turn.of for turn in mine if turn.of is not None][:limit]

    def last_turn(self, id: int) -> Decision | None:
        turns = self._turns_of(id)
        return turns[-1] if turns else None

    def last_turns(self, ids: Sequence[int]) -> dict[int, Decision]:
        found = {id: self.last_turn(id) for id in ids}
        return {id: replace(turn, changes=()) for id, turn in found.items() if turn is not None}

    def later_builders(self, id: int) -> list[tuple[int, str, str]]:
        mine = self._decisions[id]
        touched = {(change.kind, change.id) for change in mine.changes}
        return [
            (d.id, change.kind, change.id)
            for d in sorted(self._decisions.values(), key=lambda d: -self._applied(d))
            if d.act not in NOT_UNDOABLE and not d.undone and self._applied(d) > self._applied(mine)
            for change in d.changes
            if (change.kind, change.id) in touched
        ]

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        touching = self._touching(kind, id)
        return replace(touching[-1], changes=()) if touching else None

    def maker_of(self, kind: str, id: str, without: Sequence[int] = ()) -> Decision | None:
        in_force = [
            d
            for d in self._touching(kind, id)
            if d.act not in NOT_UNDOABLE and not d.undone and d.id not in without
        ]
        newest = max(in_force, key=self._applied, default=None)
        return None if newest is None else replace(newest, changes=())

    def _touching(self, kind: str, id: str) -> list[Decision]:
        return sorted(
            (
                d
                for d in self._decisions.values()
                if any(c.kind == kind and c.id == id for c in d.changes)
            ),
            key=_number,
        )

    # --- what somebody did ---

    def people(self) -> list[str]:
        return sorted({d.who for d in self._decisions.values()}, key=str.encode)

    def work_done(self, who: str, since: str, until: str = "") -> WorkDone:
        def within(at: str) -> bool:
            return since <= at and (not until or at < until)

        mine = [d for d in self._decisions.values() if d.who == who and within(d.at)]
        acts = [d for d in mine if d.act not in (Act.UNDO, Act.REDO)]
        coded, reduced = (
            {
                self._state.rows["segment"][row.segment_id].document_id
                for row in self._state.rows[kind].values()
                if row.coder == who and within(row.created_at)
            }
            for kind in ("coding", "reduction_link")
        )
        return WorkDone(
            acts=Counter(d.act for d in acts if not d.undone),
            taken_back=sum(d.undone for d in acts),
            coded=len(coded),
            reduced=len(reduced),
            texts=len(coded | reduced),
            first=min((d.at for d in mine), default=""),
            last=max((d.at for d in mine), default=""),
        )


def _number(decision: Decision) -> int:
    return decision.id


def _of(row: Mapping[str, object] | None, field: str) -> object:
    return None if row is None else row.get(field)
