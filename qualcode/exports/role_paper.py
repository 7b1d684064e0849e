"""The guide and the form of a role map on paper (Word, A4), for a pen or printed filled in.

A client without a computer can use it: a step of the scale is ticked in a box, and there are lines
to write on. A filled discussion is the same paper with the words in place of the lines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from qualcode.domain.role_traits import TARGET, Step
from qualcode.exports.role_profile import ORDER
from qualcode.exports.svg import as_png

_FONT = "Calibri"
_INK = RGBColor(0x1D, 0x2B, 0x33)
_MUTED = RGBColor(0x4B, 0x5D, 0x67)
_RULE, _SHADE, _TARGET = "7A8A93", "C9DBE5", "EAF3E8"
_MARGIN, _WIDTH = Cm(2.0), 17.0
_LOCALES = {"fi": "fi-FI", "en": "en-GB"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A role of which this much is written may go on to the next page.
_LONG = 1500
_EMPTY_BOX, _TICKED_BOX = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"


@dataclass(frozen=True)
class Section:
    """A part of the guide: paragraphs, a list, or numbered steps."""

    heading: str
    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Blank:
    """A place to write: what is asked, what was written, and how many lines a pen has."""

    label: str
    text: str = ""
    lines: int = 2


@dataclass(frozen=True)
class PaperRole:
    """A role on the form. ``note`` is a small line, such as its counter-role."""

    name: str
    descriptors: tuple[str, ...] = ()
    description: str = ""
    note: str = ""
    step: Step | None = None
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A picture, and what it shows in words."""

    svg: str
    alt: str
    width: float = 12.0


@dataclass(frozen=True)
class RolePaper:
    """The whole paper. ``heads`` stand above the form, ``closing`` at its end.

    ``filled`` leaves out the lines for a pen. ``foot`` stands at the bottom of every page.
    """

    title: str
    language: str
    made_at: str
    steps: dict[Step, tuple[str, str]]
    """Step -> its sign and its words."""
    target: str
    subtitle: str = ""
    figure: Drawing | None = None
    guide: tuple[Section, ...] = ()
    scale_heading: str = ""
    form_heading: str = ""
    heads: tuple[Blank, ...] = ()
    roles: tuple[PaperRole, ...] = ()
    closing_heading: str = ""
    closing: tuple[Blank, ...] = ()
    profiles: tuple[Drawing, ...] = ()
    profile_heading: str = ""
    filled: bool = False
    foot: str = ""


def write(paper: RolePaper) -> bytes:
    """The paper as the bytes of a .docx file."""
    document: WordDocument = docx.Document()
    _style(document, paper.language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Cm(1.5)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(paper.title), "", ""
    properties.language = _LOCALES.get(paper.language, paper.language)
    properties.created = properties.modified = datetime.fromisoformat(paper.made_at).replace(
        tzinfo=None
    )
    document.add_paragraph(_clean(paper.title), style="Title")
    if paper.subtitle:
        document.add_paragraph(_clean(paper.subtitle), style="Subtitle")
    if paper.figure:
        _drawing(document, paper.figure)
    for part in paper.guide:
        _section(document, part)
    if paper.scale_heading:
        document.add_paragraph(_clean(paper.scale_heading), style="Heading 1")
        _scale(document, paper, None)
    if paper.roles:
        _form(document, paper)
    for n, drawing in enumerate(paper.profiles):
        if n == 0:
            heading = document.add_paragraph(_clean(paper.profile_heading), style="Heading 1")
            heading.paragraph_format.page_break_before = True
        _drawing(document, drawing)
    _foot(document, paper.foot)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- parts ---------------------------------------------------------------------------------------


def _section(document: WordDocument, part: Section) -> None:
    document.add_paragraph(_clean(part.heading), style="Heading 1")
    style = "List Number" if part.numbered else "List Bullet" if len(part.texts) > 1 else "Normal"
    for text in part.texts:
        document.add_paragraph(_clean(text), style=style)


def _form(document: WordDocument, paper: RolePaper) -> None:
    heading = document.add_paragraph(_clean(paper.form_heading), style="Heading 1")
    # The form is torn off and given to the person: it begins a page of its own.
    heading.paragraph_format.page_break_before = bool(paper.guide or paper.figure)
    _heads(document, paper.heads)
    if paper.roles:
        blocks = document.add_table(rows=len(paper.roles), cols=1)
        blocks.autofit = False
        for role, row in zip(paper.roles, blocks.rows, strict=True):
            cell = row.cells[0]
            cell.width = Cm(_WIDTH)
            _role(cell, paper, role)
            if len("".join(blank.text for blank in role.blanks)) < _LONG:
                # A role with its lines stays on one page, in every program that shows the file.
                _whole(row._tr)
    if paper.closing:
        document.add_paragraph(_clean(paper.closing_heading), style="Heading 2")
        _blanks(document, paper.closing, paper.filled)


def _role(cell: Any, paper: RolePaper, role: PaperRole) -> None:
    name = cell.paragraphs[0]
    name.style = "Heading 2"
    # Kept together by its row already; asked for here too, some programs give each row a page.
    name.paragraph_format.keep_with_next = False
    name.add_run(_clean(role.name))
    if role.descriptors:
        run = name.add_run("   " + _clean(", ".join(role.descriptors)))
        run.bold, run.italic, run.font.size = False, True, Pt(10.5)
    for text, style in ((role.description, "About"), (role.note, "Small")):
        if text:
            cell.add_paragraph(_clean(text), style=style)
    _scale(cell, paper, role.step)
    _blanks(cell, role.blanks, paper.filled)


def _scale(place: Any, paper: RolePaper, chosen: Step | None) -> None:
    """Five boxes side by side, ``+++`` first; the target is shaded and says so."""
    table = place.add_table(rows=1, cols=len(ORDER))
    table.autofit = False
    _borders(table._tbl)
    _whole(table.rows[0]._tr)
    for cell, step in zip(table.rows[0].cells, ORDER, strict=True):
        cell.width = Cm((_WIDTH - 0.4) / len(ORDER))
        sign, words = paper.steps[step]
        if step is chosen:
            _shade(cell._tc, _SHADE)
        elif step is TARGET:
            _shade(cell._tc, _TARGET)
        first = cell.paragraphs[0]
        first.style = "Step"
        box = first.add_run((_TICKED_BOX if step is chosen else _EMPTY_BOX) + " ")
        _symbol(box)
        first.add_run(_clean(sign)).bold = True
        told = f"{words} ({paper.target})" if step is TARGET else words
        second = cell.add_paragraph(_clean(told), style="Step words")
        if step is chosen:
            second.runs[0].bold = True
    # A nested table leaves an empty paragraph below it, which its cell must end with.
    nested = getattr(place, "_tc", None) is not None
    (place.paragraphs[-1] if nested else place.add_paragraph()).style = "Gap"


def _heads(document: WordDocument, heads: Sequence[Blank]) -> None:
    """Who, with whom, when and where: two in a row, with a rule to write on."""
    if not heads:
        return
    table = document.add_table(rows=(len(heads) + 1) // 2, cols=2)
    table.autofit = False
    for n, blank in enumerate(heads):
        cell = table.cell(n // 2, n % 2)
        cell.width = Cm(_WIDTH / 2)
        paragraph = cell.paragraphs[0]
        paragraph.style = "Head"
        label = paragraph.add_run(_clean(blank.label) + "  ")
        label.font.color.rgb = _MUTED
        paragraph.add_run(_clean(blank.text)).bold = True
        _under(paragraph)
    document.add_paragraph("", style="Gap")


def _blanks(place: Any, blanks: Sequence[Blank], filled: bool) -> None:
    for blank in blanks:
        if filled and not blank.text:
            continue
        place.add_paragraph(_clean(blank.label), style="Label")
        if blank.text:
            for line in blank.text.splitlines():
                place.add_paragraph(_clean(line), style="Normal")
        else:
            for _n in range(blank.lines):
                place.add_paragraph("", style="Pen line")
    # The last rule is drawn below its line and needs room of its own.
    place.add_paragraph("", style="Gap")


def _drawing(document: WordDocument, drawing: Drawing) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture = paragraph.add_run().add_picture(
        io.BytesIO(as_png(drawing.svg, 1800)), width=Cm(drawing.width)
    )
    # python-docx has no way to give a picture its words.
    picture._inline.docPr.set("descr", _clean(drawing.alt))


def _foot(document: WordDocument, foot: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Small"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if foot:
        paragraph.add_run(_clean(foot) + "   ")
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.text = " PAGE "
            run._r.append(code)


# --- looks ---------------------------------------------------------------------------------------


def _style(document: WordDocument, language: str) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        defaults.append(spoken)
    spoken.set(qn("w:val"), _LOCALES.get(language, language))
    _look(styles["Normal"], 11, after=4)
    _look(styles["Title"], 20, bold=True, after=4)
    border = styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    _look(styles["Subtitle"], 11, colour=_MUTED, after=6)
    styles["Subtitle"].font.italic = False
    _look(styles["Heading 1"], 14, bold=True, before=10, after=4)
    _look(styles["Heading 2"], 13, bold=True, before=12, after=3)
    for name in ("List Bullet", "List Number"):
        _look(styles[name], 11, after=2)
    for name, size, before, after in (
        ("Label", 9, 3, 0),
        ("Small", 9, 0, 3),
        ("Step", 14, 3, 0),
        ("Step words", 9, 0, 3),
        ("Head", 11, 8, 2),
        ("About", 10, 0, 2),
        ("Gap", 3, 0, 0),
        ("Pen line", 11, 0, 0),
    ):
        made = styles.add_style(name, 1)
        made.base_style = styles["Normal"]
        _look(made, size, before=before, after=after)
    for name in ("Label", "Small"):
        styles[name].font.color.rgb = _MUTED
    for name in ("Step", "Step words"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = styles["Pen line"].paragraph_format
    line.line_spacing = Pt(19.5)
    _rule(styles["Pen line"].element.get_or_add_pPr(), "bottom", "between")


def _look(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = _INK,
    before: float = 0,
    after: float = 0,
) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def _symbol(run: Any) -> None:
    """A typeface that has boxes; another program takes one of its own."""
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), "Segoe UI Symbol")


def _rule(properties: Any, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def _under(paragraph: Paragraph) -> None:
    _rule(paragraph._p.get_or_add_pPr(), "bottom")


def _borders(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table.tblPr.append(borders)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shade)


def _whole(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(text: str) -> str:
    """The text without characters that a Word file cannot hold."""
    return _NOT_IN_XML.sub("", text)
