"""The wall of a workshop: its notes by quadrant, likenesses under names, and the acts on them.

The whole group stands before it, so nothing on it tells who wrote what. A note that is moved keeps
its text and the quadrant it was written in; only its place on the wall is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.approaches import Study
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    DocumentKind,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Source,
    SourceKind,
    normalise,
    one_line,
)
from qualcode.domain.errors import AlreadyThere, BadOperation, EmptyName, UnknownRow
from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.workshop_days import WallGroup, WallPlace, Workshop, WorkshopSource
from qualcode.domain.workshops import Quadrant
from qualcode.store.repository import Reading
from qualcode.texts import N_, gettext_for
from qualcode.workbench import workshops
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.quadrant_names import quadrant_name

LOOSE = ""
"""The field of the wall for notes that were written in no quadrant."""

ADDED = N_("Added on the wall")


@dataclass(frozen=True)
class WallNote:
    """A note as the wall shows it: its words and where it came from, never who wrote it."""

    id: str
    text: str
    written_in: str
    table: str = ""
    round: str = ""
    position: int = 0


@dataclass(frozen=True)
class GroupOnWall:
    group: WallGroup
    notes: tuple[WallNote, ...]


@dataclass(frozen=True)
class Field:
    """One quadrant: its named groups, and the notes that hang loose."""

    quadrant: str
    groups: tuple[GroupOnWall, ...]
    loose: tuple[WallNote, ...]

    @property
    def count(self) -> int:
        return len(self.loose) + sum(len(group.notes) for group in self.groups)


@dataclass(frozen=True)
class Wall:
    """All that hangs. ``fields`` are the four quadrants, and one without a name if it is needed."""

    workshop: Workshop
    fields: tuple[Field, ...]

    def field(self, quadrant: str) -> Field:
        return next(field for field in self.fields if field.quadrant == quadrant)

    @property
    def count(self) -> int:
        return sum(field.count for field in self.fields)


# --- what hangs --------------------------------------------------------------------------------


def wall(rows: Reading, workshop_id: str) -> Wall:
    """The wall as it is now. Notes set aside ("-") do not hang on it."""
    workshop = rows.get(Workshop, workshop_id)
    if workshop is None:
        raise UnknownRow(kind="workshop", id=workshop_id)
    notes = hanging(rows, workshop_id)
    places = {place.id: place for place in rows.find(WallPlace, workshop_id=workshop_id)}
    groups = sorted(
        rows.find(WallGroup, workshop_id=workshop_id), key=lambda g: (g.position, g.name, g.id)
    )
    in_group: dict[str, list[WallNote]] = {group.id: [] for group in groups}
    loose: dict[str, list[WallNote]] = {}
    for document in notes:
        note = _note(document)
        place = places.get(document.id)
        if place is not None:
            note = replace(note, position=place.position)
        if place is not None and place.group_id in in_group:
            in_group[place.group_id].append(note)
        else:
            loose.setdefault(place.quadrant if place else note.written_in, []).append(note)
    return Wall(
        workshop,
        tuple(
            Field(
                quadrant,
                tuple(
                    GroupOnWall(
                        group, tuple(sorted(in_group[group.id], key=lambda n: (n.position, n.id)))
                    )
                    for group in groups
                    if group.quadrant == quadrant
                ),
                tuple(loose.get(quadrant, ())),
            )
            for quadrant in (*(q.value for q in Quadrant), LOOSE)
            if quadrant or loose.get(LOOSE) or any(g.quadrant == LOOSE for g in groups)
        ),
    )


def hanging(rows: Reading, workshop_id: str) -> list[Document]:
    """The SWOT and other sticky notes of the workshop, in the order of the study."""
    ids = tuple(link.id for link in rows.find(WorkshopSource, workshop_id=workshop_id))
    found = (
        rows.find(Document, source_id=ids, kind=DocumentKind.WORKSHOP_NOTE, set_aside=False)
        if ids
        else []
    )
    return sorted(found, key=lambda d: (d.position, d.id))


def _note(document: Document) -> WallNote:
    kept = document.attributes
    return WallNote(
        document.id,
        document.text,
        kept.get("quadrant", LOOSE),
        kept.get("table", ""),
        kept.get("round", ""),
    )


# --- acts --------------------------------------------------------------------------------------


def move(
    bench: Workbench,
    workshop_id: str,
    notes: Sequence[str],
    quadrant: str,
    group_id: str | None = None,
) -> None:
    """The notes hang in this quadrant now, in the group named or loose."""
    with bench.act(Act.MOVE_NOTES) as work:
        work.require(Workshop, workshop_id)
        group = work.require(WallGroup, group_id) if group_id else None
        if group is not None and group.workshop_id != workshop_id:
            raise UnknownRow(kind="wall_group", id=group.id)
        moved = _hang(work, workshop_id, notes, group.quadrant if group else quadrant, group_id)
        work.say(count=len(moved), quote=moved[0].text, group=group.name if group else "")


def group(
    bench: Workbench,
    workshop_id: str,
    quadrant: str,
    name: str,
    notes: Sequence[str] = (),
    id: str | None = None,
    engine: str = "",
) -> WallGroup:
    """A new group of these notes. ``engine`` names what suggested it, when a person took it so."""
    with bench.act(Act.GROUP_NOTES) as work:
        work.require(Workshop, workshop_id)
        if id is not None and work.rows.get(WallGroup, id) is not None:
            raise AlreadyThere(kind="wall_group")
        new = WallGroup(
            id or bench.new_id(),
            workshop_id,
            _checked(quadrant),
            _name(name),
            work.rows.last_position(WallGroup) + 1,
        )
        work.put(new)
        if notes:
            _hang(work, workshop_id, notes, new.quadrant, new.id)
        work.say(group=new.name, count=len(notes), engine=engine)
    return new


def hang_under_headings(
    work: Work, workshop_id: str, headings: Sequence[str], documents: Sequence[Document]
) -> None:
    """Notes that came in under a heading of their own ("Kehitettävää") hang under it."""
    there = {
        group.name: group
        for group in work.rows.find(WallGroup, workshop_id=workshop_id)
        if group.quadrant == LOOSE
    }
    for heading in headings:
        own = [
            d.id
            for d in documents
            if d.attributes.get("group") == heading and not d.attributes.get("quadrant")
        ]
        if not own or not one_line(heading):
            continue
        name = _name(heading)
        group = there.get(name)
        if group is None:
            last = work.rows.last_position(WallGroup)
            group = WallGroup(work.bench.new_id(), workshop_id, LOOSE, name, last + 1)
            there[name] = group
            work.put(group)
        _hang(work, workshop_id, own, LOOSE, group.id)


def rename(bench: Workbench, id: str, name: str) -> None:
    with bench.act(Act.RENAME_NOTES) as work:
        old = work.require(WallGroup, id)
        work.put(replace(old, name=_name(name)))
        work.say(group=_name(name), before=old.name)


def ungroup(bench: Workbench, id: str) -> None:
    """The name goes; its notes hang loose in the same quadrant."""
    with bench.act(Act.UNGROUP_NOTES) as work:
        gone = work.require(WallGroup, id)
        for place in work.rows.find(WallPlace, group_id=id):
            work.put(replace(place, group_id=None))
        work.remove(WallGroup, [id])
        work.say(group=gone.name)


def add_note(
    bench: Workbench,
    workshop_id: str,
    quadrant: str,
    text: str,
    group_id: str | None = None,
    id: str | None = None,
) -> Document:
    """A note that the group says before the wall: new material of the study, kept as such."""
    with bench.act(Act.ADD_NOTE) as work:
        workshop = work.require(Workshop, workshop_id)
        group = work.require(WallGroup, group_id) if group_id else None
        words = normalise(text).strip()
        if not words or is_non_answer(words):
            raise EmptyName()
        if id is not None and work.rows.get(Document, id) is not None:
            raise AlreadyThere(kind="document")
        where = group.quadrant if group else _checked(quadrant)
        source, voice = _added_source(work, workshop)
        new = Document(
            id or bench.new_id(),
            source.id,
            words,
            DocumentKind.WORKSHOP_NOTE,
            voice.id,
            _asked(work, source, voice, where),
            False,
            {"quadrant": where} if where else {},
            Provenance(source.name),
            work.rows.last_position(Document) + 1,
        )
        work.put(new)
        if group is not None:
            work.put(WallPlace(new.id, workshop_id, where, group.id, _next_place(work)))
        work.say(quote=words, document=new.id)
    return new


def _hang(
    work: Work, workshop_id: str, notes: Sequence[str], quadrant: str, group_id: str | None
) -> list[Document]:
    if not notes:
        raise BadOperation(operation="wall")
    files = {link.id for link in work.rows.find(WorkshopSource, workshop_id=workshop_id)}
    position = _next_place(work)
    moved = []
    for n, id in enumerate(dict.fromkeys(notes)):
        document = work.require(Document, id)
        if document.source_id not in files:
            raise UnknownRow(kind="document", id=id)
        work.put(WallPlace(id, workshop_id, _checked(quadrant), group_id, position + n))
        moved.append(document)
    return moved


def _next_place(work: Work) -> int:
    return int(work.rows.last_position(WallPlace)) + 1


def _checked(quadrant: str) -> str:
    if quadrant != LOOSE and quadrant not in list(Quadrant):
        raise BadOperation(operation="wall")
    return quadrant


def _name(name: str) -> str:
    if not one_line(name):
        raise EmptyName()
    return one_line(name)


def _added_source(work: Work, workshop: Workshop) -> tuple[Source, Respondent]:
    """The source of what was said before this wall, with the group as its one voice."""
    key = f"wall:{workshop.id}"
    there = work.rows.find(Source, digest=key)
    if there:
        return there[0], work.rows.find(Respondent, source_id=there[0].id)[0]
    bench = work.bench
    _ = gettext_for(_language(work))
    name = f"{workshop.name}: {_(ADDED)}"
    source = Source(bench.new_id(), name, key, SourceKind.WORKSHOP, bench.clock(), bench.coder)
    group = workshops.group_of(work.rows, workshop)
    voice = Respondent(bench.new_id(), source.id, name, group)
    for row in (source, WorkshopSource(source.id, workshop.id), voice):
        work.put(row)
    return source, voice


def _asked(work: Work, source: Source, voice: Respondent, quadrant: str) -> str | None:
    """The question that a note of this quadrant answers: the quadrant's own heading."""
    if not quadrant:
        return None
    heading = quadrant_name(quadrant, _language(work))
    for item in work.rows.find(Item, source_id=source.id):
        if item.text == heading:
            return item.id
    new = Item(
        work.bench.new_id(),
        source.id,
        heading,
        ItemKind.OPEN,
        theme=heading,
        actor_group=voice.actor_group,
        position=work.rows.last_position(Item) + 1,
    )
    work.put(new)
    return new.id


def _language(work: Work) -> str:
    study = work.rows.get(Study, STUDY_ID)
    return study.language if study else work.bench.language
