"""The report as one HTML file: it works without a network, and every number opens its answers.

Nothing is fetched from anywhere. What respondents wrote is kept as data and shown as text, so that
nothing in it can act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path

from qualcode.exports.evidence import Numbering
from qualcode.exports.report import (
    DEEPER,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
    caption_label,
    see_word,
    seen_also,
    without_stop,
)
from qualcode.texts import gettext_for

_MARKED = re.compile(r'data-(?:mark|role)="([^"]*)"(?: role="button" tabindex="0")?')
"""A part of a figure that can be opened, in the SVG of our own drawings."""
_ASSETS = Path(__file__).parent / "assets"


def write(report: Report) -> bytes:
    """The whole report as the bytes of an .html file."""
    return _Writer(report).write().encode("utf-8")


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report = report
        self._ = gettext_for(report.language)
        self.numbers = report.numbers()
        self.evidence = Numbering(report)

    def write(self) -> str:
        _ = self._
        body = "\n".join(self._block(block) for block in self.report.blocks)
        words = {
            "close": _("Close"),
            "answers": _("Answers behind the number: {n}").replace("{n}", "%n"),
            "behind": _("What stands behind this: {n}").replace("{n}", "%n"),
            "more": _("Show more"),
            "filter": _("Filter the rows"),
        }
        style = (_ASSETS / "report.css").read_text(encoding="utf-8")
        script = (_ASSETS / "report.js").read_text(encoding="utf-8")
        title = escape(self.report.title)
        # Nothing may be fetched or sent, whatever stands in the texts.
        policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        return (
            f'<!doctype html>\n<html lang="{self.report.language}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
            f"<header><h1>{title}</h1>\n<p>{escape(self.report.subtitle)}</p></header>\n"
            f"{self._contents()}\n<main>\n{body}\n</main>\n<dialog><h2></h2><div></div>"
            f'<button type="button">{escape(words["close"])}</button></dialog>\n'
            '<script type="application/json" id="evidence">'
            f"{_json(self.evidence.told())}</script>\n"
            f'<script type="application/json" id="words">{_json(words)}</script>\n'
            f"<script>\n{script}</script>\n</body>\n</html>\n"
        )

    def _contents(self) -> str:
        """Headings, tables and figures as links."""
        lines = []
        for n, block in enumerate(self.report.blocks):
            if isinstance(block, Heading) and block.level == 1:
                lines.append(f'<li class="h"><a href="#h{n}">{escape(block.text)}</a></li>')
            elif isinstance(block, Table | Figure):
                name = f"{self._label(block)}. {block.caption}"
                lines.append(f'<li><a href="#{_id(block.key)}">{escape(name)}</a></li>')
        return f'<nav aria-label="{escape(self._("Contents"))}"><ul>{"".join(lines)}</ul></nav>'

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            at = next(n for n, other in enumerate(self.report.blocks) if other is block)
            tag = f"h{min(block.level + 1, 6)}"
            return f'<{tag} id="h{at}">{escape(block.text)}</{tag}>'
        if isinstance(block, Paragraph):
            kind = ' class="write"' if block.to_write else ""
            return f"<p{kind}>{self._referring(block.text, block.see)}</p>"
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, QuoteSection):
            return self._quotes(block)
        return (
            f'<figure id="{_id(block.key)}"><div class="drawing">{self._figure(block)}</div>'
            f"<figcaption><b>{escape(self._label(block))}.</b> {escape(block.caption)}"
            "</figcaption></figure>"
        )

    def _label(self, block: Table | Figure) -> str:
        word = caption_label(self.report.language, isinstance(block, Figure))
        return f"{word} {self.numbers[block.key]}"

    def _referring(self, text: str, keys: Sequence[str]) -> str:
        """The text with references as links, in brackets after what they tell more of."""
        there = seen_also(self.report, keys)
        text, stop = without_stop(text, there)
        if not there:
            return escape(text)
        links = ", ".join(f'<a href="#{_id(key)}">{escape(name)}</a>' for name, key in there)
        return f"{escape(text)} ({see_word(self.report.language)} {links}){stop}"

    # --- tables ----------------------------------------------------------------------------

    def _table(self, table: Table) -> str:
        rows = "\n".join(self._row(table, row) for row in table.rows)
        below = (table.note, *table.warnings)
        notes = "".join(f'<p class="note">{escape(text)}</p>' for text in below if text)
        caption = f"<b>{escape(self._label(table))}.</b> {escape(table.caption)}"
        return (
            f'<section class="table" id="{_id(table.key)}"><table><caption>{caption}</caption>\n'
            f"<thead>{_head(table.columns)}</thead>\n<tbody>\n{rows}\n</tbody></table>"
            f"{notes}</section>"
        )

    def _row(self, table: Table, row: Row) -> str:
        if row.kind is RowKind.GROUP:
            text = escape(row.cells[0].text(self.report.language))
            return f'<tr class="group"><th colspan="{len(table.columns)}">{text}</th></tr>'
        cells = "".join(
            self._cell(column, cell, row.level if n == 0 else 0)
            for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
        )
        return f'<tr class="{row.kind}">{cells}</tr>'

    def _cell(self, column: Column, cell: Cell, level: int) -> str:
        printed = cell.printed(self.report.language)
        level += len(printed) - len(printed.lstrip(DEEPER))
        text = escape(printed.lstrip(DEEPER)).replace("\n", "<br>")
        counted = isinstance(cell.value, int) and cell.value
        places = self.evidence.ranges(cell.evidence) if counted else ""
        if places:
            text = f'<button type="button" data-e="{places}">{text}</button>'
        indent = f' style="padding-left:{0.4 + level}em"' if level else ""
        strong = " b" if cell.strong else ""
        joined = " j" if cell.joined else ""
        return f'<td class="{column.align}{strong}{joined}"{indent}>{text}</td>'

    def _figure(self, figure: Figure) -> str:
        """Our own SVG, named for those who do not see it. Its parts tell of themselves on hover,
        and open the answers they were drawn from."""
        svg = _MARKED.sub(
            lambda found: self._opening(figure, unescape(found[1])),
            figure.svg[figure.svg.index("<svg") :],
        )
        role = "group" if "data-e=" in svg else "img"
        return f'<div role="{role}" aria-label="{escape(figure.alt, quote=True)}">{svg}</div>'

    def _opening(self, figure: Figure, mark: str) -> str:
        places = self.evidence.ranges(figure.opens.get(mark, ()))
        return f'data-e="{places}" role="button" tabindex="0"' if places else ""

    def _quotes(self, section: QuoteSection) -> str:
        tag = f"h{min(section.level + 1, 6)}"
        parts = [f"<{tag}>{escape(section.heading)}</{tag}>"]
        if section.counts:
            told = self._referring(section.counts, section.see)
            parts.append(f'<p class="note">{told}</p>')
        if section.summary:
            parts.append(f'<p class="write">{escape(section.summary)}</p>')
        language = self.report.material_language
        opening, closing = ("”", "”") if language == "fi" else ("“", "”")
        for quote in section.quotes:
            source = f" ({escape(quote.source)})" if quote.source else ""
            parts.append(
                f'<blockquote lang="{language}">{opening}{escape(quote.text)}{closing}'
                f"<cite>{source}</cite></blockquote>"
            )
        if section.note:
            parts.append(f'<p class="note">{escape(section.note)}</p>')
        return f"<section>{''.join(parts)}</section>"


def _head(columns: Sequence[Column]) -> str:
    grouped = any(column.group for column in columns)
    upper, n = [], 0
    while grouped and n < len(columns):
        end = n + 1
        while columns[n].group and end < len(columns) and columns[end].group == columns[n].group:
            end += 1
        upper.append(f'<th colspan="{end - n}">{escape(columns[n].group)}</th>')
        n = end
    lower = "".join(
        f'<th class="{column.align}" scope="col">{escape(column.title)}</th>' for column in columns
    )
    return (f"<tr>{''.join(upper)}</tr>" if grouped else "") + f"<tr>{lower}</tr>"


def _id(key: str) -> str:
    return "k-" + "".join(c if c.isalnum() else "-" for c in key)


def _json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
