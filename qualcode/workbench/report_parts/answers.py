"""Every answer exactly as written, question by question, a table for each actor group."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.domain.documents import Document, question_name
from qualcode.exports.report import Block, Cell, Column, Paragraph, Row, Table
from qualcode.workbench import whereabouts
from qualcode.workbench.report_parts.material import Material

ANSWERS = "answers"


def tables(material: Material) -> list[Block]:
    """The texts of the material as they were written, those set aside in italics among them.

    What is said by somebody who has not consented, or has taken consent back, is left out and told.
    """
    by_group: dict[str, list[Document]] = {}
    refused = 0
    for document in sorted(material.texts, key=lambda d: _place(material, d)):
        if material.people.consents(document.respondent_id) is False:
            refused += 1
        else:
            by_group.setdefault(_group(material, document), []).append(document)
    groups = material.groups(by_group)
    blocks: list[Block] = [
        _table(material, group, by_group[group], n) for n, group in enumerate(groups, start=1)
    ]
    if material.show_labels and by_group:
        warned = material._(
            "The respondents' own identifiers are shown: remove them before anything is published."
        )
        blocks.insert(0, Paragraph(warned, heed=True))
    if refused:
        told = material.ngettext(
            "{n} text is left out: whoever said it has not consented to being quoted.",
            "{n} texts are left out: whoever said them has not consented to being quoted.",
            refused,
        )
        blocks.append(Paragraph(told.format(n=refused), heed=True))
    return blocks


def _table(material: Material, group: str, documents: list[Document], number: int) -> Table:
    _ = material._
    caption = _("Answers as written ({group}, {count} texts)").format(
        group=group or _("no actor group"), count=len(documents)
    )
    note = _("Nothing has been corrected. Read the answers for what tells who somebody is.")
    if any(document.set_aside for document in documents):
        note += " " + _("In italics: set aside as non-answers.")
    return Table(
        f"answers_{number}",
        caption,
        (
            Column(_("Question"), 4.5),
            Column(_("Answer"), 8.5),
            Column(_("Source"), 3.0),
        ),
        tuple(_rows(material, documents)),
        note=note,
        section=ANSWERS,
    )


def _rows(material: Material, documents: Iterable[Document]) -> Iterable[Row]:
    above: str | None = None
    for document in documents:
        question = _question(material, document)
        cells = (
            Cell(question, joined=question == above),
            Cell(document.text, material.cite_documents([document])),
            Cell(material.names.get(document.respondent_id or "", "")),
        )
        yield Row(cells, italic=document.set_aside)
        above = question


def _question(material: Material, document: Document) -> str:
    """What was asked; of a text that answers nothing, the file it came in."""
    item = material.items.get(document.item_id or "")
    if item is not None:
        return question_name(item.number, item.text)
    source = material.sources.get(document.source_id)
    return whereabouts.file(material.reviewing, source.name, material._) if source else ""


def _group(material: Material, document: Document) -> str:
    respondent = material.respondents.get(document.respondent_id or "")
    return respondent.actor_group if respondent else ""


def _place(material: Material, document: Document) -> tuple[bool, int, str, int, str]:
    """Question by question in the order of the forms; what answers nothing comes last."""
    item = material.items.get(document.item_id or "")
    asked = (item is None, item.position if item else 0, item.id if item else "")
    return (*asked, document.position, document.id)
