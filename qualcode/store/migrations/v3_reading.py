"""Version 3: memos, saved views, bookmarks, speakers, base forms for searching, study options."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE memo (
        id {text} NOT NULL PRIMARY KEY, about_kind {text} NOT NULL, about_id {text} NOT NULL,
        text {text} NOT NULL, about_label {text} NOT NULL, created_by {text} NOT NULL,
        created_at {text} NOT NULL, changed_at {text} NOT NULL, folded {text} NOT NULL)""",
    "CREATE INDEX memo_about ON memo (about_kind, about_id)",
    """CREATE TABLE saved_view (
        id {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, page {text} NOT NULL,
        conditions {json} NOT NULL, pins {json} NOT NULL, created_by {text} NOT NULL,
        created_at {text} NOT NULL, position INTEGER NOT NULL)""",
    """CREATE TABLE bookmark (
        id {text} NOT NULL PRIMARY KEY,
        document_id {text} NOT NULL, position INTEGER NOT NULL, coder {text} NOT NULL,
        note {text} NOT NULL, created_at {text} NOT NULL,
        FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED)""",
    "CREATE INDEX ix_bookmark_document_id ON bookmark (document_id)",
    """CREATE TABLE speaker (
        id {text} NOT NULL PRIMARY KEY, label {text} NOT NULL, interviewer BOOLEAN NOT NULL)""",
    """CREATE TABLE search_key (
        kind {text} NOT NULL, row_id {text} NOT NULL, method {text} NOT NULL,
        stems {text} NOT NULL, PRIMARY KEY (kind, row_id))""",
    'CREATE INDEX decision_of ON decision ("of", id)',
    """CREATE INDEX document_scan
        ON document (set_aside, position, id, respondent_id, item_id)""",
    "CREATE INDEX segment_place ON segment (document_id, id)",
    "ALTER TABLE study ADD COLUMN options {json} NOT NULL DEFAULT '{{}}'",
)


def up(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    types = {
        "text": 'TEXT COLLATE "C"' if server else "TEXT",
        "json": "JSONB" if server else "JSON",
    }
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(**types))
