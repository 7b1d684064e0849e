"""Version 17: which engine gave an offer its score. Of older ones it was not kept."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(f"ALTER TABLE offer ADD COLUMN engine {words} NOT NULL DEFAULT ''")
