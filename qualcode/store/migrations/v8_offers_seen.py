"""Version 8: how each offer was met. Older ones are taken as shown: it was not kept of them."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(
        f"ALTER TABLE offer ADD COLUMN seen {words} NOT NULL DEFAULT 'shown'"
    )
