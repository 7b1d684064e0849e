"""The command ``forms``, and the form that a survey brought in was answered on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from qualcode.commands.files import contents
from qualcode.commands.opening import bench_of
from qualcode.commands.printing import print_json, say
from qualcode.commands.problems import told as problem_told
from qualcode.domain.errors import QualcodeError
from qualcode.domain.instruments import Instrument
from qualcode.readers.forms import read_forms
from qualcode.readers.survey import ColumnPlan
from qualcode.texts import gettext_for
from qualcode.workbench import form_files, form_of_survey, form_words, instruments
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_of_survey import FormOffer
from qualcode.workbench.instruments import FormSheet

Options = argparse.Namespace


class NoSuchForm(QualcodeError):
    template = (
        "The study has no form called “{name}”. Its forms: {known}. Bring one in "
        "(forms --take FILE)."
    )


class SeveralForms(QualcodeError):
    template = "“{name}” is the beginning of several forms: {known}. Write more of the name."


def forms(options: Options) -> int:
    """Without options: the study's forms with what is told of them."""
    bench = bench_of(options)
    if options.take:
        return _take(bench, options)
    if options.show:
        found = named(bench, options.show)
        print(form_files.as_yaml(instruments.as_row(bench, found.form.id)), end="")
        return 0
    _ = gettext_for(options.language)
    cards = instruments.cards(bench)
    if options.json:
        print_json(
            {
                "forms": [
                    {
                        "name": card.form.name,
                        "version": card.form.version,
                        "stage": card.form.stage.value,
                        "actor_group": card.form.actor_group,
                        "questions": card.questions,
                        "warnings": card.warnings,
                    }
                    for card in cards
                ]
            }
        )
        return 0
    for card in cards:
        version = form_words.version(card.form, _)
        print(f"{card.questions:>4}  {card.form.name} ({version})")
    if not cards:
        print(_("The study has no forms yet: bring one in (forms --take FILE)."))
    return 0


def _take(bench: Workbench, options: Options) -> int:
    """Every form of the file into the study; 1 when something of them deserves a look."""
    _ = gettext_for(options.language)
    reading = read_forms(contents(options.take), options.take.name)
    made = instruments.define(bench, reading.forms)
    sheets = [sheet for form in made if (sheet := instruments.sheet(bench, form.id))]
    values = {"forms": [{"name": s.form.name, "questions": len(s.items)} for s in sheets]}
    say(options, values, "\n".join(f"{len(s.items):>4}  {s.form.name}" for s in sheets))
    remarks = [problem_told(problem, _) for problem in reading.problems]
    for sheet in sheets:
        for warning in sheet.warnings:
            item = sheet.item(warning.item_id)
            where = ": ".join(x for x in (sheet.form.name, item.title if item else "") if x)
            remarks.append(f"{where}: {form_words.told(warning, _)}")
    if remarks:
        print(_("Remarks ({count}):").format(count=len(remarks)), file=sys.stderr)
        for remark in remarks:
            print(f"  {remark}", file=sys.stderr)
    return 1 if remarks else 0


def named(bench: Workbench, name: str) -> FormSheet:
    """The newest version of the form of that name, or of the only one whose name begins so."""
    wanted = name.casefold().strip()
    newest: dict[str, Instrument] = {}
    for card in instruments.cards(bench):
        newest.setdefault(card.form.family, card.form)
    found = list(newest.values())
    same = [form for form in found if form.name.casefold() == wanted]
    same = same or [form for form in found if form.name.casefold().startswith(wanted)]
    if len(same) > 1:
        raise SeveralForms(name=name, known=_names(same))
    sheet = instruments.sheet(bench, same[0].id) if same else None
    if sheet is None:
        raise NoSuchForm(name=name, known=_names(found) or "–")
    return sheet


def likely(bench: Workbench, columns: Sequence[ColumnPlan]) -> FormOffer | None:
    """The form of the study that the columns look like."""
    forms = [card.form.id for card in instruments.cards(bench)]
    return form_of_survey.offer(bench, columns, forms)


def _names(forms: list[Instrument]) -> str:
    return ", ".join(form.name for form in forms)
