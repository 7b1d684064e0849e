"""A survey brought in: its forms, question by question."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    DocumentKind,
    Item,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.readers.survey import SurveyReading, TextRow
from qualcode.workbench import stances
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.importing.sources import Imported, answers_in, keep, new_source


def import_survey(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: SurveyReading,
    *,
    again: bool = False,
    sent: int | None = None,
) -> Imported:
    """A survey's forms: a respondent each, their open answers as texts, their closed answers.

    Texts stand in the study question by question. ``sent`` is how many forms were sent out.
    Raises AlreadyImported when the same file is in the study, unless ``again`` says so.
    """
    with bench.act(Act.IMPORT) as work:
        source = new_source(work, file, data, SourceKind.SURVEY, again, sent)
        people = [
            Respondent(
                bench.new_id(), source.id, r.label, r.actor_group, dict(r.background), position
            )
            for position, r in enumerate(reading.respondents)
        ]
        items = _questions(work, source, reading)
        ordered = sorted(reading.texts, key=lambda t: (t.item, t.respondent))
        documents = _answers(work, source, ordered, people, items)
        stood = stances.imported(
            bench, people, ((d, t.marks) for d, t in zip(documents, ordered, strict=True))
        )
        closed = [
            ClosedAnswer(
                bench.new_id(),
                source.id,
                items[c.item].id,
                c.state,
                c.value,
                c.raw,
                people[c.respondent].id,
                provenance=c.provenance,
            )
            for c in reading.closed
        ]
        result = Imported(
            source,
            len(people),
            len(items),
            len(documents),
            sum(d.set_aside for d in documents),
            answers_in(closed, ClosedState.ANSWERED),
            reading.dropped_cells,
            reading.problems,
            answers_in(closed, ClosedState.MISSING),
            answers_in(closed, ClosedState.UNINTERPRETABLE),
            len(stood) // 2,
        )
        keep(work, result, [source, *people, *items, *documents, *stood, *closed])
    return result


def _questions(work: Work, source: Source, reading: SurveyReading) -> list[Item]:
    """The questions after those of the study; of the actor group when all forms are of one."""
    first = work.rows.last_position(Item) + 1
    groups = {r.actor_group for r in reading.respondents}
    one_group = groups.pop() if len(groups) == 1 else ""
    return [
        Item(
            work.bench.new_id(),
            source.id,
            i.text,
            i.kind,
            i.number,
            i.section,
            i.theme,
            one_group,
            tuple(i.options),
            first + position,
        )
        for position, i in enumerate(reading.items)
    ]


def _answers(
    work: Work,
    source: Source,
    ordered: Sequence[TextRow],
    people: Sequence[Respondent],
    items: Sequence[Item],
) -> list[Document]:
    """The open answers as texts, question by question."""
    first = work.rows.last_position(Document) + 1
    return [
        Document(
            work.bench.new_id(),
            source.id,
            t.text,
            DocumentKind.ANSWER,
            people[t.respondent].id,
            items[t.item].id,
            t.set_aside,
            {},
            t.provenance,
            first + position,
        )
        for position, t in enumerate(ordered)
    ]
