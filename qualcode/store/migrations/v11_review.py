"""Version 11: what reviewers say of the category tree, and versions of the tree."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """CREATE TABLE remark (
        id {text} NOT NULL PRIMARY KEY, about_kind {text} NOT NULL, about_id {text} NOT NULL,
        text {text} NOT NULL, kind {text} NOT NULL, reply_to {text}, about_label {text} NOT NULL,
        created_by {text} NOT NULL, created_at {text} NOT NULL, changed_at {text} NOT NULL,
        resolved_by {text} NOT NULL, resolved_at {text} NOT NULL,
        FOREIGN KEY(reply_to) REFERENCES remark (id) DEFERRABLE INITIALLY DEFERRED)""",
    "CREATE INDEX ix_remark_reply_to ON remark (reply_to)",
    "CREATE INDEX remark_about ON remark (about_kind, about_id)",
    """CREATE TABLE remark_read (
        id {text} NOT NULL PRIMARY KEY, remark_id {text} NOT NULL, who {text} NOT NULL)""",
    "CREATE INDEX ix_remark_read_remark_id ON remark_read (remark_id)",
    """CREATE TABLE review_state (
        id {text} NOT NULL PRIMARY KEY, state {text} NOT NULL, who {text} NOT NULL,
        at {text} NOT NULL, seal {text} NOT NULL)""",
    """CREATE TABLE look (
        id {text} NOT NULL PRIMARY KEY, who {text} NOT NULL, category_id {text} NOT NULL,
        at {text} NOT NULL, seen BOOLEAN NOT NULL, name {text} NOT NULL,
        definition {text} NOT NULL, parent_id {text}, reductions {json} NOT NULL)""",
    "CREATE INDEX ix_look_who ON look (who)",
    """CREATE TABLE still_right (
        id {text} NOT NULL PRIMARY KEY, seal {text} NOT NULL, who {text} NOT NULL,
        at {text} NOT NULL)""",
    """CREATE TABLE proposal (
        id {text} NOT NULL PRIMARY KEY, what {text} NOT NULL, subjects {json} NOT NULL,
        target_id {text}, name {text} NOT NULL, why {text} NOT NULL, labels {json} NOT NULL,
        target_label {text} NOT NULL, basis {json} NOT NULL, state {text} NOT NULL,
        created_by {text} NOT NULL, created_at {text} NOT NULL, decided_by {text} NOT NULL,
        decided_at {text} NOT NULL, answer {text} NOT NULL)""",
    "CREATE INDEX ix_proposal_state ON proposal (state)",
    """CREATE TABLE tree_version (
        id {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, note {text} NOT NULL,
        created_by {text} NOT NULL, created_at {text} NOT NULL, categories INTEGER NOT NULL,
        reductions INTEGER NOT NULL)""",
    """CREATE TABLE frozen_tree (
        id {text} NOT NULL PRIMARY KEY, tree {text} NOT NULL,
        FOREIGN KEY(id) REFERENCES tree_version (id) DEFERRABLE INITIALLY DEFERRED)""",
)


def up(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    types = {
        "text": 'TEXT COLLATE "C"' if server else "TEXT",
        "json": "JSONB" if server else "JSON",
    }
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.format(**types))
