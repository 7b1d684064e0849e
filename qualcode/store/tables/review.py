"""The tables of what reviewers say: remarks, states, looks, proposals, versions of the tree."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

remark = Table(
    "remark",
    metadata,
    Column("id", Text, primary_key=True),
    Column("about_kind", Text, nullable=False),
    Column("about_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reply_to", Text, ref("remark"), index=True),
    Column("about_label", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("resolved_by", Text, nullable=False),
    Column("resolved_at", Text, nullable=False),
    Index("remark_about", "about_kind", "about_id"),
)

remark_read = Table(
    "remark_read",
    metadata,
    Column("id", Text, primary_key=True),
    Column("remark_id", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
)

review_state = Table(
    "review_state",
    metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seal", Text, nullable=False),
)

look = Table(
    "look",
    metadata,
    Column("id", Text, primary_key=True),
    Column("who", Text, nullable=False, index=True),
    Column("category_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seen", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("parent_id", Text),
    Column("reductions", JSON, nullable=False),
)

still_right = Table(
    "still_right",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seal", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("subjects", JSON, nullable=False),
    Column("target_id", Text),
    Column("name", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("target_label", Text, nullable=False),
    Column("basis", JSON, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("answer", Text, nullable=False),
)

tree_version = Table(
    "tree_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("categories", Integer, nullable=False),
    Column("reductions", Integer, nullable=False),
)

frozen_tree = Table(
    "frozen_tree",
    metadata,
    Column("id", Text, ref("tree_version"), primary_key=True),
    Column("tree", Text, nullable=False),
)
