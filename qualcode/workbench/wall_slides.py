"""The wall as slides, in the language of whoever shows them."""

from __future__ import annotations

from qualcode.exports import slides
from qualcode.exports.slides import SlideField, SlideGroup, SlideWall
from qualcode.texts import gettext_for, ngettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.quadrant_names import quadrant_name
from qualcode.workbench.wall import LOOSE, Field, wall


def as_slides(bench: Workbench, workshop_id: str) -> bytes:
    """A PowerPoint file: the whole wall, then its quadrants with their notes."""
    _, ngettext = gettext_for(bench.language), ngettext_for(bench.language)
    with bench.store.reading() as rows:
        found = wall(rows, workshop_id)
    workshop = found.workshop
    return slides.write(
        SlideWall(
            workshop.name,
            " · ".join(part for part in (workshop.held_on, workshop.place, workshop.theme) if part),
            tuple(_field(field, bench.language) for field in found.fields),
            loose=_("Not grouped"),
            goes_on=_("(continues)"),
            more=lambda n: ngettext("and {n} more", "and {n} more", n).format(n=n),
        )
    )


def _field(field: Field, language: str) -> SlideField:
    _ = gettext_for(language)
    named = [
        SlideGroup(one.group.name, tuple(note.text for note in one.notes)) for one in field.groups
    ]
    loose = tuple(note.text for note in field.loose)
    return SlideField(
        quadrant_name(field.quadrant, language)
        if field.quadrant != LOOSE
        else _("Without a quadrant"),
        (*named, *((SlideGroup("", loose),) if loose else ())),
    )
