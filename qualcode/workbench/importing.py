"""Bringing material in: what a reader read becomes respondents, questions and texts of the study.

One file is one source and one decision, so one undo takes the whole import back. The same file
is known again by its contents, whatever its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.domain.approaches import Study
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    DocumentKind,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Segment,
    Source,
    SourceKind,
)
from qualcode.domain.errors import AlreadyImported, StillInUse
from qualcode.domain.instruments import ItemLink
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.reading_places import Bookmark
from qualcode.domain.rounds import Gathering
from qualcode.domain.second_marks import ExpressionStance
from qualcode.domain.workshop_days import Workshop, WorkshopSource
from qualcode.readers.problems import ReadProblem
from qualcode.readers.survey import SurveyReading
from qualcode.readers.texts import TextReading
from qualcode.readers.workshop import KIND_NAMES, NoteRow, WorkshopReading
from qualcode.store.kinds import Entity
from qualcode.texts import gettext_for
from qualcode.workbench import workshops
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.quadrant_names import quadrant_name


@dataclass(frozen=True)
class Imported:
    """What came in, for the page that tells it: counts, and every problem with its place.

    ``closed_answers`` are those that name an option; missing and uninterpretable ones are counted
    apart.
    """

    source: Source
    respondents: int = 0
    items: int = 0
    documents: int = 0
    set_aside: int = 0
    closed_answers: int = 0
    dropped_cells: int = 0
    problems: tuple[ReadProblem, ...] = ()
    missing: int = 0
    uninterpretable: int = 0


def digest(data: bytes) -> str:
    """What a file is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def imported_before(bench: Workbench, data: bytes) -> Source | None:
    """The source that came from the very same file, if it is in the study."""
    return source_with(bench, digest(data))


def source_with(bench: Workbench, key: str) -> Source | None:
    """The source whose file has this digest, if it is in the study."""
    with bench.store.reading() as rows:
        there = rows.find(Source, digest=key)
    return there[0] if there else None


def import_survey(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: SurveyReading,
    *,
    again: bool = False,
    sent: int | None = None,
) -> Imported:
    """A survey's forms: a respondent each, their open answers as texts, their closed answers.

    Texts stand in the study question by question. ``sent`` is how many forms were sent out.
    Raises AlreadyImported when the same file is in the study, unless ``again`` says so.
    """
    with bench.act(Act.IMPORT) as work:
        source = _source(work, file, data, SourceKind.SURVEY, again, sent)
        new = bench.new_id
        people = [
            Respondent(new(), source.id, r.label, r.actor_group, dict(r.background), position)
            for position, r in enumerate(reading.respondents)
        ]
        first_item = work.rows.last_position(Item) + 1
        groups = {r.actor_group for r in reading.respondents}
        one_group = groups.pop() if len(groups) == 1 else ""
        items = [
            Item(
                new(),
                source.id,
                i.text,
                i.kind,
                i.number,
                i.section,
                i.theme,
                one_group,
                tuple(i.options),
                first_item + position,
            )
            for position, i in enumerate(reading.items)
        ]
        first_text = work.rows.last_position(Document) + 1
        ordered = sorted(reading.texts, key=lambda t: (t.item, t.respondent))
        documents = [
            Document(
                new(),
                source.id,
                t.text,
                DocumentKind.ANSWER,
                people[t.respondent].id,
                items[t.item].id,
                t.set_aside,
                {},
                t.provenance,
                first_text + position,
            )
            for position, t in enumerate(ordered)
        ]
        closed = [
            ClosedAnswer(
                new(),
                source.id,
                items[c.item].id,
                c.state,
                c.value,
                c.raw,
                people[c.respondent].id,
                provenance=c.provenance,
            )
            for c in reading.closed
        ]
        result = Imported(
            source,
            len(people),
            len(items),
            len(documents),
            sum(d.set_aside for d in documents),
            _count(closed, ClosedState.ANSWERED),
            reading.dropped_cells,
            reading.problems,
            _count(closed, ClosedState.MISSING),
            _count(closed, ClosedState.UNINTERPRETABLE),
        )
        _keep(work, result, [source, *people, *items, *documents, *closed])
    return result


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
        source = _source(work, file, data, SourceKind.WORKSHOP, again)
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
        _keep(work, result, [source, *tables.values(), *items.values(), *documents])
        if isinstance(workshop, workshops.Details):
            workshop = workshops.new_workshop(work, workshop).id
        if workshop is not None:
            work.put(WorkshopSource(source.id, work.require(Workshop, workshop).id))
    return result


def import_text(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: TextReading,
    *,
    actor_group: str = "",
    again: bool = False,
) -> Imported:
    """A transcript, diary or memo: one text, or one a paragraph or turn as it was read.

    Each speaker of a transcript is a respondent, the interviewer is none: those turns are set
    aside.
    """
    with bench.act(Act.IMPORT) as work:
        source = _source(work, file, data, SourceKind.TEXT, again)
        new = bench.new_id
        speakers: dict[str, Respondent] = {}
        has_turns = any("speaker" in part.attributes for part in reading.documents)
        begun = False
        documents: list[Document] = []
        first_text = work.rows.last_position(Document) + 1
        for part in reading.documents:
            speaker = part.attributes.get("speaker", "")
            asks = "interviewer" in part.attributes
            # What stands before the first turn of a transcript is nobody's words.
            begun = begun or bool(speaker)
            is_heading = has_turns and not begun
            label = speaker or reading.title or file
            if not (asks or is_heading) and label not in speakers:
                speakers[label] = Respondent(
                    new(), source.id, label, actor_group, {}, len(speakers)
                )
            whose = speakers.get(label)
            documents.append(
                Document(
                    new(),
                    source.id,
                    part.text,
                    DocumentKind.TEXT,
                    whose.id if whose else None,
                    None,
                    part.set_aside or asks,
                    dict(part.attributes),
                    part.provenance,
                    first_text + len(documents),
                )
            )
        result = Imported(
            source,
            len(speakers),
            0,
            len(documents),
            sum(d.set_aside for d in documents),
            problems=reading.problems,
        )
        _keep(work, result, [source, *speakers.values(), *documents])
    return result


@dataclass(frozen=True)
class CountedItem:
    """A closed item known only as a printed row: how many chose each option, and how many did not.

    ``counts`` maps an option, as written, to the number of answers.
    """

    text: str
    kind: ItemKind
    actor_group: str
    counts: Mapping[str, int]
    missing: int = 0
    uninterpretable: int = 0
    number: str = ""
    section: str = ""
    theme: str = ""
    options: tuple[str, ...] = field(default=())


def import_counts(
    bench: Workbench,
    file: str,
    data: bytes,
    rows: Sequence[CountedItem],
    *,
    again: bool = False,
    sent: int | None = None,
) -> Imported:
    """Closed answers that exist only as a table of counts (an earlier report, paper forms)."""
    with bench.act(Act.IMPORT) as work:
        source = _source(work, file, data, SourceKind.COUNTS, again, sent)
        new = bench.new_id
        first_item = work.rows.last_position(Item) + 1
        items: list[Item] = []
        closed: list[ClosedAnswer] = []
        for number, row in enumerate(rows, start=1):
            item = Item(
                new(),
                source.id,
                row.text,
                row.kind,
                row.number,
                row.section,
                row.theme,
                row.actor_group,
                row.options or tuple(row.counts),
                first_item + len(items),
            )
            items.append(item)
            found = [
                *((ClosedState.ANSWERED, option, n) for option, n in row.counts.items()),
                (ClosedState.MISSING, "", row.missing),
                (ClosedState.UNINTERPRETABLE, "", row.uninterpretable),
            ]
            closed.extend(
                ClosedAnswer(
                    new(),
                    source.id,
                    item.id,
                    state,
                    option,
                    actor_group=row.actor_group,
                    count=count,
                    provenance=Provenance(file, "", number),
                )
                for state, option, count in found
                if count
            )
        result = Imported(
            source,
            0,
            len(items),
            closed_answers=_count(closed, ClosedState.ANSWERED),
            missing=_count(closed, ClosedState.MISSING),
            uninterpretable=_count(closed, ClosedState.UNINTERPRETABLE),
        )
        _keep(work, result, [source, *items, *closed])
    return result


def remove_source(bench: Workbench, source_id: str) -> None:
    """A file's material goes out of the study, as long as nothing has been built on it."""
    with bench.act(Act.REMOVE_SOURCE) as work:
        source = work.require(Source, source_id)
        documents = [d.id for d in work.rows.find(Document, source_id=source_id)]
        segments = [s.id for s in work.rows.find(Segment, document_id=tuple(documents))]
        used = (
            work.rows.count(Coding, segment_id=tuple(segments))
            + work.rows.count(ReductionLink, segment_id=tuple(segments))
            if segments
            else 0
        )
        if used:
            raise StillInUse(kind="source", name=source.name, count=used)
        work.remove(ChosenQuote, segments)
        stood = work.rows.find(ExpressionStance, segment_id=tuple(segments)) if segments else []
        work.remove(ExpressionStance, [row.id for row in stood])
        work.remove(Segment, segments)
        workshops.take_off_the_wall(work, source_id)
        work.remove(ClosedAnswer, [c.id for c in work.rows.find(ClosedAnswer, source_id=source_id)])
        bookmarks = work.rows.find(Bookmark, document_id=tuple(documents))
        work.remove(Bookmark, [bookmark.id for bookmark in bookmarks])
        work.remove(Document, documents)
        work.remove(ItemLink, [i.id for i in work.rows.find(Item, source_id=source_id)])
        work.remove(Gathering, [source_id])
        work.remove(WorkshopSource, [source_id])
        work.remove(Respondent, [r.id for r in work.rows.find(Respondent, source_id=source_id)])
        work.remove(Item, [i.id for i in work.rows.find(Item, source_id=source_id)])
        work.remove(Source, [source_id])
        work.say(file=source.name, count=len(documents))


def _source(
    work: Work,
    file: str,
    data: bytes,
    kind: SourceKind,
    again: bool,
    sent: int | None = None,
) -> Source:
    key = digest(data)
    there = work.rows.find(Source, digest=key)
    if there and not again:
        raise AlreadyImported(
            file=file, name=there[0].name, at=there[0].imported_at[:10], who=there[0].imported_by
        )
    bench = work.bench
    return Source(bench.new_id(), file, key, kind, bench.clock(), bench.coder, sent)


def _count(closed: Sequence[ClosedAnswer], state: ClosedState) -> int:
    return sum(answer.count for answer in closed if answer.state is state)


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


def _keep(work: Work, result: Imported, entities: Sequence[Entity]) -> None:
    work.add(entities)
    work.say(
        file=result.source.name,
        count=result.documents,
        respondents=result.respondents,
        set_aside=result.set_aside,
        closed=result.closed_answers,
        problems=len(result.problems),
    )
