"""Were the suggestions any good? Counted from what was offered and what people did then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.analysis.calibration import (
    Calibration,
    Judged,
    Reliability,
    calibration,
    reliability,
)
from qualcode.analysis.offer_worth import variety
from qualcode.domain.categories import Category
from qualcode.domain.codes import Code
from qualcode.store.offers import CODE, COMPARED, SHOWN, WITHHELD, OfferCell
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting.keeping import write_down


@dataclass(frozen=True)
class TargetWorth:
    """One code or category: how often it was offered, and what became of that.

    ``offered`` are those that stood on a screen before the person's own decision; ``chosen``
    counts those of them that the person gave, also without accepting the offer, ``edited`` those
    in whose place another was given. ``compared`` were told in blind mode only after the decision
    and ``withheld`` not at all, for they did not reach the limit: neither is among the offered.
    """

    id: str
    name: str
    offered: int
    accepted: int
    edited: int
    chosen: int
    rejected: int
    compared: int = 0
    withheld: int = 0


@dataclass(frozen=True)
class Hits:
    """Of ``decided`` passages: how often what was chosen was the first offer, or among three.

    None without any.
    """

    decided: int
    top_one: float | None
    top_three: float | None


@dataclass(frozen=True)
class Worth:
    """How offers of one kind have fared.

    Shares are of ``decided`` passages, at which something was shown before the decision; None
    without any. ``blind`` are those where it was told only afterwards.
    """

    targets: tuple[TargetWorth, ...]
    decided: int
    top_one: float | None
    top_three: float | None
    blind: Hits
    reliability: Reliability
    meaning: Calibration
    with_offers: float = 0.0
    without_offers: float = 0.0
    codings_with: int = 0
    codings_without: int = 0


def worth(bench: Workbench, kind: str = CODE) -> Worth:
    """The statistics of the whole study, everybody's offers together; counted by the store."""
    write_down(bench)
    with bench.store.reading() as rows:
        cells = rows.offer_cells(kind)
        shown, blind = (_hits(rows, kind, seen) for seen in (SHOWN, COMPARED))
        judged = judged_of(rows, kind)
        names = (
            {code.id: code.label(bench.language) for code in rows.find(Code)}
            if kind == CODE
            else {category.id: category.name for category in rows.find(Category)}
        )
        edits = rows.offer_edits()
        uses = rows.code_use() if kind == CODE else []
    with_offers = [use.codings for use in uses if use.offered]
    without = [use.codings for use in uses if not use.offered]
    return Worth(
        targets=_targets(cells, names, edits),
        decided=shown.decided,
        top_one=shown.top_one,
        top_three=shown.top_three,
        blind=blind,
        reliability=reliability(judged),
        meaning=calibration(judged),
        with_offers=variety(with_offers),
        without_offers=variety(without),
        codings_with=sum(with_offers),
        codings_without=sum(without),
    )


def _hits(rows: Reading, kind: str, seen: str) -> Hits:
    decided, first = rows.offer_hits(kind, 1, seen)
    any_decided, among = rows.offer_hits(kind, 3, seen)
    return Hits(
        decided,
        first / decided if decided else None,
        among / any_decided if any_decided else None,
    )


def meaning(bench: Workbench, kind: str) -> Calibration:
    """What scores mean by now in this study; unknown while too little has been decided.

    Nothing is written for it: the last handful of looks may be missing.
    """
    with bench.store.reading() as rows:
        return calibration(judged_of(rows, kind))


def judged_of(rows: Reading, kind: str) -> list[Judged]:
    """What has been decided about first looks, by score and place."""
    return [
        Judged(cell.percent, cell.count, cell.right, cell.rank, cell.part)
        for cell in rows.offer_scores(kind)
    ]


def _targets(
    cells: Iterable[OfferCell], names: dict[str, str], edits: dict[str, int]
) -> tuple[TargetWorth, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        shown = cell.count * (cell.seen == SHOWN)
        counts[cell.target].update(
            offered=shown,
            accepted=shown * cell.accepted,
            chosen=shown * cell.right,
            rejected=shown * cell.rejected,
            compared=cell.count * (cell.seen == COMPARED),
            withheld=cell.count * (cell.seen == WITHHELD),
        )
    found = [
        TargetWorth(
            id=id,
            name=names[id],
            offered=n["offered"],
            accepted=n["accepted"],
            edited=edits.get(id, 0),
            chosen=n["chosen"],
            rejected=n["rejected"],
            compared=n["compared"],
            withheld=n["withheld"],
        )
        for id, n in counts.items()
        if id in names
    ]
    return tuple(sorted(found, key=lambda t: (-t.offered, t.name)))
