"""Opening a study, making a new one, and saying clearly why one cannot be opened."""

from __future__ import annotations

import glob
import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from qualcode.domain.errors import (
    NotAStudy,
    StudyBusy,
    StudyDamaged,
    StudyDiskFull,
    StudyExists,
    StudyFileError,
    StudyMissing,
    StudyNeedsUpgrade,
    StudyNewerThanProgram,
    StudyReadOnly,
)
from qualcode.store.migrations import bring_up
from qualcode.store.sql import SqlStore
from qualcode.store.sql_errors import study_error
from qualcode.store.tables import APPLICATION_ID, SCHEMA_VERSION, metadata

SUFFIX = ".qualcode"
_SQLITE_HEADER = b"SQLite format 3\x00"
_PATIENCE = 10.0
"""Seconds to wait for another program that is writing the same study."""


def is_server_address(address: str) -> bool:
    """Whether the study lives on a PostgreSQL server and not in a file."""
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def create(address: str | Path) -> SqlStore:
    """A new, empty study at a path or in an empty PostgreSQL database."""
    if is_server_address(str(address)):
        return _create_on_server(str(address))
    path = Path(address)
    if path.exists():
        raise StudyExists(path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyReadOnly(path=path) from error
    store = _file_store(path, _PATIENCE)
    try:
        # The mark of a study is set together with its tables: a creation broken off half-way
        # leaves no file that looks like a study.
        with store._writer.begin() as connection:
            metadata.create_all(connection)
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    except OperationalError as error:
        raise study_error(str(path), error.orig) from error
    return store


def open_study(address: str | Path, patience: float = _PATIENCE) -> SqlStore:
    """The study at a path or a PostgreSQL address; an older file is backed up and brought up.

    ``patience`` is how many seconds to wait for another program that is writing the file.
    """
    if is_server_address(str(address)):
        return _open_on_server(str(address))
    path = Path(address)
    if not path.is_file():
        raise StudyMissing(path=path)
    found = _inspect_file(path, patience)
    if found < SCHEMA_VERSION:
        _upgrade_file(path, found, patience)
    return _file_store(path, patience)


def upgrade_server(address: str) -> int:
    """Brings a study on a server up to today's schema; gives the version it had.

    A server's study is used by many: it is brought up only on command, after its owner has
    taken a backup with the server's own tools.
    """
    engine = _server_engine(address, "READ COMMITTED")
    try:
        with _server_errors(address), engine.begin() as connection:
            found = _server_version(connection, address)
            bring_up(connection, found, SCHEMA_VERSION)
            connection.execute(
                text("UPDATE about SET value = :v WHERE key = 'schema'"),
                {"v": str(SCHEMA_VERSION)},
            )
        return found
    finally:
        engine.dispose()


# --- SQLite files ---------------------------------------------------------------------------


def _inspect_file(path: Path, patience: float) -> int:
    """The file's schema version, once it is known to be a whole, writable study."""
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise StudyReadOnly(path=path) from error
    if header != _SQLITE_HEADER:
        raise NotAStudy(path=path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StudyReadOnly(path=path)
    try:
        with closing(sqlite3.connect(path, timeout=patience)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise NotAStudy(path=path)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise StudyNewerThanProgram(path=path, found=version, known=SCHEMA_VERSION)
            verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if verdict == "ok" and version < 1:
                verdict = "it has no schema version"
            if verdict != "ok":
                raise StudyDamaged(path=path, what=verdict, backup=_newest_backup(path))
            # An immediate transaction is the only sure test of being allowed to write.
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
            return version
    except sqlite3.DatabaseError as error:
        known = study_error(str(path), error)
        if isinstance(known, StudyBusy | StudyReadOnly | StudyDiskFull):
            raise known from error
        raise StudyDamaged(path=path, what=str(error), backup=_newest_backup(path)) from error


def back_up(path: Path, label: str) -> Path:
    """A whole copy of the study beside it, made safely also while others use it."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.name}.{label}-{stamp}.backup")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.{label}-{stamp}-{number}.backup")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def _newest_backup(path: Path) -> str:
    backups = sorted(
        path.parent.glob(f"{glob.escape(path.name)}.*.backup"), key=lambda p: p.stat().st_mtime
    )
    return backups[-1].name if backups else "-"


def _upgrade_file(path: Path, found: int, patience: float) -> None:
    engine = _file_engine(path, "BEGIN IMMEDIATE", patience)
    try:
        back_up(path, f"v{found}")
        with engine.begin() as connection:
            # Read again: another program may have opened, and brought up, the same file meanwhile.
            found = connection.execute(text("PRAGMA user_version")).scalar_one()
            if found > SCHEMA_VERSION:
                raise StudyNewerThanProgram(path=path, found=found, known=SCHEMA_VERSION)
            bring_up(connection, found, SCHEMA_VERSION)
            connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    except OperationalError as error:
        raise study_error(str(path), error.orig) from error
    except sqlite3.OperationalError as error:
        raise study_error(str(path), error) from error
    finally:
        engine.dispose()


def _file_store(path: Path, patience: float) -> SqlStore:
    return SqlStore(
        str(path),
        _file_engine(path, "BEGIN", patience),
        _file_engine(path, "BEGIN IMMEDIATE", patience),
    )


def _file_engine(path: Path, begin: str, patience: float) -> Engine:
    engine = create_engine(
        # Not written as text: a file's name may hold what means something in an address.
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": patience, "check_same_thread": False},
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=24,
        json_serializer=_json,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own transactions are off: it would start them with a plain BEGIN.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"busy_timeout = {int(patience * 1000)}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


# --- PostgreSQL -----------------------------------------------------------------------------


def _server_engine(address: str, isolation: Any) -> Engine:
    url = _url(address).set(drivername="postgresql+psycopg")
    return create_engine(url, isolation_level=isolation, json_serializer=_json, pool_pre_ping=True)


def _server_store(address: str) -> SqlStore:
    return SqlStore(
        _without_password(address),
        _server_engine(address, "REPEATABLE READ"),
        _server_engine(address, "READ COMMITTED"),
    )


def _create_on_server(address: str) -> SqlStore:
    store = _server_store(address)
    with _server_errors(address), store._writer.begin() as connection:
        if inspect(connection).get_table_names():
            raise StudyExists(path=_without_password(address))
        metadata.create_all(connection)
        connection.execute(
            text("INSERT INTO about (key, value) VALUES ('schema', :v)"),
            {"v": str(SCHEMA_VERSION)},
        )
    return store


def _open_on_server(address: str) -> SqlStore:
    store = _server_store(address)
    try:
        with _server_errors(address), store._reader.connect() as connection:
            found = _server_version(connection, address)
    except StudyFileError:
        store.close()
        raise
    if found < SCHEMA_VERSION:
        raise StudyNeedsUpgrade(path=_without_password(address), found=found, known=SCHEMA_VERSION)
    return store


def _server_version(connection: Any, address: str) -> int:
    if "about" not in inspect(connection).get_table_names():
        raise NotAStudy(path=_without_password(address))
    schema = connection.execute(
        text("SELECT value FROM about WHERE key = 'schema'")
    ).scalar_one_or_none()
    if schema is None:
        raise NotAStudy(path=_without_password(address))
    found = int(schema)
    if found > SCHEMA_VERSION:
        raise StudyNewerThanProgram(
            path=_without_password(address), found=found, known=SCHEMA_VERSION
        )
    return found


class _server_errors:
    """Turns the driver's refusals into a message without the password in it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, OperationalError | DatabaseError):
            raise StudyFileError(
                path=f"{_without_password(self.address)} ({error.orig})"
            ) from error


def _url(address: str) -> URL:
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        # Without the address itself, and without the error: a password may stand in both.
        raise StudyFileError(
            path="the address is not of the form postgresql://user:password@host:port/database"
        ) from None


def _without_password(address: str) -> str:
    url = _url(address)
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database)
    shown = {name: value for name, value in url.query.items() if name != "password"}
    return bare.set(query=shown).render_as_string()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
