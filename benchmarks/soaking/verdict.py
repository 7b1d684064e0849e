"""Whether a study came through the soak: whole, told by its log, every act in it exactly once."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qualcode.bootstrap import Settings, open_store, workbench
from qualcode.domain.decisions import Act
from qualcode.store.kinds import KINDS, to_row
from qualcode.store.outcomes import Outcome
from qualcode.store.repository import Reading
from qualcode.workbench.checking import check
from qualcode.workbench.replaying import all_decisions, replay

KIND_MADE = {"code": "coding", "link": "reduction_link", "reduce": "reduction_link",
             "add_code": "code", "add": "category"}  # fmt: skip
"""Operations that make a row with the id that the window gave it."""


@dataclass
class Verdict:
    """``problems`` is empty when all is well."""

    decisions: int = 0
    undone: int = 0
    operations: int = 0
    repeated: int = 0
    """Acts that found their coding, link or name there already and rightly changed nothing."""
    problems: list[str] = field(default_factory=list)


def judge(study: Path, tabs: Mapping[str, tuple[Mapping[int, Any], Iterable[int]]]) -> Verdict:
    """The study at the end. ``tabs``: client -> (operations done by number, numbers refused)."""
    verdict = Verdict()
    store = open_store(study)
    bench = workbench(store, Settings(folder=study.parent, coder="soak"))
    with store.reading() as rows:
        _judge_log(rows, verdict)
        made = _times_made(rows)
        turned = {one.id: one.of for one in all_decisions(rows) if one.of is not None}
    verdict.problems += [f"check: {finding}" for finding in check(bench)]
    store.close()
    taken = _operations_taken(study)
    for client, (done, refused) in tabs.items():
        verdict.operations += len(done) + len(list(refused))
        mine = taken.get(client, {})
        lost = sorted({*done, *refused} - mine.keys())
        if lost:
            verdict.problems.append(f"{client}: acknowledged but not in the study: {lost[:10]}")
        verdict.problems += [
            f"{client} {seq}: {operation} was refused and the window was not told"
            for seq, operation in done.items()
            if seq in mine and mine[seq].refusal is not None
        ]
        verdict.problems += [
            f"{client} {seq}: told as refused, but it was done"
            for seq in refused
            if seq in mine and mine[seq].refusal is None
        ]
        _judge_acts(client, done, made, verdict)
        verdict.problems += turned_something_else(client, done, taken, turned)
    return verdict


def _judge_log(rows: Reading, verdict: Verdict) -> None:
    told = replay(rows)
    verdict.decisions = told.decisions
    for broken in told.breaks[:10]:
        verdict.problems.append(f"replay: {broken}")
    if told.wrongly_marked:
        verdict.problems.append(f"replay: wrongly marked {told.wrongly_marked[:10]}")
    for name, kind in KINDS.items():
        there = {row.id: to_row(row) for row in rows.find(kind.cls)}
        replayed = {id: told.row(name, id) for id in told.rows[name]}
        if there != replayed:
            differing = [id for id in {*there, *replayed} if there.get(id) != replayed.get(id)]
            verdict.problems.append(f"replay: {name} differs: {differing[:5]}")


def _times_made(rows: Reading) -> Counter[tuple[str, str]]:
    """(kind, id) -> in how many acts the row came into being; undo and redo left out."""
    return Counter(
        (change.kind, change.id)
        for decision in all_decisions(rows)
        if decision.act not in (Act.UNDO, Act.REDO)
        for change in decision.changes
        if change.before is None
    )


def turned_something_else(
    client: str,
    done: Mapping[int, Any],
    taken: Mapping[str, Mapping[int, Outcome]],
    turned: Mapping[int, int],
) -> list[str]:
    """Undos and redos that took another act than the one they named.

    A page that was loaded anew has a new client, and may name an act of its former one.
    """
    wrong = []
    for seq, operation in done.items():
        outcome = taken.get(client, {}).get(seq)
        if operation["op"] not in ("undo", "redo") or outcome is None or outcome.decision is None:
            continue
        meant = operation.get("number")
        if "of" in operation:
            named = operation["of"]
            meant = taken[named["client"]][named["seq"]].decision
        if meant is not None and turned.get(outcome.decision) != meant:
            wrong.append(f"{client} {seq}: {operation} turned {turned.get(outcome.decision)}")
    return wrong


def _operations_taken(study: Path) -> dict[str, dict[int, Outcome]]:
    found: dict[str, dict[int, Outcome]] = {}
    with closing(sqlite3.connect(study)) as connection:
        asked = "SELECT client, seq, at, decision, refusal FROM operation"
        for client, seq, at, decision, refusal in connection.execute(asked):
            why = None if refusal is None else json.loads(refusal)
            found.setdefault(client, {})[seq] = Outcome(client, seq, at or "", decision, why)
    return found


def _judge_acts(
    client: str,
    done: Mapping[int, Any],
    made: Counter[tuple[str, str]],
    verdict: Verdict,
) -> None:
    for seq, operation in done.items():
        kind = KIND_MADE.get(operation["op"])
        if kind is None:
            continue
        times = made[kind, operation["id"]]
        named_for_it = operation["op"] in ("add_code", "add") or (
            operation["op"] == "reduce" and operation["id"] in operation["wording"]
        )
        if times == 0 and not named_for_it:
            verdict.repeated += 1
        elif times != 1:
            verdict.problems.append(f"{client} {seq}: {operation} was done {times} times")
