"""What all tables of a study share: its version, its column types, how rows refer to others."""

from __future__ import annotations

from sqlalchemy import JSON as PlainJson
from sqlalchemy import ForeignKey, MetaData
from sqlalchemy import Text as PlainText
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA_VERSION = 17
APPLICATION_ID = 0x71636F64  # "qcod": what tells a study from any other SQLite file

# PostgreSQL is told to compare text byte by byte, as SQLite does, so that both give rows in one
# order; and to keep JSON in the form whose values can be compared.
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
JSON = PlainJson(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData()


def ref(target: str) -> ForeignKey:
    """A reference that is checked when the transaction ends."""
    # Deferred: a bulk undo puts rows back in any order and must only be whole at its end.
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
