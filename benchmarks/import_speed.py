"""A survey of 10,000 open answers from an Excel file into a study, step by step.

    .venv/bin/python -m benchmarks.import_speed

The peer, in the same run, is pandas reading the same sheet into a table and nothing more.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import openpyxl
import pandas as pd

from benchmarks.big_study import TEXTS
from qualcode.bootstrap import create_store
from qualcode.readers.sheets import open_workbook
from qualcode.readers.survey import guess_columns, read_survey
from qualcode.workbench import Workbench, history, importing, studies

PEOPLE, QUESTIONS, SCALES = 2_000, 5, 6
T = TypeVar("T")


def survey() -> bytes:
    """An invented survey: 2,000 forms, five open questions, six scales, three variables."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    sheet.append(
        ["ID", "Kunta", "Ikä", "Sukupuoli"]
        + [f"{n + 1}. Väite {n + 1} (1-5)" for n in range(SCALES)]
        + [f"{n + 7}. Kerro omin sanoin asiasta {n + 1}?" for n in range(QUESTIONS)]
    )
    for person in range(PEOPLE):
        sheet.append(
            [
                person + 1,
                f"Kunta {person % 9}",
                18 + person % 60,
                "nainen" if person % 3 else "mies",
            ]
            + [(person + n) % 5 + 1 for n in range(SCALES)]
            + [f"{TEXTS[(person * 7 + n) % 8]} ({person}/{n})" for n in range(QUESTIONS)]
        )
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def main() -> None:
    data = survey()
    times: dict[str, float] = {}

    def timed(what: str, act: Callable[[], T]) -> T:
        begun = time.perf_counter()
        result = act()
        times[what] = time.perf_counter() - begun
        return result

    timed("peer: pandas.read_excel", lambda: pd.read_excel(io.BytesIO(data), engine="openpyxl"))
    sheet = timed("file opened", lambda: open_workbook(data, "kysely.xlsx").sheets[0])
    guess = timed("columns guessed", lambda: guess_columns(sheet))
    reading = timed("answers read", lambda: read_survey(sheet, guess.plan("asiakas")))
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(create_store(Path(folder) / "iso.qualcode"), "koodaaja")
        studies.start(bench, "Mittaus")
        done = timed(
            "stored, with the log",
            lambda: importing.import_survey(bench, "kysely.xlsx", data, reading),
        )
        timed("undone in one step", lambda: history.undo(bench))
    whole = (
        sum(times[w] for w in ("file opened", "columns guessed", "answers read"))
        + times["stored, with the log"]
    )
    for what, seconds in times.items():
        print(f"{what:<28} {seconds:7.2f} s")
    print(
        f"{'whole import':<28} {whole:7.2f} s  ({done.documents} answers, "
        f"{done.closed_answers} closed; {whole / times['peer: pandas.read_excel']:.1f} x peer)"
    )


if __name__ == "__main__":
    main()
