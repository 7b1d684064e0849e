"""Closed answers that exist only as counts, in Excel or CSV: a question a row, an option a column.

Columns named as below tell of the question; every other column is an option, in its order. A column
of all who answered, or of all forms, is checked against the sum and not counted again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.domain.documents import ItemKind, one_line
from qualcode.readers.counts import CountsRow, NoTables
from qualcode.readers.problems import ReadProblem
from qualcode.readers.sheets import open_workbook
from qualcode.readers.tables import Sheet, column_letter
from qualcode.texts import N_

NOT_A_COUNT = N_("“{found}” is not a number of answers; it was counted as 0.")
OTHER_SUM = N_("The row says {told}, but its counts add up to {found}.")
NO_TEXT = N_("The row has no question, so it was left out.")

COLUMNS = {
    "text": ("kysymys", "väittämä", "question", "statement"),
    "number": ("numero", "nro", "number", "no"),
    "actor_group": ("toimijaryhmä", "ryhmä", "actor group", "group"),
    "section": ("osio", "taulukko", "section", "table"),
    "theme": ("teema", "theme"),
    "missing": ("puuttuu", "puuttuvat", "ei vastannut", "vastaamatta", "missing"),
    "uninterpretable": (
        "ei tulkittavissa",
        "tulkitsematta",
        "not interpretable",
        "uninterpretable",
    ),
    "answered": ("vastanneita", "vastanneet", "vastanneita (n)", "n", "answered", "answered (n)"),
    "returned": ("yhteensä", "lomakkeita", "palautettu", "total", "returned"),
}


def read_counts_sheet(data: bytes, file: str) -> tuple[tuple[CountsRow, ...], list[ReadProblem]]:
    """The counted questions of every sheet, and what is wrong in single cells with its place."""
    problems: list[ReadProblem] = []
    rows: list[CountsRow] = []
    for sheet in open_workbook(data, file).sheets:
        if sheet.rows and not sheet.hidden:
            rows += _rows(sheet, problems)
    if not rows:
        raise NoTables(file=file)
    return tuple(rows), problems


def _rows(sheet: Sheet, problems: list[ReadProblem]) -> list[CountsRow]:
    header = next(
        (n for n, row in enumerate(sheet.rows[:20]) if _named(row).keys() & {"text"}), None
    )
    if header is None:
        return []
    titles = sheet.rows[header]
    named = _named(titles)
    options = [
        at for at, title in enumerate(titles) if one_line(title) and at not in named.values()
    ]
    found = []
    for cells, number in zip(
        sheet.rows[header + 1 :], sheet.row_numbers[header + 1 :], strict=True
    ):
        text = one_line(cells[named["text"]])
        if not text:
            problems.append(ReadProblem(number, column_letter(named["text"]), NO_TEXT))
            continue
        found.append(_row(cells, number, titles, named, options, problems))
    return found


def _row(
    cells: Sequence[str],
    number: int,
    titles: Sequence[str],
    named: dict[str, int],
    options: Sequence[int],
    problems: list[ReadProblem],
) -> CountsRow:
    def count(at: int | None) -> int | None:
        written = cells[at].strip() if at is not None else ""
        if written in ("", "-", "–"):
            return None
        whole = re.fullmatch(r"(\d+)(?:[.,]0+)?", written)
        if whole:
            return int(whole[1])
        letter = column_letter(at or 0)
        problems.append(ReadProblem(number, letter, NOT_A_COUNT, {"found": written}))
        return 0

    # An empty cell counts 0. Where a sheet has both a scale and other options, a question has
    # those among which something is filled.
    read = {at: count(at) for at in options}
    used = {_begins_with_number(titles[at]) for at, n in read.items() if n is not None}
    counts = {
        one_line(titles[at]): n or 0
        for at, n in read.items()
        if _begins_with_number(titles[at]) in used
    }
    missing = count(named.get("missing")) or 0
    unclear = count(named.get("uninterpretable")) or 0
    answered = sum(counts.values())
    for name, sum_ in (("answered", answered), ("returned", answered + missing + unclear)):
        told = count(named.get(name))
        if told is not None and told != sum_:
            letter = column_letter(named[name])
            problems.append(ReadProblem(number, letter, OTHER_SUM, {"told": told, "found": sum_}))

    def word(name: str) -> str:
        return one_line(cells[named[name]]) if name in named else ""

    return CountsRow(
        word("text"),
        ItemKind.LIKERT if _is_scale(list(counts)) else ItemKind.CHOICE,
        word("actor_group"),
        counts,
        missing,
        unclear,
        word("number"),
        word("section"),
        word("theme"),
    )


def _begins_with_number(title: str) -> bool:
    return re.match(r"\s*\d", title) is not None


def _is_scale(options: Sequence[str]) -> bool:
    """Whether the options begin with rising numbers."""
    steps = [re.match(r"\d+", option) for option in options]
    numbers = [int(step[0]) for step in steps if step]
    return len(numbers) == len(options) > 2 and numbers == sorted(set(numbers))


def _named(titles: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, title in enumerate(titles):
        plain = one_line(title).casefold().rstrip(":.?")
        for name, known in COLUMNS.items():
            if plain in known:
                found.setdefault(name, at)
    return found
