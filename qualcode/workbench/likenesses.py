"""Findings held against each other: the same, different, contradicting.

A contradiction is a result. Triangulation asks whether one finding comes from several groups,
methods, rounds and coders. What differs is told beside what agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import BadOperation, QualcodeError
from qualcode.domain.second_marks import LIKENED, Alike, Likeness
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench

Finding = tuple[str, str]
"""(kind, id) of a reduction or a category."""

LONGEST_NOTE = 2_000
_ORDER = (Alike.CONTRADICTS, Alike.DIFFERS, Alike.SAME)


class SameFinding(QualcodeError):
    template = "Choose two different findings to hold against each other."


@dataclass(frozen=True)
class Told:
    """A likeness with what its two findings are called now."""

    likeness: Likeness
    one: str
    other: str


def liken(bench: Workbench, how: Alike, one: Finding, other: Finding, note: str = "") -> Likeness:
    """The two findings are so to each other, as this coder sees it.

    Instead of what the same coder held of the same two before.
    """
    if one == other:
        raise SameFinding()
    with bench.act(Act.LIKEN) as work:
        names = [_name(work, finding) for finding in (one, other)]
        made = Likeness(
            bench.new_id(), how, *one, *other, bench.coder, one_line(note)[:LONGEST_NOTE],
            bench.clock(),
        )  # fmt: skip
        for there in _between(work.rows, one, other):
            if there.coder == bench.coder:
                made = replace(made, id=there.id)
        work.put(made)
        work.say(one=names[0], other=names[1], alike=how.value)
    return made


def unliken(bench: Workbench, likeness_id: str) -> None:
    """What was held of the two is taken back."""
    with bench.act(Act.UNLIKEN) as work:
        gone = work.require(Likeness, likeness_id)
        told = [*told_of(work.rows, [gone])]
        work.remove(Likeness, [likeness_id])
        if told:
            work.say(one=told[0].one, other=told[0].other)


def every(rows: Reading) -> list[Told]:
    """All that is in the study, contradictions first; those of which one is gone are left out."""
    return told_of(rows, sorted(rows.find(Likeness), key=_in_order))


def of(rows: Reading, finding: Finding) -> list[Told]:
    """What has been held of this finding, contradictions first."""
    kind, id = finding
    found = [
        *rows.find(Likeness, one_kind=kind, one_id=id),
        *rows.find(Likeness, other_kind=kind, other_id=id),
    ]
    return told_of(rows, sorted(found, key=_in_order))


def _in_order(row: Likeness) -> tuple[int, str, str]:
    return _ORDER.index(row.how), row.created_at, row.id


def told_of(rows: Reading, likenesses: Iterable[Likeness]) -> list[Told]:
    """Each with the names of its two findings."""
    found = list(likenesses)
    ends = {(x.one_kind, x.one_id) for x in found} | {(x.other_kind, x.other_id) for x in found}
    ids = {kind: tuple(sorted(id for k, id in ends if k == kind)) for kind in LIKENED}
    names: dict[Finding, str] = {}
    if ids["category"]:
        named = rows.find(Category, id=ids["category"])
        names |= {("category", row.id): row.name for row in named}
    if ids["reduction"]:
        worded = rows.find(ReducedExpression, id=ids["reduction"])
        names |= {("reduction", row.id): row.wording for row in worded}
    pairs = [(x, (x.one_kind, x.one_id), (x.other_kind, x.other_id)) for x in found]
    return [
        Told(x, names[one], names[other])
        for x, one, other in pairs
        if one in names and other in names
    ]


def _between(rows: Reading, one: Finding, other: Finding) -> list[Likeness]:
    found = []
    for a, b in ((one, other), (other, one)):
        ends = {"one_kind": a[0], "one_id": a[1], "other_kind": b[0], "other_id": b[1]}
        found += rows.find(Likeness, **ends)
    return found


def _name(work: Work, finding: Finding) -> str:
    kind, id = finding
    if kind == "category":
        return work.require(Category, id).name
    if kind == "reduction":
        return work.require(ReducedExpression, id).wording
    raise BadOperation(operation=kind)
