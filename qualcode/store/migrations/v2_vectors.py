"""Version 2: vectors of texts are kept in the study, so that suggestions start at once."""

from __future__ import annotations

from sqlalchemy import Connection, text


def up(connection: Connection) -> None:
    blob = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"
    collate = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    connection.execute(
        text(
            f"CREATE TABLE vector (engine TEXT{collate} NOT NULL, key TEXT{collate} NOT NULL, "
            f"data {blob} NOT NULL, PRIMARY KEY (engine, key))"
        )
    )
