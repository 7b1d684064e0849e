"""Themes against result categories, actor group by actor group (the summary tables)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from qualcode.analysis.frequencies import Evidence, Tally, upwards


@dataclass(frozen=True)
class ThemeTable:
    """For one actor group: theme -> result category -> its tally, both in the order found."""

    actor_group: str
    themes: Mapping[str, Mapping[str, Tally]]


def theme_tables(
    rows: Iterable[Evidence], parents: Mapping[str, str | None], results: Collection[str]
) -> list[ThemeTable]:
    """One table an actor group. ``results`` are the categories that count as results.

    An expression belongs to the lowest result category on its way up. One whose way up meets no
    result category is in none of the cells.
    """
    tables: dict[str, dict[str, dict[str, Tally]]] = {}
    wanted = set(results)
    for row in rows:
        category = next((c for c in upwards(row.category_id, parents) if c in wanted), None)
        if category is None:
            continue
        cells = tables.setdefault(row.actor_group, {}).setdefault(row.theme, {})
        cells.setdefault(category, Tally()).add(row)
    return [ThemeTable(group, themes) for group, themes in tables.items()]
