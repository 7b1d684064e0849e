"""The decision log in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, union

from qualcode.domain.decisions import NOT_UNDOABLE, Act, Change, Decision
from qualcode.store import tables as t
from qualcode.store import views as v
from qualcode.store.kinds import referrers_of
from qualcode.store.log_views import LogQuery, WorkDone
from qualcode.store.sql_views import Views

Condition = ColumnElement[bool]

UNDOABLE = t.decision.c.act.not_in([act.value for act in NOT_UNDOABLE])
IN_FORCE = t.decision.c.undone.is_(False)


class LogViews(Views):
    """Questions to the decisions, asked of one open transaction."""

    def revision(self) -> int:
        return self.connection.execute(select(func.max(t.decision.c.id))).scalar() or 0

    def decisions(self, offset: int, limit: int, query: LogQuery | None = None) -> v.Page[Decision]:
        conditions = [] if query is None else self._log_conditions(query)
        total = self.connection.execute(
            select(func.count()).select_from(t.decision).where(*conditions)
        ).scalar_one()
        rows = self.connection.execute(
            select(t.decision)
            .where(*conditions)
            .order_by(t.decision.c.id.desc())
            .offset(offset)
            .limit(limit)
        ).mappings()
        return v.Page(tuple(_decision(row) for row in rows), total, offset, limit)

    def _log_conditions(self, query: LogQuery) -> list[Condition]:
        conditions: list[Condition] = []
        if query.who is not None:
            conditions.append(t.decision.c.who == query.who)
        if query.acts:
            conditions.append(t.decision.c.act.in_([act.value for act in query.acts]))
        if query.since:
            conditions.append(t.decision.c.at >= query.since)
        if query.until:
            conditions.append(t.decision.c.at < query.until)
        if query.numbers is not None:
            conditions.append(self._one_of_numbers(t.decision.c.id, query.numbers))
        if query.about is not None:
            touching = select(t.change.c.decision_id).where(or_(*_about(*query.about)))
            conditions.append(t.decision.c.id.in_(touching))
        return conditions

    def decision(self, id: int) -> Decision | None:
        found = self._whole([id])
        return found[0] if found else None

    def heading(self, id: int) -> Decision | None:
        row = self.connection.execute(select(t.decision).where(t.decision.c.id == id))
        found = row.mappings().first()
        return None if found is None else _decision(found)

    def _acts_in_force(self, act: Act) -> list[Decision]:
        """These acts as the log heads them, oldest first, without the undone ones."""
        found = self.connection.execute(
            select(t.decision)
            .where(t.decision.c.act == act.value, IN_FORCE)
            .order_by(t.decision.c.id)
        )
        return [_decision(row) for row in found.mappings()]

    def changes_since(self, revision: int, most: int) -> list[Decision] | None:
        found = self.connection.execute(
            select(t.change)
            .where(t.change.c.decision_id > revision)
            .order_by(t.change.c.decision_id, t.change.c.n)
            .limit(most + 1)
        ).mappings()
        changes: dict[int, list[Change]] = defaultdict(list)
        for number, row in enumerate(found):
            if number == most:
                return None
            changes[row["decision_id"]].append(_change(row))
        later = self.connection.execute(
            select(t.decision).where(t.decision.c.id > revision).order_by(t.decision.c.id)
        ).mappings()
        return [_decision(row, changes[row["id"]]) for row in later]

    def told(self, after: int, limit: int) -> list[Decision]:
        numbers = self.connection.execute(
            select(t.decision.c.id)
            .where(t.decision.c.id > after)
            .order_by(t.decision.c.id)
            .limit(limit)
        ).scalars()
        return self._whole(list(numbers))

    def _whole(self, numbers: Sequence[int]) -> list[Decision]:
        """These decisions, oldest first, with every row before and after."""
        changes: dict[int, list[Change]] = defaultdict(list)
        for row in self.connection.execute(
            select(t.change)
            .where(t.change.c.decision_id.in_(numbers))
            .order_by(t.change.c.decision_id, t.change.c.n)
        ).mappings():
            changes[row["decision_id"]].append(_change(row))
        rows = self.connection.execute(
            select(t.decision).where(t.decision.c.id.in_(numbers)).order_by(t.decision.c.id)
        ).mappings()
        return [_decision(row, changes[row["id"]]) for row in rows]

    # --- what undo and redo ask ---

    def next_undo(self, who: str) -> int | None:
        return next(iter(self.undoable(who, 1)), None)

    def undoable(self, who: str, limit: int) -> list[int]:
        mine = (t.decision.c.who == who, UNDOABLE, IN_FORCE)
        # By the index from its end, not max(): that would look at every act of the person.
        newest = self.connection.execute(
            select(t.decision.c.id).where(*mine).order_by(t.decision.c.id.desc()).limit(limit)
        ).scalars()
        turn = t.decision.alias("turn")
        redone = self.connection.execute(
            # By the index of turns, which are few beside the acts: a bare max(id) would have
            # SQLite look through the log from its end.
            select(turn.c.of, func.max(turn.c.id + 0))
            .where(
                turn.c.of > 0,
                turn.c.act == Act.REDO.value,
                select(t.decision.c.id).where(t.decision.c.id == turn.c.of, *mine).exists(),
            )
            .group_by(turn.c.of)
        ).all()
        # What was done again last came into force last.
        applied = {id: id for id in newest} | {row[0]: row[1] for row in redone}
        return sorted(applied, key=applied.__getitem__, reverse=True)[:limit]

    def _newest(self, *conditions: Condition) -> int | None:
        # By the index from its end, not max(): that would look at every act of the person.
        return self.connection.execute(
            select(t.decision.c.id).where(*conditions).order_by(t.decision.c.id.desc()).limit(1)
        ).scalar()

    def next_redo(self, who: str) -> int | None:
        return next(iter(self.redoable(who, 1)), None)

    def redoable(self, who: str, limit: int) -> list[int]:
        newest = self._newest(t.decision.c.who == who, UNDOABLE)
        turn, later = t.decision.alias("turn"), t.decision.alias("later")
        found = self.connection.execute(
            select(turn.c.of)
            .where(
                turn.c.id > (newest or 0),
                turn.c.who == who,
                turn.c.act == Act.UNDO.value,
                select(t.decision.c.id)
                .where(t.decision.c.id == turn.c.of, t.decision.c.undone.is_(True))
                .exists(),
                ~select(later.c.id).where(later.c.of == turn.c.of, later.c.id > turn.c.id).exists(),
                turn.c.summary["with"].as_string().is_(None),
            )
            .order_by(turn.c.id.desc())
            .limit(limit)
        )
        return [int(of) for of in found.scalars()]

    def last_turn(self, id: int) -> Decision | None:
        newest = self.connection.execute(
            select(func.max(t.decision.c.id)).where(t.decision.c.of == id)
        ).scalar()
        return None if newest is None else self.decision(newest)

    def last_turns(self, ids: Sequence[int]) -> dict[int, Decision]:
        newest = (
            select(func.max(t.decision.c.id))
            .where(t.decision.c.of.in_(ids))
            .group_by(t.decision.c.of)
        )
        rows = self.connection.execute(
            select(t.decision).where(t.decision.c.id.in_(newest))
        ).mappings()
        return {row["of"]: _decision(row) for row in rows}

    def later_builders(self, id: int) -> list[tuple[int, str, str]]:
        mine, theirs = t.change.alias("mine"), t.change.alias("theirs")
        rows = self.connection.execute(
            select(t.decision.c.id, theirs.c.kind, theirs.c.row_id)
            .select_from(mine)
            .join(theirs, and_(theirs.c.kind == mine.c.kind, theirs.c.row_id == mine.c.row_id))
            .join(t.decision, t.decision.c.id == theirs.c.decision_id)
            .where(mine.c.decision_id == id, t.decision.c.id != id, UNDOABLE, IN_FORCE)
            .order_by(theirs.c.decision_id, theirs.c.n)
        ).all()
        if not rows:
            return []
        applied = self._applied([id, *{row[0] for row in rows}])
        later = [(row[0], row[1], row[2]) for row in rows if applied[row[0]] > applied[id]]
        return sorted(later, key=lambda row: -applied[row[0]])

    def _applied(self, ids: Iterable[int]) -> dict[int, int]:
        """Under which number each act came into force last: its own, or that of a redo."""
        numbers = dict.fromkeys(ids)
        redone = self.connection.execute(
            select(t.decision.c.of, func.max(t.decision.c.id))
            .where(t.decision.c.of.is_not(None), t.decision.c.act == Act.REDO.value)
            .group_by(t.decision.c.of)
        )
        found: dict[int, int] = {row[0]: row[1] for row in redone}
        return {id: max(id, found.get(id, 0)) for id in numbers}

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        newest = self.connection.execute(
            select(func.max(t.change.c.decision_id)).where(
                t.change.c.kind == kind, t.change.c.row_id == id
            )
        ).scalar()
        return None if newest is None else self._bare(newest)

    def maker_of(self, kind: str, id: str, without: Sequence[int] = ()) -> Decision | None:
        found = (
            self.connection.execute(
                select(t.decision.c.id)
                .join(t.change, t.change.c.decision_id == t.decision.c.id)
                .where(t.change.c.kind == kind, t.change.c.row_id == id, UNDOABLE, IN_FORCE)
            )
            .scalars()
            .all()
        )
        in_force = [number for number in found if number not in without]
        if not in_force:
            return None
        applied = self._applied(in_force)
        return self._bare(max(in_force, key=applied.__getitem__))

    def _bare(self, number: int) -> Decision:
        row = self.connection.execute(select(t.decision).where(t.decision.c.id == number))
        return _decision(row.mappings().one())

    # --- what somebody did ---

    def people(self) -> list[str]:
        found = select(t.decision.c.who).distinct().order_by(t.decision.c.who)
        return list(self.connection.execute(found).scalars())

    def work_done(self, who: str, since: str, until: str = "") -> WorkDone:
        def within(column: Any) -> list[Condition]:
            return [column >= since, *([column < until] if until else [])]

        mine = (t.decision.c.who == who, *within(t.decision.c.at))
        first, last = self.connection.execute(
            select(func.min(t.decision.c.at), func.max(t.decision.c.at)).where(*mine)
        ).one()
        counts = self.connection.execute(
            select(t.decision.c.act, t.decision.c.undone, func.count())
            .where(*mine, t.decision.c.act.not_in([Act.UNDO.value, Act.REDO.value]))
            .group_by(t.decision.c.act, t.decision.c.undone)
        ).all()
        texts = {
            link.name: select(t.segment.c.document_id)
            .join_from(link, t.segment, link.c.segment_id == t.segment.c.id)
            .where(link.c.coder == who, *within(link.c.created_at))
            for link in (t.coding, t.reduction_link)
        }

        def count(question: Any) -> int:
            distinct_ones = question.subquery()
            return self.connection.execute(
                select(func.count(func.distinct(distinct_ones.c.document_id)))
            ).scalar_one()

        return WorkDone(
            acts={Act(act): number for act, undone, number in counts if not undone},
            taken_back=sum(number for _, undone, number in counts if undone),
            coded=count(texts["coding"]),
            reduced=count(texts["reduction_link"]),
            texts=count(union(*texts.values())),
            first=first or "",
            last=last or "",
        )


def _about(kind: str, id: str) -> list[Condition]:
    """Which changed rows speak of this one: itself, those that name it, memos of it.

    Of a text also what hangs, or hung, on its passages.
    """

    def named(users: str, field: str, ids: Any) -> Condition:
        states = (t.change.c.before, t.change.c.after)
        values = [state[field].as_string() for state in states]
        either = [value == ids if isinstance(ids, str) else value.in_(ids) for value in values]
        return and_(t.change.c.kind == users, or_(*either))

    def memo_of(about: str, ids: Any) -> Condition:
        return and_(named("memo", "about_kind", about), named("memo", "about_id", ids))

    found = [
        and_(t.change.c.kind == kind, t.change.c.row_id == id),
        *(named(user.name, field, id) for user, field in referrers_of(kind)),
        memo_of(kind, id),
    ]
    if kind == "document":
        passage = t.change.alias("passage")
        states = [passage.c.before, passage.c.after]
        passages = select(passage.c.row_id).where(
            passage.c.kind == "segment",
            or_(*(state["document_id"].as_string() == id for state in states)),
        )
        found += [named(link, "segment_id", passages) for link in ("coding", "reduction_link")]
        found.append(memo_of("segment", passages))
    return found


def _change(row: Any) -> Change:
    return Change(row["kind"], row["row_id"], row["before"], row["after"])


def _decision(row: Any, changes: Sequence[Change] = ()) -> Decision:
    return Decision(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        act=Act(row["act"]),
        summary=row["summary"],
        changes=tuple(changes),
        undone=row["undone"],
        of=row["of"],
    )
