"""The tables that climb from original expressions to main categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.crosstabs import theme_tables
from qualcode.analysis.frequencies import (
    EVERY_GROUP,
    GroupTallies,
    Tally,
    by_category,
    by_reduction,
)
from qualcode.domain.categories import Category, Level
from qualcode.exports.report import (
    Align,
    Block,
    Cell,
    Column,
    Counted,
    Paragraph,
    Quote,
    QuoteSection,
    Row,
    Table,
)
from qualcode.store.views import EvidenceRow
from qualcode.workbench.report_parts.chosen import by_heading, not_printed
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.report_parts.origin_columns import (
    origin_cell,
    origin_column,
    workshop_cell,
    workshop_column,
)

EXAMPLE, CHAIN, CATEGORIES, SUMMARY, QUOTES = (
    "example",
    "chain",
    "categories",
    "summary",
    "quotes",
)


# --- the chain from words to roles ---------------------------------------------------------------


@dataclass(frozen=True)
class _Link:
    """One row of the chain: an expression, its reduction, and where that leads."""

    row: EvidenceRow
    reduction: str
    subcategory: str
    main: str
    roles: str
    main_roles: str
    order: tuple[int, int]

    @property
    def end(self) -> tuple[str, str, str]:
        return (self.main, self.subcategory, self.roles)


def example(material: Material, most: int) -> list[Block]:
    """The analysis example: some expressions of every category or role, one after another."""
    _ = material._
    links = _links(material)
    if not links:
        return []
    chosen = _spread(links, most)
    note = ""
    if len(chosen) < len(links):
        note = _("{shown} of {all} rows are shown, some of each category or role.").format(
            shown=len(chosen), all=len(links)
        )
    caption = _("From original expressions to categories: an example of the analysis")
    if all(not link.subcategory for link in links) and any(link.roles for link in links):
        caption = _("From original expressions to roles: an example of the analysis")
    return [_chain_table(material, chosen, "analysis_example", caption, note, EXAMPLE)]


def chain(material: Material) -> list[Block]:
    """Every expression with its reduction and place: the whole analysis as one table."""
    links = _links(material)
    if not links:
        return []
    caption = material._("Every original expression with its reduced expression and place")
    return [_chain_table(material, links, "analysis_chain", caption, "", CHAIN)]


def _links(material: Material) -> list[_Link]:
    roles = _roles_of_reductions(material)
    themes = {theme: n for n, theme in enumerate(dict.fromkeys(r.theme for r in material.evidence))}
    links = []
    for row in material.evidence:
        category = material.tree.categories.get(row.category_id or "")
        main = material.above(row.category_id, Level.MAIN_CATEGORY)
        mine, central = roles.get((row.reduction_id, row.category_id or ""), ([], []))
        links.append(
            _Link(
                row=row,
                reduction=material.wording(row.reduction_id),
                subcategory=category.name if category else "",
                main=main.name if main and main is not category else "",
                roles="\n".join(mine),
                main_roles="\n".join(central),
                order=(
                    themes[row.theme],
                    material.category_order.get(row.category_id or "", len(material.parents)),
                ),
            )
        )
    position = {wording: n for n, wording in enumerate(dict.fromkeys(k.reduction for k in links))}
    return sorted(links, key=lambda link: (*link.order, position[link.reduction]))


def _roles_of_reductions(
    material: Material,
) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """(reduction, its category) -> names of its roles, and of the central roles of their maps.

    A reduction has the roles it is linked to itself, and those its category or one above it is.
    """
    maps = {role_map.id for role_map in material.role_maps}
    by_reduction_id: dict[str, set[str]] = {}
    by_category_id: dict[str, set[str]] = {}
    for placement in material.role_links:
        if placement.reduction_id:
            by_reduction_id.setdefault(placement.reduction_id, set()).add(placement.role_id)
        elif placement.category_id:
            by_category_id.setdefault(placement.category_id, set()).add(placement.role_id)
    central = {role.map_id: role.name for role in material.roles if role.central}
    found = {}
    for row in material.evidence:
        key = (row.reduction_id, row.category_id or "")
        if key in found:
            continue
        ids = set(by_reduction_id.get(row.reduction_id, ()))
        if row.category_id in material.parents:
            for category in material.tree.path(row.category_id):
                ids |= by_category_id.get(category.id, set())
        mine = [role for role in material.roles if role.id in ids and role.map_id in maps]
        others = [role.name for role in mine if not role.central]
        mains = dict.fromkeys(central[r.map_id] for r in mine if r.map_id in central)
        found[key] = (others, list(mains))
    return found


def _spread(links: list[_Link], most: int) -> list[_Link]:
    """At most ``most`` links, taken in turn from every end point and reduction."""
    if len(links) <= most:
        return links
    by_end: dict[tuple[object, ...], list[_Link]] = {}
    for link in links:
        by_end.setdefault((link.row.theme, *link.end), []).append(link)
    chosen: list[_Link] = []
    turn = 0
    while len(chosen) < most:
        for group in by_end.values():
            if turn < len(group) and len(chosen) < most:
                chosen.append(group[turn])
        turn += 1
    wanted = {id(link) for link in chosen}
    return [link for link in links if id(link) in wanted]


def _chain_table(
    material: Material, links: Sequence[_Link], key: str, caption: str, note: str, section: str
) -> Table:
    """The chain with the columns that have something to say."""
    _ = material._
    has_theme = any(link.row.theme for link in links)
    has_category = any(link.subcategory for link in links)
    has_main = any(link.main for link in links)
    has_role = any(link.roles or link.main_roles for link in links)
    columns = [
        *([Column(_("Theme"), 2.2)] if has_theme else []),
        Column(_("Original expression"), 4.6),
        Column(_("Reduced expression"), 2.9),
        *([Column(_title(material.level_name(Level.SUBCATEGORY)), 2.3)] if has_category else []),
        *([Column(_main_title(material), 2.2)] if has_main else []),
        *([Column(_("Role"), 2.1), Column(_("Main role"), 2.0)] if has_role else []),
        *origin_column(material),
    ]
    rows = []
    before: _Link | None = None
    for link in links:
        same_theme = before is not None and before.row.theme == link.row.theme
        same_reduction = (
            same_theme and before is not None and before.row.reduction_id == link.row.reduction_id
        )
        same_end = same_theme and before is not None and before.end == link.end
        same_segment = (
            same_theme and before is not None and before.row.segment_id == link.row.segment_id
        )
        evidence = material.cite([link.row.segment_id])
        text = material.expressions[link.row.segment_id].text
        cells = [
            *([Cell(link.row.theme, joined=same_theme)] if has_theme else []),
            Cell(text, evidence, joined=same_segment),
            Cell(link.reduction, evidence, joined=same_reduction),
            *([Cell(link.subcategory, evidence, joined=same_end)] if has_category else []),
        ]
        if has_main:
            same_main = same_theme and before is not None and before.main == link.main
            cells.append(Cell(link.main, joined=same_main))
        if has_role:
            same_roles = same_end and before is not None and before.roles == link.roles
            cells.append(Cell(link.roles, evidence, joined=same_roles))
            same_central = (
                same_theme and before is not None and before.main_roles == link.main_roles
            )
            cells.append(Cell(link.main_roles, joined=same_central))
        cells += origin_cell(material, link.row.segment_id, joined=same_segment)
        rows.append(Row(tuple(cells)))
        before = link
    note = " ".join(part for part in (note, material.theme_note) if part)
    return Table(key, caption, tuple(columns), tuple(rows), note, section=section)


def _main_title(material: Material) -> str:
    """The name of the highest level that the rows reach below the unifying categories."""
    return _title(material.level_name(material.result_level()))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


# --- the category table --------------------------------------------------------------------------


def category_table(material: Material) -> list[Block]:
    """The tree from unifying categories down to reductions, with respondents and mentions."""
    _ = material._
    if not material.tree.categories:
        return []
    shown = _tallies_shown(material)
    tallies = by_category(material.evidence, material.parents)
    wordings = by_reduction(material.evidence)
    rows = []
    for depth, category in material.tree.walk():
        strong = category.level >= Level.MAIN_CATEGORY or depth == 0
        rows.append(
            Row(
                (
                    Cell(category.name, strong=strong),
                    Cell(material.level_name(category.level)),
                    *_counts(material, tallies[category.id], shown),
                    *workshop_cell(material, tallies[category.id].total.segments),
                ),
                level=depth,
            )
        )
        for reduction_id in material.reductions_in.get(category.id, ()):
            mine = wordings.get(reduction_id, GroupTallies())
            name = Cell(material.wording(reduction_id))
            kind = Cell(material.pgettext("level", "reduction"))
            rows.append(
                Row(
                    (
                        name,
                        kind,
                        *_counts(material, mine, shown),
                        *workshop_cell(material, mine.total.segments),
                    ),
                    level=depth + 1,
                    italic=True,
                )
            )
    columns = (
        Column(_("Category"), 5.7),
        Column(_("Level"), 2.4),
        *_group_columns(material, shown),
        *workshop_column(material),
    )
    return [
        Table(
            "categories",
            _("The categories of the study with the respondents and mentions in each"),
            columns,
            tuple(rows),
            note=counting_note(material),
            section=CATEGORIES,
        )
    ]


def counting_note(material: Material) -> str:
    """What the two counts mean, told below every table that has them."""
    _ = material._
    note = _("Respondents: different people. Mentions: original expressions, each counted once.")
    if any(row.respondent_id is None for row in material.evidence):
        note += " " + _("Texts without a respondent are in the mentions only.")
    return note


def _tallies_shown(material: Material) -> list[str]:
    """The actor groups that said something, and everyone together where that tells more."""
    groups = material.groups(row.actor_group for row in material.evidence if row.actor_group)
    # A single group is everyone only when nothing was said outside it.
    if len(groups) == 1 and all(row.actor_group for row in material.evidence):
        return groups
    return [*groups, EVERY_GROUP]


def _group_columns(material: Material, shown: Sequence[str]) -> list[Column]:
    everyone = material.pgettext("actor groups", "All")
    narrow = 1.7 if len(shown) > 2 else 2.1
    return [
        column for group in shown for column in count_columns(material, narrow, group or everyone)
    ]


def count_columns(material: Material, width: float, group: str = "") -> tuple[Column, Column]:
    """Respondents and mentions, side by side."""
    pgettext = material.pgettext
    people, mentions = pgettext("count", "Respondents"), pgettext("count", "Mentions")
    return (
        Column(people, width, Align.RIGHT, group, Counted.RESPONDENTS),
        Column(mentions, width, Align.RIGHT, group, Counted.MENTIONS),
    )


def _counts(material: Material, tallies: GroupTallies, shown: Sequence[str]) -> list[Cell]:
    return [cell for group in shown for cell in count_cells(material, tallies[group])]


def count_cells(material: Material, tally: Tally) -> tuple[Cell, Cell]:
    """Respondents and mentions, each with the expressions behind it."""
    evidence = material.cite(tally.segments)
    return Cell(tally.respondents, evidence), Cell(tally.mentions, evidence)


# --- themes and result categories ----------------------------------------------------------------


def summary_tables(material: Material) -> list[Block]:
    """For each actor group: what was found of each theme."""
    _ = material._
    level = material.result_level()
    results = {
        category.id
        for category in material.tree.categories.values()
        if category.level == level or (category.level < level and category.parent_id is None)
    }
    tables = theme_tables(material.evidence, material.parents, results)
    by_group = {table.actor_group: table for table in tables}
    blocks: list[Block] = []
    for number, group in enumerate(material.groups(by_group), start=1):
        rows = []
        for theme, categories in by_group[group].themes.items():
            order = sorted(categories, key=lambda id: material.category_order[id])
            for n, category_id in enumerate(order):
                cells = count_cells(material, categories[category_id])
                name = material.tree[category_id].name
                first = Cell(theme or _("No theme"), joined=n > 0)
                said = workshop_cell(material, categories[category_id].segments)
                rows.append(Row((first, Cell(name, cells[1].evidence), *cells, *said)))
        columns = (
            Column(_("Theme"), 4.0),
            Column(_("Result category"), 7.6),
            Column(
                material.pgettext("count", "Respondents"),
                2.2,
                Align.RIGHT,
                counted=Counted.RESPONDENTS,
            ),
            Column(
                material.pgettext("count", "Mentions"), 2.2, Align.RIGHT, counted=Counted.MENTIONS
            ),
            *workshop_column(material),
        )
        caption = _("Results by theme: {group}").format(group=group or _("no actor group"))
        blocks.append(
            Table(
                f"summary_{number}",
                caption,
                columns,
                tuple(rows),
                note=" ".join(filter(None, (counting_note(material), material.theme_note))),
                section=SUMMARY,
            )
        )
    return blocks


# --- quotes under headings -----------------------------------------------------------------------


def quotes(material: Material, most: int | None, only_chosen: bool = True) -> list[Block]:
    """The skeleton of the result text: a heading for each category, room for a summary, quotes.

    Once somebody has chosen quotes, those are printed and no others. Before that, or when
    ``only_chosen`` is false, they are taken from as many different people as possible before anyone
    speaks twice.
    """
    _ = material._
    picked = by_heading(material) if only_chosen and material.chosen.any else None
    by_own: dict[str, dict[str, list[EvidenceRow]]] = {}
    for row in material.evidence:
        if row.category_id is not None:
            by_own.setdefault(row.category_id, {}).setdefault(row.segment_id, []).append(row)
    tallies = by_category(material.evidence, material.parents)
    blocks: list[Block] = []
    for depth, category in material.tree.walk():
        mine = by_own.get(category.id, {})
        total = tallies[category.id].total
        text = _counts_sentence(material, category, total)
        chosen = _voices(mine, most) if picked is None else picked.get(category.id, [])
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
    return [Paragraph(intro), *(not_printed(material) if picked is not None else []), *blocks]


def _counts_sentence(material: Material, category: Category, tally: Tally) -> str:
    people = material.ngettext("{n} respondent", "{n} respondents", tally.respondents)
    mentions = material.ngettext("{n} mention", "{n} mentions", tally.mentions)
    return (
        f"{_title(material.level_name(category.level))}: "
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
        text=chosen.shown(expression.text) if chosen else expression.text,
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
