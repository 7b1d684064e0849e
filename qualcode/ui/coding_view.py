"""What the marker is told of the study: answers, codes, counts. The page and the channel alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from qualcode.domain.codes import Code, Codebook
from qualcode.store.repository import Reading
from qualcode.store.views import Count
from qualcode.texts import gettext_for
from qualcode.ui.components.segment_marker import code_data, marker_codes, marker_row, row_data
from qualcode.ui.facet_names import facet_title, value_labels
from qualcode.ui.pages.coding_sheet import Sheet
from qualcode.ui.text_places import places_told
from qualcode.workbench import memo_links
from qualcode.workbench.bench import Workbench
from qualcode.workbench.code_counting import code_counts
from qualcode.workbench.progress_counting import reading_progress
from qualcode.workbench.saved_views import pinned, pins_in

Told = dict[str, Any]

LONGEST_TOLD_AGAIN = 1_000
"""Characters of a text that is sent along with every change of its marks."""


def rows_told(
    rows: Reading,
    bench: Workbench,
    document_ids: Sequence[str],
    *,
    with_item: bool,
    known: bool = False,
) -> list[Told]:
    """These answers as the marker shows them, in the order of the ids, whatever their state.

    ``with_item`` puts the question beside each, for pages that show several questions. ``known``:
    the window has the texts already, and a text never changes, so that long ones (and where their
    turns are) come as None.
    """
    if not document_ids:
        return []
    translate = gettext_for(bench.language)
    answers = list(rows.texts(document_ids).values())
    memos = [mark.memo.text for answer in answers for mark in answer.memos]
    things = memo_links.pointed_at(rows, memos, bench.language, bench.reviewing)
    places = places_told(rows, bench, [answer.document for answer in answers])
    found = {}
    for answer in answers:
        document = answer.document
        row = marker_row(
            answer,
            bench.coder,
            translate,
            with_item=with_item,
            reviewing=bench.reviewing,
            things=things,
        )
        found[document.id] = row_data(row) | places[document.id]
        if known and len(document.text) > LONGEST_TOLD_AGAIN:
            found[document.id] |= {"text": None, "turns": None}
    return [found[id] for id in document_ids if id in found]


def codes_in_use(rows: Reading) -> tuple[list[Code], dict[str, Codebook]]:
    """Codes of the codebooks in use, codebook by codebook in the study's order."""
    books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.id))
    order = {book.id: number for number, book in enumerate(books)}
    codes = [code for code in rows.find(Code) if code.codebook_id in order]
    codes.sort(key=lambda code: (order[code.codebook_id], code.position, code.id))
    return codes, {book.id: book for book in books}


def sheet_told(rows: Reading, bench: Workbench, sheet: Sheet) -> Told:
    """Where a sheet lies among all, with the headings of its groups in the coder's language."""
    by = sheet.query.group_by
    if by is None:
        return {**sheet.place(), "groups": []}
    values = [group.value for group in sheet.groups]
    titles = value_labels(rows, by, values, bench.language)
    groups = [
        {
            "value": group.value,
            "title": titles[group.value],
            "size": group.size,
            "ids": list(group.ids),
            "goes_on": group.goes_on,
        }
        for group in sheet.groups
    ]
    facet = facet_title(by, gettext_for(bench.language))
    return {**sheet.place(), "groups": groups, "grouped_by": {"facet": by.facet, "title": facet}}


def codes_told(rows: Reading, bench: Workbench, view_id: str | None = None) -> list[Told]:
    """The codes in use as the picker, the margin and the panel show them.

    The pins of the view they are looked at through, if it has any, go before their own keys.
    """
    codes, books = codes_in_use(rows)
    mine = pinned(codes, pins_in(rows, view_id))
    told = marker_codes(mine, books, bench.language, gettext_for(bench.language))
    return [code_data(code) for code in told]


def pinned_view(rows: Reading, view_id: str | None) -> str:
    """The view whose pins are on the keys; empty when the codes' own keys are."""
    return view_id if view_id and pins_in(rows, view_id) else ""


def counts_told(
    rows: Reading, bench: Workbench, codes: Collection[str] | None = None
) -> dict[str, list[int]]:
    """{code: [mentions, respondents]} of these codes, or of all that there are."""
    if codes is None:
        codes = [code.id for code in rows.find(Code)]
    counts = code_counts(bench.store, rows, codes) if codes else {}
    found = {id: counts.get(id, Count()) for id in codes}
    return {id: [count.mentions, count.respondents] for id, count in found.items()}


TURNS_TOLD = 30
"""Acts that can be taken back one after another before the server has answered."""


def turns_told(rows: Reading, bench: Workbench) -> dict[str, list[int]]:
    """``{undo, redo}``: the numbers of the acts that the keys would turn, the next one first."""
    return {
        "undo": rows.undoable(bench.coder, TURNS_TOLD),
        "redo": rows.redoable(bench.coder, TURNS_TOLD),
    }


def progress_told(rows: Reading, bench: Workbench) -> dict[str, int]:
    """How far the reading has come: answers, and how many of them are coded and reduced."""
    return asdict(reading_progress(bench.store, rows))
