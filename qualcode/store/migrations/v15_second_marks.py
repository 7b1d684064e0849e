"""Version 15: stances of expressions and headings, likenesses between findings."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE stance (
        id {text} NOT NULL PRIMARY KEY, segment_id {text} NOT NULL, coder {text} NOT NULL,
        stance {text}, about {text} NOT NULL, created_at {text} NOT NULL,
        UNIQUE (segment_id, coder),
        FOREIGN KEY(segment_id) REFERENCES segment (id) DEFERRABLE INITIALLY DEFERRED)""",
    "CREATE INDEX ix_stance_segment_id ON stance (segment_id)",
    "CREATE TABLE heading_stance (id {text} NOT NULL PRIMARY KEY, stance {text} NOT NULL)",
    """CREATE TABLE likeness (
        id {text} NOT NULL PRIMARY KEY, how {text} NOT NULL,
        one_kind {text} NOT NULL, one_id {text} NOT NULL,
        other_kind {text} NOT NULL, other_id {text} NOT NULL,
        coder {text} NOT NULL, note {text} NOT NULL, created_at {text} NOT NULL)""",
    "CREATE INDEX likeness_one ON likeness (one_kind, one_id)",
    "CREATE INDEX likeness_other ON likeness (other_kind, other_id)",
)


def up(connection: Connection) -> None:
    text = 'TEXT COLLATE "C"' if connection.dialect.name == "postgresql" else "TEXT"
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(text=text))
