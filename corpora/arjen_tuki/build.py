"""Writes the files of the invented study Arjen tuki from ``source.yaml``.

    python corpora/arjen_tuki/build.py [--into FOLDER]

Each file has the shape and the encoding such files have in Finnish offices: a Forms export, a
semicolon CSV in cp1252, a workshop grid, a CSV saved as "CSV UTF-8", a transcript in Word, and
notes from Notepad (UTF-8 with a byte order mark, CRLF). Nothing is drawn at random: the same source
gives the same cell values.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).parent
QUADRANTS = ("Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat")


def build(into: Path = HERE) -> list[Path]:
    """The written files, in the order of the source."""
    source = yaml.safe_load((HERE / "source.yaml").read_text(encoding="utf-8"))
    writers = {
        "asiakaskysely": write_client_survey,
        "tyontekijakysely": write_worker_survey,
        "tyopaja_swot": write_swot,
        "tyopaja_roolit": write_role_notes,
        "ryhmahaastattelu": write_interview,
        "havainnot": write_observations,
    }
    paths = []
    for key, write in writers.items():
        path = into / source[key]["file"]
        write(source[key], path)
        paths.append(path)
    return paths


def write_client_survey(survey: dict[str, Any], path: Path) -> None:
    """One header row of whole question texts, one row a respondent, as Microsoft Forms gives it."""
    book = Workbook()
    sheet = book.active
    sheet.title = survey["sheet"]
    header = [*survey["meta"], *survey["background"], *survey["closed"], *survey["open"]]
    for column, title in enumerate(header, start=1):
        sheet.cell(1, column, title).font = Font(bold=True)
    for row, person in enumerate(survey["respondents"], start=2):
        times = [datetime.fromisoformat(time) for time in person["times"]]
        answers = [person.get(number(question)) for question in survey["open"]]
        values = [person["id"], *times, "anonymous", *person["background"], *person["closed"]]
        for column, value in enumerate([*values, *answers], start=1):
            put(sheet.cell(row, column), value)
    sheet.freeze_panes = "A2"
    book.save(path)


def write_worker_survey(survey: dict[str, Any], path: Path) -> None:
    """Semicolons and cp1252: what Excel saves as CSV on a Finnish Windows."""
    header = [survey["id"], *survey["background"], *survey["closed"], *survey["open"]]
    rows = [
        [
            person["id"],
            *person["background"],
            *person["closed"],
            *(person.get(number(question)) for question in survey["open"]),
        ]
        for person in survey["respondents"]
    ]
    write_csv(path, [header, *rows], encoding="cp1252")


def write_swot(workshop: dict[str, Any], path: Path) -> None:
    """One sheet a table: two quadrants side by side, two below; notes under their title."""
    book = Workbook()
    book.remove(book.active)
    for table in workshop["tables"]:
        sheet = book.create_sheet(table["name"])
        sheet["A1"] = f"{workshop['title']}, {table['name']}"
        sheet["A1"].font = Font(bold=True, size=14)
        row = 3
        for pair in (QUADRANTS[:2], QUADRANTS[2:]):
            height = max(len(table[quadrant]) for quadrant in pair)
            for column, quadrant in enumerate(pair, start=1):
                sheet.cell(row, column, quadrant).font = Font(bold=True)
                for below, note in enumerate(table[quadrant], start=1):
                    put(sheet.cell(row + below, column), as_cell(note, table["bullet"]))
            row += height + 2
        for letter in "AB":
            sheet.column_dimensions[letter].width = 48
    book.save(path)


def write_role_notes(notes: dict[str, Any], path: Path) -> None:
    """Semicolons and UTF-8 with a byte order mark: Excel's "CSV UTF-8"."""
    rows = [
        [thing, stands_for, notes["questions"][question], table]
        for thing, stands_for, question, table in notes["notes"]
    ]
    write_csv(path, [notes["columns"], *rows], encoding="utf-8-sig")


def write_interview(interview: dict[str, Any], path: Path) -> None:
    """Title, one paragraph on who speaks, then one paragraph a turn: ``V1: ...``."""
    document = Document()
    document.core_properties.author = "Arjen tuki (keksitty aineisto)"
    document.add_heading(interview["title"], level=1)
    document.add_paragraph(interview["about"])
    for speaker, says in interview["turns"]:
        document.add_paragraph(f"{speaker}: {says}")
    document.save(str(path))


def write_observations(notes: dict[str, Any], path: Path) -> None:
    path.write_bytes((notes["text"] + "\n").replace("\n", "\r\n").encode("utf-8-sig"))


def put(cell: Cell, value: object) -> None:
    """The value in the cell; text stays text, also when it begins with "=" or "-"."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")


def as_cell(note: str | list[str], bullet: str) -> str:
    """A note as it stands in its cell; several notes in one cell each get the table's bullet."""
    return note if isinstance(note, str) else "\n".join(bullet + item for item in note)


def number(question: str) -> str:
    """The number a question begins with.

    >>> number("3.1 Mitä sait valita?"), number("6. Mikä auttoi?")
    ('3.1', '6')
    """
    return question.split(" ", 1)[0].rstrip(".")


def write_csv(path: Path, rows: Iterable[list[Any]], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the files of the invented study.")
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to")
    for path in build(parser.parse_args().into):
        print(path)


if __name__ == "__main__":
    main()
