"""The skeleton of the result text: quotes under the headings of the category tree."""

from __future__ import annotations

from qualcode.analysis.frequencies import Tally, by_category
from qualcode.domain.categories import Category
from qualcode.exports.report import Block, Paragraph, Quote, QuoteSection
from qualcode.store.views import EvidenceRow
from qualcode.workbench.report_parts.chosen import by_heading, not_printed
from qualcode.workbench.report_parts.material import Material

QUOTES = "quotes"


def quotes(material: Material, most: int | None, only_chosen: bool = True) -> list[Block]:
    """The skeleton of the result text: a heading for each category, room for a summary, quotes.

    Once somebody has chosen quotes, those are printed and no others. Before that, or when
    ``only_chosen`` is false, they are taken from as many different people as possible before anyone
    speaks twice, and from nobody who has not consented.
    """
    _ = material._
    picked = by_heading(material) if only_chosen and material.chosen.any else None
    by_own: dict[str, dict[str, list[EvidenceRow]]] = {}
    for row in material.evidence:
        if row.category_id is not None:
            by_own.setdefault(row.category_id, {}).setdefault(row.segment_id, []).append(row)
    tallies = by_category(material.evidence, material.parents)
    blocks: list[QuoteSection] = []
    for depth, category in material.tree.walk():
        mine = by_own.get(category.id, {})
        total = tallies[category.id].total
        text = _counts_sentence(material, category, total)
        if picked is None:
            printed = {id: rows for id, rows in mine.items() if not material.permitted.withheld(id)}
            chosen = _voices(printed, most)
        else:
            chosen = picked.get(category.id, [])
        level = min(depth + 2, 4)
        blocks.append(
            QuoteSection(
                heading=category.name,
                level=level,
                summary=_("[Write a summary of the category here.]"),
                quotes=tuple(_quote(material, rows) for rows in chosen),
                counts=text,
                note=_left_out(material, len(mine) - len(chosen)) if picked is None else "",
                see=("categories",),
            )
        )
    if not blocks:
        return []
    intro = _(
        "Quotes are as the respondents wrote them. The number after the actor group is a running "
        "number given for this report; it is not the respondent's own identifier."
    )
    if material.show_labels:
        intro = _(
            "Quotes are as the respondents wrote them. The respondents' own identifiers are shown: "
            "remove them before anything is published."
        )
    edited = {id for id, quote in material.chosen.printable.items() if quote.printed}
    if edited and any(set(quote.evidence) & edited for block in blocks for quote in block.quotes):
        intro += " " + _("What stands in [brackets] was left out or changed before printing.")
    return [
        Paragraph(intro, heed=material.show_labels),
        *(not_printed(material) if picked is not None else []),
        *blocks,
    ]


def _counts_sentence(material: Material, category: Category, tally: Tally) -> str:
    people = material.ngettext("{n} respondent", "{n} respondents", tally.respondents)
    mentions = material.ngettext("{n} mention", "{n} mentions", tally.mentions)
    return (
        f"{material.level_title(category.level)}: "
        f"{people.format(n=tally.respondents)}, {mentions.format(n=tally.mentions)}."
    )


def _voices(by_segment: dict[str, list[EvidenceRow]], most: int | None) -> list[list[EvidenceRow]]:
    """The expressions to print, one from each person first, in the study's order at the end."""
    if most is None or len(by_segment) <= most:
        return list(by_segment.values())
    spoken: dict[str | None, int] = {}
    turns = []
    for n, rows in enumerate(by_segment.values()):
        who = rows[0].respondent_id
        spoken[who] = spoken.get(who, 0) + 1
        turns.append((spoken[who], n, rows))
    first = sorted(turns, key=lambda turn: turn[:2])[:most]
    return [rows for _, _, rows in sorted(first, key=lambda turn: turn[1])]


def _quote(material: Material, rows: list[EvidenceRow]) -> Quote:
    expression = material.expressions[rows[0].segment_id]
    wordings = dict.fromkeys(material.wording(row.reduction_id) for row in rows)
    chosen = material.chosen.printable.get(expression.segment_id)
    return Quote(
        text=chosen.shown(expression.text)
        if chosen
        else material.permitted.words(expression.segment_id),
        source=material.speaker(expression),
        evidence=material.cite([expression.segment_id]),
        reductions=tuple(wordings),
    )


def _left_out(material: Material, count: int) -> str:
    if not count:
        return ""
    more = material.ngettext(
        "{n} more expression of this category is not printed here.",
        "{n} more expressions of this category are not printed here.",
        count,
    )
    return more.format(n=count)
