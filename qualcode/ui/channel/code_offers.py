"""What codes are offered for the expression under the cursor, with why; told beside every save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.coding import Coding
from qualcode.domain.documents import Segment
from qualcode.domain.suggestions import Candidate, Reason, ReasonKind
from qualcode.nlp.problems import EngineProblem
from qualcode.texts import N_, gettext_for
from qualcode.ui.channel.desks import Desk
from qualcode.workbench import edge, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import message_of
from qualcode.workbench.suggesting.teaching import NoLikeness, has_codes, read_ahead

NO_CODES = N_(
    "Codes are suggested once the study has some: take a codebook into use, or make a code with C."
)
AHEAD = 5
"""Answers after the one asked about that are made ready meanwhile."""


def offers(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{doc, start, end, next}`` -> ``{state, codes, engine, way, given, done, all}``.

    ``state``: "shown", "blind" (nothing is told before the coder has decided), "off", "preparing"
    (ask again a little later), "none" (no code or no engine here; ``why`` tells). ``codes``:
    [{id, label, score, reasons}], best first.
    """
    bench = desk.bench()
    _ = gettext_for(desk.language)
    with bench.store.reading() as rows:
        there = has_codes(rows)
    if not there:
        return {"state": "none", "why": _(NO_CODES)}
    try:
        found = suggesting.offers_for(bench, suggesting.Span(*edge.span(asked)))
    except (NoLikeness, EngineProblem) as error:
        return {"state": "none", "why": message_of(error, _)}
    if found.going_on is not None:
        return {"state": "preparing", "done": found.going_on.done, "all": found.going_on.all}
    following = edge.identifiers(asked, "next")[:AHEAD] if asked.get("next") else []
    read_ahead(bench, following)
    suggestion = found.suggestion
    return {
        "state": found.shown.value,
        "codes": [_candidate(bench, c) for c in suggestion.candidates] if suggestion else [],
        "chances": list(found.chances),
        "withheld": found.withheld,
        "engine": suggestion.engine if suggestion else "",
        "way": found.way,
        "given": list(found.given),
    }


def _candidate(bench: Workbench, candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.target_id,
        "label": candidate.label,
        "score": round(candidate.score, 3),
        "reasons": [_reason(bench, reason) for reason in candidate.reasons],
    }


def _reason(bench: Workbench, reason: Reason) -> dict[str, Any]:
    """What it says, and what it opens: a passage by its text and place, or a code."""
    told: dict[str, Any] = {
        "kind": reason.kind.value,
        "text": reason.text,
        "words": list(reason.words),
        "marked": list(reason.marked),
        "said": list(reason.said),
        "value": None if reason.value is None else round(reason.value, 3),
    }
    if reason.kind is ReasonKind.NEAREST:
        with bench.store.reading() as rows:
            segment = rows.get(Segment, reason.ids[0])
            carried = rows.find(Coding, segment_id=reason.ids[0]) if segment else []
        if segment is not None:
            told |= {"doc": segment.document_id, "coding": carried[0].id if carried else None}
    else:
        told["code"] = reason.ids[0]
    return told
