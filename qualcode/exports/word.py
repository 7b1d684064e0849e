"""The report as a Word document that can be pasted into a thesis.

Real captions with fields that Word renumbers, real heading styles, table headings that repeat on
every page, Finnish as the proofing language, pictures with a text for those who cannot see them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from qualcode.exports import word_fields
from qualcode.exports.advance import Advance, Told
from qualcode.exports.report import (
    DEEPER,
    UPRIGHT_WIDTH,
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Quote,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
    caption_label,
    see_word,
    seen_also,
    without_stop,
)
from qualcode.exports.svg import as_png
from qualcode.exports.word_styles import PAGE, set_up
from qualcode.exports.word_tables import cell_element, fitted, header_rows, table_element
from qualcode.exports.word_xml import LOCALES, add_field, clean, set_language, sub
from qualcode.texts import gettext_for

_GROUP_SHADE = "F4F7F8"
_LANDSCAPE_WIDTH = 24.7
_TWIPS = 567  # of a centimetre
# A row longer than this may break over a page; a table shorter than this many rows may not.
_WHOLE_ROW, _WHOLE_TABLE = 900, 14


def write(report: Report, told: Told | None = None) -> bytes:
    """The report as the bytes of a .docx file. ``told`` hears how far it is."""
    return _Writer(report, told).write()


class _Writer:
    """One document being written; keeps the page's direction and the running numbers."""

    def __init__(self, report: Report, told: Told | None) -> None:
        self.report = report
        self.advance = Advance(report, told)
        self.numbers = report.numbers()
        self.document: WordDocument = docx.Document()
        self.landscape = False
        self.last_id = 0
        self.style_ids: dict[str, str] = {}

    def write(self) -> bytes:
        set_up(self.document, self.report.language)
        properties = self.document.core_properties
        properties.title = clean(self.report.title)
        properties.language = LOCALES.get(self.report.language, self.report.language)
        properties.author = ""
        properties.comments = ""
        properties.created = properties.modified = _moment(self.report.made_at)
        self._paragraph(clean(self.report.title), "Title")
        if self.report.subtitle:
            self._paragraph(clean(self.report.subtitle), "Subtitle")
        if self.report.lists:
            self._lists()
        for n, block in enumerate(self.report.blocks):
            self._turn_page(block, self.report.blocks[n + 1 : n + 2])
            self._block(block)
            if not isinstance(block, Table):
                self.advance.step()
        _page_numbers(self.document)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _turn_page(self, block: Block, following: Sequence[Block]) -> None:
        """A landscape page for a wide table and the heading right above it, upright otherwise."""
        tables = [block, *following] if isinstance(block, Heading) else [block]
        wide = any(isinstance(table, Table) and table.wide for table in tables)
        if wide == self.landscape:
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.landscape = wide
        short, long = PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if wide else (short, long)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._paragraph(clean(block.text), f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            style = "To write" if block.to_write else "Normal"
            self._referring(self._paragraph("", style), block.text, block.see)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, QuoteSection):
            self._quotes(block)
        else:
            self._figure(block)

    def _lists(self) -> None:
        """The lists of tables and figures, before everything else."""
        _ = gettext_for(self.report.language)
        for blocks, title, figure in (
            (self.report.tables(), _("List of tables"), False),
            (self.report.figures(), _("List of figures"), True),
        ):
            if len(blocks) < 2:
                continue
            label = caption_label(self.report.language, figure)
            entries = [
                (f"{label} {self.numbers[b.key]}. {clean(b.caption)}", b.key) for b in blocks
            ]
            word_fields.add_list(self.document, title, label, entries, UPRIGHT_WIDTH)

    def _referring(self, paragraph: WordParagraph, text: str, keys: Sequence[str]) -> None:
        """The text with references in brackets at its end, as fields that Word keeps right."""
        there = seen_also(self.report, keys)
        text, stop = without_stop(clean(text), there)
        paragraph.add_run(text)
        for n, (name, key) in enumerate(there):
            paragraph.add_run(f" ({see_word(self.report.language)} " if n == 0 else ", ")
            word_fields.refer(paragraph, key, name)
        if there:
            paragraph.add_run(f"){stop}")

    def _paragraph(self, text: str, style: str) -> WordParagraph:
        """A paragraph at the end. Styles are looked up once: the library would go through all of
        them for every paragraph."""
        paragraph = self.document.add_paragraph(text)
        if style != "Normal":
            paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = self._style_id(style)
        return paragraph

    def _look(self, run: Run, style: str) -> None:
        """A part of a paragraph in a character style."""
        run._r.get_or_add_rPr().get_or_add_rStyle().val = self._style_id(style)

    def _style_id(self, style: str) -> str:
        if not self.style_ids:
            self.style_ids = {s.name: s.style_id for s in self.document.styles if s.name}
        return self.style_ids[style]

    # --- tables ----------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        caption = self._caption(table.key, table.caption, figure=False)
        caption.paragraph_format.keep_with_next = True
        whole = len(table.rows) <= _WHOLE_TABLE
        below = bool(table.note or table.warnings)
        available = _LANDSCAPE_WIDTH if self.landscape else UPRIGHT_WIDTH
        widths = [round(width * _TWIPS) for width in fitted(table, available)]
        element = table_element(widths, table.caption)
        for row in header_rows(table.columns, widths):
            element.append(row)
        for n, row in enumerate(table.rows):
            last = n == len(table.rows) - 1
            keep = (whole and (not last or below)) or (last and below)
            nxt = table.rows[n + 1] if not last else None
            element.append(self._row(table, row, nxt, widths, keep or row.kind is RowKind.GROUP))
            self.advance.step()
        self.document.element.body.insert_element_before(element, "w:sectPr")
        for text in (table.note, *table.warnings):
            if text:
                self._paragraph(clean(text), "Table note")
        self._paragraph("", "After table")

    def _row(self, table: Table, row: Row, nxt: Row | None, widths: list[int], keep: bool) -> Any:
        language = self.report.language
        texts = [cell.printed(language) for cell in row.cells]
        element = OxmlElement("w:tr")
        properties = sub(element, "w:trPr")
        if max((len(text) for text in texts), default=0) <= _WHOLE_ROW:
            sub(properties, "w:cantSplit")
        if row.kind is RowKind.GROUP:
            cell = cell_element(
                texts[0], sum(widths), span=len(widths), shade=_GROUP_SHADE, bold=True, keep=keep
            )
            element.append(cell)
            return element
        for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            below = nxt.cells[n] if nxt is not None and n < len(nxt.cells) else None
            heads = below is not None and below.joined and not cell.joined
            element.append(
                cell_element(
                    "" if cell.joined else text.lstrip(DEEPER),
                    widths[n],
                    align=table.columns[n].align,
                    merge="continue" if cell.joined else ("restart" if heads else ""),
                    indent=(row.level if n == 0 else 0) + len(text) - len(text.lstrip(DEEPER)),
                    bold=cell.strong or row.kind is RowKind.TOTAL,
                    italic=row.italic or row.kind is RowKind.LABELS,
                    shade=_GROUP_SHADE if row.kind is RowKind.LABELS else "",
                    keep=keep or row.kind is RowKind.LABELS,
                    language=self._foreign(cell),
                )
            )
        return element

    def _foreign(self, cell: Cell) -> str:
        """The proofing language of a cell with the material's words, where it differs."""
        differs = self.report.language != self.report.material_language
        if differs and isinstance(cell.value, str):
            return LOCALES.get(self.report.material_language, self.report.material_language)
        return ""

    # --- captions, quotes, figures ---------------------------------------------------------

    def _caption(self, key: str, text: str, figure: bool) -> WordParagraph:
        """A caption whose number is a field: Word renumbers and lists them."""
        label = caption_label(self.report.language, figure)
        paragraph = self._paragraph("", "Caption")
        paragraph.add_run(f"{label} ")
        add_field(paragraph, f"SEQ {label} \\* ARABIC", str(self.numbers[key]))
        word_fields.mark(paragraph, key, 0, len(paragraph.runs))
        paragraph.add_run(". ")
        for run in paragraph.runs:
            self._look(run, "Caption number")
        paragraph.add_run(clean(text))
        return paragraph

    def _quotes(self, section: QuoteSection) -> None:
        self._paragraph(clean(section.heading), f"Heading {section.level}")
        above = [(section.counts, "Table note"), (section.summary, "To write")]
        for text, style in above:
            if text:
                paragraph = self._paragraph("", style)
                self._referring(paragraph, text, section.see if text is section.counts else ())
                paragraph.paragraph_format.keep_with_next = bool(section.quotes)
        for quote in section.quotes:
            self._quote(quote)
        if section.note:
            self._paragraph(clean(section.note), "Table note")

    def _quote(self, quote: Quote) -> None:
        paragraph = self._paragraph("", "Quote")
        opening, closing = ("”", "”") if self.report.material_language == "fi" else ("“", "”")
        run = paragraph.add_run(f"{opening}{clean(quote.text)}{closing}")
        self._look(run, "Quoted words")
        set_language(run._r.get_or_add_rPr(), self.report.material_language)
        if quote.source:
            paragraph.add_run(f" ({clean(quote.source)})")

    def _figure(self, figure: Figure) -> None:
        paragraph = self._paragraph("", "Figure")
        picture = paragraph.add_run().add_picture(io.BytesIO(as_png(figure.svg)), width=Cm(14.5))
        described = picture._inline.docPr
        described.set("descr", clean(figure.alt))
        described.set("title", clean(figure.caption))
        self._caption(figure.key, figure.caption, figure=True)
        self._paragraph("", "After table")


def _page_numbers(document: WordDocument) -> None:
    add_field(document.sections[0].footer.paragraphs[0], "PAGE", "1")


def _moment(made_at: str) -> datetime:
    return datetime.fromisoformat(made_at).replace(tzinfo=None)
