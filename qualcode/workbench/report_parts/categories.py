"""The category table: the tree from unifying categories down to reductions, counted."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.frequencies import EVERY_GROUP, GroupTallies, by_category, by_reduction
from qualcode.domain.categories import Level
from qualcode.exports.report import Block, Cell, Column, Row, Table
from qualcode.workbench.report_parts.counting import count_cells, count_columns, counting_note
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.report_parts.origin_columns import workshop_cell, workshop_column

CATEGORIES = "categories"


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


def _counts(material: Material, tallies: GroupTallies, shown: Sequence[str]) -> list[Cell]:
    return [cell for group in shown for cell in count_cells(material, tallies[group])]
