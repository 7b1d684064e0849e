"""The codes of one codebook as rows: names to click, and what is told of each beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from qualcode.ui import state
from qualcode.ui.labels import origin_label
from qualcode.ui.words import plain
from qualcode.workbench.bench import Workbench
from qualcode.workbench.codebook_rules import SHORTCUTS
from qualcode.workbench.codebooks import CodebookBranch, CodeRow


@dataclass(frozen=True)
class _Columns:
    """Which facts a codebook's list has: a column that would be empty is not there."""

    level: bool
    key: bool


def show(bench: Workbench, branch: CodebookBranch, place: str) -> None:
    """A row for each code; a click makes it the chosen one of ``place``."""
    columns = _Columns(
        level=any(row.code.level is not None for row in branch.rows),
        key=any(row.code.shortcut for row in branch.rows),
    )
    with st.container(gap=None, key=f"codes-{slug_of(branch.codebook.id)}"):
        st.html(_facts_header(columns))
        for row in branch.rows:
            _code(bench, row, columns, place)


def styles(tree: Sequence[CodebookBranch], chosen: object) -> str:
    """Each code's colour and depth, which Streamlit's buttons have no place for."""
    rules = []
    for branch in tree:
        for row in branch.rows:
            # Anything but a colour would be a rule of its own.
            colour = row.code.colour
            if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
                colour = "#848f9b"
            own = f".st-key-row-{slug_of(row.code.id)}"
            rules.append(f"{own} button::before {{ background: {colour}; }}")
            if row.depth:
                rules.append(f"{own} button {{ margin-left: {1.3 * row.depth:.1f}rem; }}")
            if chosen == ("code", row.code.id):
                rules.append(
                    f"{own} {{ background: color-mix(in srgb, currentColor 9%, transparent); }}"
                )
    return f"<style>{' '.join(rules)}</style>"


def slug_of(id: str) -> str:
    """The id as a widget key that is also the name of a style."""
    return hashlib.sha256(id.encode()).hexdigest()[:12]


def _code(bench: Workbench, row: CodeRow, columns: _Columns, place: str) -> None:
    code = row.code
    slug = slug_of(code.id)
    chosen = state.chosen(place) == ("code", code.id)
    label = plain(code.label(bench.language))
    with st.container(
        horizontal=True, vertical_alignment="center", gap=None, wrap=False, key=f"row-{slug}"
    ):
        st.button(
            f"**{label}**" if chosen else label,
            key=f"code-{slug}",
            type="tertiary",
            width="stretch",
            on_click=state.choose,
            args=(place, ("code", code.id)),
        )
        st.html(_facts(row, columns), width="content")


def _facts_header(columns: _Columns) -> str:
    _ = state.translator()
    cells = [
        _fact("origin", _("Origin")),
        _fact("level", _("Level")) if columns.level else "",
        _fact("key", _("Key"), _("The key that gives the code while reading"))
        if columns.key
        else "",
        _fact("number", _("Mentions"), _("How many expressions carry the code")),
        _fact("number", _("Respondents"), _("How many respondents the expressions come from")),
    ]
    return f'<div class="qc-facts qc-facts-head">{"".join(cells)}</div>'


def _facts(row: CodeRow, columns: _Columns) -> str:
    _ = state.translator()
    code, count = row.code, row.count
    shortcut = code.shortcut if code.shortcut in SHORTCUTS else ""
    cells = [
        _fact("origin", origin_label(code.origin, _)),
        _fact("level", str(code.level or "–"), _("Level")) if columns.level else "",
        _fact("key", f"<kbd>{shortcut}</kbd>" if shortcut else "") if columns.key else "",
        _fact("number", str(count.mentions), _("Mentions")),
        _fact("number", str(count.respondents), _("Respondents")),
    ]
    return f'<div class="qc-facts{"" if count.mentions else " qc-unused"}">{"".join(cells)}</div>'


def _fact(kind: str, shown: str, title: str = "") -> str:
    told = f' title="{escape(title)}"' if title else ""
    return f'<span class="qc-{kind}"{told}>{shown}</span>'
