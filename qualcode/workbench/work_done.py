"""What one has done today and since one sat down, and what the others did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from qualcode.store.log_views import LogQuery, WorkDone
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench

REST = timedelta(hours=1)
"""After a rest as long as this, work is a new session."""

MOST_LOOKED_AT = 2_000
AT_A_TIME = 200


@dataclass(frozen=True)
class Session:
    """A coder's latest stretch of work. ``earlier`` is the time of the last act before it.

    Both are times of the log, ISO 8601 in UTC; ``earlier`` is "" when there is none.
    """

    begun: str
    earlier: str = ""


@dataclass(frozen=True)
class DaysWork:
    """``today``: since midnight. ``session``: since one sat down, None when one has done nothing.

    ``others``: who -> what they did since one's session before this one ended.
    """

    today: WorkDone
    session: Session | None
    in_session: WorkDone
    others: dict[str, WorkDone]


def days_work(bench: Workbench, midnight: str) -> DaysWork:
    """What the coder did since ``midnight`` (a time of the log) and in their latest session."""
    with bench.store.reading() as rows:
        session = latest_session(rows, bench.coder)
        since = "" if session is None else session.earlier or session.begun
        done = {who: rows.work_done(who, since) for who in rows.people() if who != bench.coder}
        return DaysWork(
            today=rows.work_done(bench.coder, midnight),
            session=session,
            in_session=rows.work_done(bench.coder, session.begun) if session else WorkDone(),
            others={who: work for who, work in done.items() if work.first and session},
        )


def latest_session(rows: Reading, who: str) -> Session | None:
    """The stretch of work that the coder's newest act belongs to; None before their first act."""
    begun = ""
    for offset in range(0, MOST_LOOKED_AT, AT_A_TIME):
        page = rows.decisions(offset, AT_A_TIME, LogQuery(who=who))
        for decision in page.rows:
            if begun and _rested(decision.at, begun):
                return Session(begun, decision.at)
            begun = decision.at
        if offset + AT_A_TIME >= page.total:
            break
    return Session(begun) if begun else None


def _rested(earlier: str, later: str) -> bool:
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier) >= REST
