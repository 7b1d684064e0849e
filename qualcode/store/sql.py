"""The store on SQLAlchemy Core, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from qualcode.domain.decisions import Decision
from qualcode.domain.documents import Document
from qualcode.store import tables as t
from qualcode.store.kinds import E, Entity, from_row, kind_of, referrers_of
from qualcode.store.offers import Offer
from qualcode.store.outcomes import REASON_FORGOTTEN, Outcome
from qualcode.store.outlook import Outlook
from qualcode.store.sql_erasing import compact, erase
from qualcode.store.sql_errors import saying_where
from qualcode.store.sql_outlook import OutlookViews
from qualcode.store.sql_statements import (
    How,
    asked_for,
    chunks,
    put_statement,
    question_of,
    rows_by_kind,
    table_of,
    upsert,
)
from qualcode.store.sql_turns import forget_turns, keep_turns


class SqlReading(OutlookViews):
    """Questions to one open transaction."""

    def get(self, cls: type[E], id: str) -> E | None:
        question = question_of(kind_of(cls).name, (("id", How.ONE),))
        row = self.connection.execute(question, {"id": id}).mappings().first()
        return None if row is None else from_row(cls, dict(row))

    def find(self, cls: type[E], **equals: Any) -> list[E]:
        found: list[E] = []
        for shape, values in asked_for(equals):
            question = question_of(kind_of(cls).name, shape)
            rows = self.connection.execute(question, values).mappings()
            found.extend(from_row(cls, dict(row)) for row in rows)
        return found

    def count(self, cls: type[Any], **equals: Any) -> int:
        return sum(
            self.connection.execute(
                question_of(kind_of(cls).name, shape, counted=True), values
            ).scalar_one()
            for shape, values in asked_for(equals)
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

    def room_of_vectors(self) -> dict[str, int]:
        v = t.vector.c
        # Counted from the index alone: all data of a large study would be hundreds of megabytes.
        counts = self.connection.execute(select(v.engine, func.count()).group_by(v.engine))
        return {
            engine: count
            * self.connection.execute(
                select(func.length(v.data)).where(v.engine == engine).limit(1)
            ).scalar_one()
            for engine, count in counts.all()
        }


class SqlWriting(SqlReading):
    """The same questions, and changes that become true together."""

    def put(self, entity: Entity) -> None:
        self.put_all([entity])

    def put_all(self, entities: Iterable[Entity]) -> None:
        there = list(entities)
        for name, rows in rows_by_kind(there).items():
            self.connection.execute(put_statement(self.connection.dialect.name, name), rows)
        self._keep_turns(there)

    def insert(self, entities: Iterable[Entity]) -> None:
        new = list(entities)
        for name, rows in rows_by_kind(new).items():
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
        statement = upsert(self.connection.dialect.name, t.operation).values(client=client, seq=seq)
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
            statement = upsert(self.connection.dialect.name, t.vector)
            self.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["engine", "key"], set_={"data": statement.excluded.data}
                ),
                rows,
            )

    def forget_vectors(self, engine: str) -> None:
        self.connection.execute(delete(t.vector).where(t.vector.c.engine == engine))

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
            statement = upsert(self.connection.dialect.name, t.offer)
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
            statement = upsert(self.connection.dialect.name, t.search_key)
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
        with saying_where(self.address), self._reader.connect() as connection:
            yield SqlReading(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlWriting]:
        with saying_where(self.address), self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                # One writer at a time, as in SQLite: read-then-write acts never interleave.
                connection.execute(select(func.pg_advisory_xact_lock(t.APPLICATION_ID)))
            yield SqlWriting(connection)

    def compact(self) -> None:
        with saying_where(self.address):
            compact(self._writer)

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()
