"""Threads: comments and questions about categories, reductions and roles, replies, and resolving.

A thread is as deep as one reply: whoever answers a reply writes the next one under the same first
remark. Everyone may reply and resolve; words are changed and removed by their writer only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import ChangedMeanwhile, QualcodeError, UnknownRow
from qualcode.domain.review import SPOKEN_OF, Remark, RemarkKind, RemarkRead, read_id
from qualcode.store.kinds import KINDS
from qualcode.store.repository import Reading
from qualcode.store.review_views import ThreadQuery
from qualcode.store.views import Page
from qualcode.workbench import memo_links
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.memo_links import Thing

LONGEST = 5_000
SAID = 80
"""How much of a remark the log repeats."""


class EmptyRemark(QualcodeError):
    template = "A comment needs words. Write what you think or what you ask."


class LongRemark(QualcodeError):
    template = "The comment has {length} characters and at most {most} can be kept. Shorten it."


class NotYourRemark(QualcodeError):
    template = "This was written by {who}, and only they can change or remove it. Reply to it."


class HasReplies(QualcodeError):
    template = (
        "Others have replied to this, so it is not removed: their words would hang in the air. "
        "Resolve the thread instead."
    )


@dataclass(frozen=True)
class Thread:
    """A first remark with its replies, oldest first, and what they are about."""

    first: Remark
    replies: tuple[Remark, ...]
    about: Thing
    unread: frozenset[str]

    @property
    def open(self) -> bool:
        return not self.first.resolved_at


def say(
    bench: Workbench,
    about_kind: str,
    about_id: str,
    text: str,
    kind: RemarkKind = RemarkKind.COMMENT,
) -> Remark:
    """A new thread about a category, a reduction or a role."""
    if about_kind not in SPOKEN_OF:
        raise UnknownRow(kind=about_kind, id=about_id)
    text = _checked(text)
    with bench.act(Act.REMARK) as work:
        work.require(KINDS[about_kind].cls, about_id)
        label = _label(work, about_kind, about_id)
        remark = Remark(
            bench.new_id(),
            about_kind,
            about_id,
            text,
            kind,
            about_label=label,
            created_by=bench.coder,
            created_at=bench.clock(),
        )
        work.put(remark)
        _tell(work, remark, label)
        if kind is RemarkKind.QUESTION:
            work.say(asked=one_line(text)[:SAID])
    return remark


def reply(bench: Workbench, first_id: str, text: str) -> Remark:
    """A reply to a thread; whoever replies has read it."""
    text = _checked(text)
    with bench.act(Act.REMARK) as work:
        first = work.require(Remark, first_id)
        if first.reply_to is not None:
            first = work.require(Remark, first.reply_to)
        remark = Remark(
            bench.new_id(),
            first.about_kind,
            first.about_id,
            text,
            reply_to=first.id,
            about_label=first.about_label,
            created_by=bench.coder,
            created_at=bench.clock(),
        )
        work.put(remark)
        _read(work, [first, *work.rows.find(Remark, reply_to=first.id)])
        work.say(to=first.created_by)
        _tell(work, remark, _label(work, first.about_kind, first.about_id) or first.about_label)
    return remark


def change(bench: Workbench, remark_id: str, text: str, seen: str | None = None) -> Remark:
    """The writer's own remark in other words; ``seen`` is what they had before their eyes."""
    text = _checked(text)
    with bench.act(Act.CHANGE_REMARK) as work:
        old = _own(work, remark_id)
        if seen is not None and seen != old.text:
            raise ChangedMeanwhile(kind="remark", who=old.created_by, now=old.text, yours=text)
        if text == old.text:
            return old
        new = replace(old, text=text, changed_at=bench.clock())
        work.put(new)
        _tell(work, new, old.about_label)
    return new


def remove(bench: Workbench, remark_id: str) -> None:
    """The writer's own remark goes, unless somebody has replied to it."""
    with bench.act(Act.REMOVE_REMARK) as work:
        old = _own(work, remark_id)
        if work.rows.count(Remark, reply_to=remark_id):
            raise HasReplies()
        _tell(work, old, old.about_label)
        work.remove(Remark, [remark_id])


def resolve(bench: Workbench, first_id: str) -> None:
    """The thread is settled: it stays readable, and no longer waits for anybody."""
    with bench.act(Act.RESOLVE_REMARK) as work:
        first = work.require(Remark, first_id)
        work.put(replace(first, resolved_by=bench.coder, resolved_at=bench.clock()))
        _read(work, [first, *work.rows.find(Remark, reply_to=first.id)])
        _tell(work, first, first.about_label)


def reopen(bench: Workbench, first_id: str) -> None:
    with bench.act(Act.REOPEN_REMARK) as work:
        first = work.require(Remark, first_id)
        work.put(replace(first, resolved_by="", resolved_at=""))
        _tell(work, first, first.about_label)


def read(bench: Workbench, remark_ids: Sequence[str]) -> None:
    """These remarks are read: they are no longer counted among what is new to this person."""
    with bench.act(Act.READ_REMARKS) as work:
        remarks = work.rows.find(Remark, id=tuple(remark_ids))
        _read(work, remarks)
        work.say(count=len(remarks))


def note_read(work: Work, about_kind: str, ids: Sequence[str]) -> None:
    """Inside another act: all that is said of these things is read."""
    unread = work.rows.unread_remarks(work.bench.coder, about_kind, ids)
    _read(work, work.rows.find(Remark, id=tuple(unread)) if unread else [])


# --- reading ----------------------------------------------------------------------------------


def browse(bench: Workbench, query: ThreadQuery, offset: int, limit: int) -> Page[Thread]:
    """Threads with their replies, the newest first."""
    with bench.store.reading() as rows:
        page = rows.threads(query, offset, limit)
        threads = _threads(rows, bench, page.rows)
    return Page(threads, page.total, page.offset, page.limit)


def about(bench: Workbench, kind: str, ids: Sequence[str], most: int = 200) -> tuple[Thread, ...]:
    """The threads about these things, open ones first."""
    found = browse(bench, ThreadQuery(about=(kind, tuple(ids))), 0, most).rows
    return tuple(sorted(found, key=lambda thread: not thread.open))


def _threads(rows: Reading, bench: Workbench, firsts: Sequence[Remark]) -> tuple[Thread, ...]:
    replies: dict[str, list[Remark]] = defaultdict(list)
    ids = tuple(first.id for first in firsts)
    for remark in rows.find(Remark, reply_to=ids) if ids else []:
        replies[remark.reply_to or ""].append(remark)
    named: dict[str, list[str]] = defaultdict(list)
    for first in firsts:
        named[first.about_kind].append(first.about_id)
    things: dict[tuple[str, str], Thing] = {}
    unread: set[str] = set()
    for kind, about_ids in named.items():
        found = memo_links.things(rows, kind, about_ids, bench.language)
        things.update({(kind, id): thing for id, thing in found.items()})
        unread.update(rows.unread_remarks(bench.coder, kind, about_ids))
    made = []
    for first in firsts:
        mine = sorted(replies[first.id], key=lambda one: (one.created_at, one.id))
        thing = things.get((first.about_kind, first.about_id)) or Thing(
            first.about_kind, first.about_id, first.about_label, there=False
        )
        here = {first.id, *(one.id for one in mine)}
        made.append(Thread(first, tuple(mine), thing, frozenset(here & unread)))
    return tuple(made)


# --- what the acts share ----------------------------------------------------------------------


def _own(work: Work, remark_id: str) -> Remark:
    remark = work.require(Remark, remark_id)
    if remark.created_by != work.bench.coder:
        raise NotYourRemark(who=remark.created_by)
    return remark


def _read(work: Work, remarks: Sequence[Remark]) -> None:
    who = work.bench.coder
    for remark in remarks:
        if remark.created_by != who:
            work.put(RemarkRead(read_id(who, remark.id), remark.id, who))


def _label(work: Work, kind: str, id: str) -> str:
    thing = memo_links.thing(work.rows, kind, id, work.bench.language)
    return thing.label if thing else ""


def _tell(work: Work, remark: Remark, label: str) -> None:
    work.say(about=label, remark=one_line(remark.text)[:SAID])


def _checked(text: str) -> str:
    text = normalise(text).strip()
    if not text:
        raise EmptyRemark()
    if len(text) > LONGEST:
        raise LongRemark(length=len(text), most=LONGEST)
    return text
