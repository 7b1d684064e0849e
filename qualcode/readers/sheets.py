"""A table file as sheets of plain text cells: what a person sees, never coerced.

Excel workbooks and tables as text (.csv, .tsv) come out alike, so that whoever reads a survey or
a workshop from them needs to know nothing of the file.
"""

from __future__ import annotations

from qualcode.readers.delimited import read_delimited
from qualcode.readers.files import (
    EXCEL,
    TABLE_TEXT,
    check_size,
    check_type,
    extension,
    unknown_type,
)
from qualcode.readers.tables import (
    MAX_CELLS,
    MAX_ROWS,
    MergedArea,
    Sheet,
    Workbook,
    column_letter,
)
from qualcode.readers.xlsx import read_xlsx

__all__ = [
    "KNOWN_TYPES",
    "MAX_CELLS",
    "MAX_ROWS",
    "MergedArea",
    "Sheet",
    "Workbook",
    "column_letter",
    "open_workbook",
]

KNOWN_TYPES = (".xlsx", ".xlsm", ".csv", ".tsv")


def open_workbook(
    data: bytes, file: str, *, encoding: str | None = None, delimiter: str | None = None
) -> Workbook:
    """The sheets of ``data``, a file called ``file``, as text cells.

    ``encoding`` and ``delimiter`` are a person's own choice for a table as text; otherwise they
    are found. Raises a FileProblem that says what is wrong and what to do; what is wrong in
    single cells stands in ``Sheet.problems``.
    """
    ending = extension(file)
    if ending not in KNOWN_TYPES:
        raise unknown_type(file, ", ".join(KNOWN_TYPES))
    check_size(data, file)
    if ending in (".xlsx", ".xlsm"):
        check_type(data, file, EXCEL)
        return Workbook(file, read_xlsx(data, file))
    check_type(data, file, TABLE_TEXT)
    if delimiter is None and ending == ".tsv":
        delimiter = "\t"
    sheet = read_delimited(data, file, encoding=encoding, delimiter=delimiter)
    return Workbook(file, (sheet,))
