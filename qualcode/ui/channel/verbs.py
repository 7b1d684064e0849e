"""What a window can ask: verb -> the function that answers, given the window's desk.

``handler(desk, asked)`` gets the JSON object that was sent and gives the one to send back. It runs
beside the event loop, in any thread. What it raises of QualcodeError is told to the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qualcode.ui.channel import (
    bookmarks,
    code_offers,
    codes,
    finds,
    news,
    offers,
    older,
    past,
    saving,
    sheets,
    walls,
)
from qualcode.ui.channel.desks import Desk

VERBS: dict[str, Callable[[Desk, Mapping[str, Any]], dict[str, Any]]] = {
    "ops": saving.ops,
    "news": news.news,
    "sheet": sheets.sheet,
    "ask": offers.ask,
    "ask_codes": offers.ask_codes,
    "offers": code_offers.offers,
    "code": codes.code,
    "bookmarks": bookmarks.kept,
    "older": older.older,
    "past": past.past,
    "builders": past.builders,
    "find": finds.find,
    "find_start": finds.start,
    "find_codes": finds.codes,
    "find_prepare": finds.prepare,
    "find_look_up": finds.look_up,
    "find_review": finds.review,
    "find_code": finds.code_hits,
    "find_undo": finds.undo,
    "wall": walls.wall,
}
