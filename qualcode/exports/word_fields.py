"""Fields of a Word document that keep their numbers right: references, lists of tables and figures.

Word counts them anew on F9 and when printing. What they show now is right as long as nothing is
moved; page numbers are counted when the file is opened.

A list is a field for Word alone, which makes it anew with all that has a caption by then. Other
programs would show such a list as it was written, without a page: they see its lines only, whose
page numbers they count themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from qualcode.exports.word_xml import add_field, sub

_ids = itertools.count(1)
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WORD_2013 = "http://schemas.microsoft.com/office/word/2012/wordml"
LIST_STYLE = "table of figures"


def mark(paragraph: WordParagraph, key: str, first: int, last: int) -> None:
    """A bookmark around the runs from ``first`` up to ``last``, that references point at."""
    number = str(next(_ids))
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), bookmark(key))
    end.set(qn("w:id"), number)
    runs = paragraph.runs
    runs[first]._r.addprevious(start)
    runs[last - 1]._r.addnext(end)


def refer(paragraph: WordParagraph, key: str, shown: str) -> None:
    """A reference to the caption with this key: ``Taulukko 3``."""
    add_field(paragraph, f"REF {bookmark(key)} \\h", shown)


def bookmark(key: str) -> str:
    """A name that Word takes: letters, digits and underscores, at most forty, hidden by its _."""
    return "_Ref_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in key)[:34]


def add_list(
    document: WordDocument, title: str, label: str, entries: Sequence[tuple[str, str]], width: float
) -> None:
    """A list of captions with their pages: ``entries`` are (caption, key), ``label`` their word."""
    _list_style(document, width)
    document.add_paragraph(title, style="List heading")
    first, last = entries[0], entries[-1]
    for entry in entries:
        text, key = entry
        paragraph = document.add_paragraph(style=LIST_STYLE)
        if entry is first:
            _open(paragraph, f'TOC \\h \\z \\c "{label}"')
        paragraph.add_run(f"{text}\t")
        add_field(paragraph, f"PAGEREF {bookmark(key)} \\h", "")
        if entry is last:
            sub(_for_word(paragraph), "w:fldChar", fldCharType="end")


def _open(paragraph: WordParagraph, instruction: str) -> None:
    """The beginning of a field that ends in a later paragraph."""
    within = _for_word(paragraph)
    sub(within, "w:fldChar", fldCharType="begin", dirty="true")
    code = sub(within, "w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    sub(within, "w:fldChar", fldCharType="separate")


def _for_word(paragraph: WordParagraph) -> Any:
    """A place at the end of the paragraph that only Word 2013 and later read."""
    run = paragraph.add_run()._r
    asked = etree.SubElement(run, f"{{{_CHOICES}}}AlternateContent", nsmap={"w15": _WORD_2013})
    return etree.SubElement(asked, f"{{{_CHOICES}}}Choice", Requires="w15")


def _list_style(document: WordDocument, width: float) -> None:
    styles: Any = document.styles
    if "List heading" in [style.name for style in styles]:
        return
    heading = styles.add_style("List heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style = styles["Normal"]
    heading.font.bold, heading.font.size = True, Pt(13)
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.keep_with_next = True
    entry = styles.add_style(LIST_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    entry.base_style = styles["Normal"]
    entry.font.size = Pt(10)
    entry.paragraph_format.space_after = Pt(2)
    entry.paragraph_format.right_indent = Cm(0.9)
    entry.paragraph_format.tab_stops.add_tab_stop(
        Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
