"""Codes of the codebooks in use for whole texts, from their words and the study's codings."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document, Segment
from qualcode.domain.suggestions import Suggestion
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import Progress, engine_name, expressions, renamed
from qualcode.workbench.suggesting.allowing import only_shown
from qualcode.workbench.suggesting.dismissals import CODE, dismissed_keys, pairs


def suggest_codes(
    bench: Workbench,
    document_ids: Sequence[str] | None = None,
    *,
    limit: int | None = None,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[Suggestion]:
    """For each text that has no code yet (or those named): the three nearest codes in use.

    From the codes' names and definitions, and from the study's own codings as they grow: what the
    coded texts say, and which codes the answers to the same question got.
    """
    only_shown(bench)
    with bench.store.reading() as rows:
        documents = sorted(rows.find(Document, set_aside=False), key=lambda d: (d.position, d.id))
        in_use = tuple(b.id for b in rows.find(Codebook, in_use=True))
        codes = rows.find(Code, codebook_id=in_use) if in_use else []
        segments = {s.id: s.document_id for s in rows.find(Segment)}
        accepted = [(segments[c.segment_id], c.code_id) for c in rows.find(Coding)]
        dismissed = dismissed_keys(rows)
    coded = {document_id for document_id, _ in accepted}
    wanted = (
        list(document_ids)
        if document_ids is not None
        else [d.id for d in documents if d.id not in coded]
    )[:limit]
    if not codes or not wanted:
        return []
    name = engine_name(bench, engine)
    words = [CodeWords(c.id, c.label(bench.language), c.definition(bench.language)) for c in codes]
    texts = [
        *((d.id, d.text) for d in documents),
        *((f"name:{w.id}", w.name) for w in words),
        *((f"described:{w.id}", w.described) for w in words),
    ]
    everything = expressions(bench, name, texts, on_progress)
    suggester = CodeSuggester(
        everything.only(d.id for d in documents),
        words,
        renamed(everything, "name:"),
        renamed(everything, "described:"),
        accepted,
        engine=name,
        questions={d.id: d.item_id for d in documents if d.item_id},
    )
    already: dict[str, set[str]] = {}
    for document_id, code_id in accepted:
        already.setdefault(document_id, set()).add(code_id)
    for document_id, code_id in pairs(dismissed, CODE):
        already.setdefault(document_id, set()).add(code_id)
    known = {d.id for d in documents}
    return [suggester.suggest(id, dismissed=already.get(id, set())) for id in wanted if id in known]
