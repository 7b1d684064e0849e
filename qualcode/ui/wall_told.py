"""A wall as plain values for the browser: words and places, never who wrote what."""

from __future__ import annotations

from typing import Any

from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.workbench import wall
from qualcode.workbench.quadrant_names import quadrant_name


def wall_told(rows: Reading, workshop_id: str, language: str) -> dict[str, Any]:
    """``{name, when, fields: [{quadrant, title, groups: [{id, name, notes}], loose}]}``; a note is
    ``{id, text, where}``."""
    found = wall.wall(rows, workshop_id)
    return {
        "name": found.workshop.name,
        "when": " · ".join(p for p in (found.workshop.held_on, found.workshop.place) if p),
        "fields": [
            {
                "quadrant": field.quadrant,
                "title": field_title(field.quadrant, language),
                "groups": [
                    {
                        "id": one.group.id,
                        "name": one.group.name,
                        "notes": [_note(note) for note in one.notes],
                    }
                    for one in field.groups
                ],
                "loose": [_note(note) for note in field.loose],
            }
            for field in found.fields
        ],
    }


def field_title(quadrant: str, language: str) -> str:
    if quadrant == wall.LOOSE:
        _ = gettext_for(language)
        return _("Without a quadrant")
    return quadrant_name(quadrant, language)


def _note(note: wall.WallNote) -> dict[str, str]:
    where = " · ".join(part for part in (note.table, note.round) if part)
    return {"id": note.id, "text": note.text, "where": where}
