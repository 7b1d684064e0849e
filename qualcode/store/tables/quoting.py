"""The table of the quotes chosen for the report."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table

from qualcode.store.tables.base import Text, metadata, ref

chosen_quote = Table(
    "chosen_quote",
    metadata,
    Column("id", Text, ref("segment"), primary_key=True),
    # No reference: a category may go, and the quote is then printed where its expression is.
    Column("category_id", Text, nullable=False),
    Column("printed", Text, nullable=False),
    Column("position", Float, nullable=False),
    Column("chosen_by", Text, nullable=False),
    Column("chosen_at", Text, nullable=False),
    Column("checked_by", Text, nullable=False),
    Column("checked_at", Text, nullable=False),
    Column("note", Text, nullable=False),
)
