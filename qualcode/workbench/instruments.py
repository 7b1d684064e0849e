"""Forms of the study: brought in or written here, question by question, version by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import EmptyName, StillInUse, UnknownRow
from qualcode.domain.form_changes import FormChange, changes
from qualcode.domain.form_checks import FormWarning, numbered, warnings
from qualcode.domain.instruments import FormItem, Instrument, Stage
from qualcode.domain.rounds import Gathering, Sending
from qualcode.readers.forms import FormItemRow, FormRow
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.joining import joined

_OWN_TEXTS = ("text", "stem", "note")
_OWN_LINES = ("number", "section", "theme", "citation", "filter_value", "unit", "measure")


@dataclass(frozen=True)
class FormCard:
    """A version of a form as it is listed."""

    form: Instrument
    questions: int
    numbered: int
    warnings: int


@dataclass(frozen=True)
class FormSheet:
    """A version of a form with its questions in order, and what a careful reader would ask."""

    form: Instrument
    items: tuple[FormItem, ...]
    warnings: tuple[FormWarning, ...]

    def item(self, id: str | None) -> FormItem | None:
        return next((item for item in self.items if item.id == id), None)

    def warnings_of(self, id: str | None) -> list[FormWarning]:
        return [warning for warning in self.warnings if warning.item_id == id]


# --- looking -------------------------------------------------------------------------------------


def cards(bench: Workbench) -> list[FormCard]:
    """Every version of every form: families in their order, the newest version first."""
    with bench.store.reading() as rows:
        forms = rows.find(Instrument)
        items: dict[str, list[FormItem]] = {form.id: [] for form in forms}
        for item in sorted(rows.find(FormItem), key=_place):
            items[item.instrument_id].append(item)
    first = {form.id: (form.position, form.name) for form in forms}
    forms.sort(key=lambda f: (first.get(f.family, (f.position, f.name)), f.family, -f.version))
    return [
        FormCard(f, len(items[f.id]), numbered(items[f.id]), len(warnings(f, items[f.id])))
        for f in forms
    ]


def sheet(bench: Workbench, form_id: str) -> FormSheet | None:
    """The version with its questions, or None when the study has no such form."""
    with bench.store.reading() as rows:
        form = rows.get(Instrument, form_id)
        if form is None:
            return None
        items = items_of(rows, form_id)
    return FormSheet(form, tuple(items), tuple(warnings(form, items)))


def items_of(rows: Reading, form_id: str) -> list[FormItem]:
    """The questions of a version in the order of the form."""
    return sorted(rows.find(FormItem, instrument_id=form_id), key=_place)


def changes_between(bench: Workbench, older_id: str, newer_id: str) -> list[FormChange]:
    """What the newer version has otherwise than the older one."""
    with bench.store.reading() as rows:
        return changes(items_of(rows, older_id), items_of(rows, newer_id))


def as_row(bench: Workbench, form_id: str) -> FormRow:
    """The version as a plain value that is written into a file."""
    with bench.store.reading() as rows:
        form = rows.get(Instrument, form_id)
        if form is None:
            raise UnknownRow(kind="instrument", id=form_id)
        items = items_of(rows, form_id)
    place = {item.id: n for n, item in enumerate(items)}
    return FormRow(
        form.name,
        tuple(
            FormItemRow(
                item.text,
                item.asked_as,
                item.number,
                item.section,
                item.theme,
                item.options,
                item.stem,
                item.citation,
                item.parts,
                place.get(item.follows or ""),
                place.get(item.filter_of or ""),
                item.filter_value,
                item.unit,
                item.measure,
                item.note,
            )
            for item in items
        ),
        form.actor_group,
        form.stage,
        form.stated,
        form.cover_letter,
        form.feedback,
        form.note,
    )


# --- forms ---------------------------------------------------------------------------------------


def define(bench: Workbench, forms: Sequence[FormRow]) -> list[Instrument]:
    """The forms as new ones of the study, in one act; a form without questions may be begun."""
    made: list[Instrument] = []
    with bench.act(Act.DEFINE_FORM) as work:
        position = work.rows.count(Instrument)
        for row in forms:
            name = one_line(row.name)
            if not name:
                raise EmptyName()
            id = bench.new_id()
            form = Instrument(
                id,
                name,
                id,
                one_line(row.actor_group),
                1,
                row.stage,
                row.stated,
                normalise(row.cover_letter).strip(),
                normalise(row.feedback).strip(),
                normalise(row.note).strip(),
                position + len(made),
            )
            made.append(form)
            ids = [bench.new_id() for _ in row.items]
            items = [_item_of(row, form.id, ids, n) for n, row in enumerate(row.items)]
            work.add([form, *items])
        names = ", ".join(form.name for form in made)
        questions = sum(len(row.items) for row in forms)
        work.say(form=names, count=len(made), questions=questions)
    return made


def edit(bench: Workbench, changed: Instrument, seen: Instrument | None = None) -> Instrument:
    """The form's own fields as given; its family and version number stay.

    ``seen`` is the form that the writer had before their eyes, as with ``edit_item``.
    """
    with bench.act(Act.EDIT_FORM) as work:
        old = work.require(Instrument, changed.id)
        if seen is not None:
            changed = joined(work, "instrument", old, changed, seen)
        new = replace(
            changed,
            name=one_line(changed.name),
            actor_group=one_line(changed.actor_group),
            cover_letter=normalise(changed.cover_letter).strip(),
            feedback=normalise(changed.feedback).strip(),
            note=normalise(changed.note).strip(),
            family=old.family,
            version=old.version,
            position=old.position,
        )
        if not new.name:
            raise EmptyName()
        work.put(new)
        work.say(form=new.name)
    return new


def new_version(bench: Workbench, form_id: str, stage: Stage) -> Instrument:
    """A copy of the form to be changed further; its questions keep their lineage."""
    with bench.act(Act.VERSION_FORM) as work:
        old = work.require(Instrument, form_id)
        versions = work.rows.find(Instrument, family=old.family)
        new = replace(
            old,
            id=bench.new_id(),
            version=max(form.version for form in versions) + 1,
            stage=stage,
            feedback="",
        )
        items = items_of(work.rows, form_id)
        ids = {item.id: bench.new_id() for item in items}
        copies = [
            replace(
                item,
                id=ids[item.id],
                instrument_id=new.id,
                follows=ids.get(item.follows or ""),
                filter_of=ids.get(item.filter_of or ""),
            )
            for item in items
        ]
        work.add([new, *copies])
        work.say(form=new.name, version=new.version)
    return new


def remove(bench: Workbench, form_id: str) -> None:
    """The version goes with its questions, unless answers or sendings are told to be of it."""
    with bench.act(Act.REMOVE_FORM) as work:
        form = work.require(Instrument, form_id)
        items = work.rows.find(FormItem, instrument_id=form_id)
        used = (
            sum(kind == "item_link" for kind, _ in _naming(work, items))
            + work.rows.count(Gathering, instrument_id=form_id)
            + work.rows.count(Sending, instrument_id=form_id)
        )
        if used:
            raise StillInUse(kind="instrument", name=form.name, count=used)
        work.remove(FormItem, [item.id for item in items])
        work.remove(Instrument, [form_id])
        work.say(form=form.name)


# --- questions -----------------------------------------------------------------------------------


def add_item(bench: Workbench, item: FormItem, after: str | None = None) -> FormItem:
    """The question into its form, right after another one or at the end."""
    with bench.act(Act.ADD_FORM_ITEM) as work:
        form = work.require(Instrument, item.instrument_id)
        items = items_of(work.rows, form.id)
        id = bench.new_id()
        new = _tidy(replace(item, id=id, lineage=id))
        place = next((n + 1 for n, one in enumerate(items) if one.id == after), len(items))
        _put_in_order(work, [*items[:place], new, *items[place:]])
        work.say(question=new.title, form=form.name)
    return new


def edit_item(bench: Workbench, changed: FormItem, seen: FormItem | None = None) -> FormItem:
    """The question as given; its place and lineage stay.

    ``seen`` is the question that the writer had before their eyes: what they did not touch stays as
    another window may have left it meanwhile, and a text that both changed is not overwritten.
    """
    with bench.act(Act.EDIT_FORM_ITEM) as work:
        old = work.require(FormItem, changed.id)
        if seen is not None:
            changed = joined(work, "form_item", old, changed, seen)
        new = replace(
            _tidy(changed),
            instrument_id=old.instrument_id,
            lineage=old.lineage,
            position=old.position,
        )
        work.put(new)
        form = work.require(Instrument, old.instrument_id)
        work.say(question=new.title, form=form.name)
    return new


def move_item(bench: Workbench, item_id: str, by: int) -> None:
    """The question ``by`` places down, or up when negative."""
    with bench.act(Act.MOVE_FORM_ITEM) as work:
        item = work.require(FormItem, item_id)
        form = work.require(Instrument, item.instrument_id)
        items = items_of(work.rows, form.id)
        rest = [one for one in items if one.id != item_id]
        place = next(n for n, one in enumerate(items) if one.id == item_id)
        to = min(max(place + by, 0), len(rest))
        _put_in_order(work, [*rest[:to], item, *rest[to:]])
        work.say(question=item.title, form=form.name)


def remove_item(bench: Workbench, item_id: str) -> None:
    """The question goes from its version; what went on from it is bound to nothing after that."""
    with bench.act(Act.REMOVE_FORM_ITEM) as work:
        item = work.require(FormItem, item_id)
        form = work.require(Instrument, item.instrument_id)
        linked = [id for kind, id in _naming(work, [item]) if kind == "item_link"]
        if linked:
            raise StillInUse(kind="form_item", name=item.title, count=len(linked))
        for other in work.rows.find(FormItem, instrument_id=form.id):
            follows = None if other.follows == item_id else other.follows
            filter_of = None if other.filter_of == item_id else other.filter_of
            work.put(replace(other, follows=follows, filter_of=filter_of))
        work.remove(FormItem, [item_id])
        work.say(question=item.title, form=form.name)


# --- parts ---------------------------------------------------------------------------------------


def _place(item: FormItem) -> tuple[int, str]:
    return (item.position, item.id)


def _naming(work: Work, items: Sequence[FormItem]) -> list[tuple[str, str]]:
    return work.rows.referrers(FormItem, [item.id for item in items])


def _put_in_order(work: Work, items: Sequence[FormItem]) -> None:
    for position, item in enumerate(items):
        work.put(replace(item, position=position))


def _item_of(row: FormItemRow, form_id: str, ids: Sequence[str], place: int) -> FormItem:
    return _tidy(
        FormItem(
            ids[place],
            form_id,
            ids[place],
            row.text,
            row.asked_as,
            row.number,
            row.section,
            row.theme,
            row.options,
            row.stem,
            row.citation,
            row.parts,
            None if row.follows is None else ids[row.follows],
            None if row.filter_of is None else ids[row.filter_of],
            row.filter_value,
            row.unit,
            row.measure,
            row.note,
            place,
        )
    )


def _tidy(item: FormItem) -> FormItem:
    """Its texts as they are stored; a mistake that was printed stays."""
    tidy: dict[str, Any] = {name: one_line(getattr(item, name)) for name in _OWN_LINES}
    tidy |= {name: normalise(getattr(item, name)).strip() for name in _OWN_TEXTS}
    tidy |= {
        name: tuple(text for text in (one_line(part) for part in getattr(item, name)) if text)
        for name in ("options", "parts")
    }
    tidy |= {
        name: None if getattr(item, name) == item.id else getattr(item, name)
        for name in ("follows", "filter_of")
    }
    return replace(item, **tidy)
