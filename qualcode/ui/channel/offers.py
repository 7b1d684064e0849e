"""What is offered while somebody types: reductions already written, codes near in meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.ui.channel.desks import Desk
from qualcode.workbench import edge, reducing
from qualcode.workbench.nearest_codes import nearest_codes

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
    """``{text}`` -> ``{codes: [id]}``, the nearest in meaning first; none while nothing is ready.

    ``ready`` is false when it is worth asking again a little later.
    """
    text = edge.text(asked, "text")[:LONGEST_QUESTION]
    nearest = nearest_codes(desk.bench(), text, OFFERS)
    return {"ready": nearest is not None, "codes": nearest or []}
