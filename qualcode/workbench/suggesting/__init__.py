"""What the machine offers: codes for a text, groups of reductions, near-duplicates. With reasons.

Nothing here changes the analysis. Accepting is an act of a person and a decision of its own; a
suggestion that was turned down does not come back; accepted work never moves by itself.
"""

from __future__ import annotations

from qualcode.analysis.refused import group_key
from qualcode.nlp.registry import EngineChoice
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import engine_of
from qualcode.workbench.suggesting.accepting import (
    AcceptedGroup,
    NothingLeftToPlace,
    accept_groups,
    accept_place,
)
from qualcode.workbench.suggesting.accepting_codes import (
    AcceptedCode,
    accept_code,
    accept_codes,
)
from qualcode.workbench.suggesting.code_offers import (
    CodeOffers,
    Span,
    nearest_offers,
    offers_for,
    reject_code,
)
from qualcode.workbench.suggesting.coding_texts import suggest_codes
from qualcode.workbench.suggesting.dismissals import (
    APART,
    CODE,
    GROUP,
    PLACE,
    RefusedGroup,
    apart_key,
    dismiss_code,
    dismiss_groups,
    dismiss_place,
    keep_apart,
    let_stay,
)
from qualcode.workbench.suggesting.duplicates import (
    near_categories,
    near_duplicates,
    wordings_of,
)
from qualcode.workbench.suggesting.following_places import places_now
from qualcode.workbench.suggesting.grouping import (
    piling,
    regrouping,
    suggest_groups,
    suggest_higher_groups,
)
from qualcode.workbench.suggesting.placing import Places, places, suggest_places


def engine(bench: Workbench, name: str | None = None) -> EngineChoice:
    """The engine asked for, the study's own, or the best that works, with what using it costs."""
    return engine_of(bench, name)


__all__ = [
    "APART",
    "CODE",
    "GROUP",
    "PLACE",
    "AcceptedCode",
    "AcceptedGroup",
    "CodeOffers",
    "EngineChoice",
    "NothingLeftToPlace",
    "Places",
    "RefusedGroup",
    "Span",
    "accept_code",
    "accept_codes",
    "accept_groups",
    "accept_place",
    "apart_key",
    "dismiss_code",
    "dismiss_groups",
    "dismiss_place",
    "engine",
    "group_key",
    "keep_apart",
    "let_stay",
    "near_categories",
    "near_duplicates",
    "nearest_offers",
    "offers_for",
    "piling",
    "places",
    "places_now",
    "regrouping",
    "reject_code",
    "suggest_codes",
    "suggest_groups",
    "suggest_higher_groups",
    "suggest_places",
    "wordings_of",
]
