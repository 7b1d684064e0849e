"""The quotes that somebody has chosen, under the headings they are printed under."""

from __future__ import annotations

from qualcode.exports.report import Paragraph
from qualcode.store.views import EvidenceRow
from qualcode.workbench.quoting.choosing import headings
from qualcode.workbench.report_parts.material import Material


def by_heading(material: Material) -> dict[str, list[list[EvidenceRow]]]:
    """Category -> the evidence of each quote printed under it, in the order they were put in.

    A quote whose heading its expression has left is printed where its expression is now.
    """
    rows: dict[str, list[EvidenceRow]] = {}
    for row in material.evidence:
        if row.segment_id in material.chosen.printable:
            rows.setdefault(row.segment_id, []).append(row)
    found: dict[str, list[list[EvidenceRow]]] = {}
    order = sorted(rows, key=lambda id: (material.chosen.printable[id].position, id))
    for segment_id in order:
        there = headings(material.tree, [row.reduction_id for row in rows[segment_id]])
        wished = material.chosen.printable[segment_id].category_id
        heading = wished if wished in there else next(iter(there), "")
        if heading:
            found.setdefault(heading, []).append(rows[segment_id])
    return found


def not_printed(material: Material) -> list[Paragraph]:
    """What of the chosen quotes is left out, so that nobody looks for it in vain."""
    ngettext, told = material.ngettext, []
    if material.chosen.waiting:
        count = material.chosen.waiting
        told.append(
            ngettext(
                "{n} chosen quote has not been checked, so it is not printed.",
                "{n} chosen quotes have not been checked, so they are not printed.",
                count,
            ).format(n=count)
        )
    if material.chosen.refused:
        count = material.chosen.refused
        told.append(
            ngettext(
                "{n} chosen quote is not printed: its respondent has not consented.",
                "{n} chosen quotes are not printed: their respondents have not consented.",
                count,
            ).format(n=count)
        )
    return [Paragraph(" ".join(told), to_write=True, heed=True)] if told else []
