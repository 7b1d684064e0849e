"""The command ``import``: one file into a study, as the Material page would bring it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qualcode import bootstrap
from qualcode.commands import importing_notes, importing_survey
from qualcode.commands.files import contents
from qualcode.commands.opening import address_of, settings_of
from qualcode.commands.problems import told as problem_told
from qualcode.domain.documents import SourceKind
from qualcode.domain.errors import FileProblem
from qualcode.readers.files import extension
from qualcode.readers.recognising import Recognised, recognise
from qualcode.readers.texts import TextPlan, TextUnit, likely_interviewers, read_text
from qualcode.texts import N_, gettext_for
from qualcode.workbench import counting_in, importing, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.importing import Imported

Options = argparse.Namespace


class CannotBeRead(FileProblem):
    template = "{file} cannot be read as this kind: {kind}. It can be: {known}."


class MapNotForThis(FileProblem):
    template = "{file} is not read as a survey, so a map of columns ({map}) cannot be used with it."


class FormNotForThis(FileProblem):
    template = (
        "{file} is not read as a survey, so it cannot be read as the form “{form}” asked it. "
        "Leave --form out."
    )


class NoSuchSpeaker(FileProblem):
    template = "{file}: nobody called {name} speaks there. The speakers are: {known}."


def bring_in(options: Options) -> int:
    """Brings the file in; 1 when some of its rows had problems, else 0.

    The file is read before the study is touched, so that a file that cannot be read starts no
    study and changes none.
    """
    data = contents(options.file)
    save = _prepared(options, data)
    bench = _bench(options)
    imported = save(bench)
    _told(imported, options)
    return 1 if imported.problems else 0


def _bench(options: Options) -> Workbench:
    """The study's workbench; a study that is not there yet is started under its file's name."""
    address, settings = address_of(options), settings_of(options)
    if "://" in address or Path(address).exists():
        return bootstrap.workbench(bootstrap.open_store(address), settings)
    bench = bootstrap.workbench(bootstrap.create_store(address), settings)
    studies.start(bench, Path(address).stem)
    return bench


# --- reading ----------------------------------------------------------------------------------


def _prepared(options: Options, data: bytes) -> Callable[[Workbench], Imported]:
    """The file read whole, ready to be saved into a study."""
    file = options.file.name
    if extension(file) == ".json":
        _refuse_what_surveys_have(options, file)
        return _counts(options, file, data)
    recognised = recognise(data, file)
    kind = _kind(options, recognised)
    if kind is not SourceKind.SURVEY:
        _refuse_what_surveys_have(options, file)
    if kind is SourceKind.SURVEY:
        return importing_survey.prepared(options, recognised, data)
    if kind is SourceKind.WORKSHOP:
        return importing_notes.prepared(options, recognised, data)
    return _text(options, recognised, data)


def _refuse_what_surveys_have(options: Options, file: str) -> None:
    if options.map is not None:
        raise MapNotForThis(file=file, map=options.map)
    if options.form:
        raise FormNotForThis(file=file, form=options.form)


def _kind(options: Options, recognised: Recognised) -> SourceKind:
    """What a person says the file is, or what it looks like. A map says that it is a survey."""
    if options.kind is None:
        if options.map is not None and SourceKind.SURVEY in recognised.choices:
            return SourceKind.SURVEY
        return recognised.kind
    kind = SourceKind(options.kind)
    if kind not in recognised.choices:
        raise CannotBeRead(
            file=recognised.file, kind=kind.value, known=", ".join(recognised.choices)
        )
    return kind


def _text(options: Options, recognised: Recognised, data: bytes) -> Callable[[Workbench], Imported]:
    assert recognised.text is not None
    opened = recognised.text
    unit = TextUnit(options.unit) if options.unit else None
    if unit is None:
        unit = TextUnit.TURN if opened.speakers else TextUnit.PARAGRAPH
    interviewers = (
        frozenset(options.interviewer)
        if options.interviewer is not None
        else likely_interviewers(opened.speakers)
    )
    unknown = sorted(interviewers - set(opened.speakers))
    if unknown and unit is TextUnit.TURN:
        raise NoSuchSpeaker(
            file=recognised.file, name=unknown[0], known=", ".join(opened.speakers) or "-"
        )
    reading = read_text(opened, TextPlan(unit, interviewers))
    return lambda bench: importing.import_text(
        bench,
        recognised.file,
        data,
        reading,
        actor_group=options.actor_group,
        again=options.again,
    )


def _counts(options: Options, file: str, data: bytes) -> Callable[[Workbench], Imported]:
    found = counting_in.read(data, file)
    return lambda bench: counting_in.bring_in(
        bench, file, data, found, options.actor_group, again=options.again, sent=options.sent
    )


# --- telling ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    template: str
    count: int


def _told(imported: Imported, options: Options) -> None:
    _ = gettext_for(options.language)
    if options.json:
        _print_json(imported, _)
        return
    lines = [
        _Line(N_("respondents: {count}"), imported.respondents),
        _Line(N_("questions: {count}"), imported.items),
        _Line(N_("texts: {count}"), imported.documents),
        _Line(N_("of them set aside: {count}"), imported.set_aside),
        _Line(N_("closed answers: {count}"), imported.closed_answers),
        _Line(N_("missing: {count}"), imported.missing),
        _Line(N_("uninterpretable: {count}"), imported.uninterpretable),
        _Line(N_("stances or groups spoken of: {count}"), imported.stances),
        _Line(N_("identifying cells dropped: {count}"), imported.dropped_cells),
    ]
    print(_("{file} is in the study.").format(file=imported.source.name))
    for line in lines:
        if line.count:
            print("  " + _(line.template).format(count=line.count))
    if imported.problems:
        print(_("Remarks ({count}):").format(count=len(imported.problems)), file=sys.stderr)
        for problem in imported.problems:
            print(f"  {problem_told(problem, _)}", file=sys.stderr)
        if imported.source.kind is SourceKind.WORKSHOP:
            # The remarks name fields that the page has and a command has not.
            advice = _(
                "Look the remarks through. To mend notes before they come in: undo this and "
                "import the file on the page Material."
            )
            print(advice, file=sys.stderr)


def _print_json(imported: Imported, _: Callable[[str], str]) -> None:
    source = imported.source
    told = {
        "source": {"id": source.id, "name": source.name, "kind": source.kind.value},
        "respondents": imported.respondents,
        "items": imported.items,
        "texts": imported.documents,
        "set_aside": imported.set_aside,
        "closed_answers": imported.closed_answers,
        "missing": imported.missing,
        "uninterpretable": imported.uninterpretable,
        "stances": imported.stances,
        "dropped_cells": imported.dropped_cells,
        "problems": [
            {"row": p.row, "column": p.column, "message": p.message(_)} for p in imported.problems
        ],
    }
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()
