"""The wall of a workshop on the page; how it works is told in ``assets/wall_board.js``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qualcode.texts import gettext_for
from qualcode.ui.components import component

HTML = '<div class="qcw-host"></div>'


def wall_board(
    key: str,
    *,
    told: Mapping[str, Any],
    offers: Sequence[Mapping[str, Any]],
    offer: int,
    language: str,
    on_acted: Callable[[], None],
) -> Any:
    """The wall. ``told``: ``{study, workshop, revision, wall, channel: {path, token}}``.

    ``offers`` are suggested groups ([{key, quadrant, name, members, engine}]); ``offer`` changes
    when they were suggested anew. ``on_acted`` is called when something was saved.
    """
    data = {**told, "offers": list(offers), "offer": offer, "texts": wall_texts(language)}
    return component("wall_board", HTML)(key=key, data=data, on_acted_change=on_acted)


def wall_texts(language: str) -> dict[str, Any]:
    """Every word of the wall."""
    _ = gettext_for(language)
    return {
        "bar_label": _("Acts on the wall"),
        "group": _("Group"),
        "group_long": _("Make a group of the chosen notes (G)"),
        "carry": _("Pick up"),
        "carry_long": _("Pick up the chosen notes (X), then click or press V where they belong"),
        "drop": _("Let go"),
        "carrying": _("{n} picked up. Click a group or a quadrant, or press V there."),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "chosen": _("{n} chosen"),
        "print": _("Print or PDF"),
        "print_long": _("Prints the wall; in the print window it can be saved as a PDF"),
        "large": _("Full screen"),
        "small": _("Leave full screen"),
        "all_fields": _("All quadrants"),
        "zoom": _("This quadrant alone, and back (Z)"),
        "page_of": _("page {n}/{of}"),
        "page_before": _("The page before (Page Up)"),
        "page_after": _("The next page (Page Down)"),
        "help": _("Keys"),
        "close": _("Close"),
        "field_label": _("{title}, notes {n}"),
        "add_note": _("+ note"),
        "add_group": _("+ group"),
        "note_asked": _("What the group says; Enter adds the note"),
        "group_asked": _("Name of the group; Enter keeps it"),
        "rename": _("Rename the group"),
        "rename_long": _("Double-click or press Enter to rename"),
        "ungroup": _("Take the group apart; its notes stay"),
        "empty_field": _("No notes here yet."),
        "ungrouped": _("not grouped: {n}"),
        "offers": _("suggested groups: {n}"),
        "loose": _("Not grouped"),
        "show_rest": _("Show the remaining {n}"),
        "offer": _("Suggested group · {n} notes"),
        "offer_name": _("Name of the suggested group"),
        "accept": _("Accept"),
        "dismiss": _("Dismiss"),
        "other": _("{who} {what}"),
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": _("No connection: your work is kept and sent as soon as it returns"),
        "stopped": _("The server could not save this. Reload the page: your work is kept."),
        "keys": [
            ["↑ ↓ ← →", _("to the next note or group")],
            [_("Space"), _("choose the note, or not")],
            ["N", _("a new note in this quadrant")],
            ["G", _("a group of the chosen notes; without any, an empty group")],
            ["X, V", _("pick up the chosen notes, and let them down here")],
            ["1 2 3 4", _("to strengths, weaknesses, opportunities, threats")],
            ["Enter", _("rename the group")],
            ["Del", _("a note off its group; a group taken apart")],
            ["O", _("open and close the notes of a group in full screen")],
            ["Z", _("one quadrant alone, and back")],
            ["F", _("full screen")],
            [
                _("Page Down, Page Up"),
                _("in full screen: the next and the previous page of what does not fit at once"),
            ],
            ["Ctrl+Z, Ctrl+Shift+Z", _("undo, redo")],
        ],
    }
