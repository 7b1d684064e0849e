"""Erasing for good: out of the tables, out of the decision log, and out of the file's free room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, select, update
from sqlalchemy.exc import OperationalError

from qualcode.store import tables as t
from qualcode.store.sql_statements import chunks


def erase(connection: Connection, rows: Mapping[str, Sequence[str]]) -> None:
    """The rows go, and so do their states before and after every act.

    An act that is left without any row can't be taken back or done again any more: it counts as
    undone, and an undo or redo of it no longer names it.
    """
    touched: set[int] = set()
    for condition in _named(rows):
        touched.update(
            connection.execute(select(t.change.c.decision_id).where(condition).distinct()).scalars()
        )
        connection.execute(delete(t.change).where(condition))
    for numbers in chunks(sorted(touched)):
        left = select(func.count()).where(t.change.c.decision_id == t.decision.c.id)
        connection.execute(
            update(t.decision)
            .where(t.decision.c.id.in_(numbers), left.scalar_subquery() == 0)
            .values(undone=True, of=None)
        )
    for kind, ids in rows.items():
        table = t.metadata.tables[kind]
        for some in chunks(ids):
            connection.execute(delete(table).where(table.c.id.in_(some)))


def compact(engine: Engine) -> None:
    """The database is written anew without what was removed; SQLite's journal is emptied, too."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return
    # The driver's own connection: SQLite rewrites a file only outside transactions.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
        busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            # Somebody still reads the file as it was: SQLite answers so instead of raising.
            raise engine.dialect.loaded_dbapi.OperationalError("the journal is busy")
    except engine.dialect.loaded_dbapi.OperationalError as error:
        raise OperationalError("VACUUM", None, error) from error
    finally:
        raw.close()


def _named(rows: Mapping[str, Sequence[str]]) -> Iterator[ColumnElement[bool]]:
    for kind, ids in rows.items():
        for some in chunks(ids):
            yield and_(t.change.c.kind == kind, t.change.c.row_id.in_(some))
