"""The reader's bookmarks in the whole study: the window itself knows those of its own answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.ui.channel.desks import Desk
from qualcode.workbench import bookmarks, whereabouts


def kept(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{bookmarks: [{id, doc, position, quote, label}]}`` in the order of the study."""
    bench = desk.bench()
    with bench.store.reading() as rows:
        places = bookmarks.of_reader(rows, bench.coder)
    return {
        "bookmarks": [
            {
                "id": place.bookmark.id,
                "doc": place.bookmark.document_id,
                "position": place.bookmark.position,
                "quote": place.quote,
                "label": whereabouts.label(desk.reviewing, place.label),
            }
            for place in places
        ]
    }
