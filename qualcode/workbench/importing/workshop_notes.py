"""A workshop's notes brought in: each table speaks, and its quadrants are what was asked."""

from __future__ import annotations

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Item, ItemKind, Respondent, SourceKind
from qualcode.domain.workshop_days import Workshop, WorkshopSource
from qualcode.readers.workshop import KIND_NAMES, NoteRow, WorkshopReading
from qualcode.texts import gettext_for
from qualcode.workbench import wall, workshops
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.importing.sources import Imported, keep, new_source
from qualcode.workbench.quadrant_names import quadrant_name


def import_workshop(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: WorkshopReading,
    *,
    actor_group: str,
    again: bool = False,
    workshop: str | workshops.Details | None = None,
) -> Imported:
    """A workshop's notes: a table speaks with one voice, its quadrants are what was asked.

    ``workshop`` is the id of the one they are from, or what a new one is called.
    """
    with bench.act(Act.IMPORT) as work:
        source = new_source(work, file, data, SourceKind.WORKSHOP, again)
        new = bench.new_id
        tables: dict[str, Respondent] = {}
        items: dict[str, Item] = {}
        documents: list[Document] = []
        first_item = work.rows.last_position(Item) + 1
        first_text = work.rows.last_position(Document) + 1
        for note in reading.notes:
            voice = note.attributes.get("table") or note.attributes.get("observer") or file
            if voice not in tables:
                tables[voice] = Respondent(new(), source.id, voice, actor_group, {}, len(tables))
            asked = _asked(work, note)
            if asked and asked not in items:
                items[asked] = Item(
                    new(),
                    source.id,
                    asked,
                    ItemKind.OPEN,
                    theme=asked,
                    actor_group=actor_group,
                    position=first_item + len(items),
                )
            documents.append(
                Document(
                    new(),
                    source.id,
                    note.text,
                    note.kind,
                    tables[voice].id,
                    items[asked].id if asked else None,
                    note.set_aside,
                    dict(note.attributes),
                    note.provenance,
                    first_text + len(documents),
                )
            )
        result = Imported(
            source,
            len(tables),
            len(items),
            len(documents),
            sum(d.set_aside for d in documents),
            dropped_cells=reading.dropped_cells,
            problems=reading.problems,
        )
        keep(work, result, [source, *tables.values(), *items.values(), *documents])
        if isinstance(workshop, workshops.Details):
            workshop = workshops.new_workshop(work, workshop).id
        if workshop is not None:
            work.put(WorkshopSource(source.id, work.require(Workshop, workshop).id))
            wall.hang_under_headings(work, workshop, reading.headings, documents)
    return result


def _asked(work: Work, note: NoteRow) -> str:
    """What a note answers, in the language of the study: its question, else its quadrant, else
    what sort of note it is; a sticky note that tells nothing of these answers nothing."""
    study = work.rows.get(Study, STUDY_ID)
    language = study.language if study else work.bench.language
    kept = note.attributes
    own = kept.get("question") or kept.get("target") or kept.get("quadrant", "")
    if own:
        return quadrant_name(own, language)
    name = KIND_NAMES.get(note.kind)
    return name.message(gettext_for(language)) if name else ""
