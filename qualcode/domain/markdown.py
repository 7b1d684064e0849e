"""The Markdown of memos: a small part of it, read into plain values.

Whoever shows a memo (a page, the marker, Word) draws these values with its own means, so a memo can
bring no markup of its own onto a page and load nothing from anywhere: pictures are left out, and an
address is text. ``assets/memo_text.js`` reads the same Markdown in the browser; one table of
examples binds the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True)
class Piece:
    """Some words in one style. ``link`` is what they point at, as written; empty for none."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, quotation or lines of code.

    ``level`` is that of a heading (1-3) or how deep an item is (from 0); ``mark`` stands before an
    item ("•", "2."). Line ends inside a block are line ends when shown.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


_HEADING = re.compile(r"(#{1,6}) +(.*?)(?: +#+)? *")
_ITEM = re.compile(r"( *)(?:([-*+•])|(\d{1,9})[.)]) +(.*)")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+).*")

_INLINE = re.compile(
    r"""
      \\(?P<escaped>[\\`*_{}\[\]()\#+\-.!|<>~$:&])
    | `(?P<code>[^`\n]+)`
    | \[\[(?P<thing>[^\[\]|\n]+)(?:\|(?P<called>[^\[\]\n]+))?\]\]
    | !\[(?P<picture>[^\[\]\n]*)\]\([^()\n]*\)
    | \[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s]+)\)
    | (?P<bare>https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'"])
    | \*\*(?P<bold>(?=\S)[^\n]+?(?<=\S))\*\*
    | (?<!\w)__(?P<bold2>(?=\S)[^\n]+?(?<=\S))__(?!\w)
    | \*(?P<italic>(?=[^\s*])[^*\n]+?(?<=\S))\*
    | (?<!\w)_(?P<italic2>(?=[^\s_])[^_\n]+?(?<=\S))_(?!\w)
    """,
    re.VERBOSE,
)


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a memo in order.

    >>> [block.kind.value for block in parse("# Otsikko\\n\\nTeksti\\n- kohta")]
    ['heading', 'paragraph', 'item']
    """
    return tuple(_blocks(text))


def links(text: str) -> list[str]:
    """What the memo points at, as written, each once."""
    pieces = (piece for block in parse(text) for piece in block.pieces)
    return list(dict.fromkeys(piece.link for piece in pieces if piece.link))


def plain_text(text: str) -> str:
    """The words alone, on one line.

    >>> plain_text("**Huom:** katso [[koodi:Toivo]]\\n\\n- ja muut")
    'Huom: katso Toivo ja muut'
    """
    return " ".join(" ".join(block.text for block in parse(text)).split())


def readable(text: str, called: Callable[[Piece], str] = lambda piece: piece.text) -> str:
    """The memo without its signs, for a table's cell: paragraphs and list items as lines.

    ``called`` gives the words of a piece that points at something.

    >>> readable("# Huomio\\n- **yksi**\\n- kaksi")
    'Huomio\\n• yksi\\n• kaksi'
    """
    lines = []
    for block in parse(text):
        mark = f"{'  ' * block.level}{block.mark} " if block.kind is BlockKind.ITEM else ""
        words = (called(piece) if piece.link else piece.text for piece in block.pieces)
        lines.append(mark + "".join(words))
    return "\n".join(lines)


def _blocks(text: str) -> Iterator[Block]:
    lines = text.replace("\r\n", "\n").split("\n")
    waiting: list[str] = []
    kind = BlockKind.PARAGRAPH

    def finish() -> Iterator[Block]:
        if waiting:
            yield Block(kind, tuple(_inline("\n".join(waiting))))
            waiting.clear()

    number = 0
    while number < len(lines):
        line = lines[number].rstrip()
        number += 1
        if fence := _FENCE.fullmatch(line):
            yield from finish()
            inside = []
            while number < len(lines) and not lines[number].strip().startswith(fence[1]):
                inside.append(lines[number])
                number += 1
            number += 1
            yield Block(BlockKind.CODE, (Piece("\n".join(inside), code=True),))
        elif heading := _HEADING.fullmatch(line):
            yield from finish()
            level = min(len(heading[1]), 3)
            yield Block(BlockKind.HEADING, tuple(_inline(heading[2])), level)
        elif item := _ITEM.fullmatch(line):
            yield from finish()
            mark = "•" if item[2] else f"{item[3]}."
            level = min(len(item[1]) // 2, 3)
            yield Block(BlockKind.ITEM, tuple(_inline(item[4])), level, mark)
        elif quote := _QUOTE.fullmatch(line):
            if kind is not BlockKind.QUOTE:
                yield from finish()
                kind = BlockKind.QUOTE
            waiting.append(quote[1])
        elif not line.strip():
            yield from finish()
            kind = BlockKind.PARAGRAPH
        else:
            if kind is not BlockKind.PARAGRAPH:
                yield from finish()
                kind = BlockKind.PARAGRAPH
            waiting.append(line.strip())
    yield from finish()


def _inline(text: str, style: Piece | None = None) -> Iterator[Piece]:
    """The pieces of a run of text; what is inside bold or italic words may be styled too."""
    style = style or Piece("")
    written = ""
    at = 0
    for found in _INLINE.finditer(text):
        written += text[at : found.start()]
        at = found.end()
        if found["escaped"]:
            written += found["escaped"]
            continue
        if found["picture"] is not None:
            written += found["picture"]
            continue
        if written:
            yield replace(style, text=written)
            written = ""
        if found["code"]:
            yield replace(style, text=found["code"], code=True)
        elif found["thing"]:
            name = found["called"] or found["thing"].partition(":")[2].strip() or found["thing"]
            yield replace(style, text=name, link=found["thing"].strip())
        elif found["words"]:
            yield replace(style, text=found["words"], link=found["address"])
        elif found["bare"]:
            yield replace(style, text=found["bare"], link=found["bare"])
        elif bold := found["bold"] or found["bold2"]:
            yield from _inline(bold, replace(style, bold=True))
        elif italic := found["italic"] or found["italic2"]:
            yield from _inline(italic, replace(style, italic=True))
    written += text[at:]
    if written:
        yield replace(style, text=written)
