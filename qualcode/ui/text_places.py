"""What the marker is told of a text beside its marks: who speaks where, and the bookmarks in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from qualcode.domain.documents import Document
from qualcode.domain.reading_places import Bookmark
from qualcode.domain.turns import counted_words
from qualcode.store.repository import Reading
from qualcode.workbench import speakers
from qualcode.workbench.bench import Workbench


def places_told(
    rows: Reading, bench: Workbench, documents: Iterable[Document]
) -> dict[str, dict[str, Any]]:
    """Document -> ``turns`` [[start, words, end, n]], ``speakers`` [[label, interviewer]],
    ``bookmarks`` [[id, position]] of this reader, ``stances`` [[id, start, end, stance, whom it
    speaks of, who speaks, coder when it is somebody else]] and ``words``, how many words of a
    conversation are material. ``n`` counts the speakers from 0; positions are code points. A text
    that is no conversation has no turns."""
    documents = list(documents)
    said = speakers.decided(rows)
    marked = defaultdict(list)
    for bookmark in rows.find(
        Bookmark, coder=bench.coder, document_id=tuple(d.id for d in documents)
    ):
        marked[bookmark.document_id].append([bookmark.id, bookmark.position])
    stood = defaultdict(list)
    for row in rows.stances([d.id for d in documents]):
        whose = [] if row.coder == bench.coder else [row.coder]
        place = [row.id, row.start, row.end]
        stood[row.document_id].append([*place, row.stance, row.about, row.speaker, *whose])
    told = {}
    for document in documents:
        turns = speakers.shown_turns(document, said)
        asking = {turn.speaker: turn.interviewer for turn in turns}
        number = {speaker: n for n, speaker in enumerate(asking)}
        told[document.id] = {
            "turns": [[t.start, t.words, t.end, number[t.speaker]] for t in turns],
            "speakers": [[speaker, asks] for speaker, asks in asking.items()],
            "words": counted_words(document, said) if turns else None,
            "stances": stood[document.id],
            "bookmarks": sorted(marked[document.id], key=lambda mark: (mark[1], mark[0])),
        }
    return told
