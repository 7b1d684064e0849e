"""The small pieces of a Word file: elements, clean text, its language, fields."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

LOCALES = {"fi": "fi-FI", "en": "en-GB"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sub(parent: Any, tag: str, **attributes: object) -> Any:
    """A new element at the end of the parent; its attributes are of Word's own namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


def clean(text: str) -> str:
    """The text without characters that a Word file cannot hold, line ends as they are."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def set_language(look: Any, language: str) -> None:
    """The look of a run or a style is proofread in this language."""
    element = look.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        look.append(element)
    element.set(qn("w:val"), LOCALES.get(language, language))


def add_field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field with the result it has now; Word updates it on F9 and when printing."""
    for kind, text in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        ("shown", shown),
        ("end", ""),
    ):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            sub(run._r, "w:fldChar", fldCharType=kind)
        else:
            code = sub(run._r, "w:instrText")
            code.text = f" {text} "
            code.set(qn("xml:space"), "preserve")
