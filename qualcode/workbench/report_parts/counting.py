"""Respondents and mentions side by side, the two counts of every table of categories or roles."""

from __future__ import annotations

from qualcode.analysis.frequencies import Tally
from qualcode.exports.report import Align, Cell, Column, Counted
from qualcode.workbench.report_parts.material import Material


def count_columns(material: Material, width: float, group: str = "") -> tuple[Column, Column]:
    """Respondents and mentions, side by side."""
    pgettext = material.pgettext
    people, mentions = pgettext("count", "Respondents"), pgettext("count", "Mentions")
    return (
        Column(people, width, Align.RIGHT, group, Counted.RESPONDENTS),
        Column(mentions, width, Align.RIGHT, group, Counted.MENTIONS),
    )


def count_cells(material: Material, tally: Tally) -> tuple[Cell, Cell]:
    """Respondents and mentions, each with the expressions behind it."""
    evidence = material.cite(tally.segments)
    return Cell(tally.respondents, evidence), Cell(tally.mentions, evidence)


def counting_note(material: Material) -> str:
    """What the two counts mean, told below every table that has them."""
    _ = material._
    note = _("Respondents: different people. Mentions: original expressions, each counted once.")
    if any(row.respondent_id is None for row in material.evidence):
        note += " " + _("Texts without a respondent are in the mentions only.")
    return note
