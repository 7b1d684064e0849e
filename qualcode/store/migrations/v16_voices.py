"""Version 16: who speaks in an expression when it is not the text's own group; what a workshop's
observers look at."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    on_server = connection.dialect.name == "postgresql"
    text = 'TEXT COLLATE "C"' if on_server else "TEXT"
    json = "JSONB" if on_server else "JSON"
    connection.exec_driver_sql(f"ALTER TABLE stance ADD COLUMN speaker {text} NOT NULL DEFAULT ''")
    connection.exec_driver_sql(
        f"ALTER TABLE workshop ADD COLUMN watched {json} NOT NULL DEFAULT '[]'"
    )
