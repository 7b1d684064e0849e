"""Version 14: how the machine saw each answer when it last looked through all of them."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(
        f"CREATE TABLE outlook (document_id {words} NOT NULL PRIMARY KEY, unsure INTEGER NOT NULL, "
        f"new INTEGER NOT NULL, score INTEGER NOT NULL, chance INTEGER, code_id {words}, "
        f"revision INTEGER NOT NULL, at {words} NOT NULL)"
    )
