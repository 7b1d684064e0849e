"""A file taken out of the study again."""

from __future__ import annotations

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import ClosedAnswer, Document, Item, Respondent, Segment, Source
from qualcode.domain.errors import StillInUse
from qualcode.domain.instruments import ItemLink
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.reading_places import Bookmark
from qualcode.domain.rounds import Gathering
from qualcode.domain.second_marks import ExpressionStance
from qualcode.domain.workshop_days import WorkshopSource
from qualcode.workbench import workshops
from qualcode.workbench.bench import Workbench


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
