"""Reductions of expressions."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.texts import N_

KINDS = {
    "reduction": N_("reduction"),
    "reduction_link": N_("link to a reduction"),
}

TITLES: dict[Act, str] = {
    Act.REDUCE: N_("reduced an expression"),
    Act.LINK_REDUCTION: N_("linked an expression to a reduction"),
    Act.UNLINK_REDUCTION: N_("took a reduction off an expression"),
    Act.REWORD: N_("reworded a reduction"),
    Act.MERGE_REDUCTIONS: N_("merged reductions"),
    Act.SPLIT_REDUCTION: N_("split a reduction"),
    Act.REMOVE_REDUCTION: N_("removed reductions"),
}

SENTENCES: dict[Act, tuple[str, ...]] = {
    Act.REDUCE: (N_("reduced “{quote}” to “{wording}”"),),
    Act.LINK_REDUCTION: (N_("linked “{quote}” to the reduction “{wording}”"),),
    Act.UNLINK_REDUCTION: (N_("took the reduction “{wording}” off an expression"),),
    Act.REWORD: (N_("reworded “{before}” as “{wording}”"),),
    Act.MERGE_REDUCTIONS: (N_("merged {count} reductions into “{wording}”"),),
    Act.SPLIT_REDUCTION: (N_("split “{wording}” off “{before}”"),),
    Act.REMOVE_REDUCTION: (
        N_("removed {count} reductions: “{wording}”"),
        N_("removed the reduction “{wording}”"),
    ),
}
