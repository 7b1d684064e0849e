"""Editing a code where it is used: its texts in the reader's language, its colour, its key.

The codebooks page edits a whole code in both languages; here only what somebody changed is sent,
with what they had before their eyes, so that two people may work on one code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qualcode.domain.codes import Code
from qualcode.domain.errors import UnknownRow
from qualcode.workbench import codebooks
from qualcode.workbench.bench import Workbench

TEXTS = ("label", "definition", "rule", "example")
MARKS = ("colour", "shortcut")
FIELDS = (*TEXTS, *MARKS)


def edit(
    bench: Workbench, code_id: str, changes: Mapping[str, str], seen: Mapping[str, str]
) -> Code:
    """The code with the new texts, colour or key; both mappings go by the names in FIELDS.

    A text is that of the bench's language. Where it has none, the other language's stands on the
    screen: changing that writes one in this language and leaves the other as it was. A text that
    somebody else has changed since ``seen`` is not overwritten: ChangedMeanwhile tells both.
    """
    with bench.store.reading() as rows:
        now = rows.get(Code, code_id)
    if now is None:
        raise UnknownRow(kind="code", id=code_id)
    language = "en" if bench.language == "en" else "fi"
    after: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for name, value in changes.items():
        shown = seen.get(name, "")
        if value == shown:
            continue
        if name in MARKS:
            after[name], before[name] = value, getattr(now, name)
            continue
        field = f"{name}_{language}"
        borrowed = not getattr(now, field) and shown == getattr(now, _other(field))
        after[field], before[field] = value, "" if borrowed else shown
    return codebooks.edit_code(bench, replace(now, **after), replace(now, **before))


def _other(field: str) -> str:
    stem, _, language = field.rpartition("_")
    return f"{stem}_{'fi' if language == 'en' else 'en'}"
