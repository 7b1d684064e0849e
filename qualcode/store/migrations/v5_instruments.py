"""Version 5: the forms of a study, its rounds, and how many forms were sent and came back."""

from __future__ import annotations

from sqlalchemy import Connection

_REFERENCE = "FOREIGN KEY({field}) REFERENCES {table} (id) DEFERRABLE INITIALLY DEFERRED"


def _references(*pairs: tuple[str, str]) -> str:
    return ", ".join(_REFERENCE.format(field=field, table=table) for field, table in pairs)


_STATEMENTS = (
    """CREATE TABLE instrument (
        id {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, family {text} NOT NULL,
        actor_group {text} NOT NULL, version INTEGER NOT NULL, stage {text} NOT NULL,
        stated INTEGER, cover_letter {text} NOT NULL, feedback {text} NOT NULL,
        note {text} NOT NULL, position INTEGER NOT NULL)""",
    "CREATE INDEX ix_instrument_family ON instrument (family)",
    """CREATE TABLE form_item (
        id {text} NOT NULL PRIMARY KEY, instrument_id {text} NOT NULL, lineage {text} NOT NULL,
        text {text} NOT NULL, asked_as {text} NOT NULL, number {text} NOT NULL,
        section {text} NOT NULL, theme {text} NOT NULL, options {json} NOT NULL,
        stem {text} NOT NULL, citation {text} NOT NULL, parts {json} NOT NULL, follows {text},
        filter_of {text}, filter_value {text} NOT NULL, unit {text} NOT NULL,
        measure {text} NOT NULL, note {text} NOT NULL, position INTEGER NOT NULL, """
    + _references(
        ("instrument_id", "instrument"), ("follows", "form_item"), ("filter_of", "form_item")
    )
    + ")",
    "CREATE INDEX ix_form_item_instrument_id ON form_item (instrument_id)",
    "CREATE INDEX ix_form_item_follows ON form_item (follows)",
    "CREATE INDEX ix_form_item_filter_of ON form_item (filter_of)",
    "CREATE TABLE item_link (id {text} NOT NULL PRIMARY KEY, asked_id {text} NOT NULL, "
    + _references(("id", "item"), ("asked_id", "form_item"))
    + ")",
    "CREATE INDEX ix_item_link_asked_id ON item_link (asked_id)",
    """CREATE TABLE round (
        id {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, "when" {text} NOT NULL,
        position INTEGER NOT NULL)""",
    "CREATE TABLE gathering (id {text} NOT NULL PRIMARY KEY, round_id {text}, "
    "instrument_id {text}, "
    + _references(("id", "source"), ("round_id", "round"), ("instrument_id", "instrument"))
    + ")",
    "CREATE INDEX ix_gathering_round_id ON gathering (round_id)",
    "CREATE INDEX ix_gathering_instrument_id ON gathering (instrument_id)",
    """CREATE TABLE sending (
        id {text} NOT NULL PRIMARY KEY, actor_group {text} NOT NULL, pilot {text} NOT NULL,
        round_id {text}, instrument_id {text}, sent INTEGER, returned INTEGER,
        note {text} NOT NULL, position INTEGER NOT NULL, """
    + _references(("round_id", "round"), ("instrument_id", "instrument"))
    + ")",
    "CREATE INDEX ix_sending_round_id ON sending (round_id)",
    "CREATE INDEX ix_sending_instrument_id ON sending (instrument_id)",
)


def up(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    types = {
        "text": 'TEXT COLLATE "C"' if server else "TEXT",
        "json": "JSONB" if server else "JSON",
    }
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(**types))
