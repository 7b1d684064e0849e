"""What stands behind a number of the report: the way down from a count to the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.documents import ClosedAnswer, Document, Item, question_name
from qualcode.exports.report import Report
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, Page
from qualcode.workbench import whereabouts
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True)
class Behind:
    """One piece of evidence as a person reads it.

    ``place`` is where it stood in the imported file, ``document_id`` the text to open (None for a
    closed answer), ``count`` how many answers a printed count stands for.
    """

    id: str
    text: str
    speaker: str
    question: str
    place: str
    document_id: str | None = None
    count: int = 1


def behind(
    bench: Workbench, report: Report, evidence: Sequence[str], offset: int = 0, limit: int = 20
) -> Page[Behind]:
    """A page of what the ids of a cell's evidence stand for, in their order."""
    ids = list(dict.fromkeys(id for id in evidence if id in report.traces))
    wanted = ids[offset : offset + limit]
    with bench.store.reading() as rows:
        found = {
            **_expressions(rows, bench, report, wanted),
            **_documents(rows, bench, report, wanted),
            **_closed(rows, bench, report, wanted),
        }
    return Page(tuple(found[id] for id in wanted if id in found), len(ids), offset, limit)


def _expressions(
    rows: Reading, bench: Workbench, report: Report, ids: list[str]
) -> dict[str, Behind]:
    query = ExpressionQuery(segment_ids=tuple(ids))
    return {
        row.segment_id: Behind(
            row.segment_id,
            row.text,
            report.traces[row.segment_id].speaker,
            question_name(row.item_number, row.item_text),
            whereabouts.place(bench.reviewing, row.provenance),
            row.document_id,
        )
        for row in rows.expressions(query, 0, max(len(ids), 1)).rows
    }


def _documents(
    rows: Reading, bench: Workbench, report: Report, ids: list[str]
) -> dict[str, Behind]:
    found = rows.find(Document, id=tuple(ids))
    questions = _questions(rows, [row.item_id for row in found])
    return {
        row.id: Behind(
            row.id,
            row.text,
            report.traces[row.id].speaker,
            questions.get(row.item_id or "", ""),
            whereabouts.place(bench.reviewing, row.provenance),
            row.id,
        )
        for row in found
    }


def _closed(rows: Reading, bench: Workbench, report: Report, ids: list[str]) -> dict[str, Behind]:
    found = rows.find(ClosedAnswer, id=tuple(ids))
    questions = _questions(rows, [row.item_id for row in found])
    return {
        row.id: Behind(
            row.id,
            row.value or row.raw if bench.reviewing else row.raw or row.value,
            report.traces[row.id].speaker,
            questions.get(row.item_id, ""),
            whereabouts.place(bench.reviewing, row.provenance),
            count=row.count,
        )
        for row in found
    }


def _questions(rows: Reading, item_ids: Sequence[str | None]) -> dict[str, str]:
    wanted = tuple({id for id in item_ids if id is not None})
    return {
        item.id: question_name(item.number, item.text)
        for item in (rows.find(Item, id=wanted) if wanted else [])
    }
