"""What one should know before believing the figures of a replayed table."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.commands.problems import told
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_, gettext_for
from qualcode.workbench.worth.measuring import LEARNT
from qualcode.workbench.worth.of_table import TableWorth
from qualcode.workbench.worth.tables import Table

MOST_PROBLEMS = 5
SIGNS = {
    ",": N_("comma"),
    "tab": N_("tab"),
    "/": N_("slash"),
    "list": N_("a list such as ['a', 'b']"),
}


def remarks(
    options: argparse.Namespace,
    table: Table,
    worth: TableWorth,
    of_definitions: Sequence[ReadProblem] = (),
) -> Iterator[str]:
    """A sentence for each, in the language of what is printed."""
    yield from _of_problems(table.problems, "", options)
    name = f"{options.definitions.name}: " if options.definitions else ""
    yield from _of_problems(of_definitions, name, options)
    yield from _of_rows(options, table)
    yield from _of_groups(options, table)
    yield from _of_codes(options, table, worth)


def _of_problems(
    problems: Sequence[ReadProblem], file: str, options: argparse.Namespace
) -> Iterator[str]:
    _ = gettext_for(options.language)
    for problem in problems[:MOST_PROBLEMS]:
        yield file + told(problem, _)
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        yield file + _("Rows with such problems, besides: {count}").format(count=more)


def _of_rows(options: argparse.Namespace, table: Table) -> Iterator[str]:
    _ = gettext_for(options.language)
    missing = table.rows_read - len(table.rows)
    if missing:
        yield _("Rows without a text were left out: {count}").format(count=missing)
    for column, used in ((options.group, table.grouped), (options.codes, table.coded)):
        if column and len(table.rows) > len(used):
            yield _("Rows without a value in the column “{column}” were left out: {count}").format(
                column=column, count=len(table.rows) - len(used)
            )
    if table.repeated:
        yield _("Texts that stand in an earlier row too: {count}").format(count=table.repeated)


def _of_groups(options: argparse.Namespace, table: Table) -> Iterator[str]:
    _ = gettext_for(options.language)
    sizes = Counter(row.group for row in table.grouped)
    if sizes and max(sizes.values()) == 1:
        yield _(
            "Every group has one text only, so no text has a right place before it is put there."
        )
    if table.under_several:
        torn = (f"“{group}” ({', '.join(mains)})" for group, mains in table.under_several.items())
        yield _(
            "Groups under several main groups count under the one that most of their rows name: "
            "{groups}"
        ).format(groups=", ".join(torn))


def _of_codes(options: argparse.Namespace, table: Table, worth: TableWorth) -> Iterator[str]:
    _ = gettext_for(options.language)
    if worth.codes is None or worth.frame is None:
        return
    if table.codes_divided_by in SIGNS:
        sign = _(SIGNS[table.codes_divided_by])
        yield _("Codes of one cell were divided by: {sign}").format(sign=sign)
    elif not options.divided_by and (whole := table.codes_with_signs):
        yield _(
            "Cells with a comma or a slash that were taken as one code: {count}. If they hold "
            "several, divide them by “;”, or say the sign with --divided-by."
        ).format(count=whole)
    if len(table.coded) > worth.coded:
        yield _("Codes were measured on {count} of {all} texts, drawn by lot.").format(
            count=worth.coded, all=len(table.coded)
        )
    judged = {at.learnt for at in worth.codes}
    if few := [str(learnt) for learnt in LEARNT if learnt not in judged]:
        yield _(
            "Too few texts are left to judge codes by after so many coded ones: {counts}"
        ).format(counts=", ".join(few))
    if worth.frame.fits_nothing:
        yield _("{file} knows none of the codes, so it was left out.").format(
            file=options.definitions.name
        )
    elif worth.frame.undefined:
        yield _("Codes that the codebook does not know: {codes}").format(
            codes=", ".join(f"“{code}”" for code in worth.frame.undefined)
        )
