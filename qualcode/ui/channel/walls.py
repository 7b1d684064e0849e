"""The wall of a workshop as it is now, for a window that shows it to the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.texts import gettext_for
from qualcode.ui.channel.desks import Desk
from qualcode.ui.wall_told import wall_told
from qualcode.workbench import edge, whereabouts
from qualcode.workbench.messages import act_sentence

MOST_CHANGES = 200
OTHERS_TOLD = 5
SHOWN_KINDS = ("wall_group", "wall_place", "workshop", "workshop_source", "document", "source")
"""Rows whose change shows on a wall."""


def wall(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{workshop, seen}`` -> ``{revision, wall, others}``; ``wall`` is null when nothing on it
    has changed since the revision ``seen``.

    ``others``: [{id, who, what}], what other people did on it, oldest first.
    """
    bench = desk.bench()
    translate = gettext_for(desk.language)
    seen = edge.whole(asked, "seen")
    with bench.store.reading() as rows:
        now = rows.revision()
        later = rows.changes_since(seen, MOST_CHANGES) if now != seen else []
        shown = (
            None
            if later is None
            else [d for d in later if any(c.kind in SHOWN_KINDS for c in d.changes)]
        )
        told = None
        if shown is None or shown:
            told = wall_told(rows, edge.identifier(asked, "workshop"), desk.language)
    others = [d for d in shown or () if d.who != bench.coder][-OTHERS_TOLD:]
    return {
        "revision": now,
        "wall": told,
        "others": [
            {
                "id": d.id,
                "who": d.who,
                "what": act_sentence(whereabouts.act(desk.reviewing, d), translate),
            }
            for d in others
        ],
    }
