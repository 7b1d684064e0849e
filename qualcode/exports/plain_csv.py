"""A table of the report as comma-separated text that Excel opens with its letters right."""

from __future__ import annotations

import csv
import io

from qualcode.exports.report import RowKind, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(table: Table, language: str) -> bytes:
    """The table's titles and rows, separated as spreadsheets of the language do."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "fi" else ",", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    for row in table.rows:
        if row.kind is not RowKind.GROUP:
            writer.writerow([_safe(cell.text(language)) for cell in row.cells])
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Somebody's words are never a formula, whatever they begin with."""
    return f"'{text}" if text.startswith(_FORMULA) else text
