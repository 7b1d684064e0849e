"""Self-assessment discussions as acts. What the log says of them names no person and no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.decisions import Act
from qualcode.domain.discussions import (
    CLOSING_FIELDS,
    TALK_FIELDS,
    Company,
    Discussion,
    Purpose,
    RoleTalk,
)
from qualcode.domain.documents import one_line
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import Step
from qualcode.workbench.bench import Work, Workbench


def start(
    bench: Workbench,
    map_id: str,
    person: str,
    day: str,
    company: Company = Company.ALONE,
    companion: str = "",
    purpose: Purpose = Purpose.WORK,
    place: str = "",
    roles: Sequence[str] = (),
) -> Discussion:
    """A discussion on the map with these roles in this order; without any, with all of them."""
    with bench.act(Act.START_DISCUSSION) as work:
        role_map = work.require(RoleMap, map_id)
        made = Discussion(
            bench.new_id(),
            map_id,
            role_map.title,
            one_line(person),
            day,
            company,
            one_line(companion) if company is not Company.ALONE else "",
            purpose,
            one_line(place),
            created_by=bench.coder,
            created_at=bench.clock(),
        )
        work.put(made)
        _put_roles(work, made, roles or [role.id for role in _in_order(work, map_id)])
        work.say(role_map=role_map.title)
    return made


def edit(bench: Workbench, discussion_id: str, **changed: Any) -> None:
    """The named fields of the discussion; the others stay, whoever wrote on them meanwhile."""
    with bench.act(Act.EDIT_DISCUSSION) as work:
        before = work.require(Discussion, discussion_id)
        after = replace(before, **changed)
        lone = after.company is Company.ALONE
        work.put(replace(after, companion="" if lone else one_line(after.companion)))
        work.say(role_map=before.map_title)


def close(bench: Workbench, discussion_id: str, field: str, text: str) -> None:
    """One of the things that are agreed at the end of the discussion."""
    if field not in CLOSING_FIELDS:
        raise ValueError(field)
    edit(bench, discussion_id, **{field: text.strip()})


def choose_roles(bench: Workbench, discussion_id: str, role_ids: Sequence[str]) -> None:
    """The discussion goes through these roles in this order.

    Of a role left out what was said goes too, and undo brings it back.
    """
    with bench.act(Act.CHOOSE_DISCUSSED) as work:
        discussion = work.require(Discussion, discussion_id)
        _put_roles(work, discussion, role_ids)
        work.say(role_map=discussion.map_title)


def mark(bench: Workbench, talk_id: str, step: Step | None) -> None:
    """Where the person sees the role on the scale; None takes the mark away."""
    with bench.act(Act.MARK_STEP) as work:
        talk = work.require(RoleTalk, talk_id)
        work.put(replace(talk, step=step))
        work.say(role=talk.role_name)


def write(bench: Workbench, talk_id: str, field: str, text: str) -> None:
    """What was said of the role: one field; the others stay as they are."""
    if field not in TALK_FIELDS:
        raise ValueError(field)
    with bench.act(Act.WRITE_OF_ROLE) as work:
        talk = work.require(RoleTalk, talk_id)
        written: dict[str, Any] = {field: text.strip()}
        work.put(replace(talk, **written))
        work.say(role=talk.role_name)


def remove(bench: Workbench, discussion_id: str) -> None:
    """The discussion with all that was said in it. Undo brings it back: see ``erasing``."""
    with bench.act(Act.REMOVE_DISCUSSION) as work:
        gone = work.require(Discussion, discussion_id)
        talks = work.rows.find(RoleTalk, discussion_id=discussion_id)
        work.remove(RoleTalk, [talk.id for talk in talks])
        work.remove(Discussion, [discussion_id])
        work.say(role_map=gone.map_title)


def discussions(bench: Workbench) -> list[Discussion]:
    """Every discussion of the study, the newest first."""
    with bench.store.reading() as rows:
        found = rows.find(Discussion)
    return sorted(found, key=lambda one: (one.day, one.created_at, one.id), reverse=True)


def talks_of(bench: Workbench, discussion_ids: Sequence[str]) -> dict[str, list[RoleTalk]]:
    """Discussion -> what was said of each role, in the order it was gone through."""
    found: dict[str, list[RoleTalk]] = {id: [] for id in discussion_ids}
    with bench.store.reading() as rows:
        for talk in rows.find(RoleTalk, discussion_id=tuple(discussion_ids)):
            found[talk.discussion_id].append(talk)
    for talks in found.values():
        talks.sort(key=lambda talk: (talk.position, talk.id))
    return found


def _put_roles(work: Work, discussion: Discussion, role_ids: Sequence[str]) -> None:
    there = {talk.role_id: talk for talk in work.rows.find(RoleTalk, discussion_id=discussion.id)}
    wanted = list(dict.fromkeys(role_ids))
    work.remove(RoleTalk, [talk.id for id, talk in there.items() if id not in wanted])
    for position, role_id in enumerate(wanted):
        if role_id in there:
            work.put(replace(there[role_id], position=position))
        else:
            role = work.require(Role, role_id)
            work.put(RoleTalk(work.bench.new_id(), discussion.id, role_id, role.name, position))


def _in_order(work: Work, map_id: str) -> list[Role]:
    roles = work.rows.find(Role, map_id=map_id)
    return sorted(roles, key=lambda role: (not role.central, role.position, role.name))
