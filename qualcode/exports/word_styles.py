"""How a Word document looks: the page, its styles, the language it is proofread in."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from qualcode.exports.word_xml import set_language, sub

_FONT = "Calibri"
_INK = RGBColor(0x1D, 0x2B, 0x33)
_MUTED = RGBColor(0x59, 0x64, 0x6B)
_RULE, _HAIRLINE = "8A9AA3", "C9D2D7"
TABLE_STYLE = "Study table"
CELL_MARGIN = 60
"""Of a table's cell, on the left and on the right, in twips."""
PAGE = (Cm(21.0), Cm(29.7))
_MARGIN = Cm(2.5)


def set_up(document: WordDocument, language: str) -> None:
    """A4, calm headings, our own table styles, and the language that Word proofreads in."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    styles: Any = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_language(defaults, language)
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
    # Italics are the words' own style, so that what follows them, who spoke, is upright by itself.
    styles["Quote"].font.italic = False
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
    styles["Table heading"].font.bold = True
    figure = styles.add_style("Figure", WD_STYLE_TYPE.PARAGRAPH)
    figure.base_style = styles["Normal"]
    figure.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    figure.paragraph_format.keep_with_next = True
    styles.add_style("Caption number", WD_STYLE_TYPE.CHARACTER).font.bold = True
    styles.add_style("Quoted words", WD_STYLE_TYPE.CHARACTER).font.italic = True
    styles["Footer"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _table_style(styles)
    # Long Finnish words in narrow columns; running text stays as the analyst's own settings say.
    _hyphenate(styles["Table text"], True)
    styles["Table text"].paragraph_format.space_before = Pt(2)
    styles["Table heading"].paragraph_format.space_before = Pt(2)
    styles["Table note"].paragraph_format.space_before = Pt(3)
    styles["To write"].font.italic = True
    styles["To write"].paragraph_format.space_after = Pt(6)


def _table_style(styles: Any) -> None:
    """How our tables are ruled: above, below, and faintly between the rows."""
    style = styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    properties = sub(style.element, "w:tblPr")
    borders = sub(properties, "w:tblBorders")
    for edge, size, colour in (
        ("top", 8, _RULE),
        ("bottom", 8, _RULE),
        ("insideH", 4, _HAIRLINE),
    ):
        sub(borders, f"w:{edge}", val="single", sz=size, space=0, color=colour)
    margins = sub(properties, "w:tblCellMar")
    for edge in ("left", "right"):
        sub(margins, f"w:{edge}", w=CELL_MARGIN, type="dxa")


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
