"""Workshop notes told apart in the report's tables: a column that a study without them has not."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.exports.report import Align, Cell, Column, Counted
from qualcode.workbench.report_parts.material import Material


def origin_column(material: Material) -> list[Column]:
    """For a table with an expression in each row: where it came from."""
    return [Column(material._("Origin"), 2.2)] if material.tells_origin else []


def origin_cell(material: Material, segment_id: str, *, joined: bool) -> list[Cell]:
    if not material.tells_origin:
        return []
    origin = material.origin_of(segment_id)
    return [Cell(origin.told(material._) if origin else "", joined=joined)]


def workshop_column(material: Material) -> list[Column]:
    """For a table of counts: how many of the mentions were said in workshops."""
    if not material.tells_origin:
        return []
    title = material._("Of them in workshops")
    return [Column(title, 2.2, Align.RIGHT, counted=Counted.MENTIONS)]


def workshop_cell(material: Material, segments: Iterable[str]) -> list[Cell]:
    if not material.tells_origin:
        return []
    said = [
        segment
        for segment in segments
        if (origin := material.origin_of(segment)) is not None and origin.is_workshop
    ]
    return [Cell(len(said), material.cite(said))]
