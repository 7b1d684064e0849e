"""The report as a Word document that can be pasted into a thesis.

Real captions with fields that Word renumbers, real heading styles, table headings that repeat on
every page, Finnish as the proofing language, pictures with a text for those who cannot see them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from qualcode.exports import role_figure
from qualcode.exports.fonts import syllable_breaks
from qualcode.exports.report import (
    UPRIGHT_WIDTH,
    Align,
    Block,
    Cell,
    Column,
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
)

_FONT = "Calibri"
_INK = RGBColor(0x1D, 0x2B, 0x33)
_MUTED = RGBColor(0x59, 0x64, 0x6B)
_SHADE = "E9EEF1"
_GROUP_SHADE = "F4F7F8"
_RULE = "8A9AA3"
_HAIRLINE = "C9D2D7"
_PAGE = (Cm(21.0), Cm(29.7))
_MARGIN = Cm(2.5)
_LANDSCAPE_WIDTH = 24.7
_TWIPS = 567  # of a centimetre
# In a column this narrow (twips), a word this long may be divided.
_NARROW, _LONG_WORD = 1750, 8
# A row longer than this may break over a page; a table shorter than this many rows may not.
_WHOLE_ROW, _WHOLE_TABLE = 900, 14
_LOCALES = {"fi": "fi-FI", "en": "en-GB"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report) -> bytes:
    """The report as the bytes of a .docx file."""
    return _Writer(report).write()


class _Writer:
    """One document being written; keeps the page's direction and the running numbers."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers = report.numbers()
        self.document: WordDocument = docx.Document()
        self.landscape = False
        self.last_id = 0

    def write(self) -> bytes:
        _style(self.document, self.report.language)
        properties = self.document.core_properties
        properties.title = _clean(self.report.title)
        properties.language = _LOCALES.get(self.report.language, self.report.language)
        properties.author = ""
        properties.comments = ""
        properties.created = properties.modified = _moment(self.report.made_at)
        self.document.add_paragraph(_clean(self.report.title), style="Title")
        if self.report.subtitle:
            self.document.add_paragraph(_clean(self.report.subtitle), style="Subtitle")
        for n, block in enumerate(self.report.blocks):
            self._turn_page(block, self.report.blocks[n + 1 : n + 2])
            self._block(block)
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
        short, long = _PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if wide else (short, long)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.document.add_paragraph(_clean(block.text), style=f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            style = "To write" if block.to_write else "Normal"
            self.document.add_paragraph(_clean(block.text), style=style)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, QuoteSection):
            self._quotes(block)
        else:
            self._figure(block)

    # --- tables ----------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        caption = self._caption(table.key, table.caption, figure=False)
        caption.paragraph_format.keep_with_next = True
        whole = len(table.rows) <= _WHOLE_TABLE
        below = bool(table.note or table.warnings)
        available = _LANDSCAPE_WIDTH if self.landscape else UPRIGHT_WIDTH
        total = sum(column.width for column in table.columns)
        widths = [round(c.width / total * available * _TWIPS) for c in table.columns]
        element = _table_element(widths)
        for row in _header_rows(table.columns, widths):
            element.append(row)
        for n, row in enumerate(table.rows):
            last = n == len(table.rows) - 1
            keep = (whole and (not last or below)) or (last and below)
            nxt = table.rows[n + 1] if not last else None
            element.append(self._row(table, row, nxt, widths, keep or row.kind is RowKind.GROUP))
        self.document.element.body.insert_element_before(element, "w:sectPr")
        for text in (table.note, *table.warnings):
            if text:
                self.document.add_paragraph(_clean(text), style="Table note")
        self.document.add_paragraph("", style="After table")

    def _row(self, table: Table, row: Row, nxt: Row | None, widths: list[int], keep: bool) -> Any:
        language = self.report.language
        texts = [cell.text(language) for cell in row.cells]
        element = OxmlElement("w:tr")
        properties = _sub(element, "w:trPr")
        if max((len(text) for text in texts), default=0) <= _WHOLE_ROW:
            _sub(properties, "w:cantSplit")
        if row.kind is RowKind.GROUP:
            cell = _cell_element(
                texts[0], sum(widths), span=len(widths), shade=_GROUP_SHADE, bold=True, keep=keep
            )
            element.append(cell)
            return element
        for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            below = nxt.cells[n] if nxt is not None and n < len(nxt.cells) else None
            heads = below is not None and below.joined and not cell.joined
            element.append(
                _cell_element(
                    "" if cell.joined else text,
                    widths[n],
                    align=table.columns[n].align,
                    merge="continue" if cell.joined else ("restart" if heads else ""),
                    indent=row.level if n == 0 else 0,
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
            return _LOCALES.get(self.report.material_language, self.report.material_language)
        return ""

    # --- captions, quotes, figures ---------------------------------------------------------

    def _caption(self, key: str, text: str, figure: bool) -> WordParagraph:
        """A caption whose number is a field: Word renumbers and lists them."""
        label = caption_label(self.report.language, figure)
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.add_run(f"{label} ").bold = True
        _field(paragraph, f"SEQ {label} \\* ARABIC", str(self.numbers[key]), bold=True)
        paragraph.add_run(". ").bold = True
        paragraph.add_run(_clean(text))
        return paragraph

    def _quotes(self, section: QuoteSection) -> None:
        self.document.add_paragraph(_clean(section.heading), style=f"Heading {section.level}")
        above = [(section.counts, "Table note"), (section.summary, "To write")]
        for text, style in above:
            if text:
                paragraph = self.document.add_paragraph(_clean(text), style=style)
                paragraph.paragraph_format.keep_with_next = bool(section.quotes)
        for quote in section.quotes:
            self._quote(quote)
        if section.note:
            self.document.add_paragraph(_clean(section.note), style="Table note")

    def _quote(self, quote: Quote) -> None:
        paragraph = self.document.add_paragraph(style="Quote")
        opening, closing = ("”", "”") if self.report.material_language == "fi" else ("“", "”")
        run = paragraph.add_run(f"{opening}{_clean(quote.text)}{closing}")
        _language(run._r.get_or_add_rPr(), self.report.material_language)
        if quote.source:
            source = paragraph.add_run(f" ({_clean(quote.source)})")
            source.italic = False

    def _figure(self, figure: Figure) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(
            io.BytesIO(role_figure.as_png(figure.svg)), width=Cm(14.5)
        )
        described = picture._inline.docPr
        described.set("descr", _clean(figure.alt))
        described.set("title", _clean(figure.caption))
        caption = self._caption(figure.key, figure.caption, figure=True)
        caption.paragraph_format.space_after = Pt(14)


# --- the pieces of a table ---------------------------------------------------------------------


def _table_element(widths: list[int]) -> Any:
    element = OxmlElement("w:tbl")
    properties = _sub(element, "w:tblPr")
    _sub(properties, "w:tblStyle", val="TableGrid")
    _sub(properties, "w:tblW", w=sum(widths), type="dxa")
    borders = _sub(properties, "w:tblBorders")
    for edge, size, colour in (
        ("top", 8, _RULE),
        ("left", 0, "auto"),
        ("bottom", 8, _RULE),
        ("right", 0, "auto"),
        ("insideH", 4, _HAIRLINE),
        ("insideV", 0, "auto"),
    ):
        _sub(
            borders,
            f"w:{edge}",
            val="single" if size else "nil",
            sz=size,
            space=0,
            color=colour,
        )
    _sub(properties, "w:tblLayout", type="fixed")
    margins = _sub(properties, "w:tblCellMar")
    for edge in ("left", "right"):
        _sub(margins, f"w:{edge}", w=60, type="dxa")
    grid = _sub(element, "w:tblGrid")
    for width in widths:
        _sub(grid, "w:gridCol", w=width)
    return element


def _header_rows(columns: Sequence[Column], widths: list[int]) -> list[Any]:
    """One header row, or two where neighbouring columns share a title. They repeat on each page."""
    grouped = any(column.group for column in columns)
    rows = []
    if grouped:
        upper = _header_row()
        n = 0
        while n < len(columns):
            end = n + 1
            while (
                columns[n].group and end < len(columns) and columns[end].group == columns[n].group
            ):
                end += 1
            upper.append(
                _cell_element(
                    columns[n].group or columns[n].title,
                    sum(widths[n:end]),
                    span=end - n,
                    merge="" if columns[n].group else "restart",
                    align=Align.CENTRE if columns[n].group else columns[n].align,
                    **_HEADER,
                )
            )
            n = end
        rows.append(upper)
    lower = _header_row()
    for column, width in zip(columns, widths, strict=True):
        joined = grouped and not column.group
        lower.append(
            _cell_element(
                "" if joined else column.title,
                width,
                merge="continue" if joined else "",
                align=column.align,
                **_HEADER,
            )
        )
    return [*rows, lower]


_HEADER: dict[str, Any] = {"shade": _SHADE, "bold": True, "keep": True, "style": "TableHeading"}


def _header_row() -> Any:
    row = OxmlElement("w:tr")
    properties = _sub(row, "w:trPr")
    _sub(properties, "w:cantSplit")
    _sub(properties, "w:tblHeader")
    return row


def _cell_element(
    text: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    align: Align = Align.LEFT,
    shade: str = "",
    indent: int = 0,
    bold: bool = False,
    italic: bool = False,
    keep: bool = False,
    language: str = "",
    style: str = "TableText",
) -> Any:
    # Built by hand: python-docx searches the whole table for every cell it gives out.
    cell = OxmlElement("w:tc")
    properties = _sub(cell, "w:tcPr")
    _sub(properties, "w:tcW", w=width, type="dxa")
    if span > 1:
        _sub(properties, "w:gridSpan", val=span)
    if merge:
        _sub(properties, "w:vMerge", val=merge)
    if shade:
        _sub(properties, "w:shd", val="clear", color="auto", fill=shade)
    paragraph = _sub(cell, "w:p")
    settings = _sub(paragraph, "w:pPr")
    _sub(settings, "w:pStyle", val=style)
    if keep:
        _sub(settings, "w:keepNext")
    if indent:
        _sub(settings, "w:ind", left=indent * 220)
    if align is not Align.LEFT:
        _sub(settings, "w:jc", val={Align.RIGHT: "right", Align.CENTRE: "center"}[align])
    lines = _clean(text).split("\n") if text else []
    for n, line in enumerate(lines):
        run = _sub(paragraph, "w:r")
        look = _sub(run, "w:rPr")
        if bold:
            _sub(look, "w:b")
        if italic:
            _sub(look, "w:i")
        if language:
            _sub(look, "w:lang", val=language)
        if n:
            _sub(run, "w:br")
        narrow = width / span < _NARROW
        for m, part in enumerate(_parts(line) if narrow else [line]):
            if m:
                _sub(run, "w:softHyphen")
            written = _sub(run, "w:t")
            written.text = part
            written.set(qn("xml:space"), "preserve")
    return cell


def _parts(line: str) -> list[str]:
    """The text cut where its long words may be divided: a narrow column has room for a part.

    A soft hyphen is no character of the text: it is not found by search, copied or read back.
    """
    parts = [""]
    for word in re.split(r"(\s+)", line):
        at = 0
        if len(word) > _LONG_WORD:
            for place in sorted(syllable_breaks(word)):
                if place - at >= 4 and len(word) - place >= 3:
                    parts[-1] += word[at:place]
                    parts.append("")
                    at = place
        parts[-1] += word[at:]
    return parts


def _sub(parent: Any, tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


# --- styles, fields, page numbers --------------------------------------------------------------


def _style(document: WordDocument, language: str) -> None:
    """A4, calm headings, our own table styles, and the language that Word proofreads in."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    styles: Any = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _language(defaults, language)
    _font(styles["Normal"], 11, space_after=6)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    _hyphenate(styles["Normal"], False)
    # Word refuses a file whose settings stand in another order than the standard's.
    tab_stop = document.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addnext(OxmlElement("w:autoHyphenation"))
    _font(styles["Title"], 22, bold=True, space_after=4)
    _without_rule(styles["Title"])
    _font(styles["Subtitle"], 11, colour=_MUTED, space_after=18)
    styles["Subtitle"].font.italic = False
    for level, size in ((1, 16), (2, 13), (3, 11.5), (4, 11)):
        style = styles[f"Heading {level}"]
        _font(style, size, bold=True, space_before=16 if level == 1 else 12, space_after=4)
        style.font.italic = False
        style.paragraph_format.keep_with_next = True
    _font(styles["Caption"], 10, space_before=10, space_after=4)
    styles["Caption"].font.bold = False
    _font(styles["Quote"], 11, space_after=6)
    styles["Quote"].font.italic = True
    styles["Quote"].paragraph_format.left_indent = Cm(1.0)
    styles["Quote"].paragraph_format.right_indent = Cm(1.0)
    for name, style_id, size, colour in (
        ("Table text", "TableText", 9, _INK),
        ("Table heading", "TableHeading", 8.5, _INK),
        ("Table note", "TableNote", 9, _MUTED),
        ("After table", "AfterTable", 6, _INK),
        ("To write", "ToWrite", 11, _MUTED),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), style_id)
        style.base_style = styles["Normal"]
        _font(style, size, colour=colour, space_after=2)
        style.paragraph_format.line_spacing = 1.0
    # Long Finnish words in narrow columns; running text stays as the analyst's own settings say.
    _hyphenate(styles["Table text"], True)
    styles["Table text"].paragraph_format.space_before = Pt(2)
    styles["Table heading"].paragraph_format.space_before = Pt(2)
    styles["Table note"].paragraph_format.space_before = Pt(3)
    styles["To write"].font.italic = True
    styles["To write"].paragraph_format.space_after = Pt(6)


def _font(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = _INK,
    space_before: float = 0,
    space_after: float = 0,
) -> None:
    style.font.name = _FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = colour
    style.paragraph_format.space_before = Pt(space_before)
    style.paragraph_format.space_after = Pt(space_after)


def _hyphenate(style: Any, wanted: bool) -> None:
    element = OxmlElement("w:suppressAutoHyphens")
    element.set(qn("w:val"), "0" if wanted else "1")
    settings = style.element.get_or_add_pPr()
    settings.insert_element_before(element, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _without_rule(style: Any) -> None:
    """The built-in title has a blue line under it."""
    settings = style.element.get_or_add_pPr()
    for border in settings.findall(qn("w:pBdr")):
        settings.remove(border)


def _language(look: Any, language: str) -> None:
    element = look.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        look.append(element)
    element.set(qn("w:val"), _LOCALES.get(language, language))


def _field(paragraph: WordParagraph, instruction: str, shown: str, bold: bool = False) -> None:
    """A field with the result it has now; Word updates it on F9 and when printing."""
    for kind, text in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        ("shown", shown),
        ("end", ""),
    ):
        run = paragraph.add_run()
        run.bold = bold or None
        if kind == "shown":
            run.text = text
        elif kind:
            _sub(run._r, "w:fldChar", fldCharType=kind)
        else:
            code = _sub(run._r, "w:instrText")
            code.text = f" {text} "
            code.set(qn("xml:space"), "preserve")


def _page_numbers(document: WordDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(paragraph, "PAGE", "1")


def _moment(made_at: str) -> datetime:
    return datetime.fromisoformat(made_at).replace(tzinfo=None)


def _clean(text: str) -> str:
    """The text without characters that a Word file cannot hold, line ends as they are."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
