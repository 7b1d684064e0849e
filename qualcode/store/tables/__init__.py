"""The study's tables, the same on SQLite and PostgreSQL.

A column that a domain value does not have is named ``folded``: the text in folded letter case,
because neither database folds Ä and Ö the way Python does.
"""

from __future__ import annotations

from qualcode.store.tables.base import APPLICATION_ID, SCHEMA_VERSION, metadata
from qualcode.store.tables.categorising import (
    category,
    dismissal,
    pin,
    placement,
    role,
    role_map,
    role_placement,
)
from qualcode.store.tables.coding import code, codebook, coding, reduction, reduction_link
from qualcode.store.tables.forms import form_item, gathering, instrument, item_link, round_, sending
from qualcode.store.tables.keeping import (
    about,
    change,
    decision,
    offer,
    operation,
    search_key,
    turn,
    vector,
)
from qualcode.store.tables.material import (
    closed_answer,
    document,
    item,
    respondent,
    segment,
    source,
    study,
)
from qualcode.store.tables.outlook import outlook
from qualcode.store.tables.quoting import chosen_quote
from qualcode.store.tables.reading import bookmark, memo, saved_view, speaker
from qualcode.store.tables.review import (
    frozen_tree,
    look,
    proposal,
    remark,
    remark_read,
    review_state,
    still_right,
    tree_version,
)
from qualcode.store.tables.roles_in_use import (
    discussion,
    kept_role,
    map_version,
    role_comment,
    role_pair,
    role_talk,
    role_trait,
)
from qualcode.store.tables.second_marks import heading_stance, likeness, stance
from qualcode.store.tables.workshops import (
    wall_group,
    wall_place,
    workshop,
    workshop_source,
    workshop_step,
    workshop_table,
)

FOLDED = {"document": "text", "reduction": "wording", "memo": "text"}
"""Kind -> the field that its ``folded`` column repeats."""

__all__ = [
    "APPLICATION_ID",
    "FOLDED",
    "SCHEMA_VERSION",
    "about",
    "bookmark",
    "category",
    "change",
    "chosen_quote",
    "closed_answer",
    "code",
    "codebook",
    "coding",
    "decision",
    "discussion",
    "dismissal",
    "document",
    "form_item",
    "frozen_tree",
    "gathering",
    "heading_stance",
    "instrument",
    "item",
    "item_link",
    "kept_role",
    "likeness",
    "look",
    "map_version",
    "memo",
    "metadata",
    "offer",
    "operation",
    "outlook",
    "pin",
    "placement",
    "proposal",
    "reduction",
    "reduction_link",
    "remark",
    "remark_read",
    "respondent",
    "review_state",
    "role",
    "role_comment",
    "role_map",
    "role_pair",
    "role_placement",
    "role_talk",
    "role_trait",
    "round_",
    "saved_view",
    "search_key",
    "segment",
    "sending",
    "source",
    "speaker",
    "stance",
    "still_right",
    "study",
    "tree_version",
    "turn",
    "vector",
    "wall_group",
    "wall_place",
    "workshop",
    "workshop_source",
    "workshop_step",
    "workshop_table",
]
