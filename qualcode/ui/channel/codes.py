"""One code in full: its whole texts, the newest passages coded with it, its memos.

What the marker itself is given may be cut to fit 300 codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.definitions import tells_what_belongs
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import UnknownRow
from qualcode.domain.memos import Memo
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.ui import coding_view
from qualcode.ui.channel.desks import Desk
from qualcode.ui.components.segment_marker import code_data, marker_codes, memo_links_data
from qualcode.workbench import edge, memo_links, segments

EXAMPLES = 2


def code(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{id}`` -> ``{code, counts, vague, examples, memos}``.

    ``code``: label, definition, rule and example uncut. ``vague``: the definition lists no content.
    ``examples``: [{doc, coding, quote}] the
    passages coded with it last, one's own first (``coder`` tells of somebody else's). ``memos``:
    [{id, text, links}] what is noted about it, newest first.
    """
    bench = desk.bench()
    wanted = edge.identifier(asked, "id")
    with bench.store.reading() as rows:
        found = rows.get(Code, wanted)
        book = rows.get(Codebook, found.codebook_id) if found else None
        if found is None or book is None:
            raise UnknownRow(kind="code", id=wanted)
        counts = coding_view.counts_told(rows, bench, [wanted])
        examples = _examples(rows, wanted, bench.coder)
        memos = rows.find(Memo, about_kind="code", about_id=wanted)
        things = memo_links.pointed_at(
            rows, [memo.text for memo in memos], bench.language, bench.reviewing
        )
    (full,) = marker_codes(
        [found], {book.id: book}, bench.language, gettext_for(bench.language), cut=False
    )
    memos.sort(key=lambda memo: (memo.created_at, memo.id), reverse=True)
    return {
        "code": code_data(full),
        "counts": counts,
        "vague": not tells_what_belongs(full.definition, full.label),
        "examples": examples,
        "memos": [
            {"id": memo.id, "text": text, "links": memo_links_data(text, things)}
            for memo in memos
            for text in [memo_links.told(bench.reviewing, memo.text, gettext_for(bench.language))]
        ],
    }


def _examples(rows: Reading, code_id: str, coder: str) -> list[dict[str, str]]:
    """The newest passages with the code. Texts set aside are no examples of anything."""
    told: list[dict[str, str]] = []
    for coding in sorted(
        rows.find(Coding, code_id=code_id),
        key=lambda coding: (coding.coder == coder, coding.created_at, coding.id),
        reverse=True,
    ):
        segment = rows.get(Segment, coding.segment_id)
        document = rows.get(Document, segment.document_id) if segment else None
        if segment is None or document is None or document.set_aside:
            continue
        told.append(
            {"doc": document.id, "coding": coding.id, "quote": segments.quote(segment, document)}
            | ({} if coding.coder == coder else {"coder": coding.coder})
        )
        if len(told) == EXAMPLES:
            break
    return told
