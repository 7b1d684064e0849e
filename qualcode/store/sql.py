"""The store on SQLAlchemy Core, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError

from qualcode.domain.decisions import Decision
from qualcode.domain.documents import Document
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
from qualcode.store.kinds import KINDS, E, Entity, from_row, kind_of, referrers_of, to_row
from qualcode.store.offers import Offer
from qualcode.store.outcomes import REASON_FORGOTTEN, Outcome
from qualcode.store.outlook import Outlook
from qualcode.store.sql_erasing import compact, erase
from qualcode.store.sql_outlook import OutlookViews
from qualcode.store.sql_turns import forget_turns, keep_turns

CHUNK = 500
"""Ids named in one statement: below every driver's limit of bound values."""


def table_of(kind_name: str) -> Table:
    return t.metadata.tables[kind_name]


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


class SqlReading(OutlookViews):
    """Questions to one open transaction."""

    def get(self, cls: type[E], id: str) -> E | None:
        question = _question(kind_of(cls).name, (("id", _How.ONE),))
        row = self.connection.execute(question, {"id": id}).mappings().first()
        return None if row is None else from_row(cls, dict(row))

    def find(self, cls: type[E], **equals: Any) -> list[E]:
        found: list[E] = []
        for shape, values in _asked_for(equals):
            question = _question(kind_of(cls).name, shape)
            rows = self.connection.execute(question, values).mappings()
            found.extend(from_row(cls, dict(row)) for row in rows)
        return found

    def count(self, cls: type[Any], **equals: Any) -> int:
        return sum(
            self.connection.execute(
                _question(kind_of(cls).name, shape, counted=True), values
            ).scalar_one()
            for shape, values in _asked_for(equals)
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

    # --- caches and conversations ---

    def last_operation(self, client: str) -> int:
        return (
            self.connection.execute(
                select(func.max(t.operation.c.seq)).where(t.operation.c.client == client)
            ).scalar()
            or 0
        )

    def outcome(self, client: str, seq: int) -> Outcome | None:
        row = (
            self.connection.execute(
                select(t.operation).where(t.operation.c.client == client, t.operation.c.seq == seq)
            )
            .mappings()
            .first()
        )
        if row is None:
            return None
        return Outcome(client, seq, row["at"] or "", row["decision"], row["refusal"])

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
        there = list(entities)
        for name, rows in _rows_by_kind(there).items():
            self.connection.execute(_put_statement(self.connection.dialect.name, name), rows)
        self._keep_turns(there)

    def insert(self, entities: Iterable[Entity]) -> None:
        new = list(entities)
        for name, rows in _rows_by_kind(new).items():
            self.connection.execute(insert(table_of(name)), rows)
        self._keep_turns(new)

    def _keep_turns(self, entities: Sequence[Entity]) -> None:
        documents = [entity for entity in entities if isinstance(entity, Document)]
        if documents:
            keep_turns(self.connection, documents)

    def remove(self, cls: type[Any], ids: Sequence[str]) -> None:
        table = table_of(kind_of(cls).name)
        for some in chunks(ids):
            if cls is Document:
                forget_turns(self.connection, some)
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

    def erase(self, rows: Mapping[str, Sequence[str]]) -> None:
        erase(self.connection, rows)

    def take_operation(self, client: str, seq: int) -> bool:
        statement = _upsert(self.connection.dialect.name, t.operation).values(
            client=client, seq=seq
        )
        # Not rowcount, which psycopg's driver leaves at -1 here.
        new = statement.on_conflict_do_nothing().returning(t.operation.c.seq)
        return self.connection.execute(new).first() is not None

    def keep_outcome(self, outcome: Outcome) -> None:
        self.connection.execute(
            update(t.operation)
            .where(t.operation.c.client == outcome.client, t.operation.c.seq == outcome.seq)
            .values(
                at=outcome.at,
                decision=outcome.decision,
                refusal=None if outcome.refusal is None else dict(outcome.refusal),
            )
        )

    def forget_refusals(self, before: str) -> None:
        self.connection.execute(
            update(t.operation)
            .where(t.operation.c.refusal.is_not(None), t.operation.c.at < before)
            .values(refusal=dict(REASON_FORGOTTEN))
        )

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

    def keep_offers(self, offers: Sequence[Offer]) -> None:
        o = t.offer.c
        first = {(x.kind, x.subject, x.start, x.end, x.who) for x in offers if not x.later}
        for kind, subject, start, end, who in sorted(first):
            self.connection.execute(
                delete(t.offer).where(
                    o.kind == kind,
                    o.subject == subject,
                    o.start == start,
                    o.end == end,
                    o.who == who,
                )
            )
        if offers:
            statement = _upsert(self.connection.dialect.name, t.offer)
            self.connection.execute(
                statement.on_conflict_do_nothing(), [dict(vars(x)) for x in offers]
            )

    def keep_outlook(self, outlooks: Sequence[Outlook]) -> None:
        self.connection.execute(delete(t.outlook))
        if outlooks:
            self.connection.execute(t.outlook.insert(), [dict(vars(one)) for one in outlooks])

    def keep_search_keys(self, kind: str, method: str, keys: Mapping[str, str]) -> None:
        rows = [
            {"kind": kind, "row_id": id, "method": method, "stems": key} for id, key in keys.items()
        ]
        if rows:
            statement = _upsert(self.connection.dialect.name, t.search_key)
            made = {name: statement.excluded[name] for name in ("method", "stems")}
            self.connection.execute(
                statement.on_conflict_do_update(index_elements=["kind", "row_id"], set_=made), rows
            )

    def drop_search_keys(self, kind: str, ids: Sequence[str]) -> None:
        keys = t.search_key
        for some in chunks(ids):
            self.connection.execute(
                delete(keys).where(keys.c.kind == kind, keys.c.row_id.in_(some))
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

    def compact(self) -> None:
        with self._saying_where():
            compact(self._writer)

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


class _How(Enum):
    """How the field of a question is compared."""

    ONE = "with one value"
    MANY = "with a list"
    EMPTY = "with nothing"


_Shape = tuple[tuple[str, _How], ...]


@cache
def _question(kind_name: str, shape: _Shape, counted: bool = False) -> Select[Any]:
    """Rows of a kind by some of their fields. Kept, as ``_put_statement`` is."""
    table = table_of(kind_name)
    what = select(func.count()).select_from(table) if counted else select(table)
    return what.where(*(_compared(table.c[name], how) for name, how in shape))


def _compared(column: Column[Any], how: _How) -> ColumnElement[bool]:
    if how is _How.EMPTY:
        return column.is_(None)
    if how is _How.MANY:
        return column.in_(bindparam(column.name, expanding=True))
    return column == bindparam(column.name)


def _asked_for(equals: Mapping[str, Any]) -> Iterator[tuple[_Shape, dict[str, Any]]]:
    """The questions that ``equals`` needs: a long list of values is asked in several."""
    values = {
        name: list(value) if isinstance(value, tuple | list | set | frozenset) else value
        for name, value in equals.items()
    }
    shape = tuple(
        (name, _How.MANY if isinstance(v, list) else _How.EMPTY if v is None else _How.ONE)
        for name, v in values.items()
    )
    bound = {name: value for name, value in values.items() if value is not None}
    longest = max(
        (name for name, how in shape if how is _How.MANY),
        key=lambda name: len(bound[name]),
        default=None,
    )
    if longest is None:
        yield shape, bound
        return
    for some in chunks(bound[longest]):
        yield shape, {**bound, longest: some}


def _column_values(kind_name: str, entity: Entity) -> dict[str, Any]:
    row = to_row(entity)
    repeated = t.FOLDED.get(kind_name)
    if repeated:
        row["folded"] = str(row[repeated]).casefold()
    return row
