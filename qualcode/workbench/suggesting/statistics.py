"""Were the suggestions any good? Counted from what was offered and what people did then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.analysis.calibration import (
    Calibration,
    Judged,
    Reliability,
    binned,
    calibration,
    calibration_error,
    reliability,
)
from qualcode.analysis.offer_worth import variety
from qualcode.domain.categories import Category
from qualcode.domain.codes import Code
from qualcode.store.offers import CODE, COMPARED, SHOWN, WITHHELD, OfferCell
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import of_offers
from qualcode.workbench.likeness import engine_name
from qualcode.workbench.suggesting.keeping import write_down

FEWEST_FOR_AN_ERROR = 10
"""Judged offers of one code from which on the distance of said and chosen tells anything."""


@dataclass(frozen=True)
class Precision:
    """Of ``judged`` offers, ``right`` were chosen. Judged are first looks only: something has been
    given since, or this very offer was turned down."""

    judged: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        """None while nothing has been judged: that is not the same as never chosen.

        >>> Precision().share is None, Precision(4, 1).share
        (True, 0.25)
        """
        return self.right / self.judged if self.judged else None


@dataclass(frozen=True)
class TargetWorth:
    """One code or category: how often it was offered, and what became of that.

    ``offered`` are those that stood on a screen before the person's own decision; ``chosen``
    counts those of them that the person gave, also without accepting the offer, ``edited`` those
    in whose place another was given. ``compared`` were told in blind mode only after the decision
    and ``withheld`` not at all, for they did not reach the limit: neither is among the offered.

    ``first`` and ``three``: how often it was right as the first offer, and among the three.
    ``error`` is the mean distance between the chance said of it and the share chosen, None while
    a score means no chance or too few have been judged.
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
    first: Precision = Precision()
    three: Precision = Precision()
    error: float | None = None


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
    """The statistics of the whole study, everybody's offers together; counted by the store.

    What a score means, and how far it is off, is told of the engine in use alone.
    """
    write_down(bench)
    engine = of_offers(bench, engine_name(bench, None))
    with bench.store.reading() as rows:
        cells = rows.offer_cells(kind)
        shown, blind = (_hits(rows, kind, seen) for seen in (SHOWN, COMPARED))
        judged = judged_of(rows, kind, engine)
        names = (
            {code.id: code.label(bench.language) for code in rows.find(Code)}
            if kind == CODE
            else {category.id: category.name for category in rows.find(Category)}
        )
        edits = rows.offer_edits()
        uses = rows.code_use() if kind == CODE else []
    with_offers = [use.codings for use in uses if use.offered]
    without = [use.codings for use in uses if not use.offered]
    meaning = calibration(judged)
    return Worth(
        targets=_targets(cells, names, edits, meaning, engine),
        decided=shown.decided,
        top_one=shown.top_one,
        top_three=shown.top_three,
        blind=blind,
        reliability=reliability(judged),
        meaning=meaning,
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


def meaning(bench: Workbench, kind: str, engine: str) -> Calibration:
    """What this engine's scores mean by now in this study; unknown while too little is decided.

    Nothing is written for it: the last handful of looks may be missing.
    """
    made_by = of_offers(bench, engine)
    with bench.store.reading() as rows:
        return calibration(judged_of(rows, kind, made_by))


def judged_of(rows: Reading, kind: str, engine: str) -> list[Judged]:
    """What has been decided about first looks at this engine's offers, by score and place."""
    return [
        Judged(cell.percent, cell.count, cell.right, cell.rank, cell.part)
        for cell in rows.offer_scores(kind, engine)
    ]


def _targets(
    cells: Iterable[OfferCell],
    names: dict[str, str],
    edits: dict[str, int],
    meaning: Calibration,
    engine: str,
) -> tuple[TargetWorth, ...]:
    by_target: dict[str, list[OfferCell]] = defaultdict(list)
    for cell in cells:
        by_target[cell.target].append(cell)
    found = [
        _target(id, names[id], its, edits.get(id, 0), meaning, engine)
        for id, its in by_target.items()
        if id in names
    ]
    return tuple(sorted(found, key=lambda t: (-t.offered, t.name)))


def _target(
    id: str,
    name: str,
    cells: Sequence[OfferCell],
    edited: int,
    meaning: Calibration,
    engine: str,
) -> TargetWorth:
    counts: Counter[str] = Counter()
    for cell in cells:
        shown = cell.count * (cell.seen == SHOWN)
        counts.update(
            offered=shown,
            accepted=shown * cell.accepted,
            chosen=shown * cell.right,
            rejected=shown * cell.rejected,
            compared=cell.count * (cell.seen == COMPARED),
            withheld=cell.count * (cell.seen == WITHHELD),
        )
    judged = [cell for cell in cells if not cell.later and (cell.decided or cell.rejected)]
    seen = [cell for cell in judged if cell.seen == SHOWN]
    return TargetWorth(
        id=id,
        name=name,
        offered=counts["offered"],
        accepted=counts["accepted"],
        edited=edited,
        chosen=counts["chosen"],
        rejected=counts["rejected"],
        compared=counts["compared"],
        withheld=counts["withheld"],
        first=_precision(cell for cell in seen if cell.rank == 1),
        three=_precision(seen),
        error=_error([cell for cell in judged if cell.engine in ("", engine)], meaning),
    )


def _precision(cells: Iterable[OfferCell]) -> Precision:
    known = list(cells)
    return Precision(
        sum(cell.count for cell in known), sum(cell.count for cell in known if cell.right)
    )


def _error(judged: Sequence[OfferCell], meaning: Calibration) -> float | None:
    """What was said of one target against what was chosen, by the curve of the whole study."""
    if sum(cell.count for cell in judged) < FEWEST_FOR_AN_ERROR:
        return None
    said = [
        (chance, Judged(cell.percent, cell.count, cell.count * cell.right, cell.rank))
        for cell in judged
        if (chance := meaning.chance(cell.percent, cell.rank)) is not None
    ]
    return calibration_error(binned(said))
