"""Version 6: what became of a window's operation, so that a lost answer can be given again."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    on_server = connection.dialect.name == "postgresql"
    words, values = ('TEXT COLLATE "C"', "JSONB") if on_server else ("TEXT", "JSON")
    for column in ("decision INTEGER", f"refusal {values}", f"at {words}"):
        connection.exec_driver_sql(f"ALTER TABLE operation ADD COLUMN {column}")
