"""A transcript, diary or memo brought in: as one text, or turn by turn."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, DocumentKind, Respondent, SourceKind
from qualcode.readers.texts import TextReading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing.sources import Imported, keep, new_source


def import_text(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: TextReading,
    *,
    actor_group: str = "",
    again: bool = False,
) -> Imported:
    """A transcript, diary or memo: one text, or one a paragraph or turn as it was read.

    Each speaker of a transcript is a respondent, the interviewer is none: those turns are set
    aside.
    """
    with bench.act(Act.IMPORT) as work:
        source = new_source(work, file, data, SourceKind.TEXT, again)
        new = bench.new_id
        speakers: dict[str, Respondent] = {}
        has_turns = any("speaker" in part.attributes for part in reading.documents)
        begun = False
        documents: list[Document] = []
        first_text = work.rows.last_position(Document) + 1
        for part in reading.documents:
            speaker = part.attributes.get("speaker", "")
            asks = "interviewer" in part.attributes
            # What stands before the first turn of a transcript is nobody's words.
            begun = begun or bool(speaker)
            is_heading = has_turns and not begun
            label = speaker or reading.title or file
            if not (asks or is_heading) and label not in speakers:
                speakers[label] = Respondent(
                    new(), source.id, label, actor_group, {}, len(speakers)
                )
            whose = speakers.get(label)
            documents.append(
                Document(
                    new(),
                    source.id,
                    part.text,
                    DocumentKind.TEXT,
                    whose.id if whose else None,
                    None,
                    part.set_aside or asks,
                    dict(part.attributes),
                    part.provenance,
                    first_text + len(documents),
                )
            )
        result = Imported(
            source,
            len(speakers),
            0,
            len(documents),
            sum(d.set_aside for d in documents),
            problems=reading.problems,
        )
        keep(work, result, [source, *speakers.values(), *documents])
    return result
