"""How fast words are found among 10,000 answers (and 100,000), and how long the first search takes.

    python -m benchmarks.search_speed [--answers 10000] [--json]

Side by side in the same run: SQLite's own full-text index (FTS5, which finds words exactly as
written) and a plain look through every text in Python, which finds pieces of words. The answers
are made by this script: random Finnish word forms, the common ones more often.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from wordfreq import get_frequency_dict

from benchmarks.measuring import run, timings
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source, SourceKind
from qualcode.nlp.problems import EngineProblem
from qualcode.store.opening import create, open_study
from qualcode.workbench import finding, kwic, nearest_texts, search_keys, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.finding import Query, Way

ASKED = ("palvelu", "asiakas", "työ", "lapsi perhe", "tuki -raha", "kodissa", "palv*", "vaikeeta")
TIMES = 25


def texts(answers: int) -> list[str]:
    """Answers of 5-40 words."""
    chance = random.Random(2026)
    shares = get_frequency_dict("fi", "small")
    words = [word for word in shares if word.isalpha()]
    weights = [shares[word] for word in words]
    return [
        " ".join(chance.choices(words, weights, k=chance.randint(5, 40))).capitalize() + "."
        for _ in range(answers)
    ]


def build(path: Path, written: list[str]) -> None:
    store = create(path)
    bench = Workbench(store, "Maija")
    studies.start(bench, "Hakumittaus (keksitty)")
    people = max(1, len(written) // 5)
    with bench.act(Act.IMPORT) as work:
        work.add([Source("s", "iso.xlsx", "0", SourceKind.SURVEY, "2026-01-15", "Maija")])
        work.add([Respondent(f"r{n}", "s", f"A{n}", "asiakas", {}, n) for n in range(people)])
        work.add(
            [
                Document(f"d{n:06}", "s", text, respondent_id=f"r{n % people}", position=n)
                for n, text in enumerate(written)
            ]
        )
    store.close()


def measured(act: Callable[[str], object], times: int = TIMES) -> dict[str, float]:
    return timings(act, [*ASKED] * times)


def beside(written: list[str]) -> dict[str, dict[str, float]]:
    """The same questions put to FTS5 and to a plain loop."""
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE answer USING fts5(text)")
    plain.executemany("INSERT INTO answer VALUES (?)", [(text,) for text in written])
    folded = [text.casefold() for text in written]

    def indexed(asked: str) -> object:
        question = asked.replace(" -", " NOT ")
        return plain.execute(
            "SELECT rowid, snippet(answer, 0, '[', ']', '…', 12) FROM answer WHERE answer MATCH ? "
            "ORDER BY rowid LIMIT 50",
            (question,),
        ).fetchall()

    def looked_through(asked: str) -> object:
        words = asked.strip("*").replace("-", "").split()
        return [n for n, text in enumerate(folded) if all(word in text for word in words)]

    return {"fts5, exact words": measured(indexed), "a loop in Python": measured(looked_through)}


def measure(answers: int) -> dict[str, object]:
    written = texts(answers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "haku.qualcode"
        build(path, written)
        bench = Workbench(open_study(path), "Maija")
        started = time.perf_counter()
        search_keys.keep_up(bench)
        first = time.perf_counter() - started

        def ask(way: Way) -> Callable[[str], object]:
            def act(asked: str) -> object:
                found = finding.find(bench, Query(asked, way), 0, 50)
                return [kwic.lines(hit) for hit in found.hits]

            return act

        ask(Way.FORMS)("palvelu")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        result: dict[str, object] = {
            "answers": answers,
            "different words": len({w for text in written for w in text.casefold().split()}),
            "first search, all keys made, s": round(first, 1),
            "any form of the words": measured(ask(Way.FORMS)),
            "exactly as written": measured(ask(Way.EXACT)),
            "a pattern": measured(lambda asked: ask(Way.REGEX)(rf"\b{asked.split()[0]}"), 5),
            **beside(written),
        }
        try:
            nearest_texts.prepare(bench)
            ask(Way.MEANING)("apua arkeen")
            result["by meaning"] = measured(ask(Way.MEANING), 5)
        except (EngineProblem, nearest_texts.NoMeaning) as problem:
            result["by meaning"] = str(problem)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        result["memory grown by searching, MB"] = round((after - before) / 1024, 1)
        bench.store.close()
    return result


def main() -> int:
    return run(__doc__, measure, 10_000)


if __name__ == "__main__":
    sys.exit(main())
