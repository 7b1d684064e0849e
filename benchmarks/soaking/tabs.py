"""A tab that works on its own: an outbox like the browser's, with bad luck added."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter
from typing import Any

from benchmarks.soaking.acts import Analyst, Op
from benchmarks.window import Gone, Lost, Refused, Window

BURST = 6
"""Operations at once, at most: a person who knows the keys is faster than a slow server."""

LOST_ON_THE_WAY = 0.08
"""How often an answer is taken as never come, so that everything is sent again."""

TURNING = 0.12
"""How often the history is opened to take an act back, or to do it again."""


class Tab(threading.Thread):
    """Acts until ``enough`` is set, then until everything it did is acknowledged.

    ``acknowledged`` are the operations done, by number; ``refused`` those that were not.
    """

    def __init__(self, name: str, url: str, seed: int, enough: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.chance = random.Random(seed)
        self.client = f"soak-{name}"
        self.window = Window(url)
        self.analyst = Analyst(name, self.chance)
        self.enough = enough
        self.acknowledged: dict[int, Op] = {}
        self.refused: dict[int, str] = {}
        self.tally: Counter[str] = Counter()
        self.failure: BaseException | None = None
        self._seqs = itertools.count(1)
        self._pending: list[Op] = []
        self._seen = 0
        self._latest = 0  # the number of the last operation that is no turn
        self._turns: dict[str, list[int]] = {}
        self._beginning = 0  # acts up to this one made the study and stay

    def run(self) -> None:
        try:
            self._open()
            while not self.enough.is_set():
                self._work()
                time.sleep(self.chance.expovariate(12))
            while self._pending:
                self._safely(self._flush)
            self.read_news()
        except BaseException as error:  # told by the main thread, which ends the soak with it
            self.failure = error

    def read_news(self) -> None:
        """What has changed since the window looked last."""
        self._safely(self._news)

    def stale_rows(self) -> list[str]:
        """Answers that the window shows otherwise than they are, by news alone from the start."""
        told = self.window.ask("news", docs=self._docs, seen=0)
        return [row["id"] for row in told["rows"] if not self._shows(row)]

    def _shows(self, row: dict[str, Any]) -> bool:
        mine = self.analyst.rows[row["id"]]
        return all(value is None or mine[name] == value for name, value in row.items())

    # --- working ---

    def _work(self) -> None:
        if self.chance.random() < TURNING:
            self._safely(self._turn_something)
        else:
            for _ in range(self.chance.randint(1, BURST) if self.chance.random() < 0.2 else 1):
                self._act(self.analyst.act())
        self._safely(self._flush)
        if self.chance.random() < 0.2:
            self.read_news()

    def _act(self, operation: Op) -> None:
        seq = next(self._seqs)
        if operation["op"] in ("undo", "redo"):
            operation = operation | self._meant(operation["op"])
        elif operation["op"] not in ("undo_act", "redo_act"):
            self._latest = seq
        self._pending.append({**operation, "seq": seq})

    def _meant(self, turn: str) -> Op:
        """What the turn names: an operation of this tab, perhaps still on its way, or an act."""
        told = self._turns.get(turn) or []
        if self._latest and (not told or self.chance.random() < 0.5):
            return {"of": {"client": self.client, "seq": self._latest}}
        return {"number": told[0]} if told else {}

    def _turn_something(self) -> None:
        """From the history: any act, of anybody, with all that builds on it."""
        acts = self.window.ask("past", more=40)["acts"]
        turnable = [one for one in acts if one["can"] and one["id"] > self._beginning]
        act = self.chance.choice(turnable or [None])
        if act is None:
            return
        if act["can"] == "redo":
            self._act({"op": "redo_act", "number": act["id"]})
            return
        try:
            along = [one["id"] for one in self.window.ask("builders", number=act["id"])["acts"]]
        except Refused:
            self.tally["nothing can take it back"] += 1
            return
        if len(along) > 25:
            self.tally["too much built on it"] += 1
            return
        self._act({"op": "undo_act", "number": act["id"], "also": along})

    # --- sending ---

    def _flush(self) -> None:
        if not self._pending:
            return
        told = self.window.ask(
            "ops", client=self.client, ops=self._pending, docs=self._docs, seen=self._seen
        )
        if self.chance.random() < LOST_ON_THE_WAY:
            self.tally["answers lost"] += 1
            return
        ack = told["ack"].get(self.client, 0)
        refused = {one["seq"]: one["message"] for one in told["refused"]}
        for operation in self._pending:
            seq = operation["seq"]
            if seq > ack:
                continue
            self.tally[operation["op"]] += 1
            if seq in refused:
                self.refused[seq] = refused[seq]
            else:
                self.acknowledged[seq] = operation
        self._pending = [one for one in self._pending if one["seq"] > ack]
        self._take(told)

    def _news(self) -> None:
        self._take(self.window.ask("news", docs=self._docs, seen=self._seen))
        self.tally["news"] += 1

    def _take(self, told: dict[str, Any]) -> None:
        self._seen = told["revision"]
        self._turns = told["turns"]
        self.analyst.learn(told)

    @property
    def _docs(self) -> list[str]:
        return list(self.analyst.rows)

    # --- the server goes and comes ---

    def _safely(self, ask: Any) -> None:
        try:
            ask()
        except Lost:
            self.tally["connections lost"] += 1
            time.sleep(0.2)
        except Gone:
            self.tally["opened again"] += 1
            self._open()

    def _open(self) -> None:
        """A window that was open keeps its answers and what it has seen, as the marker does."""
        while True:
            try:
                told = self.window.open()
            except Lost:
                time.sleep(0.3)
            else:
                break
        if not self.analyst.rows:
            self._seen = self._beginning = told["revision"]
            self.analyst.learn(told)
