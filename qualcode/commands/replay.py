"""``replay``: a finished coding done once more, to see how early the right code was offered."""

from __future__ import annotations

import argparse
import json
import sys
import time

from qualcode.commands import replay_study
from qualcode.commands.files import contents
from qualcode.commands.replay_arguments import ORDERS, without_effect
from qualcode.commands.replay_progress import Progress
from qualcode.commands.replay_remarks import remarks
from qualcode.domain.codes import Code
from qualcode.nlp import registry
from qualcode.nlp.language_guess import guess_language
from qualcode.nlp.problems import EngineProblem
from qualcode.readers.codebook_yaml import Definitions, read_definitions
from qualcode.texts import N_, gettext_for
from qualcode.workbench.worth import plain
from qualcode.workbench.worth.of_table import TableWorth, replay_table
from qualcode.workbench.worth.tables import Columns, Table, read_table

Options = argparse.Namespace


def replay(options: Options) -> int:
    """The finished coding of a table, or that of the study."""
    if without := without_effect(options):
        _ = gettext_for(options.language)
        told = _("Options that change nothing here: {options}")
        print(told.format(options=", ".join(without)), file=sys.stderr)
    if options.csv is None:
        return replay_study.replay(options)
    return _of_table(options)


def _of_table(options: Options) -> int:
    _ = gettext_for(options.language)
    wrong = _misspelt(options)
    if wrong:
        print(_(wrong), file=sys.stderr)
        return 2
    begun = time.monotonic()
    columns = Columns(
        options.text,
        options.group or "",
        options.main or "",
        options.codes or "",
        options.divided_by or "",
    )
    table = read_table(contents(options.csv), options.csv.name, columns)
    language = options.texts_in or guess_language(row.text for row in table.rows)
    definitions = _definitions(options, language)
    worth = _measured(options, table, language, definitions.books)
    found = {
        "file": options.csv.name,
        "engine": worth.engine,
        "language": language,
        "language_guessed": options.texts_in is None,
        "orders": options.orders or ORDERS,
        **plain.of_table(worth, table),
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "seconds": round(time.monotonic() - begun, 1),
    }
    for remark in remarks(options, table, worth, definitions.problems):
        print(remark, file=sys.stderr)
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    else:
        from qualcode.commands.replay_printing import print_table

        print_table(found, _)
    return 0


NO_COLUMNS = N_(
    "Say which columns hold the finished coding: --text COLUMN with --group COLUMN or "
    "--codes COLUMN, or both."
)


def _misspelt(options: Options) -> str:
    if not options.text or not (options.group or options.codes):
        return NO_COLUMNS
    return ""


def _measured(
    options: Options, table: Table, language: str, books: tuple[tuple[Code, ...], ...]
) -> TableWorth:
    """By the engine asked for; else by the best one, or the next when that turns out broken."""
    while True:
        if options.engine:
            engine = registry.choice(options.engine)
        else:
            engine = registry.best_available(language)
        try:
            return replay_table(
                table,
                engine.name,
                language,
                orders=options.orders or ORDERS,
                books=books,
                told=Progress(options.language),
            )
        except EngineProblem as problem:
            # One that would fail again is passed over by the registry from now on.
            if options.engine or not problem.lasting:
                raise
            print(problem.message(gettext_for(options.language)), file=sys.stderr)


def _definitions(options: Options, language: str) -> Definitions:
    if options.definitions is None:
        return Definitions()
    return read_definitions(contents(options.definitions), options.definitions.name, language)
