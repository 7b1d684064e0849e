"""Forms in Excel or CSV: a sheet a form, a question a row, under a header row.

Column titles may be Finnish or English. Options and parts stand in one cell, one on each line or
with semicolons between. Rows above the header row tell of the form itself: "Toimijaryhmä" in the
first cell, "asiakas" in the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.domain.documents import normalise, one_line
from qualcode.domain.instruments import AskedAs, Stage
from qualcode.readers.forms.rows import (
    UNKNOWN_QUESTION,
    UNKNOWN_TYPE,
    FormItemRow,
    FormRow,
    FormsReading,
    NoQuestions,
    asked_as,
    place_of,
)
from qualcode.readers.problems import ReadProblem
from qualcode.readers.sheets import open_workbook
from qualcode.readers.tables import Sheet, column_letter
from qualcode.texts import N_

NO_TEXT = N_("The row has no question text, so it was left out.")
NO_HEADER = N_("Sheet {sheet} has no column for the questions, so it was left out.")
NOT_A_COUNT = N_("“{found}” is not a number of questions.")

COLUMNS = {
    "number": ("numero", "nro", "number", "no"),
    "section": ("osio", "section"),
    "theme": ("teema", "theme"),
    "type": ("tyyppi", "type"),
    "text": ("kysymys", "teksti", "question", "text"),
    "options": ("vaihtoehdot", "asteikko", "options", "scale"),
    "stem": ("johdanto", "alustus", "stem"),
    "citation": ("viite", "lähde", "citation", "source"),
    "parts": ("osat", "parts"),
    "follows": ("jatkaa kysymystä", "jatkokysymys", "jatkaa", "follows"),
    "filter_of": ("ehtokysymys", "suodatin", "filter of", "filter question"),
    "filter_value": ("ehtovastaus", "ehto", "filter value", "filter answer"),
    "unit": ("yksikkö", "unit"),
    "measure": ("mittari", "vertailu", "measure"),
    "note": ("huomautus", "huom", "note"),
}
HEAD = {
    "name": ("lomake", "nimi", "form", "name"),
    "actor_group": ("toimijaryhmä", "vastaajat", "actor group"),
    "stage": ("vaihe", "stage"),
    "stated": ("kysymyksiä ilmoitettu", "kysymyksiä", "stated questions", "stated"),
    "cover_letter": ("saate", "saatekirje", "cover letter"),
    "feedback": ("palaute", "testipalaute", "feedback"),
    "note": ("huomautus", "note"),
}
STAGES = {"luonnos": Stage.DRAFT, "testattu": Stage.TESTED, "lopullinen": Stage.FINAL}
_BREAK = re.compile(r"\s*[;\n]\s*")


def read_form_sheet(data: bytes, file: str) -> FormsReading:
    """The forms of the file's sheets; a sheet without questions is told and left out."""
    book = open_workbook(data, file)
    problems: list[ReadProblem] = []
    forms: list[FormRow] = []
    for sheet in book.sheets:
        if not sheet.rows or sheet.hidden:
            continue
        found = _header(sheet)
        if found is None:
            problems.append(ReadProblem(None, "", NO_HEADER, {"sheet": sheet.name}))
            continue
        form = _form(sheet, *found, problems, file)
        if form.items:
            forms.append(form)
    if not forms:
        raise NoQuestions(file=file)
    return FormsReading(tuple(forms), tuple(problems))


def is_form(sheet: Sheet) -> bool:
    """Whether the sheet tells of questions, one a row with its type, and not of answers."""
    found = _header(sheet)
    if found is None or "type" not in found[1]:
        return False
    header, columns = found
    types = [row[columns["type"]].strip() for row in sheet.rows[header + 1 :]]
    told = [asked_as(written) for written in types if written]
    return len(told) > 1 and sum(kind is not None for kind in told) > len(told) / 2


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Which row is the header, and which column holds what; None when there is no question."""
    for n, row in enumerate(sheet.rows[:30]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            title = _title(cell)
            for name, titles in COLUMNS.items():
                if title in titles:
                    columns.setdefault(name, at)
        if "text" in columns and len(columns) > 1:
            return n, columns
    return None


@dataclass
class _Row:
    cells: dict[str, str]
    number: int


def _form(
    sheet: Sheet, header: int, columns: dict[str, int], problems: list[ReadProblem], file: str
) -> FormRow:
    rows = []
    for cells, number in zip(
        sheet.rows[header + 1 :], sheet.row_numbers[header + 1 :], strict=True
    ):
        row = _Row({name: normalise(cells[at]).strip() for name, at in columns.items()}, number)
        if row.cells["text"]:
            rows.append(row)
        elif any(row.cells.values()):
            problems.append(ReadProblem(number, column_letter(columns["text"]), NO_TEXT))
    names = [row.cells.get("number", "") for row in rows]
    items = tuple(_item(row, columns, names, n, problems) for n, row in enumerate(rows))
    head = _head(sheet, header, problems)
    name = head.pop("name", "") or (sheet.name if sheet.name else file.rpartition(".")[0])
    stated = head.pop("stated", "")
    stage = STAGES.get(_title(head.pop("stage", "")), Stage.DRAFT)
    return FormRow(
        one_line(name), items, stage=stage, stated=int(stated) if stated else None, **head
    )


def _head(sheet: Sheet, header: int, problems: list[ReadProblem]) -> dict[str, str]:
    """What the rows above the header tell of the form."""
    found: dict[str, str] = {}
    for row, number in zip(sheet.rows[:header], sheet.row_numbers[:header], strict=True):
        if len(row) < 2 or not row[1].strip():
            continue
        for name, titles in HEAD.items():
            if _title(row[0]) in titles:
                found[name] = normalise(row[1]).strip()
        if "stated" in found and not found["stated"].isdigit():
            problems.append(ReadProblem(number, "B", NOT_A_COUNT, {"found": found.pop("stated")}))
    written = _title(found.get("stage", ""))
    if written in list(Stage):
        found["stage"] = next(name for name, stage in STAGES.items() if stage == written)
    return found


def _item(
    row: _Row, columns: dict[str, int], names: list[str], place: int, problems: list[ReadProblem]
) -> FormItemRow:
    cells = row.cells

    def tell(column: str, what: str, **values: object) -> None:
        problems.append(ReadProblem(row.number, column_letter(columns[column]), what, values))

    kind = asked_as(cells["type"]) if cells.get("type") else AskedAs.OPEN
    if kind is None:
        tell("type", UNKNOWN_TYPE, found=cells["type"], known=", ".join(AskedAs))

    def tie(column: str) -> int | None:
        wanted = cells.get(column, "")
        found = place_of(wanted, names, place) if wanted else None
        if wanted and found is None:
            tell(column, UNKNOWN_QUESTION, number=wanted)
        return found

    return FormItemRow(
        text=cells["text"],
        asked_as=kind or AskedAs.OPEN,
        options=_several(cells.get("options", "")),
        parts=_several(cells.get("parts", "")),
        follows=tie("follows"),
        filter_of=tie("filter_of"),
        **{
            name: cells.get(name, "")
            for name in (
                "number", "section", "theme", "stem", "citation", "filter_value", "unit",
                "measure", "note",
            )
        },
    )  # fmt: skip


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _BREAK.split(cell) if part)


def _title(cell: str) -> str:
    return one_line(cell).casefold().rstrip(":.?")
