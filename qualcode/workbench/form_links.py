"""The material's questions bound to those of a form: what each answer was asked with.

A bound question takes its number, section, theme and options from the form. A closed answer that is
no option of the form becomes uninterpretable; what was written stays beside it, and counts again
when a form bound later has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, ItemKind, Source
from qualcode.domain.errors import UnknownRow
from qualcode.domain.instruments import AskedAs, FormItem, Instrument, ItemLink
from qualcode.domain.options import same_option
from qualcode.domain.rounds import Gathering
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.counted_once import check_items
from qualcode.workbench.form_matching import Asking, matched
from qualcode.workbench.instruments import items_of


@dataclass(frozen=True)
class LinkOffer:
    """A question of the material and the question of the form that it seems to be, if any."""

    item: Item
    asked: FormItem | None
    linked: bool = False


@dataclass(frozen=True)
class Linked:
    """What binding did: questions bound, closed answers read anew, and those that fit no option."""

    bound: int = 0
    read_anew: int = 0
    not_options: int = 0


def offers(bench: Workbench, source_id: str, form_id: str) -> list[LinkOffer]:
    """For each question of the file the likeliest of the form: bound already, of the same text, of
    the same number and some of the words, or of much the same words. Nothing is bound by this."""
    with bench.store.reading() as rows:
        form = rows.get(Instrument, form_id)
        items = sorted(rows.find(Item, source_id=source_id), key=lambda i: (i.position, i.id))
        asked = items_of(rows, form_id)
        ids = tuple(item.id for item in items)
        links = {link.id: link.asked_id for link in rows.find(ItemLink, id=ids)}
    by_id = {one.id: one for one in asked}
    bound = {id: by_id[links[id]] for id in ids if links.get(id) in by_id}
    # What another group was asked is on another form.
    own = [item for item in items if item.id in bound or not _of_others(form, item)]
    held = {n: bound[item.id] for n, item in enumerate(own) if item.id in bound}
    found = matched([_asking(item) for item in own], asked, held=held)
    offered = {own[n].id: match.one for n, match in found.items()}
    return [
        LinkOffer(item, bound.get(item.id) or offered.get(item.id), item.id in bound)
        for item in items
    ]


def link(bench: Workbench, source_id: str, form_id: str, pairs: Mapping[str, str | None]) -> Linked:
    """Each question of the file (its id) bound to a question of the form, or to none (None)."""
    with bench.act(Act.LINK_ITEMS) as work:
        source = work.require(Source, source_id)
        form = work.require(Instrument, form_id)
        asked = {one.id: one for one in items_of(work.rows, form_id)}
        done = Linked()
        _check(work, source, pairs, asked)
        for item_id, asked_id in pairs.items():
            item = work.require(Item, item_id)
            if asked_id is None:
                bound = work.rows.get(ItemLink, item_id)
                if bound is not None and bound.asked_id in asked:
                    work.remove(ItemLink, [item_id])
                continue
            if asked_id not in asked:
                # Taken out of the form in another window since it was chosen here.
                raise UnknownRow(kind="form_item", id=asked_id)
            done = _bind(work, item, asked[asked_id], done)
        old = work.rows.get(Gathering, source_id) or Gathering(source_id)
        if done.bound:
            work.put(replace(old, instrument_id=form_id))
        elif old.instrument_id == form_id:
            work.put(replace(old, instrument_id=None))
        work.say(file=source.name, form=form.name, count=done.bound)
    return done


def _check(
    work: Work, source: Source, pairs: Mapping[str, str | None], asked: Mapping[str, FormItem]
) -> None:
    """No question of the form is that of two closed ones, also counting those bound earlier."""
    items = sorted(work.rows.find(Item, source_id=source.id), key=lambda i: (i.position, i.id))
    ids = tuple(item.id for item in items)
    earlier = {link.id: link.asked_id for link in work.rows.find(ItemLink, id=ids)}
    bound = {id: pairs.get(id, earlier.get(id)) or "" for id in ids}
    check_items(source.name, items, {id: asked[one] for id, one in bound.items() if one in asked})


def unlink(bench: Workbench, source_id: str, form_id: str) -> None:
    """The file's questions are not bound to this form; what they took from it stays."""
    with bench.act(Act.UNLINK_ITEMS) as work:
        source = work.require(Source, source_id)
        form = work.require(Instrument, form_id)
        work.remove(ItemLink, _bound(work.rows, source_id, form_id))
        gathering = work.rows.get(Gathering, source_id)
        if gathering is not None and gathering.instrument_id == form_id:
            work.put(replace(gathering, instrument_id=None))
        work.say(file=source.name, form=form.name)


def bound_sources(rows: Reading, form_id: str) -> set[str]:
    """The files some question of which is bound to this form."""
    asked = tuple(one.id for one in items_of(rows, form_id))
    ids = tuple(link.id for link in rows.find(ItemLink, asked_id=asked))
    return {item.source_id for item in rows.find(Item, id=ids)}


def as_asked(item: Item, asked: FormItem) -> Item:
    """The question of the material with what the form tells of it; its words stay the file's."""
    return replace(
        item,
        number=asked.number or item.number,
        section=asked.section or item.section,
        theme=asked.theme or item.theme,
        options=asked.options or item.options,
    )


def _of_others(form: Instrument | None, item: Item) -> bool:
    groups = {form.actor_group if form is not None else "", item.actor_group} - {""}
    return len(groups) > 1


def _asking(item: Item) -> Asking:
    """How it was answered is known, so it is offered nothing that is answered otherwise."""
    kind = item.kind
    if not (kind.is_closed or kind.is_text):
        return Asking(item.text, item.number)
    only_as = tuple(one for one in AskedAs if one.is_closed is kind.is_closed)
    return Asking(item.text, item.number, kind.is_text, only_as)


def _bound(rows: Reading, source_id: str, form_id: str) -> list[str]:
    asked = {one.id for one in items_of(rows, form_id)}
    ids = tuple(item.id for item in rows.find(Item, source_id=source_id))
    return [link.id for link in rows.find(ItemLink, id=ids) if link.asked_id in asked]


def _bind(work: Work, item: Item, asked: FormItem, done: Linked) -> Linked:
    work.put(ItemLink(item.id, asked.id))
    work.put(as_asked(item, asked))
    anew = wrong = 0
    if item.kind.is_closed and asked.options:
        for answer in work.rows.find(ClosedAnswer, item_id=item.id):
            many = item.kind is ItemKind.MULTIPLE_CHOICE
            read = read_anew(answer, item.options, asked.options, many)
            if read != answer:
                work.put(read)
                anew += 1
                wrong += read.state is ClosedState.UNINTERPRETABLE
    return Linked(done.bound + 1, done.read_anew + anew, done.not_options + wrong)


def read_anew(
    answer: ClosedAnswer, before: tuple[str, ...], options: tuple[str, ...], many: bool
) -> ClosedAnswer:
    """The answer by the options of a form; what was written is kept beside it."""
    if answer.state is ClosedState.UNINTERPRETABLE:
        # It fitted no option of another form; one that did fit was judged so by a person.
        option = same_option(options, answer.raw)
        if option is not None and same_option(before, answer.raw) is None:
            return replace(answer, state=ClosedState.ANSWERED, value=option)
        return answer
    if answer.state is not ClosedState.ANSWERED or answer.value in options:
        return answer
    option = same_option(options, answer.value)
    if option is not None:
        return replace(answer, value=option, raw=answer.raw or answer.value)
    if many:
        # "Muu, mikä?" has words of its own beside the options.
        return answer
    return replace(
        answer,
        state=ClosedState.UNINTERPRETABLE,
        value="",
        raw=answer.raw or answer.value,
    )
