"""Remarks on files are read on a page, on the command line and in JSON alike."""

from __future__ import annotations

import importlib
import pkgutil
import re

from qualcode import readers
from qualcode.texts import gettext_for


def templates():
    for module in pkgutil.walk_packages(readers.__path__, "qualcode.readers."):
        held = vars(importlib.import_module(module.name))
        yield from (value for name, value in held.items() if name.isupper() and _is_text(value))


def _is_text(value):
    return isinstance(value, str) and " " in value


def test_no_remark_says_where_on_a_page_its_field_stands():
    finnish = gettext_for("fi")
    found = set(templates())
    assert len(found) > 50
    placed = re.compile(r"\b(?:choose above|them below|one below|yltä|alta|siirrä se alla)\b", re.I)
    assert [text for text in found if placed.search(text) or placed.search(finnish(text))] == []
