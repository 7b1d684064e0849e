"""What is offered while somebody types: reductions already written, codes near in meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.nlp.problems import EngineProblem
from qualcode.ui.channel.desks import Desk
from qualcode.workbench import edge, reducing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.nearest_codes import nearest_codes
from qualcode.workbench.suggesting import Span, nearest_offers
from qualcode.workbench.suggesting.teaching import NoLikeness

OFFERS = 6
LONGEST_QUESTION = 2_000
"""Characters of a text that is compared; the rest of a longer one is left out."""


def ask(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{text}`` -> ``{offers: [{id, wording, uses}]}``, the most alike reduction first."""
    text = edge.text(asked, "text")[:LONGEST_QUESTION]
    nearest = reducing.nearest_wordings(desk.bench(), text, OFFERS) if text.strip() else []
    return {
        "offers": [
            {"id": row.id, "wording": row.wording, "uses": row.expressions} for row in nearest
        ]
    }


def ask_codes(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{text, doc, start, end}`` -> ``{codes: [id]}``, the nearest in meaning first.

    A passage (``doc`` and on) has the order of the suggestions, so that list and line never
    differ; while there are none, and for a text alone, a lighter comparison serves. ``ready`` is
    false when it is worth asking again a little later.
    """
    bench, text = desk.bench(), edge.text(asked, "text")[:LONGEST_QUESTION]
    nearest = _as_offered(bench, asked) if "doc" in asked else None
    if nearest is None:
        nearest = nearest_codes(bench, text, OFFERS)
    return {"ready": nearest is not None, "codes": nearest or []}


def _as_offered(bench: Workbench, asked: Mapping[str, Any]) -> list[str] | None:
    """None where the codes of a passage cannot be suggested, or not yet: the line says why."""
    try:
        return nearest_offers(bench, Span(*edge.span(asked)), OFFERS)
    except (NoLikeness, EngineProblem):
        return None
