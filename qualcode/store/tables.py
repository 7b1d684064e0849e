"""The study's tables, the same on SQLite and PostgreSQL.

A column that a domain value does not have is named ``folded``: the text in folded letter case,
because neither database folds Ä and Ö the way Python does.
"""

from __future__ import annotations

from sqlalchemy import JSON as PlainJson
from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy import Text as PlainText
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA_VERSION = 7
APPLICATION_ID = 0x71636F64  # "qcod": what tells a study from any other SQLite file

# PostgreSQL is told to compare text byte by byte, as SQLite does, so that both give rows in one
# order; and to keep JSON in the form whose values can be compared.
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
JSON = PlainJson(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData()


def _ref(target: str) -> ForeignKey:
    # Deferred: a bulk undo puts rows back in any order and must only be whole at its end.
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


study = Table(
    "study",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("approach", Text, nullable=False),
    Column("strict_frame", Boolean, nullable=False),
    Column("task", Text, nullable=False),
    Column("level_names", JSON, nullable=False),
    Column("options", JSON, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("sent", Integer),
    Column("note", Text, nullable=False),
)

respondent = Table(
    "respondent",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, _ref("source"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("actor_group", Text, nullable=False, index=True),
    Column("background", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, _ref("source"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("actor_group", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, _ref("source"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("respondent_id", Text, _ref("respondent"), index=True),
    Column("item_id", Text, _ref("item"), index=True),
    Column("set_aside", Boolean, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("provenance", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("folded", Text, nullable=False),
    Index("document_order", "position", "id"),
    # Holds all that most pages ask of a text, so that they read no texts to find the ones shown.
    Index("document_scan", "set_aside", "position", "id", "respondent_id", "item_id"),
)

closed_answer = Table(
    "closed_answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, _ref("source"), nullable=False, index=True),
    Column("item_id", Text, _ref("item"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("respondent_id", Text, _ref("respondent"), index=True),
    Column("actor_group", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("provenance", JSON, nullable=False),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, _ref("document"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    UniqueConstraint("document_id", "start", "end"),
    Index("segment_place", "document_id", "id"),
)

codebook = Table(
    "codebook",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("name_fi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("theory_source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
)

code = Table(
    "code",
    metadata,
    Column("id", Text, primary_key=True),
    Column("codebook_id", Text, _ref("codebook"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("label_fi", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("definition_fi", Text, nullable=False),
    Column("definition_en", Text, nullable=False),
    Column("rule_fi", Text, nullable=False),
    Column("rule_en", Text, nullable=False),
    Column("example_fi", Text, nullable=False),
    Column("example_en", Text, nullable=False),
    Column("parent_id", Text, _ref("code"), index=True),
    Column("level", Integer),
    Column("origin", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("shortcut", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

coding = Table(
    "coding",
    metadata,
    Column("id", Text, primary_key=True),
    Column("segment_id", Text, _ref("segment"), nullable=False, index=True),
    Column("code_id", Text, _ref("code"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("segment_id", "code_id", "coder"),
)

reduction = Table(
    "reduction",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wording", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
)

reduction_link = Table(
    "reduction_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("segment_id", Text, _ref("segment"), nullable=False, index=True),
    Column("reduction_id", Text, _ref("reduction"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("segment_id", "reduction_id"),
)

category = Table(
    "category",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent_id", Text, _ref("category"), index=True),
    Column("definition", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("code_id", Text, _ref("code"), index=True),
    Column("position", Float, nullable=False),
)

placement = Table(
    "placement",
    metadata,
    Column("id", Text, _ref("reduction"), primary_key=True),
    Column("category_id", Text, _ref("category"), nullable=False, index=True),
    Column("position", Float, nullable=False),
)

role_map = Table(
    "role_map",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("actor_group", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("id", Text, primary_key=True),
    Column("map_id", Text, _ref("role_map"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("central", Boolean, nullable=False),
    Column("descriptors", JSON, nullable=False),
    Column("description", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

role_placement = Table(
    "role_placement",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role_id", Text, _ref("role"), nullable=False, index=True),
    Column("category_id", Text, _ref("category"), index=True),
    Column("reduction_id", Text, _ref("reduction"), index=True),
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

memo = Table(
    "memo",
    metadata,
    Column("id", Text, primary_key=True),
    Column("about_kind", Text, nullable=False),
    Column("about_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("about_label", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("memo_about", "about_kind", "about_id"),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("pins", JSON, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

bookmark = Table(
    "bookmark",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, _ref("document"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("coder", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

speaker = Table(
    "speaker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("interviewer", Boolean, nullable=False),
)

instrument = Table(
    "instrument",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("family", Text, nullable=False, index=True),
    Column("actor_group", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("stated", Integer),
    Column("cover_letter", Text, nullable=False),
    Column("feedback", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

form_item = Table(
    "form_item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("instrument_id", Text, _ref("instrument"), nullable=False, index=True),
    Column("lineage", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_as", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("stem", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("follows", Text, _ref("form_item"), index=True),
    Column("filter_of", Text, _ref("form_item"), index=True),
    Column("filter_value", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

item_link = Table(
    "item_link",
    metadata,
    Column("id", Text, _ref("item"), primary_key=True),
    Column("asked_id", Text, _ref("form_item"), nullable=False, index=True),
)

round_ = Table(
    "round",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("when", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

gathering = Table(
    "gathering",
    metadata,
    Column("id", Text, _ref("source"), primary_key=True),
    Column("round_id", Text, _ref("round"), index=True),
    Column("instrument_id", Text, _ref("instrument"), index=True),
)

sending = Table(
    "sending",
    metadata,
    Column("id", Text, primary_key=True),
    Column("actor_group", Text, nullable=False),
    Column("pilot", Text, nullable=False),
    Column("round_id", Text, _ref("round"), index=True),
    Column("instrument_id", Text, _ref("instrument"), index=True),
    Column("sent", Integer),
    Column("returned", Integer),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# --- the decision log, and what is no part of the study's meaning ---------------------------

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("of", Integer),
    Index("decision_who", "who", "id"),
    Index("decision_of", "of", "id"),
)

change = Table(
    "change",
    metadata,
    Column("decision_id", Integer, ForeignKey("decision.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Index("change_row", "kind", "row_id", "decision_id"),
)

operation = Table(
    "operation",
    metadata,
    Column("client", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("decision", Integer),
    Column("refusal", JSON),
    Column("at", Text),
)

offer = Table(
    # What stood on somebody's screen as a suggestion: no decision, but what it is judged by.
    "offer",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("who", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("later", Boolean, nullable=False),
)

vector = Table(
    "vector",
    metadata,
    Column("engine", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

search_key = Table(
    # The base forms that a text is found by; made anew when it lacks or its method is another.
    "search_key",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("method", Text, nullable=False),
    Column("stems", Text, nullable=False),
)

turn = Table(
    # What one speaker of a transcript says without a break, as domain.turns reads it in the text.
    "turn",
    metadata,
    Column("document_id", Text, _ref("document"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("guessed", Boolean, nullable=False),
)

about = Table(
    "about",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

FOLDED = {"document": "text", "reduction": "wording", "memo": "text"}
"""Kind -> the field that its ``folded`` column repeats."""
