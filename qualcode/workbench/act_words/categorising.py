"""The category tree."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "category": N_("category"),
    "placement": N_("place of a reduction"),
    "pin": N_("pin"),
}

TITLES: dict[Act, str] = {
    Act.ADD_CATEGORY: N_("made a category"),
    Act.RENAME_CATEGORY: N_("renamed a category"),
    Act.EDIT_CATEGORY: N_("changed a category"),
    Act.MOVE_CATEGORY: N_("moved a category"),
    Act.MERGE_CATEGORIES: N_("merged categories"),
    Act.SPLIT_CATEGORY: N_("split a category"),
    Act.REMOVE_CATEGORY: N_("removed a category"),
    Act.PLACE: N_("moved reductions"),
    Act.PIN: N_("pinned to its place"),
    Act.UNPIN: N_("took a pin off"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.ADD_CATEGORY: (N_("made the category “{category}”"),),
    Act.RENAME_CATEGORY: (N_("renamed the category “{before}” as “{category}”"),),
    Act.EDIT_CATEGORY: (N_("changed the category “{category}”"),),
    Act.MOVE_CATEGORY: (
        N_("moved {count} categories: “{category}”"),
        N_("moved the category “{category}” under “{under}”"),
        N_("moved the category “{category}”"),
    ),
    Act.MERGE_CATEGORIES: (N_("merged {count} categories into “{category}”"),),
    Act.SPLIT_CATEGORY: (N_("split “{category}” off “{before}”"),),
    Act.REMOVE_CATEGORY: (
        N_("removed {count} categories: “{category}”"),
        N_("removed the category “{category}”"),
    ),
    Act.PLACE: (
        N_("placed {count} reductions in “{category}”: “{wording}”"),
        N_("placed “{wording}” in “{category}”"),
        N_("took {count} reductions out of their categories: “{wording}”"),
        N_("took “{wording}” out of its category"),
    ),
    Act.PIN: (
        N_("pinned {count} to their places: “{name}”"),
        N_("pinned “{name}” to its place"),
    ),
    Act.UNPIN: (
        N_("took {count} pins off: “{name}”"),
        N_("took the pin off “{name}”"),
    ),
}
