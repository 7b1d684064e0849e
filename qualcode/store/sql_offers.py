"""What became of offers, counted by the database: never the whole study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, String, and_, case, cast, exists, func, literal, or_, select

from qualcode.domain.decisions import Act
from qualcode.store import tables as t
from qualcode.store.heirs import MERGING, heirs, names_both
from qualcode.store.offers import CODE, PARTS, SHOWN, CodeUse, OfferCell, ScoreCell
from qualcode.store.sql_log import LogViews

o, s, c, p = t.offer.c, t.segment.c, t.coding.c, t.placement.c
_mine = and_(s.document_id == o.subject, c.coder == o.who, s.start < o.end, s.end > o.start)


class OfferViews(LogViews):
    """Questions about offers."""

    def offer_cells(self, kind: str) -> list[OfferCell]:
        judged = _judged(kind, self._now_called(kind))
        names = [
            column for column in judged.c if column.name not in ("subject", "start", "end", "who")
        ]
        counted = select(*names, func.count().label("alike")).group_by(*names).order_by(*names)
        return [
            OfferCell(
                row.target,
                row.rank,
                row.percent,
                bool(row.later),
                row.seen,
                bool(row.decided),
                bool(row.right),
                bool(row.accepted),
                bool(row.rejected),
                row.engine,
                row.alike,
            )
            for row in self.connection.execute(counted)
        ]

    def offer_scores(self, kind: str, engine: str) -> list[ScoreCell]:
        judged = _judged(kind, self._now_called(kind))
        table = t.code if kind == CODE else t.category
        # The last two signs of an id are as good as drawn by lot.
        number = func.ascii if self.connection.dialect.name == "postgresql" else func.unicode
        signs = [
            func.coalesce(
                number(func.substr(judged.c.subject, func.length(judged.c.subject) - n)), 0
            )
            for n in (0, 1)
        ]
        part = ((signs[0] + signs[1] + judged.c.start) % PARTS).label("part")
        each = (
            select(judged.c.rank, judged.c.percent, part, judged.c.right)
            .where(
                judged.c.later.is_(False),
                judged.c.engine.in_(("", engine)),
                or_(judged.c.decided == 1, judged.c.rejected == 1),
                judged.c.target.in_(select(table.c.id)),
            )
            .subquery()
        )
        names = (each.c.rank, each.c.percent, each.c.part)
        counted = (
            select(*names, func.count(), func.sum(each.c.right)).group_by(*names).order_by(*names)
        )
        return [ScoreCell(*map(int, row)) for row in self.connection.execute(counted)]

    def offer_hits(self, kind: str, ranks: int, seen: str = SHOWN) -> tuple[int, int]:
        judged = _judged(kind, self._now_called(kind))
        passages = (
            select(func.max(judged.c.right).label("right"))
            .where(
                judged.c.decided == 1,
                judged.c.later.is_(False),
                judged.c.rank <= ranks,
                judged.c.seen == seen,
            )
            .group_by(judged.c.subject, judged.c.start, judged.c.end, judged.c.who)
            .subquery()
        )
        found = select(func.count(), func.coalesce(func.sum(passages.c.right), 0))
        decided, hits = self.connection.execute(found.select_from(passages)).one()
        return int(decided), int(hits)

    def offer_edits(self) -> dict[str, int]:
        replaced = self._value(t.decision.c.summary, "suggested_id")
        each = (
            select(replaced.label("target"))
            .where(t.decision.c.act == Act.ACCEPT_SUGGESTION.value, t.decision.c.undone.is_(False))
            .subquery()
        )
        counted = (
            select(each.c.target, func.count())
            .where(each.c.target.is_not(None))
            .group_by(each.c.target)
        )
        now = self._now_called(CODE)
        found: Counter[str] = Counter()
        for target, count in self.connection.execute(counted):
            found[now.get(target, target)] += count
        return dict(found)

    def code_use(self) -> list[CodeUse]:
        offered = exists().where(
            o.kind == CODE,
            o.subject == s.document_id,
            o.who == c.coder,
            o.later.is_(False),
            o.seen == SHOWN,
            s.start < o.end,
            s.end > o.start,
        )
        each = (
            select(c.code_id, _number(offered.correlate(t.segment, t.coding)).label("offered"))
            .join_from(t.coding, t.segment, c.segment_id == s.id)
            .subquery()
        )
        counted = (
            select(each.c.code_id, each.c.offered, func.count())
            .group_by(each.c.code_id, each.c.offered)
            .order_by(each.c.code_id, each.c.offered)
        )
        return [CodeUse(id, bool(was), n) for id, was, n in self.connection.execute(counted)]

    def _now_called(self, kind: str) -> dict[str, str]:
        """What of this kind went in a merge in force -> what it is now."""
        found = self._acts_in_force(MERGING[kind])
        if not found:
            return {}
        # Only what an older program merged has to be found from the rows that moved along.
        untold = self._whole([merge.id for merge in found if not names_both(merge)])
        whole = {merge.id: merge for merge in untold}
        table = t.code if kind == CODE else t.category
        there = set(self.connection.execute(select(table.c.id)).scalars())
        return heirs((whole.get(merge.id, merge) for merge in found), kind, there)


def _judged(kind: str, now: Mapping[str, str]) -> Any:
    """The offers with what became of each, as 0 and 1; ``now``: what targets are called now."""
    target: Any = case(dict(now), value=o.target, else_=o.target) if now else o.target
    decided, right, accepted = _codings(target) if kind == CODE else _placements(target)
    whole = literal(f"{kind}:") + o.subject + "|" + o.target
    keys = [t.dismissal.c.key == whole]
    if kind == CODE:
        borders = cast(o.start, String) + "-" + cast(o.end, String)
        keys.append(t.dismissal.c.key == "code:" + o.subject + ":" + borders + "|" + o.target)
    rejected = exists().where(or_(*keys))
    return (
        select(
            o.subject,
            o.start,
            o.end,
            o.who,
            target.label("target"),
            o.rank,
            o.percent,
            o.later,
            o.seen,
            _number(decided).label("decided"),
            _number(right).label("right"),
            _number(accepted).label("accepted"),
            _number(rejected).label("rejected"),
            o.engine,
        )
        .where(o.kind == kind)
        .subquery()
    )


def _codings(target: Any) -> tuple[Any, Any, Any]:
    decided = exists().where(_mine, c.segment_id == s.id)
    right = exists().where(_mine, c.segment_id == s.id, c.code_id == target)
    taken = exists().where(
        _mine, c.segment_id == s.id, c.code_id == target, *_by_acceptance("coding", c.id)
    )
    return decided, right, taken


def _placements(target: Any) -> tuple[Any, Any, Any]:
    decided = exists().where(p.id == o.subject)
    right = exists().where(p.id == o.subject, p.category_id == target)
    taken = exists().where(
        p.id == o.subject, p.category_id == target, *_by_acceptance("placement", p.id)
    )
    return decided, right, taken


def _by_acceptance(kind: str, row_id: Any) -> list[Any]:
    """That an acceptance in force has made the row."""
    made = (
        select(t.change.c.row_id)
        .join(t.decision, t.decision.c.id == t.change.c.decision_id)
        .where(
            t.change.c.kind == kind,
            t.change.c.before.is_(None),
            t.decision.c.act == Act.ACCEPT_SUGGESTION.value,
            t.decision.c.undone.is_(False),
        )
    )
    # Looked up once for all offers, and not by the row's index: SQLite would else go through
    # every change of the log for each offer.
    return [row_id.concat("").in_(made)]


def _number(condition: Any) -> Any:
    return cast(case((condition, 1), else_=0), Integer)
