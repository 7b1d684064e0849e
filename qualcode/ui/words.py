"""People's own words inside Markdown."""

from __future__ import annotations

_MARKS = "\\`*_{}[]()#+-.!|<>~$:&"


def plain(text: str) -> str:
    """The text with nothing in it read as Markdown, HTML or a formula; line ends stay.

    >>> plain("*ei* <b>")
    '\\\\*ei\\\\* \\\\<b\\\\>'
    """
    escaped = "".join(f"\\{character}" if character in _MARKS else character for character in text)
    return escaped.replace("\n", "  \n")
