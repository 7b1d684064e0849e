"""The store on SQLAlchemy Core, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Engine, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError

from qualcode.domain.decisions import NOT_UNDOABLE, Act, Change, Decision
from qualcode.domain.errors import (
    AlreadyThere,
    StillInUse,
    StudyBusy,
    StudyDamaged,
    StudyDiskFull,
    StudyFileError,
    StudyReadOnly,
)
from qualcode.store import tables as t
from qualcode.store import views as v
from qualcode.store.kinds import KINDS, E, Entity, from_row, kind_of, referrers_of, to_row
from qualcode.store.sql_views import Views

CHUNK = 500
"""Ids named in one statement: below every driver's limit of bound values."""


def table_of(kind_name: str) -> Table:
    return t.metadata.tables[kind_name]


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


class SqlReading(Views):
    """Questions to one open transaction."""

    def get(self, cls: type[E], id: str) -> E | None:
        table = table_of(kind_of(cls).name)
        row = self.connection.execute(select(table).where(table.c.id == id)).mappings().first()
        return None if row is None else from_row(cls, dict(row))

    def find(self, cls: type[E], **equals: Any) -> list[E]:
        table = table_of(kind_of(cls).name)
        found: list[E] = []
        for conditions in _conditions(table, equals):
            rows = self.connection.execute(select(table).where(*conditions)).mappings()
            found.extend(from_row(cls, dict(row)) for row in rows)
        return found

    def count(self, cls: type[Any], **equals: Any) -> int:
        table = table_of(kind_of(cls).name)
        return sum(
            self.connection.execute(
                select(func.count()).select_from(table).where(*conditions)
            ).scalar_one()
            for conditions in _conditions(table, equals)
        )

    def referrers(self, cls: type[Any], ids: Sequence[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for kind, field in referrers_of(kind_of(cls).name):
            table = table_of(kind.name)
            for some in chunks(ids):
                found.extend(
                    (kind.name, row_id)
                    for row_id in self.connection.execute(
                        select(table.c.id).where(table.c[field].in_(some))
                    ).scalars()
                )
        return found

    def last_position(self, cls: type[Any]) -> int:
        table = table_of(kind_of(cls).name)
        highest = self.connection.execute(select(func.max(table.c.position))).scalar()
        return -1 if highest is None else int(highest)

    def revision(self) -> int:
        return self.connection.execute(select(func.max(t.decision.c.id))).scalar() or 0

    # --- the decision log ---

    def decisions(self, offset: int, limit: int, who: str | None = None) -> v.Page[Decision]:
        condition = [] if who is None else [t.decision.c.who == who]
        total = self.connection.execute(
            select(func.count()).select_from(t.decision).where(*condition)
        ).scalar_one()
        rows = self.connection.execute(
            select(t.decision)
            .where(*condition)
            .order_by(t.decision.c.id.desc())
            .offset(offset)
            .limit(limit)
        ).mappings()
        return v.Page(tuple(_decision(row) for row in rows), total, offset, limit)

    def decision(self, id: int) -> Decision | None:
        row = (
            self.connection.execute(select(t.decision).where(t.decision.c.id == id))
            .mappings()
            .first()
        )
        if row is None:
            return None
        changes = self.connection.execute(
            select(t.change).where(t.change.c.decision_id == id).order_by(t.change.c.n)
        ).mappings()
        return _decision(
            row, tuple(Change(c["kind"], c["row_id"], c["before"], c["after"]) for c in changes)
        )

    def _own_acts(self, who: str) -> list[Any]:
        return [
            t.decision.c.who == who,
            t.decision.c.act.not_in([act.value for act in NOT_UNDOABLE]),
        ]

    def next_undo(self, who: str) -> int | None:
        return self.connection.execute(
            select(func.max(t.decision.c.id)).where(
                *self._own_acts(who), t.decision.c.undone.is_(False)
            )
        ).scalar()

    def next_redo(self, who: str) -> int | None:
        newest = self.connection.execute(
            select(func.max(t.decision.c.id)).where(*self._own_acts(who))
        ).scalar()
        turn = t.decision.alias("turn")
        return self.connection.execute(
            select(func.min(t.decision.c.id))
            .join(turn, turn.c.of == t.decision.c.id)
            .where(
                *self._own_acts(who),
                t.decision.c.undone.is_(True),
                turn.c.who == who,
                turn.c.act == Act.UNDO.value,
                turn.c.id > (newest or 0),
            )
        ).scalar()

    def undoing(self, id: int) -> Decision | None:
        newest = self.connection.execute(
            select(func.max(t.decision.c.id)).where(
                t.decision.c.act == Act.UNDO, t.decision.c.of == id
            )
        ).scalar()
        return None if newest is None else self.decision(newest)

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        newest = self.connection.execute(
            select(func.max(t.change.c.decision_id)).where(
                t.change.c.kind == kind, t.change.c.row_id == id
            )
        ).scalar()
        if newest is None:
            return None
        row = self.connection.execute(select(t.decision).where(t.decision.c.id == newest))
        return _decision(row.mappings().one())

    # --- caches and conversations ---

    def last_operation(self, client: str) -> int:
        return (
            self.connection.execute(
                select(func.max(t.operation.c.seq)).where(t.operation.c.client == client)
            ).scalar()
            or 0
        )

    def vectors(self, engine: str, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for some in chunks(keys):
            rows = self.connection.execute(
                select(t.vector.c.key, t.vector.c.data).where(
                    t.vector.c.engine == engine, t.vector.c.key.in_(some)
                )
            )
            found.update((key, bytes(data)) for key, data in rows)
        return found


class SqlWriting(SqlReading):
    """The same questions, and changes that become true together."""

    def put(self, entity: Entity) -> None:
        self.put_all([entity])

    def put_all(self, entities: Iterable[Entity]) -> None:
        for name, rows in _rows_by_kind(entities).items():
            self.connection.execute(_put_statement(self.connection.dialect.name, name), rows)

    def insert(self, entities: Iterable[Entity]) -> None:
        for name, rows in _rows_by_kind(entities).items():
            self.connection.execute(insert(table_of(name)), rows)

    def remove(self, cls: type[Any], ids: Sequence[str]) -> None:
        table = table_of(kind_of(cls).name)
        for some in chunks(ids):
            self.connection.execute(delete(table).where(table.c.id.in_(some)))

    def append(self, decision: Decision) -> Decision:
        result = self.connection.execute(
            insert(t.decision).values(
                at=decision.at,
                who=decision.who,
                act=decision.act.value,
                summary=dict(decision.summary),
                undone=decision.undone,
                of=decision.of,
            )
        )
        number = int(result.inserted_primary_key[0])  # type: ignore[index]  # one row, one key
        if decision.changes:
            self.connection.execute(
                insert(t.change),
                [
                    {
                        "decision_id": number,
                        "n": n,
                        "kind": change.kind,
                        "row_id": change.id,
                        "before": change.before,
                        "after": change.after,
                    }
                    for n, change in enumerate(decision.changes)
                ],
            )
        return Decision(
            number,
            decision.at,
            decision.who,
            decision.act,
            decision.summary,
            decision.changes,
            decision.undone,
            decision.of,
        )

    def mark_undone(self, id: int, undone: bool) -> None:
        self.connection.execute(
            update(t.decision).where(t.decision.c.id == id).values(undone=undone)
        )

    def take_operation(self, client: str, seq: int) -> bool:
        statement = _upsert(self.connection.dialect.name, t.operation).values(
            client=client, seq=seq
        )
        # Not rowcount, which psycopg's driver leaves at -1 here.
        new = statement.on_conflict_do_nothing().returning(t.operation.c.seq)
        return self.connection.execute(new).first() is not None

    def keep_vectors(self, engine: str, vectors: dict[str, bytes]) -> None:
        rows = [{"engine": engine, "key": key, "data": data} for key, data in vectors.items()]
        if rows:
            statement = _upsert(self.connection.dialect.name, t.vector)
            self.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["engine", "key"], set_={"data": statement.excluded.data}
                ),
                rows,
            )


class SqlStore:
    """An open study. ``reader`` and ``writer`` are two engines on the same database.

    SQLite's writer starts every transaction with BEGIN IMMEDIATE: with a plain BEGIN two windows
    that read and then write both fail with "database is locked".
    """

    def __init__(self, address: str, reader: Engine, writer: Engine) -> None:
        self.address = address
        self._reader = reader
        self._writer = writer

    @contextmanager
    def reading(self) -> Iterator[SqlReading]:
        with self._saying_where(), self._reader.connect() as connection:
            yield SqlReading(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlWriting]:
        with self._saying_where(), self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                # One writer at a time, as in SQLite: read-then-write acts never interleave.
                connection.execute(select(func.pg_advisory_xact_lock(t.APPLICATION_ID)))
            yield SqlWriting(connection)

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _saying_where(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            if _is_reference(error):
                raise StillInUse(kind=_table_named_in(error), name="…", count=1) from error
            raise AlreadyThere(kind=_table_named_in(error)) from error
        except (OperationalError, DatabaseError) as error:
            # The classes beside these two tell of a fault of the program itself.
            if type(error) not in (OperationalError, DatabaseError):
                raise
            raise study_error(self.address, error.orig) from error


def study_error(address: str, error: BaseException | None, backup: str = "-") -> StudyFileError:
    """What the driver says, as something the person can act on."""
    said = str(error).strip()
    if "locked" in said or "busy" in said:
        return StudyBusy(path=address)
    if any(sign in said for sign in ("readonly", "read-only", "unable to open")):
        return StudyReadOnly(path=address)
    if "is full" in said or "No space left" in said:
        return StudyDiskFull(path=address)
    if any(sign in said for sign in ("malformed", "not a database", "disk I/O", "decode to UTF-8")):
        return StudyDamaged(path=address, what=said, backup=backup)
    return StudyFileError(path=f"{address} ({said})")


def _is_reference(error: DBAPIError) -> bool:
    return "foreign key" in str(error.orig).lower()


def _table_named_in(error: DBAPIError) -> str:
    """The kind of row the driver complains of; SQLite does not tell it of a reference."""
    table = getattr(getattr(error.orig, "diag", None), "table_name", None)
    if table is None:
        found = re.search(r"failed: (\w+)\.", str(error.orig))
        table = found[1] if found else ""
    return table if table in KINDS else "row"


def _upsert(dialect: str, table: Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _put_statement(dialect: str, kind_name: str) -> Any:
    """Kept, because making it takes longer than the database takes to carry it out."""
    table = table_of(kind_name)
    statement = _upsert(dialect, table)
    changed = {column.name: statement.excluded[column.name] for column in table.c}
    del changed["id"]
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed)


def _rows_by_kind(entities: Iterable[Entity]) -> dict[str, list[dict[str, Any]]]:
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entity in entities:
        name = kind_of(type(entity)).name
        by_kind[name].append(_column_values(name, entity))
    return by_kind


def _conditions(table: Table, equals: dict[str, Any]) -> Iterator[list[Any]]:
    """The WHERE clauses of ``equals``; a long list of values is asked in several questions."""
    plain: list[Any] = []
    many: tuple[Any, Sequence[Any]] | None = None
    for name, value in equals.items():
        column = table.c[name]
        if value is None:
            plain.append(column.is_(None))
        elif isinstance(value, tuple | list | set | frozenset):
            if many is not None:
                plain.append(column.in_(list(value)))
            else:
                many = (column, list(value))
        else:
            plain.append(column == value)
    if many is None:
        yield plain
        return
    column, values = many
    for some in chunks(values):
        yield [*plain, column.in_(some)]


def _column_values(kind_name: str, entity: Entity) -> dict[str, Any]:
    row = to_row(entity)
    repeated = t.FOLDED.get(kind_name)
    if repeated:
        row["folded"] = str(row[repeated]).casefold()
    return row


def _decision(row: Any, changes: tuple[Change, ...] = ()) -> Decision:
    return Decision(
        id=row["id"],
        at=row["at"],
        who=row["who"],
        act=Act(row["act"]),
        summary=row["summary"],
        changes=changes,
        undone=row["undone"],
        of=row["of"],
    )
