"""Version 12: workshops, the files of each, its script, and the wall of its notes."""

from __future__ import annotations

from sqlalchemy import Connection

_REFERENCE = "FOREIGN KEY({field}) REFERENCES {table} (id) DEFERRABLE INITIALLY DEFERRED"


def _references(*pairs: tuple[str, str]) -> str:
    return ", ".join(_REFERENCE.format(field=field, table=table) for field, table in pairs)


_STATEMENTS = (
    """CREATE TABLE workshop (
        id {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, held_on {text} NOT NULL,
        place {text} NOT NULL, actor_group {text} NOT NULL, theme {text} NOT NULL,
        position INTEGER NOT NULL)""",
    "CREATE TABLE workshop_source (id {text} NOT NULL PRIMARY KEY, workshop_id {text} NOT NULL, "
    + _references(("id", "source"), ("workshop_id", "workshop"))
    + ")",
    "CREATE INDEX ix_workshop_source_workshop_id ON workshop_source (workshop_id)",
    """CREATE TABLE workshop_step (
        id {text} NOT NULL PRIMARY KEY, workshop_id {text} NOT NULL, name {text} NOT NULL,
        starts {text} NOT NULL, minutes INTEGER, method {text} NOT NULL,
        questions {json} NOT NULL, leads {text} NOT NULL, records {text} NOT NULL,
        recorded_on {text} NOT NULL, position INTEGER NOT NULL, """
    + _references(("workshop_id", "workshop"))
    + ")",
    "CREATE INDEX ix_workshop_step_workshop_id ON workshop_step (workshop_id)",
    """CREATE TABLE workshop_table (
        id {text} NOT NULL PRIMARY KEY, step_id {text} NOT NULL, name {text} NOT NULL,
        quadrant {text} NOT NULL, questions {json} NOT NULL, minutes INTEGER,
        leads {text} NOT NULL, records {text} NOT NULL, position INTEGER NOT NULL, """
    + _references(("step_id", "workshop_step"))
    + ")",
    "CREATE INDEX ix_workshop_table_step_id ON workshop_table (step_id)",
    """CREATE TABLE wall_group (
        id {text} NOT NULL PRIMARY KEY, workshop_id {text} NOT NULL, quadrant {text} NOT NULL,
        name {text} NOT NULL, position INTEGER NOT NULL, """
    + _references(("workshop_id", "workshop"))
    + ")",
    "CREATE INDEX ix_wall_group_workshop_id ON wall_group (workshop_id)",
    """CREATE TABLE wall_place (
        id {text} NOT NULL PRIMARY KEY, workshop_id {text} NOT NULL, quadrant {text} NOT NULL,
        group_id {text}, position INTEGER NOT NULL, """
    + _references(("id", "document"), ("workshop_id", "workshop"), ("group_id", "wall_group"))
    + ")",
    "CREATE INDEX ix_wall_place_workshop_id ON wall_place (workshop_id)",
    "CREATE INDEX ix_wall_place_group_id ON wall_place (group_id)",
)


def up(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    types = {
        "text": 'TEXT COLLATE "C"' if server else "TEXT",
        "json": "JSONB" if server else "JSON",
    }
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(**types))
