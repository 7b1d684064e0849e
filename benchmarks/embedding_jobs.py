"""Vectors made while somebody codes; groups of many reductions, from nothing and a second time.

    .venv/bin/python -m benchmarks.embedding_jobs [--answers 10000] [--reductions 1000] [--json]

First one window codes by the direct channel: before, while and after every answer of the study is
prepared for searching by meaning, in one run. Then so many reductions are embedded, grouped and
named, with no vector kept and with all of them kept. Texts are machine-made.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.big_study import build
from benchmarks.embedding_speed import texts
from benchmarks.load_speed import Analyst, _ms
from benchmarks.window import Window
from qualcode.bootstrap import create_store
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.nlp.worker import shared_worker
from qualcode.workbench import studies, suggesting
from qualcode.workbench.bench import Workbench
from qualcode.workbench.likeness import engine_name, vectors_of
from tests.serving import AppServer, serve_command

SAVES = 100
THINK = 0.1
PATIENCE = 600


def saves_beside(place: Path, answers: int) -> dict[str, Any]:
    """Milliseconds from sending a coding to the whole reply, idle and beside the job."""
    study = build(place / "beside.qualcode", answers, 1000, 100)
    server = AppServer(
        lambda port: serve_command(study, port, "--coder", "koodaaja"), place / "log", study
    )
    server.start()
    try:
        coder, other = Analyst(server.url, 0, THINK), Window(server.url)
        coder.open()
        other.open()
        before = saved(coder, lambda count: count < SAVES)
        over = threading.Event()
        took: list[float] = []

        def prepare() -> None:
            begun = time.perf_counter()
            while time.perf_counter() - begun < PATIENCE:
                told = other.ask("find_prepare")
                if not told.get("preparing"):
                    break
            took.append(time.perf_counter() - begun)
            over.set()

        threading.Thread(target=prepare).start()
        during = saved(coder, lambda _: not over.is_set())
        after = saved(coder, lambda count: count < SAVES)
        lost = len(coder.outcome.failures)
    finally:
        server.stop()
    idle = before + after
    return {
        "texts embedded beside": answers,
        "seconds for it": round(took[0], 1),
        "saves beside it": len(during),
        "a save, idle, median (ms)": _ms(idle, 50),
        "a save, idle, p95 (ms)": _ms(idle, 95),
        "a save, beside, median (ms)": _ms(during, 50),
        "a save, beside, p95 (ms)": _ms(during, 95),
        "a save, beside, slowest (ms)": round(1000 * max(during, default=0), 1),
        "failed": lost,
    }


def saved(coder: Analyst, more: Any) -> list[float]:
    """Seconds of each save, one after the other with a little thinking."""
    first = len(coder.outcome.times.get("save", []))
    count = 0
    while more(count):
        coder._mark({"op": "code", "code": coder.chance.choice(coder._codes)})
        count += 1
        time.sleep(THINK)
    return coder.outcome.times.get("save", [])[first:]


def grouped(place: Path, count: int) -> dict[str, Any]:
    """Seconds to embed, group and name so many reductions."""
    store = create_store(place / f"groups-{count}.qualcode")
    bench = Workbench(store, "koodaaja")
    studies.start(bench, "Mittaus")
    wordings = texts(count)
    with bench.act(Act.REDUCE) as work:
        work.add([ReducedExpression(f"r{n}", wording) for n, wording in enumerate(wordings)])
    begun = time.perf_counter()
    engine = engine_name(bench, None)
    vectors_of(bench, engine, ["herätys"], None)
    ready = time.perf_counter() - begun
    begun = time.perf_counter()
    suggesting.suggest_groups(bench)
    nothing = time.perf_counter() - begun
    begun = time.perf_counter()
    vectors_of(bench, engine, wordings, None)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    found = suggesting.suggest_groups(bench)
    again = time.perf_counter() - begun
    memory = worker_megabytes()
    store.close()
    return {
        f"{count}: engine": engine,
        f"{count}: engine ready (s)": round(ready, 2),
        f"{count}: embedded, grouped, named (s)": round(nothing, 1),
        f"{count}: the same with kept vectors (s)": round(again, 1),
        f"{count}: of it reading the vectors (s)": round(read, 2),
        f"{count}: groups": len(found.groups),
        f"{count}: memory of the worker (MB)": memory,
    }


def worker_megabytes() -> float | None:
    """What the helper process holds, read from the Linux kernel; None elsewhere."""
    status = Path(f"/proc/{shared_worker().process_id}/status")
    if not status.exists():
        return None
    return round(int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--reductions", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any] = {"load before": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory() as folder:
        if options.answers:
            found |= saves_beside(Path(folder), options.answers)
        for count in options.reductions:
            found |= grouped(Path(folder), count)
    found["load after"] = round(os.getloadavg()[0], 1)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for what, value in found.items():
            print(f"| {what} | {value} |")


if __name__ == "__main__":
    main()
