"""Codings on the answers before a person that were made when their code meant something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.ui.channel.desks import Desk
from qualcode.ui.channel.news import documents
from qualcode.workbench.reviewing import older_definitions
from qualcode.workbench.reviewing.older_definitions import DocumentToCheck


def older(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{docs}`` -> ``{older: {doc: [{code, label, codings, before, now}]}}``.

    ``codings``: [{id, quote}]. ``before`` and ``now`` tell what the code means as ``{definition,
    rule}``. Answers without such codings are left out.
    """
    bench = desk.bench()
    with bench.store.reading() as rows:
        found = older_definitions.on_documents(rows, documents(asked))
    told: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        told.setdefault(one.document_id, []).append(_told(one, bench.language))
    return {"older": told}


def _told(one: DocumentToCheck, language: str) -> dict[str, Any]:
    code = one.found.code
    return {
        "code": code.id,
        "label": code.label(language),
        "codings": [{"id": id, "quote": quote} for id, quote in one.quotes],
        "before": {
            "definition": one.found.older("definition", language),
            "rule": one.found.older("rule", language),
        },
        "now": {"definition": code.definition(language), "rule": code.rule(language)},
    }
