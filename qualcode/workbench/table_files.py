"""Tables of the page as Word, Excel and HTML: the same numbers, captions and notes, nothing more.

What a number was counted from stays in the study: a list of the expressions of the only three men
would tell what the guarded table does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.exports import excel, html, word
from qualcode.exports.report import Counted, Report, Table
from qualcode.texts import gettext_for
from qualcode.workbench.bench import Workbench


def as_word(bench: Workbench, tables: Sequence[Table], language: str) -> bytes:
    return word.write(report(bench, tables, language))


def as_excel(bench: Workbench, tables: Sequence[Table], language: str) -> bytes:
    return excel.write(report(bench, tables, language))


def as_html(bench: Workbench, tables: Sequence[Table], language: str) -> bytes:
    return html.write(report(bench, tables, language))


def report(bench: Workbench, tables: Sequence[Table], language: str) -> Report:
    """A report of these tables only."""
    study = bench.study()
    _ = gettext_for(language)
    return Report(
        title=study.name,
        language=language,
        made_at=bench.clock(),
        blocks=tuple(bare(table) for table in tables),
        material_language=study.language,
        subtitle=_("Tables of the analysis"),
    )


def bare(table: Table) -> Table:
    """The table without what its numbers were counted from."""
    return replace(
        table,
        counted=Counted.NONE,
        columns=tuple(replace(column, counted=None) for column in table.columns),
        rows=tuple(
            replace(row, cells=tuple(replace(cell, evidence=()) for cell in row.cells))
            for row in table.rows
        ),
    )
