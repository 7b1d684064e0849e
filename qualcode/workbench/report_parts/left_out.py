"""What the analysis has not used, so that nothing disappears without being told."""

from __future__ import annotations

from qualcode.analysis.frequencies import unplaced
from qualcode.domain.documents import Document, question_name
from qualcode.exports.report import Align, Block, Cell, Column, Counted, Paragraph, Row, Table
from qualcode.workbench.report_parts.counting import count_cells, count_columns, counting_note
from qualcode.workbench.report_parts.material import Material

LEFT_OUT = "left_out"
_MOST_ROWS = 200


def tables(material: Material) -> list[Block]:
    """Reductions without a place, expressions without a reduction, non-answers set aside."""
    found = [*_without_place(material), *_without_reduction(material), *_set_aside(material)]
    if not material.documents:
        return []
    if not found:
        return [Paragraph(material._("Nothing is left out: everything marked has its place."))]
    return found


def _without_place(material: Material) -> list[Block]:
    _ = material._
    tallies = unplaced(material.evidence)
    if not tallies:
        return []
    order = sorted(tallies, key=lambda id: material.wording(id).casefold())
    rows = [
        Row((Cell(material.wording(id)), *count_cells(material, tallies[id].total))) for id in order
    ]
    columns = (
        Column(_("Reduced expression"), 11.0),
        *count_columns(material, 2.5),
    )
    return [
        Table(
            "without_place",
            _("Reduced expressions that have no category"),
            columns,
            tuple(rows),
            note=counting_note(material),
            section=LEFT_OUT,
        )
    ]


def _without_reduction(material: Material) -> list[Block]:
    _ = material._
    reduced = {row.segment_id for row in material.evidence}
    aside = {document.id for document in material.aside}
    left = [
        row
        for row in material.expressions.values()
        if row.segment_id not in reduced and row.document_id not in aside
    ]
    if not left:
        return []
    rows = [
        Row(
            (
                Cell(material.permitted.words(row.segment_id), material.cite([row.segment_id])),
                Cell(material.speaker(row)),
                Cell(question_name(row.item_number, row.item_text)),
            )
        )
        for row in left[:_MOST_ROWS]
    ]
    columns = (
        Column(_("Original expression"), 8.5),
        Column(_("Source"), 3.0),
        Column(_("Question"), 4.5),
    )
    caption = _("Original expressions that are coded but not reduced")
    return [
        Table(
            "without_reduction",
            caption,
            columns,
            tuple(rows),
            note=_cut(material, len(left)),
            section=LEFT_OUT,
        )
    ]


def _set_aside(material: Material) -> list[Block]:
    """Non-answers by their wording: the same words from many are one row."""
    _ = material._
    if not material.aside:
        return []
    alike: dict[str, list[Document]] = {}
    for document in material.aside:
        alike.setdefault(" ".join(document.text.split()).casefold(), []).append(document)
    order = sorted(alike.values(), key=lambda same: (-len(same), same[0].text))
    rows = [
        Row(
            (
                Cell(material.permitted.words_of_texts(same)),
                Cell(len(same), material.cite_documents(same)),
            )
        )
        for same in order[:_MOST_ROWS]
    ]
    columns = (
        Column(_("Text"), 13.0),
        Column(material.pgettext("count", "Texts"), 3.0, Align.RIGHT, counted=Counted.MENTIONS),
    )
    note = _("{aside} of {all} texts of the material are set aside.").format(
        aside=len(material.aside), all=material.documents
    )
    return [
        Table(
            "set_aside",
            _("Texts set aside as non-answers"),
            columns,
            tuple(rows),
            note=" ".join(filter(None, (note, _cut(material, len(order))))),
            section=LEFT_OUT,
        )
    ]


def _cut(material: Material, count: int) -> str:
    if count <= _MOST_ROWS:
        return ""
    return material._("{shown} of {all} rows are shown.").format(shown=_MOST_ROWS, all=count)
