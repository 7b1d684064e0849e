"""A survey from the command line: its map, and the form it was answered on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qualcode.commands import forms
from qualcode.commands.files import contents
from qualcode.commands.opening import address_of
from qualcode.domain.errors import FileProblem
from qualcode.readers.files import decode
from qualcode.readers.forms import is_form
from qualcode.readers.recognising import Recognised
from qualcode.readers.survey import (
    SurveyPlan,
    SurveyReading,
    guess_columns,
    plan_from_map,
    read_map,
    read_survey,
)
from qualcode.readers.tables import Sheet, Workbook
from qualcode.texts import gettext_for
from qualcode.workbench import importing
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_of_survey import FormOfFile, backgrounds, bindable, read_on
from qualcode.workbench.importing import Imported

Options = argparse.Namespace


class IsAForm(FileProblem):
    template = (
        "{file} has a question on each row and its type beside it: it is a form and not answers "
        'to one. Bring it in (forms --take "{file}"). If these are answers all the same, '
        "say --kind survey."
    )


def prepared(
    options: Options, recognised: Recognised, data: bytes
) -> Callable[[Workbench], Imported]:
    """The survey read whole, ready to be saved; on a form, which the study knows, only then."""
    assert recognised.workbook is not None
    sheet, plan = _plan(options, recognised.workbook)
    if options.kind is None and options.map is None and is_form(sheet):
        raise IsAForm(file=recognised.file)
    if options.actor_group:
        plan = replace(plan, actor_group=options.actor_group)
    if options.form:
        address = address_of(options)
        if "://" not in address and not Path(address).exists():
            raise forms.NoSuchForm(name=options.form, known="–")
        return lambda bench: _on_form(options, recognised.file, data, sheet, plan, bench)
    reading = read_survey(sheet, plan)
    return lambda bench: _saved(options, recognised.file, data, plan, reading, bench)


def _plan(options: Options, book: Workbook) -> tuple[Sheet, SurveyPlan]:
    if options.map is None:
        sheet = _sheet(book, options.sheet)
        return sheet, guess_columns(sheet).plan()
    mapping = read_map(decode(contents(options.map), options.map.name).text, options.map.name)
    named = mapping.get("sheet")
    # A .csv has one sheet, whatever the file that the map was made from was called.
    name = options.sheet or (str(named) if named and len(book.sheets) > 1 else None)
    sheet = _sheet(book, name)
    return sheet, plan_from_map(mapping, sheet, options.map.name)


def _sheet(book: Workbook, name: str | None) -> Sheet:
    return book.sheet(name) if name else book.fullest


def _on_form(
    options: Options, file: str, data: bytes, sheet: Sheet, plan: SurveyPlan, bench: Workbench
) -> Imported:
    """Its columns bound to the questions of the form as they are found, and told."""
    _ = gettext_for(options.language)
    form = forms.named(bench, options.form)
    people = backgrounds(plan.columns, bindable(form))
    plan, bound = read_on(plan, form)
    if not plan.actor_group and form.form.actor_group:
        plan = replace(plan, actor_group=form.form.actor_group)
    reading = read_survey(sheet, plan)
    imported = _save(options, file, data, reading, bench, bound if bound.asked else None)
    there = {*bound.asked.values(), *(item.id for item in people.values())}
    told = _("{form}: {bound} of its {all} questions are in the file.")
    said = told.format(form=form.form.name, bound=len(there), all=len(form.items))
    out = sys.stderr if options.json else sys.stdout
    print(said, file=out)
    if people:
        # Of these no table is made, so nobody would see them missing.
        names = ", ".join(item.title for item in people.values())
        print(_("Read as background variables: {names}.").format(names=names), file=out)
    return imported


def _saved(
    options: Options,
    file: str,
    data: bytes,
    plan: SurveyPlan,
    reading: SurveyReading,
    bench: Workbench,
) -> Imported:
    offer = forms.likely(bench, plan.columns)
    imported = _save(options, file, data, reading, bench, None)
    if offer is not None:
        _ = gettext_for(options.language)
        told = _(
            "The columns look like the questions of “{form}”. To read them as it asked them, undo "
            'this, add --form "{form}" to the command and import again.'
        )
        print(told.format(form=offer.form.name), file=sys.stderr)
    return imported


def _save(
    options: Options,
    file: str,
    data: bytes,
    reading: SurveyReading,
    bench: Workbench,
    form: FormOfFile | None,
) -> Imported:
    return importing.import_survey(
        bench, file, data, reading, again=options.again, sent=options.sent, form=form
    )
