"""How fast the nearest in meaning are found among 100,000 answers, and in how much memory.

    python -m benchmarks.meaning_speed [--answers 100000] [--json]

The vectors are random (384 numbers, as a small sentence model gives): this measures speed and
memory, not how good what is found is. No model is loaded; a question costs its vector besides.
Side by side in the same run, on the same vectors: numpy over a matrix in single precision, and
scikit-learn's NearestNeighbors by brute force. The answers themselves are made by this script.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.neighbors import NearestNeighbors

from benchmarks.measuring import run, timings
from benchmarks.search_speed import build
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document
from qualcode.nlp import registry
from qualcode.store.opening import open_study
from qualcode.store.search_query import ANY_TEXT, SEARCHED
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.workbench import likeness, meaning_index, nearest_texts
from qualcode.workbench.bench import Workbench

NUMBERS = 384
TIMES = 40
ENGINE = "e5"
MIDDLE = np.full(NUMBERS, 0.09, np.float32)
"""What all texts of a study have in common, as with real vectors."""


def vectors(count: int, seed: int) -> Any:
    chance = np.random.default_rng(seed)
    rows = MIDDLE + chance.normal(0, 0.02, (count, NUMBERS)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def written(answers: int) -> Iterator[str]:
    """An invented text for each, all different."""
    return (f"Keksitty vastaus numero {n} mittausta varten." for n in range(answers))


def keep(bench: Workbench, answers: int) -> None:
    """Every answer gets its random vector, a few thousand at a time."""
    under = likeness.kept_under(bench, ENGINE)
    texts = list(written(answers))
    for first in range(0, answers, 5000):
        part = texts[first : first + 5000]
        made = vectors(len(part), first)
        with bench.store.writing() as writing:
            writing.keep_vectors(
                under,
                {
                    likeness.text_key(text): row.astype("<f4").tobytes()
                    for text, row in zip(part, made, strict=True)
                },
            )


def memory() -> float:
    """Megabytes of this process that are in use now (not the most it ever had)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measure(answers: int) -> dict[str, object]:
    questions = vectors(TIMES, 7_000_000)
    asked = {f"kysymys {n}": row for n, row in enumerate(questions)}
    nearest_texts._engine = lambda bench: registry.choice(ENGINE)  # type: ignore[assignment]
    nearest_texts._asked = lambda engine, question: asked[question][None, :]  # type: ignore
    result: dict[str, object] = {"answers": answers}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "merkitys.qualcode"
        build(path, list(written(answers)))
        bench = Workbench(open_study(path), "Maija")
        keep(bench, answers)

        def ask(question: str, texts: AnswerQuery = ANY_TEXT) -> object:
            return nearest_texts.nearest(bench, question, SEARCHED, texts, 600)

        before = memory()
        started = time.perf_counter()
        ask("kysymys 0")
        result["made ready, s, once"] = round(time.perf_counter() - started, 1)
        ready = memory()
        result["qualcode"] = timings(ask, list(asked))
        clients = AnswerQuery(
            state=AnswerState.ALL, conditions=(among(Facet.ACTOR_GROUP, "asiakas"),)
        )
        result["qualcode, one actor group"] = timings(lambda q: ask(q, clients), list(asked))
        result["memory of what is compared, MB"] = round(ready - before, 1)
        result["memory grown by searches, MB"] = round(memory() - ready, 1)
        result["after one new answer"] = timings(
            lambda n: (_one_more(bench, n), ask("kysymys 1")), range(10)
        )
        bench.store.close()
    meaning_index._kept.clear()
    matrix = np.concatenate(
        [vectors(min(5000, answers - first), first) for first in range(0, answers, 5000)]
    )
    result["numpy, single precision"] = timings(
        lambda row: np.argsort(-(matrix @ row))[:100], questions
    )
    result["its memory, MB"] = round(matrix.nbytes / 2**20, 1)
    brute = NearestNeighbors(n_neighbors=100, algorithm="brute", metric="cosine").fit(matrix)
    result["scikit-learn, brute force"] = timings(
        lambda row: brute.kneighbors(row[None, :]), questions
    )
    return result


def _one_more(bench: Workbench, n: int) -> None:
    text = f"Myöhempi keksitty vastaus {n}."
    under = likeness.kept_under(bench, ENGINE)
    with bench.store.writing() as writing:
        row = vectors(1, 8_000_000 + n)[0].astype("<f4").tobytes()
        writing.keep_vectors(under, {likeness.text_key(text): row})
    with bench.act(Act.IMPORT) as work:
        work.add([Document(f"later{n}", "s", text, respondent_id="r0", position=10**7 + n)])


def main() -> int:
    return run(__doc__, measure, 100_000)


if __name__ == "__main__":
    sys.exit(main())
