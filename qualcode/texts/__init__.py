"""The texts people see: English in the code, Finnish in the catalogues beside this file.

Catalogues are plain gettext ``.po`` files, one an area of the program, read together as one.
Nothing is installed globally: a web server speaks several languages at once, so every caller
asks for the translation of its own language.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent / "catalogues"
LANGUAGES = ("fi", "en")
DEFAULT_LANGUAGE = "fi"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The joined catalogue of ``language``; English is the language of the code itself."""
    joined: gettext.NullTranslations | None = None
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            parsed = read_po(file, locale=language)
        compiled = io.BytesIO()
        write_mo(compiled, parsed)
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        if joined is None:
            joined = translations
        else:
            joined.add_fallback(translations)
    return joined or gettext.NullTranslations()


def gettext_for(language: str) -> Callable[[str], str]:
    """The function that turns an English msgid into ``language``."""
    return catalogue(language).gettext


def ngettext_for(language: str) -> Callable[[str, str, int], str]:
    """The plural function of ``language``: (one, many, count) -> the form for count."""
    return catalogue(language).ngettext


def pgettext_for(language: str) -> Callable[[str, str], str]:
    """(context, msgid) -> text, where one English word has two Finnish ones."""
    return catalogue(language).pgettext


def N_(message: str) -> str:
    """Marks a text for the catalogue where it is written but not yet shown."""
    return message
