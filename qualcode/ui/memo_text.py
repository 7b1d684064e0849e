"""A memo on a page: its Markdown drawn anew, so that nothing in it is more than styled words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from qualcode.domain.markdown import Block, BlockKind, Piece, parse
from qualcode.texts import N_
from qualcode.ui.words import plain
from qualcode.workbench.memo_links import Thing, shown

Translate = Callable[[str], str]

NOT_THERE = N_("not in the study")


def as_markdown(text: str, links: Mapping[str, Thing], translate: Translate) -> str:
    """The memo as Markdown that Streamlit can be given: no HTML, no pictures, no addresses to open.

    A link to a thing of the study stands out in blue; the way there is a button beside the memo. A
    link whose thing is gone is crossed out. An address of the world outside is told, not opened.
    """
    blocks = parse(text)
    depth = 0
    lines: list[str] = []
    for number, block in enumerate(blocks):
        depth = min(block.level, depth + 1) if block.kind is BlockKind.ITEM else 0
        follows_item = number and blocks[number - 1].kind is BlockKind.ITEM
        if lines and not (block.kind is BlockKind.ITEM and follows_item):
            lines.append("")
        lines += _lines(block, 0 if not follows_item else depth, links, translate)
    return "\n".join(lines)


def _lines(
    block: Block, depth: int, links: Mapping[str, Thing], translate: Translate
) -> Sequence[str]:
    if block.kind is BlockKind.CODE:
        longest = max((len(run) for run in re.findall(r"`+", block.text)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}text", *block.text.split("\n"), fence]
    written = "".join(_piece(piece, links, translate) for piece in block.pieces)
    if block.kind is BlockKind.HEADING:
        # Not a heading of the page, whose outline a memo must not change.
        return [f"**{written.strip()}**" if block.pieces and not _styled(block) else written]
    if block.kind is BlockKind.ITEM:
        mark = "-" if block.mark == "•" else block.mark
        return [f"{'   ' * depth}{mark} {written}"]
    if block.kind is BlockKind.QUOTE:
        return [f"> {line}" for line in written.split("\n")]
    # A line of = alone would make a heading of the line above it.
    return [f"\\{line}" if line.startswith("=") else line for line in written.split("\n")]


def _styled(block: Block) -> bool:
    return any(piece.bold or piece.italic or piece.code or piece.link for piece in block.pieces)


def _piece(piece: Piece, links: Mapping[str, Thing], translate: Translate) -> str:
    if piece.link:
        return _link(piece, links.get(piece.link), shown(piece, links), translate)
    if piece.code:
        return f"`{piece.text}`"
    return _in_style(piece, plain(piece.text))


def _link(piece: Piece, thing: Thing | None, words: str, translate: Translate) -> str:
    if thing is None:
        address = "" if piece.text == piece.link else f" ({piece.link})"
        return plain(piece.text + address)
    if not thing.there:
        return f"~~{plain(words)}~~ ({plain(translate(NOT_THERE))})"
    return f":blue[**{plain(words)}**]"


def _in_style(piece: Piece, escaped: str) -> str:
    """Marks stand right at the words; spaces at the ends stay outside."""
    marks = "**" * piece.bold + "*" * piece.italic
    inner = escaped.strip()
    if not marks or not inner:
        return escaped
    start = escaped[: len(escaped) - len(escaped.lstrip())]
    end = escaped[len(escaped.rstrip()) :]
    return f"{start}{marks}{inner}{marks[::-1]}{end}"
