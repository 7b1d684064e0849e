"""What measurements of questions share: times in milliseconds, and how results are printed."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def timings(act: Callable[[T], object], questions: Iterable[T]) -> dict[str, float]:
    """Milliseconds over every question: median, p95, and the processor's time for one."""
    found = []
    processor = time.process_time()
    for question in questions:
        started = time.perf_counter()
        act(question)
        found.append((time.perf_counter() - started) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(found)
    return {
        "median": round(statistics.median(found), 2),
        "p95": round(statistics.quantiles(found, n=20)[-1], 2),
        "processor": round(processor, 2),
    }


def run(told: str | None, measure: Callable[[int], Mapping[str, object]], answers: int) -> int:
    """A measurement's command line: so many answers, perhaps several times, as text or JSON."""
    options = argparse.ArgumentParser(description=told)
    options.add_argument("--answers", type=int, action="append")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    results = [measure(count) for count in chosen.answers or [answers]]
    if chosen.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
        return 0
    for result in results:
        for name, value in result.items():
            print(f"{name:<34} {_in_words(value)}")
    return 0


def _in_words(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return "   ".join(f"{name} {number:>8} ms" for name, number in value.items())
