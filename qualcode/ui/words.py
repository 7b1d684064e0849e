"""People's own words inside Markdown."""

from __future__ import annotations

_MARKS = "\\`*_{}[]()#+-.!|<>~$:&"


def plain(text: str) -> str:
    """The text with nothing in it read as Markdown, HTML or a formula; line ends stay.

    >>> plain("*ei* <b>")
    '\\\\*ei\\\\* \\\\<b\\\\>'
    """
    escaped = "".join(f"\\{character}" if character in _MARKS else character for character in text)
    for sign in ("//", "@", "www"):
        # Addresses become links after escapes are read; an invisible word joiner keeps them text.
        escaped = escaped.replace(sign, f"\u2060{sign}\u2060")
    return escaped.replace("\n", "  \n")
