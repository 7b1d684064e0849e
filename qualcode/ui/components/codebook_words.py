"""The words of the codebook panel beside the answers, and the names of the palette's colours."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.domain.codes import PALETTE
from qualcode.texts import N_

TEXTS = {
    "codebook": N_("Codebook"),
    "code_in_full": N_("The code in full"),
    "no_code_in_sight": N_("Point at a code or pick a passage: its definition is shown here."),
    "no_definition": N_("The code has no definition yet. F2 writes one."),
    "vague_definition": N_(
        "The definition lists no content: F2, and write what belongs to the code. Suggestions "
        "need it too."
    ),
    "own_examples": N_("Latest passages"),
    "memo": N_("Memo"),
    "mentions_and_respondents": N_("mentions {mentions}, respondents {respondents}"),
    "on_key": N_("key {key}"),
    "edit_code": N_("Edit"),
    "filter_by_code": N_("Show only the answers with this code"),
    "filter_short": N_("Filter"),
    "key_of_code": N_("Key in the reading view"),
    "no_key": N_("No key"),
    "pinned_to": N_("“{code}” is on key {key} now."),
    "unpinned": N_("“{code}” has no key now."),
    "search_codes": N_("Find a code, or write a new one"),
    "no_code_found": N_("No code matches."),
    "no_codes_yet": N_("There are no codes yet. Write a name above, or press C in the text."),
    "code_name": N_("Name"),
    "colour": N_("Colour"),
    "present_colour": N_("the present colour"),
    "save": N_("Save"),
    "cancel": N_("Cancel"),
    "code_saved": N_("Saved: {code}"),
    "reads_now": N_("It reads now: “{text}”"),
    "merge_code": N_("Make this code a part of another"),
    "merge_short": N_("Merge"),
    "merge_now": N_("Merge the codes"),
    "merge_keys": N_("↑↓ choose · Enter takes it, asks before merging · Tab branch · Esc close"),
    "merge_into_what": N_("“{code}” becomes a part of which code?"),
    "becomes_part_of": N_("becomes a part of"),
    "merge_says": N_(
        "Everybody’s codings, the subcodes and the memos of “{before}” go to “{code}”, whose "
        "definition stays as it is. One undo brings all of it back."
    ),
    "codes_merged": N_("Merged: {before} → {code}"),
    "cannot_edit_now": N_("The code cannot be edited just now: there is no connection."),
    "progress": N_("{coded} of {all} answers coded, {reduced} reduced"),
    "answers_of": N_("Answers {first}–{last} of {total}"),
    "previous_sheet": N_("Previous page"),
    "next_sheet": N_("Next page"),
    "sheet_number": N_("Page"),
}

READING_TEXTS = {
    "search_codes": N_("Find a code"),
    "no_codes_yet": N_("There are no codes yet."),
    "no_definition": N_("The code has no definition yet."),
    "vague_definition": N_("The definition lists no content."),
}
"""Instead of those that tell how to change something, for whoever only reviews."""

COLOUR_NAMES = (
    N_("blue"),
    N_("orange"),
    N_("wine red"),
    N_("sea green"),
    N_("dark green"),
    N_("lavender"),
    N_("coral"),
    N_("turquoise"),
    N_("magenta"),
    N_("violet"),
    N_("red"),
    N_("mauve"),
)


def palette(translate: Callable[[str], str]) -> list[dict[str, str]]:
    """The colours a code can be given, each with the name a screen reader says."""
    named = zip(PALETTE, COLOUR_NAMES, strict=True)
    return [{"colour": colour, "name": translate(name)} for colour, name in named]
