"""What builds on a large act, how long the others' saves wait meanwhile, and undoing it all.

    .venv/bin/python -m benchmarks rehearsal_speed [--answers 10000]

One person asks the history what would go along with the import or with a bulk coding; another codes
all the while. Beside it the plain way: the undo tried in the store itself, under the writer's lock.
Last, imports that as many acts build on as they have answers, taken back with all in one step.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.big_study import build
from qualcode.domain.documents import Document
from qualcode.store.opening import create, open_study
from qualcode.workbench import coding, history, reducing
from qualcode.workbench.bench import Workbench
from tests.builders import a_study, code_whole, with_answers, with_codes

BUILDERS = (100, 350, 1000)


class _Enough(Exception):
    """Rolls back what was tried."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks rehearsal_speed")
    parser.add_argument("--answers", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "iso.qualcode", options.answers)
        bench = Workbench(open_study(path), "Maija")
        with bench.store.reading() as rows:
            documents = [document.id for document in rows.find(Document)]
        code_whole(bench, documents, "c03")
        bulk = history.log(bench).rows[0].id
        print(
            f"a coding of {len(documents)} texts in one act; one coder at work beside it",
            flush=True,
        )
        _tell("rehearsed over a reading", bench, path, documents, lambda: _rehearse(bench, bulk))
        _tell("tried under the lock", bench, path, documents, lambda: _try_out(bench, bulk))
        bench.store.close()
        for builders in BUILDERS:
            _undo_built_on(Path(folder) / f"rakennettu-{builders}.qualcode", builders)
    return 0


def _undo_built_on(path: Path, builders: int) -> None:
    bench = a_study(create(path))
    with_codes(bench, "Apu", "Aika")
    answers = with_answers(bench, *(f"Sain valita ajan itse {n}" for n in range(builders)))
    number = history.log(bench).rows[0].id
    for n, answer in enumerate(answers):
        if n % 2:
            coding.code(bench, answer, 0, 4, "c1")
        else:
            reducing.reduce(bench, answer, 0, 4, f"ajan valinta {n}")
    begun = time.perf_counter()
    along = [one.id for one in history.dependents(bench, number)]
    rehearsed = time.perf_counter() - begun
    begun = time.perf_counter()
    history.undo_decision(bench, number, along)
    undone = time.perf_counter() - begun
    begun = time.perf_counter()
    history.redo_decision(bench, number)
    redone = time.perf_counter() - begun
    bench.store.close()
    print(
        f"an import that {len(along)} acts build on: rehearsed {rehearsed:.2f} s, "
        f"undone {undone:.2f} s, done again {redone:.2f} s",
        flush=True,
    )


def _rehearse(bench: Workbench, number: int) -> None:
    history.dependents(bench, number)


def _try_out(bench: Workbench, number: int) -> None:
    try:
        with bench.store.writing() as writing:
            history._take_back_with(writing, bench, number, None)
            raise _Enough
    except _Enough:
        pass


def _tell(
    name: str, bench: Workbench, path: Path, documents: list[str], ask: Callable[[], None]
) -> None:
    other = Workbench(open_study(path, patience=60), f"Pekka {name}")
    over = threading.Event()
    saves: list[float] = []

    def work() -> None:
        for document in documents:
            if over.is_set():
                return
            begun = time.perf_counter()
            coding.code(other, document, 0, 3, "c05")
            saves.append(time.perf_counter() - begun)

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(0.2)
    saves.clear()
    begun = time.perf_counter()
    ask()
    took = time.perf_counter() - begun
    time.sleep(0.05)
    over.set()
    worker.join()
    other.store.close()
    print(
        f"{name}: {took:.2f} s; {len(saves)} saves meanwhile, median "
        f"{statistics.median(saves) * 1000:.0f} ms, longest {max(saves) * 1000:.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
