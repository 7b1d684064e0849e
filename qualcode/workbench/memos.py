"""Memos: what an analyst thinks about a passage, a code, a role or the whole study, kept beside it.

Every memo can be read and changed by everyone who works on the study; the log tells who did what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise
from qualcode.domain.errors import AlreadyThere, ChangedMeanwhile, QualcodeError, UnknownRow
from qualcode.domain.markdown import plain_text
from qualcode.domain.memos import ABOUT, Memo
from qualcode.store.kinds import KINDS
from qualcode.store.repository import Reading
from qualcode.store.views import MemoQuery, Page
from qualcode.texts import gettext_for
from qualcode.workbench import memo_keeping, memo_links, segments
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.memo_links import Thing

LONGEST = 20_000
"""Characters of one memo: some ten pages."""


class EmptyMemo(QualcodeError):
    template = "A memo needs words. Write what you think, or remove the memo."


MARKS = "“”"
"""Quotation marks of any language: what a passage was called is kept in its writer's."""


class NotYourMemo(QualcodeError):
    template = (
        "This memo was written by {who}, and only they can remove it. Write a memo of your own "
        "beside it, if you think otherwise."
    )


class LongMemo(QualcodeError):
    template = (
        "The memo has {length} characters and at most {most} can be kept. "
        "Divide it into several memos."
    )


@dataclass(frozen=True)
class MemoRow:
    """A memo, what it is about, and what its links point at (link as written -> thing)."""

    memo: Memo
    about: Thing
    links: dict[str, Thing]

    @property
    def was_called(self) -> str:
        """What the thing was called when the memo was written, if it is called otherwise now."""
        was = self.memo.about_label
        return "" if was.strip(MARKS) in ("", self.about.label.strip(MARKS)) else was


# --- writing ----------------------------------------------------------------------------------


def write(
    bench: Workbench, about_kind: str, about_id: str, text: str, memo_id: str | None = None
) -> Memo:
    """A new memo about a row of the study."""
    if about_kind not in ABOUT:
        raise UnknownRow(kind=about_kind, id=about_id)
    with bench.act(Act.WRITE_MEMO) as work:
        work.require(KINDS[about_kind].cls, about_id)
        memo = _write(work, about_kind, about_id, text, memo_id)
    return memo


def write_on(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    text: str,
    memo_id: str | None = None,
) -> Memo:
    """A new memo about a passage of a text, which is marked if it is not yet.

    The passage stays marked while a memo speaks of it, coded or not.
    """
    with bench.act(Act.WRITE_MEMO) as work:
        segment, _ = segments.mark(work, document_id, start, end)
        memo = _write(work, memo_keeping.SEGMENT, segment.id, text, memo_id)
    return memo


def diary(bench: Workbench, text: str, memo_id: str | None = None) -> Memo:
    """A new memo about the study itself: a page of the research diary."""
    return write(bench, "study", STUDY_ID, text, memo_id)


def change(bench: Workbench, memo_id: str, text: str, seen: str | None = None) -> Memo:
    """The memo in other words.

    ``seen`` is the text the writer had before their eyes: when another window has changed it
    meanwhile, nothing is overwritten and both versions are told.
    """
    text = _checked(text)
    with bench.act(Act.CHANGE_MEMO) as work:
        old = work.require(Memo, memo_id)
        if seen is not None and normalise(seen).strip() != old.text:
            later = work.rows.last_change_of("memo", memo_id)
            who = later.who if later else old.created_by
            raise ChangedMeanwhile(kind="memo", who=who, now=old.text, yours=text)
        if text == old.text:
            return old
        new = replace(old, text=text, changed_at=bench.clock())
        work.put(new)
        _say(work, new)
    return new


def remove(bench: Workbench, memo_id: str) -> None:
    """The writer's own memo goes; its passage too, when nothing else hangs on it."""
    with bench.act(Act.REMOVE_MEMO) as work:
        gone = work.require(Memo, memo_id)
        if gone.created_by != bench.coder:
            raise NotYourMemo(who=gone.created_by)
        _say(work, gone)
        work.remove(Memo, [memo_id])
        if gone.about_kind == memo_keeping.SEGMENT:
            segments.forget_if_bare(work, gone.about_id)


# --- reading ----------------------------------------------------------------------------------


def about(bench: Workbench, kind: str, id: str) -> list[MemoRow]:
    """Every memo about one thing, the oldest first."""
    with bench.store.reading() as rows:
        found = rows.find(Memo, about_kind=kind, about_id=id)
        found.sort(key=lambda memo: (memo.created_at, memo.id))
        return described(rows, found, bench.language, bench.reviewing)


def browse(bench: Workbench, query: MemoQuery, offset: int, limit: int) -> Page[MemoRow]:
    """Memos that match, the newest first, a page at a time."""
    with bench.store.reading() as rows:
        page = rows.memos(query, offset, limit)
        shown = described(rows, page.rows, bench.language, bench.reviewing)
    return Page(tuple(shown), page.total, page.offset, page.limit)


def described(
    rows: Reading, memos: Sequence[Memo], language: str, reviewing: bool = False
) -> list[MemoRow]:
    """The memos with what they are about and what their links point at."""
    if reviewing:  # what was written down of a respondent may be their identifier
        memos = [replace(m, about_label="") if m.about_kind == "respondent" else m for m in memos]
        memos = [
            replace(m, text=memo_links.told(True, m.text, gettext_for(language))) for m in memos
        ]
    ids: dict[str, list[str]] = defaultdict(list)
    for memo in memos:
        ids[memo.about_kind].append(memo.about_id)
    there = {
        (kind, id): thing
        for kind, named in ids.items()
        for id, thing in memo_links.things(rows, kind, named, language, reviewing).items()
    }
    links = memo_links.pointed_at(rows, (memo.text for memo in memos), language, reviewing)
    return [
        MemoRow(
            memo,
            there.get((memo.about_kind, memo.about_id))
            or Thing(memo.about_kind, memo.about_id, memo.about_label, there=False),
            {target: links[target] for target in links if target in memo.text},
        )
        for memo in memos
    ]


def counts(bench: Workbench, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """How many memos speak of each of these; those without any are left out."""
    with bench.store.reading() as rows:
        return rows.memo_counts(kind, ids)


# --- what the acts share ----------------------------------------------------------------------


def _write(work: Work, kind: str, id: str, text: str, memo_id: str | None) -> Memo:
    bench = work.bench
    if memo_id is not None and work.rows.get(Memo, memo_id) is not None:
        raise AlreadyThere(kind="memo")
    thing = memo_links.thing(work.rows, kind, id, bench.language)
    memo = Memo(
        memo_id or bench.new_id(),
        kind,
        id,
        _checked(text),
        thing.label if thing else "",
        bench.coder,
        bench.clock(),
    )
    work.put(memo)
    _say(work, memo)
    return memo


def _say(work: Work, memo: Memo) -> None:
    thing = memo_links.thing(work.rows, memo.about_kind, memo.about_id, work.bench.language)
    label = (thing.label if thing else memo.about_label).strip(MARKS)
    if memo.about_kind == memo_keeping.SEGMENT:
        work.say(quote=label)
    elif memo.about_kind not in ("study", "respondent"):
        work.say(about=label)
    # Who somebody is, is not for the log.
    text = plain_text(memo_links.told(True, memo.text, gettext_for(work.bench.language)))
    said = "of_person" if memo.about_kind == "respondent" else "memo"
    work.say(**{said: text[: segments.QUOTE_LENGTH]})


def _checked(text: str) -> str:
    text = normalise(text).strip()
    if not text:
        raise EmptyMemo()
    if len(text) > LONGEST:
        raise LongMemo(length=len(text), most=LONGEST)
    return text
