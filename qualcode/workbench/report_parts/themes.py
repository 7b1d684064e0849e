"""What was found of each theme: a table of result categories for each actor group."""

from __future__ import annotations

from qualcode.analysis.crosstabs import theme_tables
from qualcode.exports.report import Block, Cell, Column, Row, Table
from qualcode.workbench.report_parts.counting import count_cells, count_columns, counting_note
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.report_parts.origin_columns import workshop_cell, workshop_column

SUMMARY = "summary"


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
            *count_columns(material, 2.2),
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
