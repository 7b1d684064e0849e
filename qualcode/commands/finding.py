"""``find``: words in their context, as lines of a terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from qualcode.store.search_query import ANY_TEXT, DOCUMENT, MEMO, REDUCTION, SEARCHED
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.texts import gettext_for
from qualcode.workbench import finding, kwic, nearest_texts, search_keys, words_aside
from qualcode.workbench.bench import Workbench
from qualcode.workbench.finding import Found, Query, Way

KINDS = {"answers": DOCUMENT, "reductions": REDUCTION, "memos": MEMO}
WIDTH = 40

PATIENCE = 600.0
"""Seconds: nobody types on here, so the command waits until everything is ready."""


def find(options: argparse.Namespace, bench: Workbench) -> int:
    """Prints what was found; nothing found is no error."""
    way = Way(options.how)
    query = Query(" ".join(options.words), way, _where(options), _texts(options))
    told = _told if sys.stderr.isatty() else None
    if way in (Way.FORMS, Way.EXACT):
        search_keys.keep_up(bench, told)
    elif way is Way.MEANING:
        nearest_texts.prepare(bench, told)
    found = finding.find(bench, query, 0, options.limit, patience=PATIENCE)
    if found.as_written:
        print(words_aside.told(found.as_written, options.language), file=sys.stderr)
    if options.json:
        print(json.dumps(_print_json(found), ensure_ascii=False, indent=2))
        return 0
    _ = gettext_for(options.language)
    for hit in found.hits:
        for line in kwic.lines(hit, WIDTH):
            where = " ".join(filter(None, [line.row.respondent_label, line.row.item_number]))
            print(
                f"{where or line.row.kind:<14.14} {line.left:>{WIDTH + 1}}{line.words}{line.right}"
            )
    print(_("Found: {total}").format(total=found.total))
    return 0


def _where(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(KINDS[name] for name in options.where) if options.where else SEARCHED


def _texts(options: argparse.Namespace) -> AnswerQuery:
    if options.actor_group is None:
        return ANY_TEXT
    return AnswerQuery(
        state=AnswerState.ALL, conditions=(among(Facet.ACTOR_GROUP, options.actor_group),)
    )


def _print_json(found: Found) -> dict[str, object]:
    return {
        "totals": found.totals,
        "as_written": list(found.as_written),
        "hits": [
            {
                "kind": hit.row.kind,
                "id": hit.row.id,
                "text": hit.row.text,
                "spans": [list(span) for span in hit.spans],
                "likeness": hit.likeness,
                "respondent": hit.row.respondent_label,
                "item": hit.row.item_number,
            }
            for hit in found.hits
        ],
    }


def _told(done: int, whole: int) -> None:
    print(f"\r{done} / {whole}", end="\n" if done >= whole else "", file=sys.stderr, flush=True)
