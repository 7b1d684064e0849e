"""A survey brought in: its forms, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    DocumentKind,
    Item,
    ItemKind,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.domain.errors import UnknownRow
from qualcode.domain.instruments import FormItem, Instrument, ItemLink
from qualcode.domain.rounds import Gathering
from qualcode.readers.survey import ItemRow, SurveyReading, TextRow
from qualcode.workbench import stances
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.counted_once import check_columns
from qualcode.workbench.form_links import as_asked, read_anew
from qualcode.workbench.form_of_survey import FormOfFile
from qualcode.workbench.importing.sources import Imported, answers_in, keep, new_source


def import_survey(
    bench: Workbench,
    file: str,
    data: bytes,
    reading: SurveyReading,
    *,
    again: bool = False,
    sent: int | None = None,
    form: FormOfFile | None = None,
) -> Imported:
    """A survey's forms: a respondent each, their open answers as texts, their closed answers.

    Texts stand in the study question by question. ``sent`` is how many forms were sent out, and
    ``form`` is the one they were answered on: its questions are bound in the same act.
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
        found = _questions(work, source, reading)
        bound = _Bound() if form is None else _bind(work, source, form, reading.items, found)
        items = _asked_once(found, bound.asked)
        first = {item.id: n for n, item in reversed(list(enumerate(items)))}
        ordered = sorted(
            reading.texts, key=lambda t: (first[items[t.item].id], t.respondent, t.item)
        )
        documents = _answers(work, source, ordered, people, items)
        stood = stances.imported(
            bench, people, ((d, t.marks) for d, t in zip(documents, ordered, strict=True))
        )
        closed = [
            bound.read(
                found[c.item],
                ClosedAnswer(
                    bench.new_id(),
                    source.id,
                    items[c.item].id,
                    c.state,
                    c.value,
                    c.raw,
                    people[c.respondent].id,
                    provenance=c.provenance,
                ),
            )
            for c in reading.closed
        ]
        result = Imported(
            source,
            len(people),
            len(first),
            len(documents),
            sum(d.set_aside for d in documents),
            answers_in(closed, ClosedState.ANSWERED),
            reading.dropped_cells,
            reading.problems,
            answers_in(closed, ClosedState.MISSING),
            answers_in(closed, ClosedState.UNINTERPRETABLE),
            len(stood) // 2,
            sum(link.id in first for link in bound.links),
        )
        questions = [item for n, item in enumerate(items) if first[item.id] == n]
        ties = [link for link in bound.links if link.id in first]
        of_form = [bound.gathering] if bound.gathering else []
        came_in = [source, *people, *questions, *documents, *stood, *closed, *ties, *of_form]
        keep(work, result, came_in)
        if bound.asked:
            work.say(form=bound.form)
    return result


@dataclass(frozen=True)
class _Bound:
    """The questions of the file (by id) that a form asked, and the rows that tie them to it."""

    form: str = ""
    asked: dict[str, FormItem] = field(default_factory=dict)
    links: tuple[ItemLink, ...] = ()
    gathering: Gathering | None = None

    def read(self, item: Item, answer: ClosedAnswer) -> ClosedAnswer:
        """The answer by the options of the form as they are now, whatever was seen on the way."""
        asked = self.asked.get(item.id)
        if asked is None or not asked.options or not item.kind.is_closed:
            return answer
        many = item.kind is ItemKind.MULTIPLE_CHOICE
        return read_anew(answer, item.options, asked.options, many)


def _bind(
    work: Work, source: Source, form: FormOfFile, rows: Sequence[ItemRow], items: Sequence[Item]
) -> _Bound:
    name = work.require(Instrument, form.form_id).name
    by_id = {one.id: one for one in work.rows.find(FormItem, instrument_id=form.form_id)}
    asked: dict[str, FormItem] = {}
    bound: dict[str, str] = {}
    for row, item in zip(rows, items, strict=True):
        id = next((form.asked[letter] for letter in row.columns if letter in form.asked), None)
        if id is None:
            continue
        if id not in by_id:
            # Taken out of the form in another window since it was chosen here.
            raise UnknownRow(kind="form_item", id=id)
        asked[item.id] = by_id[id]
        bound |= dict.fromkeys(row.columns, id)
    check_columns(source.name, rows, bound, by_id)
    links = tuple(ItemLink(item_id, one.id) for item_id, one in asked.items())
    return _Bound(name, asked, links, Gathering(source.id, None, form.form_id) if asked else None)


def _asked_once(found: Sequence[Item], asked: Mapping[str, FormItem]) -> list[Item]:
    """The questions as the form has them. An answer that goes on in another column ("jatkuu
    kääntöpuolella") is an answer to the same question; named parts of one stay apart."""
    once: dict[str, Item] = {}
    items: list[Item] = []
    for item in found:
        one = asked.get(item.id)
        if one is None:
            items.append(item)
            continue
        bound = as_asked(item, one)
        goes_on = item.kind.is_text and not one.parts
        items.append(once.setdefault(one.id, bound) if goes_on else bound)
    return items


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
