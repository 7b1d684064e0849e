"""Workshops: what they are called, which files are of each, and when one goes.

A workshop's notes are texts of the study like any other. Its wall and its script live here too,
in ``wall`` and ``workshop_script``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source, SourceKind, one_line
from qualcode.domain.errors import EmptyName, StillInUse
from qualcode.domain.workshop_days import (
    WallGroup,
    WallPlace,
    Workshop,
    WorkshopSource,
    WorkshopStep,
    WorkshopTable,
)
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench


@dataclass(frozen=True)
class Details:
    """What a person tells of a workshop."""

    name: str
    held_on: str = ""
    place: str = ""
    actor_group: str = ""
    theme: str = ""
    watched: tuple[str, ...] = ()


def workshops(rows: Reading) -> list[Workshop]:
    """The study's workshops in their order."""
    return sorted(rows.find(Workshop), key=lambda w: (w.position, w.name, w.id))


def add(bench: Workbench, details: Details) -> Workshop:
    """A new workshop at the end."""
    with bench.act(Act.ADD_WORKSHOP) as work:
        new = new_workshop(work, details)
        work.say(workshop=new.name)
    return new


def new_workshop(work: Work, details: Details) -> Workshop:
    """The row of a new workshop, inside another act too (an import)."""
    new = _told(Workshop(work.bench.new_id(), ""), details)
    new = replace(new, position=work.rows.last_position(Workshop) + 1)
    work.put(new)
    return new


def edit(bench: Workbench, id: str, details: Details) -> Workshop:
    with bench.act(Act.EDIT_WORKSHOP) as work:
        new = _told(work.require(Workshop, id), details)
        work.put(new)
        work.say(workshop=new.name)
    return new


def remove(bench: Workbench, id: str) -> None:
    """The workshop goes with its script and its wall; while it has files of notes it stays."""
    with bench.act(Act.REMOVE_WORKSHOP) as work:
        gone = work.require(Workshop, id)
        used = work.rows.count(WorkshopSource, workshop_id=id)
        if used:
            raise StillInUse(kind="workshop", name=gone.name, count=used)
        steps = [step.id for step in work.rows.find(WorkshopStep, workshop_id=id)]
        if steps:
            tables = work.rows.find(WorkshopTable, step_id=tuple(steps))
            work.remove(WorkshopTable, [table.id for table in tables])
        work.remove(WorkshopStep, steps)
        work.remove(WallPlace, [p.id for p in work.rows.find(WallPlace, workshop_id=id)])
        work.remove(WallGroup, [g.id for g in work.rows.find(WallGroup, workshop_id=id)])
        work.remove(Workshop, [id])
        work.say(workshop=gone.name)


def set_workshop(bench: Workbench, source_id: str, workshop_id: str | None) -> None:
    """The file's notes are from this workshop (None: from none). What hung on a wall comes off."""
    with bench.act(Act.SET_WORKSHOP) as work:
        source = work.require(Source, source_id)
        old = work.rows.get(WorkshopSource, source_id)
        if (old.workshop_id if old else None) == workshop_id:
            return
        take_off_the_wall(work, source_id)
        if workshop_id is None:
            work.remove(WorkshopSource, [source_id])
            work.say(file=source.name)
            return
        named = work.require(Workshop, workshop_id)
        work.put(WorkshopSource(source_id, workshop_id))
        work.say(file=source.name, workshop=named.name)


def take_off_the_wall(work: Work, source_id: str) -> None:
    """The places of the file's notes go; they are nowhere without their workshop."""
    documents = [d.id for d in work.rows.find(Document, source_id=source_id)]
    if documents:
        places = work.rows.find(WallPlace, id=tuple(documents))
        work.remove(WallPlace, [place.id for place in places])


def sources_of(rows: Reading, workshop_id: str) -> list[Source]:
    """The files of a workshop, in the order they came."""
    ids = [link.id for link in rows.find(WorkshopSource, workshop_id=workshop_id)]
    found = rows.find(Source, id=tuple(ids)) if ids else []
    return sorted(found, key=lambda s: (s.imported_at, s.name, s.id))


def loose_sources(rows: Reading) -> list[Source]:
    """Files of workshop notes that nobody has told the workshop of."""
    linked = {link.id for link in rows.find(WorkshopSource)}
    found = [s for s in rows.find(Source, kind=SourceKind.WORKSHOP) if s.id not in linked]
    return sorted(found, key=lambda s: (s.imported_at, s.name, s.id))


def workshop_of_sources(rows: Reading) -> dict[str, Workshop]:
    """File -> its workshop; files of no workshop are left out."""
    named = {workshop.id: workshop for workshop in rows.find(Workshop)}
    return {link.id: named[link.workshop_id] for link in rows.find(WorkshopSource)}


def group_of(rows: Reading, workshop: Workshop) -> str:
    """The actor group of the participants: as told, else as the notes brought in have it."""
    if workshop.actor_group:
        return workshop.actor_group
    ids = tuple(source.id for source in sources_of(rows, workshop.id))
    groups = {r.actor_group for r in rows.find(Respondent, source_id=ids)} if ids else set()
    return groups.pop() if len(groups) == 1 else ""


def _told(old: Workshop, details: Details) -> Workshop:
    name = one_line(details.name)
    if not name:
        raise EmptyName()
    return replace(
        old,
        name=name,
        held_on=one_line(details.held_on),
        place=one_line(details.place),
        actor_group=one_line(details.actor_group),
        theme=one_line(details.theme),
        watched=tuple(dict.fromkeys(one_line(one) for one in details.watched if one_line(one))),
    )
