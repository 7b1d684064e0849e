"""A person's discussions erased for good, out of the study and out of its log.

A removal can be undone because the log keeps what was removed. Somebody who wants their words gone
must be able to have that, too: this is the one act that leaves nothing to bring back.
"""

from __future__ import annotations

from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.discussions import Discussion, RoleTalk
from qualcode.store.log_views import LogQuery
from qualcode.store.repository import Reading
from qualcode.workbench.bench import OperationSeenBefore, Workbench

_NAMING = (Act.START_DISCUSSION, Act.EDIT_DISCUSSION)
"""The acts in which a person gets the name they are known by."""

_MANY = 1_000_000


def erase_person(bench: Workbench, person: str) -> int:
    """Everything that was ever noted of the person's discussions is gone; gives how many.

    Discussions that were removed earlier, and earlier wordings, are gone with them. The log keeps
    that it was done, by whom and when, and nothing of the person. Raises StudyBusy when all that is
    done and only the file could not be written anew: see ``still_in_file``.
    """
    bench.check_allowed(Act.ERASE_PERSON)
    with bench.store.writing() as writing:
        if bench.operation and not writing.take_operation(*bench.operation):
            raise OperationSeenBefore()
        ids = _discussions_of(writing, person)
        if not ids:
            return 0
        talks = {
            change.id
            for id in ids
            for heading in writing.decisions(0, _MANY, LogQuery(about=("discussion", id))).rows
            for change in _changes(writing, heading.id)
            if change.kind == "role_talk"
        } | {talk.id for talk in writing.find(RoleTalk, discussion_id=tuple(ids))}
        writing.erase({"role_talk": sorted(talks), "discussion": ids})
        decision = writing.append(
            Decision(0, bench.clock(), bench.coder, Act.ERASE_PERSON, {"count": len(ids)})
        )
        bench.settle(writing, decision)
    write_file_anew(bench)
    return len(ids)


def write_file_anew(bench: Workbench) -> None:
    """What was erased is not in the file's free room either; the log keeps that it is so."""
    bench.check_allowed(Act.WRITE_FILE_ANEW)
    bench.store.compact()
    with bench.store.writing() as writing:
        writing.append(Decision(0, bench.clock(), bench.coder, Act.WRITE_FILE_ANEW))


def still_in_file(rows: Reading) -> bool:
    """Whether something was erased after the file was last written anew, or without that."""
    newest = rows.decisions(0, 1, LogQuery(acts=(Act.ERASE_PERSON, Act.WRITE_FILE_ANEW))).rows
    return bool(newest) and newest[0].act is Act.ERASE_PERSON


def ever_discussed(bench: Workbench) -> list[str]:
    """Every person of whom the study or its log still holds something, in alphabetical order."""
    with bench.store.reading() as rows:
        return sorted(set(_people(rows).values()), key=str.casefold)


def discussions_of(bench: Workbench, person: str) -> tuple[list[Discussion], int]:
    """What erasing the person would take: discussions of the study, and how many are in its log.

    One whose name was mended since belongs to both names: with either, all of it goes.
    """
    with bench.store.reading() as rows:
        ids = _discussions_of(rows, person)
        found = [one for id in ids if (one := rows.get(Discussion, id)) is not None]
    return sorted(found, key=lambda one: (one.day, one.id)), len(ids) - len(found)


def _discussions_of(rows: Reading, person: str) -> list[str]:
    return sorted({id for (id, name) in _people(rows) if name == person})


def _people(rows: Reading) -> dict[tuple[str, str], str]:
    """(discussion, person) -> person, of the study and of its log."""
    found = {(one.id, one.person): one.person for one in rows.find(Discussion)}
    for heading in rows.decisions(0, _MANY, LogQuery(acts=_NAMING)).rows:
        for change in _changes(rows, heading.id):
            for row in (change.before, change.after):
                if change.kind == "discussion" and row is not None:
                    found[change.id, str(row["person"])] = str(row["person"])
    return found


def _changes(rows: Reading, number: int) -> tuple[Change, ...]:
    decision = rows.decision(number)
    return () if decision is None else decision.changes
