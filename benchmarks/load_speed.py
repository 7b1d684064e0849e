"""Twenty analysts at work on one server process, and Taguette beside it.

    .venv/bin/python -m benchmarks.load_speed [--seconds 60] [--no-peer] [--json]

10,000 answers, 20,000 codings, 300 codes. Every analyst has a window of their own: a real session
of the page, which stays open, and the direct channel, asked as the marker asks it. They act after
thinking 1.5 s on average, ask for news every three seconds, turn sheets, and tell the page after a
rest. Two and two read the same sheet. Latency runs from sending to the whole reply in hand.

The peer: storing a highlight and listing a tag's highlights in Taguette, by its own HTTP interface,
with as many texts, highlights and tags, one person after the other and by as many people at once.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.big_study import build
from benchmarks.taguette_peer import Taguette, TaguetteMissing
from benchmarks.window import Gone, Lost, Refused, Window
from qualcode.store.answer_query import AnswerQuery, Facet, among, as_conditions
from tests.serving import AppServer, serve_command

ANSWERS, CODINGS, REDUCTIONS, CODES = 10_000, 20_000, 1_000, 300
NEWS_EVERY = 3.0
TELL_AFTER = 2.5
CODE_LISTED = "c05"
ALONE = 100
"""Acts one after the other by one person."""


@dataclass
class Outcome:
    """What happened, by kind of question: seconds each; and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """Ids of codings and links that were acknowledged and not taken off again."""
    failures: list[str] = field(default_factory=list)

    def timed(self, kind: str, ask: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        reply = ask()
        self.times.setdefault(kind, []).append(time.perf_counter() - begun)
        return reply


class Analyst:
    """Somebody who reads and codes. ``outcome`` fills while they work."""

    def __init__(self, url: str, number: int, think: float) -> None:
        self.window = Window(url)
        self.chance = random.Random(number)
        self.think = think
        self.number = number
        self.outcome = Outcome()
        self._client = f"load-{number}-{uuid.uuid4().hex}"
        self._seq = 0
        self._seen = 0
        self._mine: list[str] = []
        self._taken: set[tuple[Any, ...]] = set()

    def open(self) -> None:
        told = self.outcome.timed("page opened", self.window.open)
        self._shows(told)
        self._codes = [code["id"] for code in told["codes"]]
        # Two and two read the same answers, as those do who code side by side.
        self._shows(self.window.ask("sheet", number=1 + self.number // 2))

    def work(self, seconds: float) -> None:
        """Acts and asks for so long; what goes wrong is noted, and the work goes on."""
        end = time.monotonic() + seconds
        act_at = time.monotonic() + self._thinking()
        news_at, tell_at, acts = time.monotonic() + NEWS_EVERY, float("inf"), 0
        while (now := time.monotonic()) < end:
            try:
                if now >= act_at:
                    self._act()
                    acts += 1
                    act_at = time.monotonic() + self._thinking()
                    news_at, tell_at = now + NEWS_EVERY, now + TELL_AFTER
                elif now >= news_at:
                    self._learn(self.outcome.timed("news", lambda: self._ask("news")))
                    news_at = time.monotonic() + NEWS_EVERY
                elif now >= tell_at:
                    self.window.tell("acted", acts)
                    tell_at = float("inf")
            except (Gone, Lost, Refused, AssertionError) as error:
                self.outcome.failures.append(repr(error))
                act_at = time.monotonic() + self._thinking()
            time.sleep(max(0.0, min(act_at, news_at, tell_at, end) - time.monotonic()))

    def _act(self) -> None:
        kind = self.chance.random()
        if kind < 0.06:
            asked = {"step": self.chance.choice((1, -1)), "from": self._sheet["key"]}
            turned = self.outcome.timed("sheet", lambda: self.window.ask("sheet", **asked))
            self._shows(turned)
        elif kind < 0.12 and self._mine:
            gone = self._mine.pop(self.chance.randrange(len(self._mine)))
            if self._save({"op": "uncode", "id": gone}):
                self.outcome.kept.discard(gone)
        elif kind < 0.25:
            self._mark({"op": "reduce", "wording": f"pelkistys {uuid.uuid4().hex[:8]}"})
        else:
            coded = self._mark({"op": "code", "code": self.chance.choice(self._codes)})
            if coded:
                self._mine.append(coded)

    def _mark(self, operation: dict[str, Any]) -> str | None:
        """The id of the new mark on a passage that bears no such mark of mine yet."""
        while True:
            doc = self.chance.choice(self._docs)
            start, end = sorted(self.chance.sample(range(self._lengths[doc] + 1), 2))
            place = (doc, start, end, operation.get("code"))
            if place not in self._taken:
                break
        self._taken.add(place)
        # Windows of one person may not mark the same: each begins its marks at other places.
        id = f"{self.number}-{uuid.uuid4().hex}"
        if not self._save({**operation, "id": id, "doc": doc, "start": start, "end": end}):
            return None
        self.outcome.kept.add(id)
        return id

    def _save(self, operation: dict[str, Any]) -> bool:
        self._seq += 1
        body = {"client": self._client, "ops": [{**operation, "seq": self._seq}]}
        told = self.outcome.timed("save", lambda: self._ask("ops", **body))
        self._learn(told)
        if told["ack"].get(self._client) != self._seq or told["refused"]:
            self.outcome.failures.append(json.dumps(told["refused"], ensure_ascii=False))
            return False
        return True

    def _ask(self, verb: str, **body: Any) -> dict[str, Any]:
        return self.window.ask(verb, docs=self._docs, seen=self._seen, **body)

    def _learn(self, told: dict[str, Any]) -> None:
        self._seen = max(self._seen, told["revision"])

    def _shows(self, told: dict[str, Any]) -> None:
        self._sheet, self._docs = told["sheet"], told["sheet"]["ids"]
        self._lengths = {row["id"]: len(row["text"]) for row in told["rows"]}
        self._seen = told["revision"]

    def _thinking(self) -> float:
        return self.chance.uniform(0.5, 1.5) * self.think


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = _ours(place, options)
        if not options.no_peer:
            try:
                rows |= _theirs(place, options, rows)
            except TaguetteMissing as missing:
                rows["Taguette could not be installed"] = str(missing)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for what, value in rows.items():
            print(f"| {what} | {value} |")


def _ours(place: Path, options: argparse.Namespace) -> dict[str, Any]:
    study = build(place / "load.qualcode", ANSWERS, CODINGS, REDUCTIONS, CODES)
    server = AppServer(
        lambda port: serve_command(study, port, "--coder", "koodaaja"), place / "log", study
    )
    server.start()
    try:
        alone = Analyst(server.url, 0, options.think)
        alone.open()
        for _ in range(ALONE):
            alone._act()
        listed = _listing(server.url)
        alone.window.close()
        people = [Analyst(server.url, n + 1, options.think) for n in range(options.analysts)]
        for person in people:
            person.open()
        spent, begun = _cpu(server), time.perf_counter()
        _together([partial(person.work, options.seconds) for person in people])
        share = (_cpu(server) - spent) / (time.perf_counter() - begun)
        memory = _memory(server)
        for person in people:
            person.window.close()
    finally:
        server.stop()
    outcomes = [person.outcome for person in (alone, *people)]
    saves = _gathered([p.outcome for p in people], "save")
    return {
        "one analyst: a save, median (ms)": _ms(alone.outcome.times["save"], 50),
        "one analyst: a save, p95 (ms)": _ms(alone.outcome.times["save"], 95),
        "one analyst: a code's answers listed, median (ms)": _ms(listed, 50),
        f"{options.analysts} analysts: saves": len(saves),
        f"{options.analysts} analysts: a save, median (ms)": _ms(saves, 50),
        f"{options.analysts} analysts: a save, p95 (ms)": _ms(saves, 95),
        f"{options.analysts} analysts: a save, p99 (ms)": _ms(saves, 99),
        "news, median (ms)": _ms(_gathered(outcomes, "news"), 50),
        "news, p95 (ms)": _ms(_gathered(outcomes, "news"), 95),
        "a sheet turned, median (ms)": _ms(_gathered(outcomes, "sheet"), 50),
        "page opened, median (ms)": _ms(_gathered(outcomes, "page opened"), 50),
        "lost": len(_lost(study, set().union(*(o.kept for o in outcomes)))),
        "failed": sum(len(o.failures) for o in outcomes),
        "first failures": [f for o in outcomes for f in o.failures][:3],
        "server, share of one core (%)": round(100 * share),
        "server, memory (MB)": round(memory),
    }


def _listing(url: str) -> list[float]:
    """Seconds to get the first sheet of the answers that carry one code."""
    conditions = as_conditions(AnswerQuery(conditions=(among(Facet.CODE, CODE_LISTED),)))
    window = Window(url, query=urlencode({"ehdot": json.dumps(conditions)}))
    told = window.open()
    if told["sheet"]["total"] > CODINGS // CODES * 2:
        raise AssertionError("the page shows more than the answers of one code")
    outcome = Outcome()
    for _ in range(ALONE):
        outcome.timed("listed", lambda: window.ask("sheet", number=1))
    window.close()
    return outcome.times["listed"]


def _theirs(place: Path, options: argparse.Namespace, ours: dict[str, Any]) -> dict[str, Any]:
    with sqlite3.connect(place / "load.qualcode") as db:
        texts = [text for (text,) in db.execute("select text from document order by position")]
    peer = Taguette(place, texts, CODINGS, CODES)
    try:
        before = peer.stored()
        alone = _highlights(peer, 0, ALONE, 0.0)
        client = peer.window()
        for n in range(ALONE // 4):
            alone.timed("listed", partial(peer.listed, client, n + 1))
        outcomes = [Outcome() for _ in range(options.analysts)]
        acts = max(1, round(options.peer_seconds / options.think))

        def work(n: int) -> None:
            outcomes[n] = _highlights(peer, n + 1, acts, options.think)

        _together([partial(work, n) for n in range(options.analysts)])
        stored = peer.stored() - before
    finally:
        peer.stop()
    together = _gathered(outcomes, "save")
    save, listed = _ms(alone.times["save"], 50), _ms(alone.times["listed"], 50)
    crowd = _ms(together, 50)
    return {
        "Taguette, one person: a highlight stored, median (ms)": save,
        "Taguette, one person: a tag's highlights listed, median (ms)": listed,
        f"Taguette, {options.analysts} people: a highlight stored, median (ms)": crowd,
        f"Taguette, {options.analysts} people: a highlight stored, p95 (ms)": _ms(together, 95),
        "Taguette: lost": ALONE + len(together) - stored,
        "ratio, one person stores": _ratio(ours["one analyst: a save, median (ms)"], save),
        "ratio, one person lists": _ratio(
            ours["one analyst: a code's answers listed, median (ms)"], listed
        ),
        f"ratio, {options.analysts} people store": _ratio(
            ours[f"{options.analysts} analysts: a save, median (ms)"], crowd
        ),
    }


def _highlights(peer: Taguette, number: int, acts: int, think: float) -> Outcome:
    outcome, chance = Outcome(), random.Random(number)
    client = peer.window()
    for _ in range(acts):
        time.sleep(chance.uniform(0.5, 1.5) * think)
        text, tag = chance.randrange(peer.texts) + 1, chance.randrange(peer.tags) + 1
        start = chance.randrange(20)
        store = partial(peer.highlight, client, text, start, start + 20, tag)
        outcome.timed("save", store)
    client.close()
    return outcome


def _together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _gathered(outcomes: list[Outcome], kind: str) -> list[float]:
    return [seconds for outcome in outcomes for seconds in outcome.times.get(kind, [])]


def _lost(study: Path, kept: set[str]) -> set[str]:
    """What was acknowledged and is not in the study."""
    with sqlite3.connect(study) as db:
        there = {
            id for (id,) in db.execute("select id from coding union select id from reduction_link")
        }
    return kept - there


def _ms(seconds: list[float], percent: int) -> float:
    if len(seconds) < 2:
        return float("nan")
    cut = statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]
    return round(cut * 1000, 1)


def _ratio(ours: float, theirs: float) -> float:
    return round(ours / theirs, 2)


def _cpu(server: AppServer) -> float:
    """Seconds of processor time that the server has used."""
    assert server.process is not None
    parts = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / 100


def _memory(server: AppServer) -> float:
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--analysts", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=1.5)
    parser.add_argument("--peer-seconds", type=float, default=20)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
