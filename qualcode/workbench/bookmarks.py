"""Places in the texts that a reader wants to come back to, each reader's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source
from qualcode.domain.errors import AlreadyThere, SegmentOutsideText
from qualcode.domain.reading_places import Bookmark
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench

QUOTE_LENGTH = 60
"""How much of a text tells where a bookmark is."""


@dataclass(frozen=True)
class Place:
    """A bookmark, the words that stand at it, and whose text it is in."""

    bookmark: Bookmark
    quote: str
    label: str


def add(
    bench: Workbench,
    document_id: str,
    position: int,
    bookmark_id: str | None = None,
    note: str = "",
) -> Bookmark:
    """A bookmark of this reader at a position of a text; the one that is there already stays."""
    with bench.act(Act.ADD_BOOKMARK) as work:
        document = work.require(Document, document_id)
        if not 0 <= position < max(1, len(document.text)):
            raise SegmentOutsideText(
                document=document_id, start=position, end=position, length=len(document.text)
            )
        there = work.rows.find(
            Bookmark, document_id=document_id, position=position, coder=bench.coder
        )
        if there:
            return there[0]
        if bookmark_id is not None and work.rows.get(Bookmark, bookmark_id) is not None:
            raise AlreadyThere(kind="bookmark")
        bookmark = Bookmark(
            bookmark_id or bench.new_id(), document_id, position, bench.coder, note, bench.clock()
        )
        work.put(bookmark)
        work.say(quote=quote(document, position), document=document_id)
    return bookmark


def remove(bench: Workbench, bookmark_id: str) -> None:
    """The bookmark goes."""
    with bench.act(Act.REMOVE_BOOKMARK) as work:
        bookmark = work.require(Bookmark, bookmark_id)
        document = work.require(Document, bookmark.document_id)
        work.remove(Bookmark, [bookmark_id])
        work.say(quote=quote(document, bookmark.position), document=document.id)


def of_reader(
    rows: Reading, coder: str, document_ids: Sequence[str] | None = None
) -> tuple[Place, ...]:
    """The reader's bookmarks in the order of the study, in all texts or in these."""
    found = (
        rows.find(Bookmark, coder=coder)
        if document_ids is None
        else rows.find(Bookmark, coder=coder, document_id=tuple(document_ids))
    )
    texts = {d.id: d for d in rows.find(Document, id=tuple({b.document_id for b in found}))}
    people = {r.id: r.label for r in rows.find(Respondent, id=_ids(texts, "respondent_id"))}
    files = {s.id: s.name for s in rows.find(Source, id=_ids(texts, "source_id"))}
    found.sort(key=lambda b: (texts[b.document_id].position, b.document_id, b.position, b.id))
    places = []
    for bookmark in found:
        text = texts[bookmark.document_id]
        label = people.get(text.respondent_id or "") or files[text.source_id]
        places.append(Place(bookmark, quote(text, bookmark.position), label))
    return tuple(places)


def _ids(texts: Mapping[str, Document], field: str) -> tuple[str, ...]:
    named = {getattr(text, field) for text in texts.values()}
    return tuple(id for id in named if id is not None)


def quote(document: Document, position: int) -> str:
    """The words that follow a position, cut between words when they are many."""
    ahead = document.text[position : position + 4 * QUOTE_LENGTH].split()
    words = " ".join(ahead)
    if len(words) <= QUOTE_LENGTH:
        return words
    return words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
