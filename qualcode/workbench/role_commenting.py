"""Comments on role maps as acts: who said it, when, and where it stands."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.decisions import Act
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.workbench.bench import Work, Workbench


def comment(
    bench: Workbench,
    map_id: str,
    role_id: str | None,
    text: str,
    author: str = "",
    when: str = "",
    source: str = "",
) -> RoleComment:
    """A comment on the role, or on the whole map."""
    with bench.act(Act.COMMENT_ROLE) as work:
        made = RoleComment(
            bench.new_id(),
            map_id,
            role_id,
            text.strip(),
            _about(work, map_id, role_id),
            author.strip(),
            when.strip(),
            source.strip(),
            bench.coder,
            bench.clock(),
        )
        work.put(made)
        work.say(about=made.about)
    return made


def change(bench: Workbench, changed: RoleComment) -> None:
    """The comment as given; it may be moved to another role of the map."""
    with bench.act(Act.CHANGE_ROLE_COMMENT) as work:
        before = work.require(RoleComment, changed.id)
        moved = before.role_id != changed.role_id
        about = _about(work, changed.map_id, changed.role_id) if moved else before.about
        work.put(replace(changed, text=changed.text.strip(), about=about))
        work.say(about=about)


def remove(bench: Workbench, comment_id: str) -> None:
    with bench.act(Act.REMOVE_ROLE_COMMENT) as work:
        gone = work.require(RoleComment, comment_id)
        work.remove(RoleComment, [comment_id])
        work.say(about=gone.about)


def comments_on(bench: Workbench, map_id: str) -> list[RoleComment]:
    """The map's comments in the order they were entered, those on the whole map among them."""
    with bench.store.reading() as rows:
        found = rows.find(RoleComment, map_id=map_id)
    return sorted(found, key=lambda row: (row.created_at, row.id))


def _about(work: Work, map_id: str, role_id: str | None) -> str:
    """What the commented thing is called today."""
    role_map = work.require(RoleMap, map_id)
    return work.require(Role, role_id).name if role_id else role_map.title
