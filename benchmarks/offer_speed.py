"""How long the next suggestion takes after a decision, through the whole workbench.

    python -m benchmarks.offer_speed [--reductions 10000] [--groups 300] [--answers 10000]

As the pages ask for it: the study in a file, the decision written with its log, what is compared
brought up to it, and three categories (or codes) with their reasons. Texts are invented and their
vectors drawn by lot around so many centres, so that what a language model takes for a new text is
not in it (``embedding_speed`` measures that). Places are accepted; then moved, and that undone, in
rows of their own. The aim is 50 ms from a decision to the next three; the decision itself stands
beside it. Median, 95 % and slowest of sixty, with the processor's share.
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
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Item, ItemKind, Segment, Source, SourceKind
from qualcode.nlp import registry
from qualcode.nlp.registry import EngineChoice
from qualcode.store.opening import create
from qualcode.workbench import categorising, coding, history, studies, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting import Span, teaching
from qualcode.workbench.suggesting.code_offers import offers_for

ENGINE = "scattered"
NUMBERS = 684
TIMES = 60
CODES = 300
CODED = 5_000
SHARE_PLACED = 0.75
WORDS = (
    "palvelu apu raha kiire tieto puhelin lomake perhe lapsi tuki käynti päätös jono omainen "
    "hoitaja matka asunto työ koulu terveys lääkäri neuvo aika luotto ystävä suru ilo pelko"
).split()


class Scattered:
    """Vectors drawn by lot around a centre that the last number of the text tells."""

    name, prefix, dimensions, lasting, warning = ENGINE, "", NUMBERS, True, ""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = []
        for text in texts:
            about = int(text.rsplit(" ", 1)[-1]) if text[-1:].isdigit() else 0
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            centre = np.random.default_rng(about).normal(size=NUMBERS)
            rows.append(0.5 * centre + np.random.default_rng(seed).normal(size=NUMBERS))
        vectors = np.asarray(rows, dtype=np.float32).reshape(len(texts), NUMBERS)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def said(chance: random.Random, words: int, n: int, about: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words))} {n} {about}"


def study(path: Path) -> Workbench:
    bench = Workbench(create(path), "Mittaaja")
    studies.start(bench, "Mittaus (keksitty)")
    return bench


def with_reductions(bench: Workbench, count: int, groups: int) -> list[str]:
    """So many reductions, three in four placed in subcategories; gives those without a place."""
    chance = random.Random(1)
    mains = [Category(f"m{n}", f"Pääluokka {n}", Level.MAIN_CATEGORY) for n in range(20)]
    subs = [
        Category(f"k{n}", f"{said(chance, 2, n, n)}", Level.SUBCATEGORY, f"m{n % 20}")
        for n in range(groups)
    ]
    made = [ReducedExpression(f"p{n}", said(chance, 4, n, n % groups)) for n in range(count)]
    placed = int(count * SHARE_PLACED)
    with bench.act(Act.IMPORT) as work:
        work.add([*mains, *subs, *made])
        work.add([Placement(f"p{n}", f"k{n % groups}", n) for n in range(placed)])
    return [one.id for one in made[placed:]]


def with_answers(bench: Workbench, count: int) -> list[Document]:
    """So many answers to five questions, some of them coded; gives those that are not."""
    chance = random.Random(2)
    with bench.act(Act.IMPORT) as work:
        work.put(Source("s", "m.csv", "-", SourceKind.SURVEY, "2026-01-01", bench.coder))
        work.add([Item(f"i{n}", "s", f"Kysymys {n}?", ItemKind.OPEN, str(n)) for n in range(5)])
        work.put(Codebook("b", "b", "Kirja", "Book"))
        work.add(
            [
                Code(
                    f"c{n}", "b", f"koodi_{n}", said(chance, 2, n, n), f"Code {n}",
                    definition_fi=said(chance, 9, n, n), position=n,
                )
                for n in range(CODES)
            ]
        )  # fmt: skip
        texts = [
            Document(f"d{n}", "s", said(chance, 12, n, n % CODES), item_id=f"i{n % 5}", position=n)
            for n in range(count)
        ]
        work.add(texts)
        coded = texts[: min(CODED, count // 2)]
        work.add([Segment(f"s{n}", one.id, 0, len(one.text)) for n, one in enumerate(coded)])
        work.add(
            [
                Coding(f"x{n}", f"s{n}", f"c{n % CODES}", bench.coder, f"2026-01-01T{n:06}")
                for n in range(len(coded))
            ]
        )
    return texts[len(coded) :]


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    wall, used = time.perf_counter(), time.process_time()
    what()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - used)


def told(name: str, taken: Sequence[tuple[float, float]]) -> None:
    wall, used = np.array(taken).T
    print(
        f"  {name:34} {np.median(wall):7.1f} ms median, {np.percentile(wall, 95):.1f} p95, "
        f"{wall.max():.1f} slowest; {np.median(used):.1f} of processor",
        flush=True,
    )


def places(bench: Workbench, reductions: int, groups: int) -> None:
    waiting = with_reductions(bench, reductions, groups)
    print(f"{reductions} reductions, {groups} groups")
    told("made the first time", [timed(lambda: suggesting.places_now(bench))])
    decided, offered = [], []
    for now, following in pairwise(waiting[: TIMES + 1]):
        known = suggesting.places_now(bench)
        found = known.suggest(now).suggestion if known else None
        if found is None or not found.candidates:
            continue
        best = found.candidates[0].target_id
        decided.append(timed(_of(suggesting.accept_place, bench, now, best, found)))
        offered.append(timed(_of(_next_places, bench, following)))
    told("a place accepted and logged", decided)
    told("then the next three places", offered)
    _moved(bench, waiting[:TIMES], groups)


def _moved(bench: Workbench, placed: Sequence[str], groups: int) -> None:
    """What has a place is put into another one and back: the sums are made anew each time."""
    taken: dict[str, list[tuple[float, float]]] = {}
    for n, (id, following) in enumerate(pairwise(placed)):
        for name, what in (
            ("moved", _of(categorising.place, bench, [id], f"k{(n + 1) % groups}")),
            ("undone", _of(history.undo, bench)),
        ):
            taken.setdefault(f"a place {name} and logged", []).append(timed(what))
            after = timed(_of(_next_places, bench, following))
            taken.setdefault(f"{name}: then the next three places", []).append(after)
    for row, times in taken.items():
        told(row, times)


def _next_places(bench: Workbench, reduction_id: str) -> object:
    known = suggesting.places_now(bench)
    if known is None:
        return None
    found = known.suggest(reduction_id)
    return found, known.chances(found.suggestion)


def codes(bench: Workbench, answers: int) -> None:
    waiting = with_answers(bench, answers)
    print(f"{answers} answers, {CODES} codes")
    told("made the first time", [timed(lambda: teaching.ready(bench, 600))])
    spans = [Span(one.id, 0, len(one.text)) for one in waiting[: TIMES + 1]]
    # As the page does: what comes next is read while one codes.
    teaching.read_ahead(bench, [span.document_id for span in spans])
    teaching.wait_until_read(bench, 600)
    decided, offered = [], []
    for n, (now, following) in enumerate(pairwise(spans)):
        wanted = f"c{n % CODES}"
        decided.append(timed(_of(coding.code, bench, now.document_id, now.start, now.end, wanted)))
        offered.append(timed(_of(offers_for, bench, following)))
    told("a code given and logged", decided)
    told("then the next answer's codes", offered)


def _of(what: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: what(*given)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reductions", type=int, default=10_000)
    parser.add_argument("--groups", type=int, default=300)
    parser.add_argument("--answers", type=int, default=10_000)
    wanted = parser.parse_args()
    known = patch.dict(registry.EMBEDDERS, {ENGINE: "benchmarks.offer_speed:Scattered"})
    light = patch.object(registry, "LIGHT", registry.LIGHT | {ENGINE})
    best = patch.object(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    with tempfile.TemporaryDirectory() as folder, known, light, best:
        bench = study(Path(folder) / "places.qualcode")
        places(bench, wanted.reductions, wanted.groups)
        bench.store.close()
        bench = study(Path(folder) / "codes.qualcode")
        codes(bench, wanted.answers)
        bench.store.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory {most} MB, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
