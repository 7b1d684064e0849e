"""Memos on the command line."""

from __future__ import annotations

from typing import Any

from qualcode.store.views import MemoQuery
from qualcode.workbench import memo_export
from qualcode.workbench.bench import Workbench


def listed(bench: Workbench, asked: MemoQuery) -> list[dict[str, Any]]:
    """The memos for a program, the oldest first."""
    return [
        {
            "id": row.memo.id,
            "about": {"kind": row.about.kind, "id": row.about.id, "label": row.about.label},
            "there": row.about.there,
            "who": row.memo.created_by,
            "at": row.memo.created_at,
            "changed_at": row.memo.changed_at,
            "text": row.memo.text,
            "links": [
                {"written": written, "kind": thing.kind, "id": thing.id, "there": thing.there}
                for written, thing in row.links.items()
            ],
        }
        for row in memo_export.all_memos(bench, asked)
    ]
