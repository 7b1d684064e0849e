"""Version 13: what a person has fixed, so that no suggestion proposes to move it."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    naming = ", ".join(
        f"FOREIGN KEY({kind}_id) REFERENCES {kind} (id) DEFERRABLE INITIALLY DEFERRED"
        for kind in ("reduction", "category")
    )
    connection.exec_driver_sql(
        f"CREATE TABLE pin (id {words} NOT NULL PRIMARY KEY, reduction_id {words}, "
        f"category_id {words}, who {words} NOT NULL, at {words} NOT NULL, {naming})"
    )
    for kind in ("reduction", "category"):
        connection.exec_driver_sql(f"CREATE INDEX ix_pin_{kind}_id ON pin ({kind}_id)")
