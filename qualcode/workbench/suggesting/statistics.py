"""Were the suggestions any good? Counted from what was offered and what people did then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.analysis.offer_worth import (
    Bin,
    Calibration,
    Judged,
    calibration,
    calibration_error,
    reliability,
    variety,
)
from qualcode.domain.categories import Category
from qualcode.domain.codes import Code
from qualcode.store.offers import CODE, OfferCell
from qualcode.workbench.bench import Workbench
from qualcode.workbench.suggesting.keeping import write_down


@dataclass(frozen=True)
class TargetWorth:
    """One code or category: how often it was offered, and what became of that.

    ``edited``: another was given in its place. ``chosen`` counts also those that the person gave
    without accepting the offer.
    """

    id: str
    name: str
    offered: int
    accepted: int
    edited: int
    chosen: int
    rejected: int


@dataclass(frozen=True)
class Worth:
    """How offers of one kind have fared. Shares are of ``decided`` passages; None without any."""

    targets: tuple[TargetWorth, ...]
    decided: int
    top_one: float | None
    top_three: float | None
    bins: tuple[Bin, ...]
    error: float | None
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
        decided, first = rows.offer_hits(kind, 1)
        any_decided, among = rows.offer_hits(kind, 3)
        names = (
            {code.id: code.label(bench.language) for code in rows.find(Code)}
            if kind == CODE
            else {category.id: category.name for category in rows.find(Category)}
        )
        edits = rows.offer_edits()
        uses = rows.code_use() if kind == CODE else []
    judged = judged_of(cells)
    meaning = calibration(judged)
    bins = reliability(judged, meaning)
    with_offers = [use.codings for use in uses if use.offered]
    without = [use.codings for use in uses if not use.offered]
    return Worth(
        targets=_targets(cells, names, edits),
        decided=decided,
        top_one=first / decided if decided else None,
        top_three=among / any_decided if any_decided else None,
        bins=tuple(bins),
        error=calibration_error(bins),
        meaning=meaning,
        with_offers=variety(with_offers),
        without_offers=variety(without),
        codings_with=sum(with_offers),
        codings_without=sum(without),
    )


def judged_of(cells: Iterable[OfferCell]) -> list[Judged]:
    """What scores have meant: first looks at passages that somebody has decided on since."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for cell in cells:
        if cell.decided and not cell.later:
            found[cell.percent][0] += cell.count
            found[cell.percent][1] += cell.count * cell.right
    return [Judged(percent, count, right) for percent, (count, right) in sorted(found.items())]


def _targets(
    cells: Iterable[OfferCell], names: dict[str, str], edits: dict[str, int]
) -> tuple[TargetWorth, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        counts[cell.target].update(
            offered=cell.count,
            accepted=cell.count * cell.accepted,
            chosen=cell.count * cell.right,
            rejected=cell.count * cell.rejected,
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
        )
        for id, n in counts.items()
        if id in names
    ]
    return tuple(sorted(found, key=lambda t: (-t.offered, t.name)))
