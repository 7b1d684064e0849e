"""One question side by side: several rounds, and groups that were asked the same on their forms.

Distributions are set beside each other; nothing is tested and no means are counted. What must be
kept in mind of such a comparison is told with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from qualcode.analysis.closed_answers import ItemCounts, count_items
from qualcode.domain.documents import ClosedState, Item, ItemKind
from qualcode.domain.options import compared, option_parts
from qualcode.exports.diverging_bars import Bar, Look, draw, in_words, mark
from qualcode.exports.report import Align, Cell, Column, Figure, Row, Table
from qualcode.exports.report import Counted as What
from qualcode.workbench.closed_tables import Counted

ROOM = 13.0
"""Centimetres that an upright page has for the options and for whose answers they are."""


@dataclass(frozen=True)
class Side:
    """One of those compared: an actor group in a round."""

    item: Item
    counts: ItemCounts
    round: str

    @property
    def name(self) -> str:
        group = self.counts.actor_group or "–"
        return f"{group}, {self.round}" if self.round else group


@dataclass(frozen=True)
class Comparison:
    """A question that two or more groups or rounds have answered."""

    key: str
    title: str
    sides: tuple[Side, ...]


def comparisons(found: Counted) -> list[Comparison]:
    """Every question that can be set side by side, in the order of the material.

    Questions are one and the same when their forms say that they measure the same thing, when they
    are one question of a form (in any of its versions), or when words and options are the same.
    """
    options = {item.id: item.options for item in found.words.items.values()}
    sides: dict[Hashable, list[Side]] = {}
    items = found.words.items
    counts = count_items(found.asked.rows, options, found.asked.several)
    for one in sorted(counts, key=lambda c: (items[c.item_id].position, c.item_id)):
        item = items[one.item_id]
        name = found.asked.rounds.get(item.source_id, "")
        sides.setdefault(_what_is_asked(found, item), []).append(Side(item, one, name))
    groups = found.words.groups({s.counts.actor_group for many in sides.values() for s in many})
    rounds = list(dict.fromkeys(found.asked.rounds.values()))
    made = []
    for many in sides.values():
        if len({(side.counts.actor_group, side.round) for side in many}) < 2:
            continue
        many.sort(
            key=lambda side: (
                groups.index(side.counts.actor_group),
                rounds.index(side.round) if side.round else -1,
                side.item.position,
            )
        )
        first = many[0].item
        made.append(Comparison(first.id, f"{first.number} {first.text}".strip(), tuple(many)))
    return made


def table(found: Counted, comparison: Comparison, shares: bool) -> Table:
    """Groups and rounds in rows, options in columns; n, missing and uninterpretable beside them."""
    _ = found.words._
    widest = max(comparison.sides, key=lambda side: len(side.counts.options))
    labels = [option.option for option in widest.counts.options]
    # A scale of seven steps stands on an upright page, with its bars below it.
    width = min(1.7, (ROOM - 2.2) / max(1, len(labels)))
    columns = (
        Column(_("Who"), min(4.8, ROOM - width * len(labels))),
        *(Column(label, width, Align.CENTRE, counted=What.ANSWERS) for label in labels),
        Column(_("Answered (n)"), 1.6, Align.CENTRE, counted=What.ANSWERS),
        Column(_("Missing"), 1.85, Align.CENTRE, counted=What.ANSWERS),
        Column(_("Not interpretable"), 1.7, Align.CENTRE, counted=What.ANSWERS),
    )
    rows = [_row(found, side, labels, shares) for side in comparison.sides]
    return Table(
        f"side_{comparison.key}",
        comparison.title,
        columns,
        tuple(rows),
        counted=What.ANSWERS,
        warnings=tuple(caveats(found, comparison)),
        section="closed",
    )


def _row(found: Counted, side: Side, labels: Sequence[str], shares: bool) -> Row:
    counts = side.counts
    by_place = {_step(option.option): option for option in counts.options}
    cells = []
    for label in labels:
        option = by_place.get(_step(label))
        if option is None:
            cells.append(Cell("–"))
            continue
        share = option.share if shares else None
        cells.append(
            Cell(
                option.count,
                found.key(counts, ClosedState.ANSWERED, option.option),
                suffix="" if share is None else f" ({round(share * 100)} %)",
            )
        )
    return Row(
        (
            Cell(side.name),
            *cells,
            Cell(counts.answered, found.key(counts, ClosedState.ANSWERED, None)),
            Cell(counts.missing, found.key(counts, ClosedState.MISSING, None)),
            Cell(counts.uninterpretable, found.key(counts, ClosedState.UNINTERPRETABLE, None)),
        )
    )


def figure(found: Counted, comparison: Comparison, look: Look) -> Figure | None:
    """The sides as bars below one another; None when the question is no scale."""
    if any(side.item.kind is not ItemKind.LIKERT for side in comparison.sides):
        return None
    bars = [
        Bar(
            side.name,
            tuple(option.option for option in side.counts.options),
            tuple(option.count for option in side.counts.options),
            side.counts.answered,
        )
        for side in comparison.sides
    ]
    language = found.words.language
    return Figure(
        f"side_{comparison.key}_bars",
        comparison.title,
        draw(bars, language, look),
        in_words(bars),
        opens={
            mark(number, step): found.key(side.counts, ClosedState.ANSWERED, option.option)
            for number, side in enumerate(comparison.sides)
            for step, option in enumerate(side.counts.options)
        },
    )


def caveats(found: Counted, comparison: Comparison) -> list[str]:
    """What must be said with the comparison."""
    _ = found.words._
    told = []
    sides = comparison.sides
    groups = {side.counts.actor_group for side in sides}
    if len(groups) > 1:
        told.append(
            _(
                "The groups were not drawn by lot: people chose, or were chosen, to belong to "
                "them, so a difference between groups need not come from what was done."
            )
        )
    if any(
        len({side.round for side in sides if side.counts.actor_group == group}) > 1
        for group in groups
    ):
        told.append(
            _(
                "Rounds show how the answers of a group are distributed at each time. They do not "
                "tell how anybody's own answer changed, and not all need be the same people."
            )
        )
    least = min(side.counts.answered for side in sides)
    if any(side.counts.small for side in sides):
        told.append(
            _("Few answered (n = {n} at the least): a difference may be one person's.").format(
                n=least
            )
        )
    scales = {tuple(_label(o.option) for o in side.counts.options) for side in sides}
    if len(scales) > 1:
        told.append(
            _("The options were not worded alike on the forms; look at both before comparing.")
        )
    if len({compared(side.item.text) for side in sides}) > 1:
        told.append(
            _("The question was worded otherwise for some: {texts}.").format(
                texts="; ".join(
                    dict.fromkeys(_("“{text}”").format(text=side.item.text) for side in sides)
                )
            )
        )
    return told


def _what_is_asked(found: Counted, item: Item) -> Hashable:
    asked = found.binding.asked.get(item.id)
    if asked is not None and asked.measure:
        return ("measure", asked.measure.casefold())
    if asked is not None:
        return ("lineage", asked.lineage)
    return ("words", compared(item.text), tuple(_step(option) for option in item.options))


def _step(option: str) -> str:
    """What tells an option's place on its scale: its code, else its label."""
    code, label = option_parts(option)
    return code or compared(label)


def _label(option: str) -> str:
    code, label = option_parts(option)
    return compared(label or code)
