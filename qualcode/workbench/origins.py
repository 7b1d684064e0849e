"""Where a text came from: a survey, an interview, or which workshop, table and round.

Workshop notes are analysed together with what the same people answered elsewhere, and their origin
stays beside them in every table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualcode.domain.documents import Document, Source, SourceKind
from qualcode.store.repository import Reading
from qualcode.texts import N_
from qualcode.workbench.workshops import workshop_of_sources

NAMES = {
    SourceKind.SURVEY: N_("survey"),
    SourceKind.WORKSHOP: N_("workshop"),
    SourceKind.TEXT: N_("text material"),
    SourceKind.COUNTS: N_("table of counts"),
}
"""What an origin is called inside a line of text."""

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Origin:
    """The sort of the file, and of a workshop's note its workshop, table and round."""

    kind: SourceKind
    workshop: str = ""
    table: str = ""
    round: str = ""

    @property
    def is_workshop(self) -> bool:
        return self.kind is SourceKind.WORKSHOP

    def sort(self, translate: Translate) -> str:
        """The sort alone: "työpaja", "kysely"."""
        return translate(NAMES[self.kind])

    def told(self, translate: Translate) -> str:
        """In full: "työpaja: Syystyöpaja, Pöytä 1"; of a survey just that it is one."""
        where = ", ".join(part for part in (self.workshop, self.table, self.round) if part)
        sort = self.sort(translate)
        return f"{sort}: {where}" if where else sort


def origins_of(rows: Reading, document_ids: Iterable[str]) -> dict[str, Origin]:
    """The origin of each of these texts; a text that is gone is not among them."""
    wanted = tuple(dict.fromkeys(document_ids))
    if not wanted:
        return {}
    kinds = {source.id: source.kind for source in rows.find(Source)}
    named = {id: workshop.name for id, workshop in workshop_of_sources(rows).items()}
    return {
        document.id: Origin(
            kinds[document.source_id],
            named.get(document.source_id, ""),
            document.attributes.get("table", ""),
            document.attributes.get("round", ""),
        )
        for document in rows.find(Document, id=wanted)
    }


def of_sources(rows: Reading) -> dict[str, Origin]:
    """The origin of each file that texts have come from: its sort, and its workshop."""
    named = {id: workshop.name for id, workshop in workshop_of_sources(rows).items()}
    found = sorted(rows.find(Source), key=lambda source: (source.imported_at, source.id))
    return {
        source.id: Origin(source.kind, named.get(source.id, ""))
        for source in found
        if source.kind is not SourceKind.COUNTS
    }


def differ(origins: Iterable[Origin]) -> bool:
    """Whether there are several sorts of files, or several workshops, to be told apart."""
    return len({(origin.kind, origin.workshop) for origin in origins}) > 1


def several(origins: Iterable[Origin]) -> bool:
    """Whether there is something to tell: workshop notes among others, or several workshops."""
    found = set(origins)
    return any(o.is_workshop for o in found) and (
        len({o.kind for o in found}) > 1 or len({o.workshop for o in found}) > 1
    )
