"""Version 9: quotes chosen for the report, and who checked them."""

from __future__ import annotations

from sqlalchemy import Connection


def up(connection: Connection) -> None:
    words = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    connection.exec_driver_sql(
        f"CREATE TABLE chosen_quote (id {words} NOT NULL PRIMARY KEY, "
        f"category_id {words} NOT NULL, printed {words} NOT NULL, position FLOAT NOT NULL, "
        f"chosen_by {words} NOT NULL, chosen_at {words} NOT NULL, checked_by {words} NOT NULL, "
        f"checked_at {words} NOT NULL, note {words} NOT NULL, "
        "FOREIGN KEY(id) REFERENCES segment (id) DEFERRABLE INITIALLY DEFERRED)"
    )
