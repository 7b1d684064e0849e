"""How fast the store is with 10,000 answers and 5,000 codings, beside plain sqlite3.

    python -m benchmarks.store_speed [--answers 10000] [--json]

Each act goes through the workbench, so its time holds the decision log too. "Plain" is what
Python's own sqlite3 takes in the same run for the same rows without keys, log or domain values:
the ratio tells what the house costs, whatever the machine. The texts are made by this script.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Segment,
    Source,
    SourceKind,
)
from qualcode.store.offers import CODE, Offer
from qualcode.store.opening import create, open_study
from qualcode.store.views import (
    AnswerQuery,
    AnswerState,
    Facet,
    GroupBy,
    How,
    Order,
    OrderBy,
    ReductionQuery,
    among,
)
from qualcode.workbench import coding, history, reducing, studies
from qualcode.workbench.bench import Workbench
from tests.builders import code_whole

WORDS = (
    "apua sai arkeen kotiin omasta tahdosta henkilökohtainen budjetti antoi vapautta valita "
    "äiti lohduttaa lasta työntekijä kuuntelee aikaa jää lepoon huoli väheni rahaa riittää päätös"
).split()
ITEMS = 5


def rows(answers: int) -> list[Any]:
    """A source with five open questions and as many people as it takes."""
    chance = random.Random(7)
    people = answers // ITEMS
    source = Source("s", "iso.xlsx", "0", SourceKind.SURVEY, "2026-01-15", "Maija")
    items = [Item(f"q{n}", "s", f"Kysymys {n}?", ItemKind.OPEN, str(n)) for n in range(ITEMS)]
    respondents = [
        Respondent(f"r{n}", "s", f"A{n}", "asiakas", {"ikä": str(20 + n % 60)}, n)
        for n in range(people)
    ]
    documents = [
        Document(
            f"d{n}",
            "s",
            " ".join(chance.choices(WORDS, k=chance.randint(5, 40))),
            respondent_id=f"r{n // ITEMS % people}",
            item_id=f"q{n % ITEMS}",
            provenance=Provenance("iso.xlsx", "Taulukko1", n // ITEMS + 2, f"Kysymys {n % ITEMS}?"),
            position=n,
        )
        for n in range(answers)
    ]
    return [source, *items, *respondents, *documents]


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def median(act: Callable[[], object], times: int = 15) -> float:
    return statistics.median(timed(act) for _ in range(times))


class Plain:
    """The same rows in plain sqlite3: one table of texts, one of codings, no log."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE respondent (id TEXT PRIMARY KEY, label TEXT, background TEXT);"
            "CREATE TABLE document (id TEXT PRIMARY KEY, text TEXT, respondent TEXT, position INT);"
            "CREATE TABLE coding (id INTEGER PRIMARY KEY, document TEXT, a INT, b INT, code TEXT);"
            "CREATE INDEX of_document ON coding (document);"
            "CREATE INDEX in_order ON document (position);"
        )

    def insert(self, entities: list[Any]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(
            "INSERT INTO respondent VALUES (?, ?, ?)",
            [(e.id, e.label, json.dumps(e.background)) for e in entities if type(e) is Respondent],
        )
        self.connection.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            [(e.id, e.text, e.respondent_id, e.position) for e in entities if type(e) is Document],
        )
        self.connection.execute("COMMIT")

    def code(self, document: str, start: int, end: int) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "INSERT INTO coding (document, a, b, code) VALUES (?, ?, ?, 'c1')",
            (document, start, end),
        )
        self.connection.execute("COMMIT")

    def page(self, offset: int) -> None:
        found = self.connection.execute(
            "SELECT * FROM document JOIN respondent ON respondent.id = document.respondent "
            "ORDER BY position LIMIT 20 OFFSET ?",
            (offset,),
        ).fetchall()
        marks = ",".join("?" * len(found))
        self.connection.execute(
            f"SELECT * FROM coding WHERE document IN ({marks})", [row[0] for row in found]
        ).fetchall()
        self.connection.execute("SELECT count(*) FROM document").fetchall()

    def remove_all(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("DELETE FROM document")
        self.connection.execute("DELETE FROM respondent")
        self.connection.execute("COMMIT")


def measure(folder: Path, answers: int) -> dict[str, tuple[float, float | None]]:
    """What was measured -> seconds, and those of plain sqlite3 where it can do the same."""
    entities = rows(answers)
    codings = answers // 2
    path = folder / "iso.qualcode"
    bench = Workbench(create(path), "Maija")
    studies.start(bench, "Mittaus")
    plain = Plain(folder / "plain.db")
    found: dict[str, tuple[float, float | None]] = {}

    def bring_in() -> None:
        with bench.act(Act.IMPORT) as work:
            work.add(entities)
            work.say(file="iso.xlsx", count=answers)

    found[f"{answers} answers in"] = timed(bring_in), timed(lambda: plain.insert(entities))
    found[f"undo of {answers} answers"] = timed(lambda: history.undo(bench)), None
    found[f"redo of {answers} answers"] = timed(lambda: history.redo(bench)), None

    codes = [Code(f"c{n}", "kirja", f"k{n}", f"Koodi {n}") for n in range(10)]
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.add([Codebook("kirja", "kirja", "Kirja"), *codes])
    spans = [(f"d{n}", 0, 4 + n % 2) for n in range(codings)]
    found[f"{codings} codings, one by one"] = (
        timed(lambda: [coding.code(bench, *span, f"c{n % 10}") for n, span in enumerate(spans)]),
        timed(lambda: [plain.code(*span) for span in spans]),
    )
    fresh = iter(range(1000))
    found["one more coding"] = (
        median(lambda: coding.code(bench, f"d{codings + next(fresh)}", 0, 4, "c1"), 51),
        median(lambda: plain.code("d1", 0, 4), 51),
    )
    found["undo of a coding"] = median(lambda: history.undo(bench), 15), None
    found["one reduction"] = (
        median(lambda: reducing.reduce(bench, f"d{next(fresh)}", 0, 4, f"apu {next(fresh)}"), 51),
        None,
    )
    found["1000 whole texts coded at once"] = (
        timed(lambda: code_whole(bench, [f"d{n}" for n in range(1000)], "c2")),
        None,
    )

    def page(offset: int = 0, **query: Any) -> Callable[[], object]:
        def ask() -> None:
            with bench.store.reading() as reading:
                reading.answers(AnswerQuery(**query), offset, 20)

        return ask

    found["the first page of 20"] = median(page()), median(lambda: plain.page(0))
    last = answers - 20
    found["the last page of 20"] = median(page(last)), median(lambda: plain.page(last))
    found["a page of the uncoded"] = median(page(state=AnswerState.UNCODED)), None
    found["a page of one code"] = median(page(conditions=(among(Facet.CODE, "c3"),))), None
    found["a page of a background variable"] = (
        median(page(conditions=(among(Facet.ATTRIBUTE, "33", name="ikä"),))),
        None,
    )
    found["a page found by search"] = median(page(text="lohduttaa lasta")), None
    found["a page of reductions"] = (
        median(lambda: ask(bench, lambda r: r.reductions(ReductionQuery(), 0, 50))),
        None,
    )
    found["the study in numbers"] = median(lambda: ask(bench, lambda r: r.progress())), None
    found["all evidence for a report"] = median(lambda: ask(bench, lambda r: r.evidence()), 5), None
    found |= views_of_full_study(bench, answers, page)
    found[f"what became of {answers * 3} offers"] = offers_judged(bench, answers), None
    bench.store.close()
    with closing(open_study(path)):
        pass
    found["opening, with the check for damage"] = median(lambda: open_study(path).close(), 5), None
    plain.connection.close()
    return found


def views_of_full_study(
    bench: Workbench, answers: int, page: Callable[..., Callable[[], object]]
) -> dict[str, tuple[float, float | None]]:
    """The next page of filtered, ordered and grouped answers, with 300 codes and 2 codings each."""
    chance = random.Random(3)
    codes = [Code(f"c{n}", "kirja", f"k{n}", f"Koodi {n}", position=n) for n in range(10, 300)]
    segments, codings = [], []
    for n in range(answers * 3 // 2):
        # From the tenth code point on: nothing was coded there before.
        start = 10 + n // answers
        segments.append(Segment(f"x{n}", f"d{n % answers}", start, start + 9))
        code = min(299, int(chance.expovariate(0.01)))
        codings.append(Coding(f"y{n}", f"x{n}", f"c{code}", "Maija", bench.clock()))
    with bench.act(Act.CODE) as work:
        work.add([*codes, *segments, *codings])
    middle = answers * 2 // 3
    asked = {
        "by code, in groups": {"group_by": GroupBy(Facet.CODE)},
        "by age, in groups": {"group_by": GroupBy(Facet.ATTRIBUTE, "ikä")},
        "by respondent, in groups": {"group_by": GroupBy(Facet.RESPONDENT)},
        "in order of age": {"order": Order(OrderBy.ATTRIBUTE, "ikä")},
        "most codings first": {"order": Order(OrderBy.CODINGS, descending=True)},
        "by code, most codings first": {
            "group_by": GroupBy(Facet.CODE),
            "order": Order(OrderBy.CODINGS, descending=True),
        },
        "without any of three codes": {
            "conditions": (among(Facet.CODE, "c1", "c2", "c3", how=How.NONE),)
        },
    }
    return {
        f"next page of 20, {what}": (median(page(middle, **query)), None)
        for what, query in asked.items()
    }


def offers_judged(bench: Workbench, answers: int) -> float:
    """Counting what people did with three codes offered for each answer."""
    chance = random.Random(5)
    codes = [f"c{n}" for n in range(300)]
    with bench.store.writing() as writing:
        for n in range(answers):
            offered = enumerate(chance.sample(codes, 3), 1)
            writing.keep_offers(
                [Offer(CODE, f"d{n}", 0, 30, "Maija", code, rank, 50) for rank, code in offered]
            )
    return median(lambda: ask(bench, lambda r: r.offer_cells(CODE)), 3)


def ask(bench: Workbench, question: Callable[[Any], object]) -> None:
    with bench.store.reading() as reading:
        question(reading)


def main() -> None:
    options = argparse.ArgumentParser(description="Speed of the store beside plain sqlite3.")
    options.add_argument("--answers", type=int, default=10_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), chosen.answers)
    if chosen.json:
        json.dump(found, sys.stdout, indent=1)
        return
    print(
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} CPUs"
    )
    print("| what | ms | plain sqlite3, ms | ratio |\n|---|---:|---:|---:|")
    for what, (seconds, bare) in found.items():
        beside = f"{bare * 1000:.2f} | {seconds / bare:.1f}" if bare else " | "
        print(f"| {what} | {seconds * 1000:.1f} | {beside} |")


if __name__ == "__main__":
    main()
