"""How long looking through all answers takes, and what a page of an order made so costs.

    python -m benchmarks.outlook_speed [--answers 10000]

Texts, codes and codings are made by this script and their vectors are drawn by lot, so that what a
language model takes is not in it (``embedding_speed`` measures that).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment, Source, SourceKind
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.store.answer_query import AnswerQuery, Order, OrderBy
from qualcode.store.opening import create
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import outlook

ENGINE = "drawn"
NUMBERS = 684
CODES = 30
CODED = 1_500
PAGE = 25
WORDS = "palvelu apu raha kiire tieto puhelin lomake perhe lapsi tuki käynti päätös jono".split()


class Drawn:
    """Vectors drawn by lot, always the same one for a text."""

    name, prefix, dimensions, lasting, warning = ENGINE, "", NUMBERS, True, ""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = [
            np.random.default_rng(
                int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            ).normal(size=NUMBERS)
            for text in texts
        ]
        vectors = np.asarray(rows, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def study(path: Path, answers: int) -> Workbench:
    """So many invented answers, of which some are coded."""
    drawn = random.Random(1)
    bench = Workbench(create(path), "Mittaaja")
    studies.start(bench, "Mittaus")
    codes = [Code(f"c{n}", "b", f"koodi_{n}", f"Koodi {n}", position=n) for n in range(CODES)]
    texts = [
        Document(f"d{n}", "s", " ".join(drawn.choices(WORDS, k=8)) + f" {n}", position=n)
        for n in range(answers)
    ]
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "m.csv", "-", SourceKind.SURVEY, "2026-01-01", bench.coder))
        work.add([Codebook("b", "b", "Kirja", "Book"), *codes])
        work.add(texts)
        segments = [Segment(f"s{n}", f"d{n}", 0, len(texts[n].text)) for n in range(CODED)]
        work.add(segments)
        work.add(
            [
                Coding(f"k{n}", one.id, f"c{drawn.randrange(CODES)}", bench.coder, "2026")
                for n, one in enumerate(segments)
            ]
        )
    return bench


def median(name: str, what: Callable[[], Any], times: int = 1) -> None:
    """Prints wall and processor time, the middle one of several."""
    taken = []
    for _ in range(times):
        wall, used = time.perf_counter(), time.process_time()
        what()
        taken.append((time.perf_counter() - wall, time.process_time() - used))
    wall, used = sorted(taken)[len(taken) // 2]
    print(f"{name:44} wall {wall:7.3f} s   processor {used:7.3f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--answers", type=int, default=10_000)
    wanted = parser.parse_args()
    registry.EMBEDDERS[ENGINE] = "benchmarks.outlook_speed:Drawn"
    light = patch.object(registry, "LIGHT", registry.LIGHT | {ENGINE})
    best = patch.object(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    with tempfile.TemporaryDirectory() as folder, light, best:
        bench = study(Path(folder) / "study.qualcode", wanted.answers)

        def page(by: OrderBy, offset: int) -> None:
            with bench.store.reading() as rows:
                rows.answers(AnswerQuery(order=Order(by)), offset, PAGE)

        def pile() -> None:
            with bench.store.reading() as rows:
                rows.unsure_answers(500, 0, 15)

        median("looking through, vectors made", lambda: outlook.look_through(bench, _nobody))
        median("looking through again", lambda: outlook.look_through(bench, _nobody), 3)
        for by in (OrderBy.STUDY, OrderBy.UNSURE, OrderBy.NEW):
            for offset in (0, wanted.answers * 9 // 10):
                median(f"page of {PAGE} from {offset}, order {by.value}", _of(page, by, offset), 5)
        median("pile of what is not known", pile, 5)
        bench.store.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory {most} MB, load {os.getloadavg()[0]:.1f}")


def _of(page: Callable[[OrderBy, int], None], by: OrderBy, offset: int) -> Callable[[], None]:
    return lambda: page(by, offset)


def _nobody(_done: int, _whole: int) -> None:
    """Nobody waits for the news."""


if __name__ == "__main__":
    main()
