"""Memos as a text file, for reading and for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.store.views import MemoQuery
from qualcode.texts import gettext_for
from qualcode.workbench import memos
from qualcode.workbench.bench import Workbench
from qualcode.workbench.memos import MemoRow
from qualcode.workbench.messages import day_and_time, kind_title

_AT_A_TIME = 200


def all_memos(bench: Workbench, query: MemoQuery) -> Iterator[MemoRow]:
    """Every memo that matches, the oldest first: as they were thought."""
    found: list[MemoRow] = []
    while True:
        page = memos.browse(bench, query, len(found), _AT_A_TIME)
        found += page.rows
        if not page.rows or len(found) >= page.total:
            return reversed(found)


def as_markdown(bench: Workbench, query: MemoQuery) -> str:
    """The memos that match as one Markdown text, each under a heading that says what it is about.

    The memos themselves are as they were written.
    """
    _ = gettext_for(bench.language)
    parts = [f"# {bench.study().name}"]
    for row in all_memos(bench, query):
        memo = row.memo
        about = f"{kind_title(memo.about_kind, _)}: {row.about.label}".strip(": ")
        if not row.about.there:
            about = f"{about} ({_('removed from the study')})"
        heading = _("Research diary") if memo.about_kind == "study" else about
        parts += [
            f"## {heading[:1].upper()}{heading[1:]}",
            f"*{memo.created_by}, {day_and_time(memo.created_at)}*",
            memo.text,
        ]
    return "\n\n".join(parts) + "\n"
