"""What every drawn figure needs: clean texts, short coordinates, and the drawing as a picture."""

from __future__ import annotations

import re

import resvg_py

from qualcode.exports import fonts

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without characters that XML forbids."""
    return " ".join(_NOT_IN_XML.sub("", text).split())


def short(number: float) -> str:
    """A coordinate, short."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def as_png(svg: str, width: int = 2000) -> bytes:
    """The drawing as a picture ``width`` pixels wide, on white, in the packaged typeface."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        font_files=fonts.files(),
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )
