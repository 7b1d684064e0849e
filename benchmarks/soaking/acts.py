"""Random acts of an analyst: what a window sends, drawn from what it has before it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

Op = dict[str, Any]

WORDS = (
    "apua",
    "äiti 👩‍👧",
    "oma aika",
    "raha",
    "jono",
    "tuki",
    "väsymys",
    "ilo",
    "virasto",
    "arki",
)


class Analyst:
    """Draws operations. ``rows`` are the answers before the window, as the channel told them."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name = name
        self.chance = chance
        self.rows: dict[str, dict[str, Any]] = {}
        self.codes: list[str] = []
        self.categories: list[str] = []
        self.reductions: set[str] = set()
        self._numbers = itertools.count(1)
        self._acts: tuple[tuple[int, Callable[[], Op | None]], ...] = (
            (30, self._code),
            (6, self._uncode),
            (4, self._stretch),
            (3, self._recode),
            (3, self._code_many),
            (2, self._split_coding),
            (22, self._reduce),
            (4, self._link),
            (4, self._unlink),
            (3, self._add_code),
            (3, self._aside),
            (4, self._add_category),
            (6, self._place),
            (2, self._rename),
            (2, self._move),
            (1, self._merge),
            (1, self._remove),
            (10, lambda: {"op": "undo"}),
            (6, lambda: {"op": "redo"}),
        )

    def act(self) -> Op:
        """Something that can be asked just now."""
        weights, makers = zip(*self._acts, strict=True)
        while True:
            (maker,) = self.chance.choices(makers, weights)
            operation = maker()
            if operation is not None:
                return operation

    def learn(self, told: dict[str, Any]) -> None:
        """What the channel told: rows as they are now, and codes when they changed."""
        for row in told["rows"]:
            before = self.rows.get(row["id"], {})
            kept = {name: before.get(name) for name, value in row.items() if value is None}
            self.rows[row["id"]] = row | kept
            self.reductions.update(link[3] for link in row["reductions"])
        if told.get("codes"):
            self.codes = [code["id"] for code in told["codes"]]

    # --- one kind of act each; None when there is nothing to do it with ---

    def _new(self, kind: str) -> str:
        return f"{kind}-{self.name}-{next(self._numbers)}"

    def _row(self) -> dict[str, Any]:
        """Mostly one that is not set aside: those are refused, as some should be."""
        rows = list(self.rows.values())
        answers = [row for row in rows if not row["aside"]]
        return self.chance.choice(answers if answers and self.chance.random() < 0.9 else rows)

    def _span(self, row: dict[str, Any]) -> dict[str, Any]:
        length = len(row["text"])
        if self.chance.random() < 0.2:
            return {"doc": row["id"], "start": 0, "end": length}
        start = self.chance.randrange(length)
        return {"doc": row["id"], "start": start, "end": self.chance.randint(start + 1, length)}

    def _one_of(self, name: str, mine: bool = False) -> list[Any] | None:
        """A coding or a link on the screen; a mark made by another has the coder last."""
        short = {"spans": 4, "reductions": 5}[name]
        marks = [
            mark
            for row in self.rows.values()
            for mark in row[name]
            if not (mine and len(mark) > short)
        ]
        return self.chance.choice(marks) if marks else None

    def _code(self) -> Op | None:
        if not self.codes:
            return None
        code = self.chance.choice(self.codes)
        return {"op": "code", "id": self._new("k"), "code": code, **self._span(self._row())}

    def _uncode(self) -> Op | None:
        mark = self._one_of("spans", mine=self.chance.random() < 0.9)
        return {"op": "uncode", "id": mark[0]} if mark else None

    def _stretch(self) -> Op | None:
        kind = self.chance.choice(("coding", "reduction"))
        mark = self._one_of("spans" if kind == "coding" else "reductions", mine=True)
        if mark is None:
            return None
        start = max(0, mark[1] + self.chance.randint(-2, 2))
        return {"op": "stretch", "kind": kind, "id": mark[0], "start": start, "end": mark[2] + 1}

    def _recode(self) -> Op | None:
        mark = self._one_of("spans", mine=True)
        if mark is None:
            return None
        return {"op": "recode", "ids": [mark[0]], "code": self.chance.choice(self.codes)}

    def _code_many(self) -> Op | None:
        if not self.codes:
            return None
        rows = list({row["id"]: row for row in (self._row() for _ in range(5))}.values())
        items = [{"id": self._new("k"), **self._span(row)} for row in rows]
        return {"op": "code_many", "code": self.chance.choice(self.codes), "items": items}

    def _split_coding(self) -> Op | None:
        mark = self._one_of("spans", mine=True)
        if mark is None or mark[2] - mark[1] < 2:
            return None
        cut = self.chance.randint(mark[1] + 1, mark[2] - 1)
        pieces = [[mark[1], cut], [cut, mark[2]]]
        return {"op": "split_coding", "id": mark[0], "pieces": pieces, "ids": [self._new("k")]}

    def _reduce(self) -> Op:
        number = self._new("r")
        wording = f"{self.chance.choice(WORDS)} {number if self.chance.random() < 0.6 else ''}"
        return {"op": "reduce", "id": number, "wording": wording, **self._span(self._row())}

    def _link(self) -> Op | None:
        if not self.reductions:
            return None
        reduction = self.chance.choice(sorted(self.reductions))
        span = self._span(self._row())
        return {"op": "link", "id": self._new("l"), "reduction": reduction, **span}

    def _unlink(self) -> Op | None:
        mark = self._one_of("reductions", mine=self.chance.random() < 0.9)
        return {"op": "unlink", "id": mark[0]} if mark else None

    def _add_code(self) -> Op:
        id = self._new("c")
        return {"op": "add_code", "id": id, "label": f"Koodi {id}"}

    def _aside(self) -> Op:
        row = self._row()
        return {"op": "aside", "doc": row["id"], "aside": not row["aside"]}

    def _add_category(self) -> Op:
        id = self._new("g")
        self.categories.append(id)
        name = f"Luokka {id}" if self.chance.random() < 0.8 else self.chance.choice(WORDS)
        return {"op": "add", "id": id, "name": name, "level": self.chance.choice((1, 1, 1, 2, 3))}

    def _place(self) -> Op | None:
        if not (self.reductions and self.categories):
            return None
        some = self.chance.sample(sorted(self.reductions), min(2, len(self.reductions)))
        target = self.chance.choice([*self.categories, None])
        return {"op": "place", "reductions": some, "category": target, "before": None}

    def _category(self) -> str | None:
        return self.chance.choice(self.categories) if self.categories else None

    def _rename(self) -> Op | None:
        id = self._category()
        return {"op": "rename", "id": id, "name": self.chance.choice(WORDS)} if id else None

    def _move(self) -> Op | None:
        id = self._category()
        return {"op": "move", "categories": [id], "under": self._category()} if id else None

    def _merge(self) -> Op | None:
        id = self._category()
        return {"op": "merge", "into": id, "others": [self._category()]} if id else None

    def _remove(self) -> Op | None:
        id = self._category()
        return {"op": "remove", "id": id} if id else None
