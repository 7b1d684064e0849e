"""Version 10: role maps in use: pairs, second codings, comments, versions and discussions."""

from __future__ import annotations

from sqlalchemy import Connection

_REFERENCE = "FOREIGN KEY({field}) REFERENCES {table} (id) DEFERRABLE INITIALLY DEFERRED"


def _references(*pairs: tuple[str, str]) -> str:
    return ", ".join(_REFERENCE.format(field=field, table=table) for field, table in pairs)


def _texts(*names: str) -> str:
    return ", ".join(f"{name} {{text}} NOT NULL" for name in names)


_STATEMENTS = (
    "CREATE TABLE role_pair (id {text} NOT NULL PRIMARY KEY, "
    + _texts("role_id", "counter_id", "note")
    + ", UNIQUE (role_id, counter_id), "
    + _references(("role_id", "role"), ("counter_id", "role"))
    + ")",
    "CREATE INDEX ix_role_pair_counter_id ON role_pair (counter_id)",
    "CREATE TABLE role_trait (id {text} NOT NULL PRIMARY KEY, "
    + _texts("role_id", "trait", "coder", "created_at")
    + ", UNIQUE (role_id, trait, coder), "
    + _references(("role_id", "role"))
    + ")",
    "CREATE TABLE role_comment (id {text} NOT NULL PRIMARY KEY, map_id {text} NOT NULL, "
    "role_id {text}, "
    + _texts("text", "about", "author", '"when"', "source", "created_by", "created_at")
    + ", "
    + _references(("map_id", "role_map"), ("role_id", "role"))
    + ")",
    "CREATE INDEX ix_role_comment_map_id ON role_comment (map_id)",
    "CREATE INDEX ix_role_comment_role_id ON role_comment (role_id)",
    "CREATE TABLE map_version (id {text} NOT NULL PRIMARY KEY, "
    + _texts("map_id", "name", "kind", "note", "created_by", "created_at")
    + ", position INTEGER NOT NULL, "
    + _references(("map_id", "role_map"))
    + ")",
    "CREATE INDEX ix_map_version_map_id ON map_version (map_id)",
    "CREATE TABLE kept_role (id {text} NOT NULL PRIMARY KEY, "
    + _texts("version_id", "role_id", "name")
    + ", central BOOLEAN NOT NULL, descriptors {json} NOT NULL, description {text} NOT NULL, "
    "sources {json} NOT NULL, position INTEGER NOT NULL, "
    + _references(("version_id", "map_version"))
    + ")",
    "CREATE INDEX ix_kept_role_version_id ON kept_role (version_id)",
    "CREATE TABLE discussion (id {text} NOT NULL PRIMARY KEY, "
    + _texts(
        "map_id",
        "map_title",
        "person",
        "day",
        "company",
        "companion",
        "purpose",
        "place",
        "relations",
        "assessed_by",
        "next_day",
        "created_by",
        "created_at",
    )
    + ")",
    "CREATE INDEX ix_discussion_map_id ON discussion (map_id)",
    "CREATE INDEX ix_discussion_person ON discussion (person)",
    "CREATE TABLE role_talk (id {text} NOT NULL PRIMARY KEY, "
    + _texts("discussion_id", "role_id", "role_name")
    + ", position INTEGER NOT NULL, step {text}, "
    + _texts("feedback", "examples", "direction", "plan", "exercises")
    + ", UNIQUE (discussion_id, role_id), "
    + _references(("discussion_id", "discussion"))
    + ")",
)


def up(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    types = {
        "text": 'TEXT COLLATE "C"' if server else "TEXT",
        "json": "JSONB" if server else "JSON",
    }
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(**types))
