"""The board of role-shaping notes: what was chosen, what it stands for, for which question.

The whole group stands before it, so nothing on it tells who wrote what, nor at which table.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.documents import Document, DocumentKind, Item
from qualcode.domain.errors import UnknownRow
from qualcode.domain.workshop_days import Workshop, WorkshopSource
from qualcode.exports import slides
from qualcode.exports.slides import SlideField, SlideGroup, SlideWall
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for, ngettext_for
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True)
class Chosen:
    """A picture or an object with all that it was said to stand for; nameless when not told."""

    picture: str
    meanings: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question of the task with what was chosen to answer it."""

    question: str
    chosen: tuple[Chosen, ...]

    @property
    def count(self) -> int:
        return sum(len(one.meanings) for one in self.chosen)


def board(rows: Reading, workshop_id: str) -> list[Asked]:
    """The questions in the order they were first answered; the same picture is one card."""
    ids = tuple(link.id for link in rows.find(WorkshopSource, workshop_id=workshop_id))
    if not ids:
        return []
    notes = rows.find(Document, source_id=ids, kind=DocumentKind.ROLE_NOTE, set_aside=False)
    items = {item.id: item.text for item in rows.find(Item, source_id=ids)}
    found: dict[str, dict[str, list[Document]]] = {}
    for note in sorted(notes, key=lambda note: (note.position, note.id)):
        question = note.attributes.get("question") or items.get(note.item_id or "", "")
        cards = found.setdefault(question, {})
        picture = note.attributes.get("picture", "")
        cards.setdefault(picture.casefold(), []).append(note)
    return [
        Asked(question, tuple(_chosen(cards) for cards in pictures.values()))
        for question, pictures in found.items()
    ]


def as_slides(bench: Workbench, workshop_id: str) -> bytes:
    """The board as PowerPoint: the whole, then a question at a time."""
    _, ngettext = gettext_for(bench.language), ngettext_for(bench.language)
    with bench.store.reading() as rows:
        workshop = rows.get(Workshop, workshop_id)
        if workshop is None:
            raise UnknownRow(kind="workshop", id=workshop_id)
        asked = board(rows, workshop_id)
    told = (workshop.held_on, workshop.place, workshop.theme)
    return slides.write(
        SlideWall(
            workshop.name,
            " · ".join(part for part in told if part),
            tuple(
                SlideField(
                    one.question or _("Without a question"),
                    tuple(SlideGroup(card.picture, card.meanings) for card in one.chosen),
                )
                for one in asked
            ),
            loose=_("Without a picture"),
            goes_on=_("(continues)"),
            more=lambda n: ngettext("and {n} more", "and {n} more", n).format(n=n),
        )
    )


def _chosen(notes: list[Document]) -> Chosen:
    return Chosen(notes[0].attributes.get("picture", ""), tuple(note.text for note in notes))
