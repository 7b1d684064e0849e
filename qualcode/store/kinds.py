"""What kinds of rows a study has, and how a domain value becomes a plain row and back.

A row is a dict of JSON values, the same in the decision log, in memory and in SQL columns, so
that undo can compare and restore any row without knowing what it means.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Protocol, TypeVar

from qualcode.domain.approaches import Study
from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.discussions import Discussion, RoleTalk
from qualcode.domain.documents import (
    ClosedAnswer,
    Document,
    Item,
    Provenance,
    Respondent,
    Segment,
    Source,
)
from qualcode.domain.instruments import FormItem, Instrument, ItemLink
from qualcode.domain.map_versions import KeptRole, MapVersion
from qualcode.domain.memos import Memo
from qualcode.domain.pins import Pin
from qualcode.domain.proposals import Proposal
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.reading_places import Bookmark, SavedView, Speaker
from qualcode.domain.review import Look, Remark, RemarkRead, ReviewState, StillRight
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait
from qualcode.domain.rounds import Gathering, Round, Sending
from qualcode.domain.second_marks import ExpressionStance, HeadingStance, Likeness
from qualcode.domain.suggestions import Dismissal
from qualcode.domain.tree_versions import FrozenTree, TreeVersion
from qualcode.domain.workshop_days import (
    WallGroup,
    WallPlace,
    Workshop,
    WorkshopSource,
    WorkshopStep,
    WorkshopTable,
)

Row = dict[str, Any]


class Entity(Protocol):
    """Any domain value that is kept as a row of its own."""

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Kind:
    """One kind of row. ``references`` maps a field to the kind of row it names; ``unique`` names
    fields that no two rows may share all of."""

    name: str
    cls: type[Any]
    references: Mapping[str, str]
    unique: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("study", Study, {}),
        Kind("source", Source, {}),
        Kind("respondent", Respondent, {"source_id": "source"}),
        Kind("item", Item, {"source_id": "source"}),
        Kind(
            "document",
            Document,
            {"source_id": "source", "respondent_id": "respondent", "item_id": "item"},
        ),
        Kind(
            "closed_answer",
            ClosedAnswer,
            {"source_id": "source", "respondent_id": "respondent", "item_id": "item"},
        ),
        Kind("segment", Segment, {"document_id": "document"}, ("document_id", "start", "end")),
        Kind("codebook", Codebook, {}),
        Kind("code", Code, {"codebook_id": "codebook", "parent_id": "code"}),
        Kind(
            "coding",
            Coding,
            {"segment_id": "segment", "code_id": "code"},
            ("segment_id", "code_id", "coder"),
        ),
        Kind("reduction", ReducedExpression, {}),
        Kind(
            "reduction_link",
            ReductionLink,
            {"segment_id": "segment", "reduction_id": "reduction"},
            ("segment_id", "reduction_id"),
        ),
        Kind("category", Category, {"parent_id": "category", "code_id": "code"}),
        Kind("placement", Placement, {"id": "reduction", "category_id": "category"}),
        Kind("stance", ExpressionStance, {"segment_id": "segment"}, ("segment_id", "coder")),
        Kind("heading_stance", HeadingStance, {}),
        Kind("likeness", Likeness, {}),
        Kind("chosen_quote", ChosenQuote, {"id": "segment"}),
        Kind("role_map", RoleMap, {}),
        Kind("role", Role, {"map_id": "role_map"}),
        Kind(
            "role_placement",
            RolePlacement,
            {"role_id": "role", "category_id": "category", "reduction_id": "reduction"},
        ),
        Kind(
            "role_pair",
            RolePair,
            {"role_id": "role", "counter_id": "role"},
            ("role_id", "counter_id"),
        ),
        Kind("role_trait", RoleTrait, {"role_id": "role"}, ("role_id", "trait", "coder")),
        Kind("role_comment", RoleComment, {"map_id": "role_map", "role_id": "role"}),
        Kind("map_version", MapVersion, {"map_id": "role_map"}),
        Kind("kept_role", KeptRole, {"version_id": "map_version"}),
        Kind("discussion", Discussion, {}),
        Kind(
            "role_talk",
            RoleTalk,
            {"discussion_id": "discussion"},
            ("discussion_id", "role_id"),
        ),
        Kind("dismissal", Dismissal, {}),
        Kind("pin", Pin, {"reduction_id": "reduction", "category_id": "category"}),
        Kind("memo", Memo, {}),
        Kind("saved_view", SavedView, {}),
        Kind("bookmark", Bookmark, {"document_id": "document"}),
        Kind("speaker", Speaker, {}),
        Kind("instrument", Instrument, {}),
        Kind(
            "form_item",
            FormItem,
            {"instrument_id": "instrument", "follows": "form_item", "filter_of": "form_item"},
        ),
        Kind("item_link", ItemLink, {"id": "item", "asked_id": "form_item"}),
        Kind("round", Round, {}),
        Kind(
            "gathering",
            Gathering,
            {"id": "source", "round_id": "round", "instrument_id": "instrument"},
        ),
        Kind("sending", Sending, {"round_id": "round", "instrument_id": "instrument"}),
        Kind("remark", Remark, {"reply_to": "remark"}),
        Kind("remark_read", RemarkRead, {}),
        Kind("review_state", ReviewState, {}),
        Kind("look", Look, {}),
        Kind("still_right", StillRight, {}),
        Kind("proposal", Proposal, {}),
        Kind("tree_version", TreeVersion, {}),
        Kind("frozen_tree", FrozenTree, {"id": "tree_version"}),
        Kind("workshop", Workshop, {}),
        Kind("workshop_source", WorkshopSource, {"id": "source", "workshop_id": "workshop"}),
        Kind("workshop_step", WorkshopStep, {"workshop_id": "workshop"}),
        Kind("workshop_table", WorkshopTable, {"step_id": "workshop_step"}),
        Kind("wall_group", WallGroup, {"workshop_id": "workshop"}),
        Kind(
            "wall_place",
            WallPlace,
            {"id": "document", "workshop_id": "workshop", "group_id": "wall_group"},
        ),
    )
}

_BY_CLASS = {kind.cls: kind for kind in KINDS.values()}


def kind_of(cls: type[Any]) -> Kind:
    """The kind whose rows are of ``cls``."""
    return _BY_CLASS[cls]


def referrers_of(kind_name: str) -> list[tuple[Kind, str]]:
    """(kind, field) of every field that names a row of ``kind_name``."""
    return [
        (kind, field)
        for kind in KINDS.values()
        for field, target in kind.references.items()
        if target == kind_name
    ]


def to_row(entity: Entity) -> Row:
    """The value as a plain row of JSON values."""
    return {
        field.name: _plain(getattr(entity, field.name))
        for field in dataclasses.fields(typing.cast(Any, entity))
    }


def from_row(cls: type[E], row: Mapping[str, Any]) -> E:
    """The domain value of a plain row; fields the row lacks take their defaults."""
    readers = _readers(cls)
    return cls(**{name: read(row[name]) for name, read in readers.items() if name in row})


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Provenance):
        return dataclasses.asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    return value


@cache
def _readers(cls: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: _reader(hints[f.name]) for f in dataclasses.fields(cls)}


def _reader(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return tuple
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint is Provenance:
        return lambda value: value if isinstance(value, Provenance) else Provenance(**(value or {}))
    if hint is bool:
        return bool
    return lambda value: value
