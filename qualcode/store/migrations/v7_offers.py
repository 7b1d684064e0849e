"""Version 7: what was offered to whom, so that the worth of suggestions can be counted."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(
        f"CREATE TABLE offer (kind {words} NOT NULL, subject {words} NOT NULL, start INTEGER "
        f'NOT NULL, "end" INTEGER NOT NULL, who {words} NOT NULL, target {words} NOT NULL, '
        "rank INTEGER NOT NULL, percent INTEGER NOT NULL, later BOOLEAN NOT NULL, "
        'PRIMARY KEY (kind, subject, start, "end", who, target))'
    )
