"""News: what has changed in the study since a window saw it last, by whomever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.domain.decisions import Decision
from qualcode.domain.errors import BadOperation
from qualcode.store.repository import Reading
from qualcode.texts import gettext_for
from qualcode.ui import coding_view
from qualcode.ui.channel.desks import Desk
from qualcode.workbench import edge, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.code_counting import codes_touched
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.progress_counting import documents_touched

MOST_CHANGES = 500
"""Changed rows that are looked at one by one; after more of them everything is told anew."""

MOST_DOCUMENTS = 500
OTHERS_TOLD = 20

WIDE_KINDS = ("source", "respondent", "item", "speaker")
"""A change of one of these can show on any answer."""


def news(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{docs, seen}``: what changed of these answers since the revision ``seen``."""
    return told(desk, desk.bench(), asked)


def told(desk: Desk, bench: Workbench, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{revision, rows, codes, counts, turns, progress, others}``, as of one moment of the study.

    ``rows``: those of ``docs`` that changed. ``codes``: all of them when one or a codebook did,
    else None. ``counts``: {code: [mentions, respondents]} of the codes that came or went.
    ``turns``: what undo and redo would turn, ``progress``: how far the reading has come (see
    ``coding_view`` for both).
    ``others``: [{id, who, what}], what other people did, oldest first.
    """
    docs, seen = documents(asked), edge.whole(asked, "seen")
    translate = gettext_for(desk.language)
    with bench.store.reading() as rows:
        decisions = rows.changes_since(seen, MOST_CHANGES)
        touched = Touched.everything() if decisions is None else Touched.by(rows, decisions)
        mine = docs if touched.documents is None else [d for d in docs if d in touched.documents]
        sheet = desk.sheets.current
        return {
            "revision": rows.revision(),
            "rows": coding_view.rows_told(
                rows, bench, mine, with_item=sheet is None or sheet.with_item, known=True
            ),
            "codes": coding_view.codes_told(rows, bench, desk.sheets.view)
            if touched.codebook
            else None,
            "counts": coding_view.counts_told(rows, bench, touched.codes),
            "turns": coding_view.turns_told(rows, bench),
            "progress": coding_view.progress_told(rows, bench),
            "others": [
                {
                    "id": decision.id,
                    "who": decision.who,
                    "what": act_sentence(whereabouts.act(bench.reviewing, decision), translate),
                }
                for decision in _of_others(rows, bench, seen, decisions)
            ],
        }


def documents(asked: Mapping[str, Any]) -> list[str]:
    """The answers that a window asks about."""
    if asked.get("docs") == []:
        return []
    docs = edge.identifiers(asked, "docs")
    if len(docs) > MOST_DOCUMENTS:
        raise BadOperation(operation=edge.shown(asked))
    return docs


def _of_others(
    rows: Reading, bench: Workbench, seen: int, decisions: Sequence[Decision] | None
) -> list[Decision]:
    if decisions is None:
        newest = rows.decisions(0, OTHERS_TOLD).rows
        decisions = [decision for decision in reversed(newest) if decision.id > seen]
    return [decision for decision in decisions if decision.who != bench.coder][-OTHERS_TOLD:]


@dataclass(frozen=True)
class Touched:
    """What decisions have changed. None stands for "it may be any of them"."""

    documents: frozenset[str] | None
    codes: frozenset[str] | None
    codebook: bool

    @classmethod
    def everything(cls) -> Touched:
        return cls(None, None, True)

    @classmethod
    def by(cls, rows: Reading, decisions: Sequence[Decision]) -> Touched:
        """The answers that look different, the codes that count differently."""
        changes = [change for decision in decisions for change in decision.changes]
        kinds = {change.kind for change in changes}
        return cls(
            documents=None if kinds.intersection(WIDE_KINDS) else documents_touched(rows, changes),
            codes=codes_touched(rows, decisions),
            # A saved view may put other codes on the keys.
            codebook=bool(kinds & {"code", "codebook", "saved_view"}),
        )
