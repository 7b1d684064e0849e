"""The grouping board: cards without a place on the left, the category tree on the right.

The browser paints an act at once and keeps it until ``reply`` confirms it; see ``outbox.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from qualcode.domain.categories import Category, Level
from qualcode.store.views import Count
from qualcode.texts import gettext_for, ngettext_for
from qualcode.ui.components import component, saving_words
from qualcode.ui.components.key_names import SHIFT, key_name
from qualcode.ui.components.marker_words import READS_ONLY

HTML = '<div class="qcb-board-host"></div>'

Operations = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Card:
    """A reduction as the board shows it. ``expressions`` is how many stand behind it."""

    id: str
    wording: str
    expressions: int
    pinned: bool = False


@dataclass(frozen=True)
class BoardCategory:
    """A category with its own cards in order, and the counts of its whole branch."""

    category: Category
    cards: tuple[Card, ...] = ()
    count: Count | None = None
    pinned: bool = False


@dataclass(frozen=True)
class Find:
    """Which reductions without a place are listed: those with ``text``, at most ``limit``."""

    text: str = ""
    limit: int = 60


@dataclass(frozen=True)
class Unplaced:
    """The reductions listed; ``total`` match what is looked for and ``all`` have no place."""

    cards: tuple[Card, ...]
    total: int
    all: int
    find: Find = Find()


@dataclass(frozen=True)
class MemberReason:
    """Why a member is in its group: a near reduction's wording, its similarity, shared words.

    ``id`` is that near one's (a reduction's or a category's, as the member's own).
    """

    wording: str = ""
    value: float | None = None
    words: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class GroupMember:
    id: str
    wording: str
    reasons: tuple[MemberReason, ...] = ()


@dataclass(frozen=True)
class OfferedGroup:
    """A suggested group: nothing of it is in the tree before a person accepts it.

    Its members are reductions when it would become a subcategory, else categories. ``joins`` is
    the id of the category that they would go to, when that is there already. ``phrase`` is a name
    made of its members' words, where one is known.
    """

    key: str
    name: str
    keywords: tuple[str, ...]
    members: tuple[GroupMember, ...]
    engine: str = ""
    level: Level = Level.SUBCATEGORY
    joins: str | None = None
    phrase: str = ""


@dataclass(frozen=True)
class Board:
    """All that is on the board. ``categories`` come in the order of ``CategoryTree.walk``.

    ``study`` keeps what a window remembers of one study apart from another's. ``offer`` changes
    when groups were suggested anew: the board then turns to them. ``outside`` is how many
    reductions without a place the groups have left out.
    """

    study: str
    categories: tuple[BoardCategory, ...]
    unplaced: Unplaced
    level_names: Mapping[Level, str]
    groups: tuple[OfferedGroup, ...] = ()
    offer: int = 0
    outside: int = 0
    reads_only: bool = False
    """whether this person only reviews: no act is offered then"""


def category_board(
    board: Board,
    *,
    key: str,
    language: str,
    reply: Mapping[str, Any],
    on_operations: Callable[[str, Operations], None],
    on_open: Callable[[str, str], None],
    on_find: Callable[[Find], None],
) -> None:
    """Puts the board on the page.

    ``on_operations(client, operations)`` must answer through ``reply`` (``ack``, ``refused`` and
    ``errors``, see ``ui/sent_acts``) or the window sends them again. ``on_open("reduction" |
    "category", id)`` asks to show what stands behind a card or a count; ``on_find`` asks for other
    cards on the left.
    """

    def value(event: str) -> Any:
        return st.session_state[key][event]

    def operations_came() -> None:
        sent = value("ops")
        on_operations(str(sent["client"]), sent["ops"])

    def opened() -> None:
        kind, id = next(iter(value("open").items()))
        on_open(str(kind), str(id))

    def find_changed() -> None:
        asked = value("find")
        on_find(Find(str(asked["text"])[:200], max(1, min(2000, int(asked["limit"])))))

    component("category_board", HTML)(
        key=key,
        data=board_data(board, language) | dict(reply),
        on_ops_change=operations_came,
        on_open_change=opened,
        on_find_change=find_changed,
    )


def board_data(board: Board, language: str) -> dict[str, Any]:
    """The board as plain values; cards are ``[id, wording, expressions, pinned]``."""
    unplaced = board.unplaced
    return {
        "study": board.study,
        "language": language,
        "texts": board_texts(language, board.level_names[Level.SUBCATEGORY]),
        "levels": [
            {"level": int(level), "name": board.level_names[level]} for level in reversed(Level)
        ],
        "categories": [_category(row) for row in board.categories],
        "unplaced": {
            "cards": [_card(card) for card in unplaced.cards],
            "total": unplaced.total,
            "all": unplaced.all,
            "text": unplaced.find.text,
            "limit": unplaced.find.limit,
        },
        "groups": [_group(group) for group in board.groups],
        "offer": board.offer,
        "outside": board.outside,
        "reads_only": board.reads_only,
    }


def _category(row: BoardCategory) -> dict[str, Any]:
    category = row.category
    data: dict[str, Any] = {
        "id": category.id,
        "name": category.name,
        "level": int(category.level),
        "parent": category.parent_id,
        "origin": category.origin.value,
        "definition": category.definition,
        "pinned": row.pinned,
        "cards": [_card(card) for card in row.cards],
    }
    if row.count is not None:
        data |= {"mentions": row.count.mentions, "respondents": row.count.respondents}
    return data


def _card(card: Card) -> list[Any]:
    return [card.id, card.wording, card.expressions, card.pinned]


def _group(group: OfferedGroup) -> dict[str, Any]:
    return {
        "key": group.key,
        "name": group.name,
        "keywords": list(group.keywords),
        "engine": group.engine,
        "level": int(group.level),
        "joins": group.joins,
        "phrase": group.phrase,
        "members": [
            {
                "id": member.id,
                "wording": member.wording,
                "reasons": [
                    {
                        "id": reason.id,
                        "wording": reason.wording,
                        "value": reason.value,
                        "words": list(reason.words),
                    }
                    for reason in member.reasons
                ],
            }
            for member in group.members
        ],
    }


def board_texts(language: str, subcategory: str) -> dict[str, Any]:
    """Every word of the board. Texts that count come as {one, other}.

    ``subcategory`` is what the study calls its lowest level.
    """
    _ = gettext_for(language)
    form_for = ngettext_for(language)

    def ngettext(one: str, many: str) -> dict[str, str]:
        """Both forms: the browser knows the number and picks."""
        return {"one": form_for(one, many, 1), "other": form_for(one, many, 2)}

    return {
        # counts
        "reductions": ngettext("{n} reduction", "{n} reductions"),
        "expressions": ngettext("{n} original expression", "{n} original expressions"),
        "mentions": ngettext("{n} mention", "{n} mentions"),
        "respondents": ngettext("{n} respondent", "{n} respondents"),
        "categories": _("{n} categories"),
        # the left side
        "left_label": _("Reductions without a place, and suggestions"),
        "unplaced": _("No place yet"),
        "groups": _("Suggestions"),
        "search": _("Search reductions without a place"),
        "more": _("Show {n} more"),
        "nothing_found": _("No reduction without a place has these words."),
        "all_placed": _("Every reduction has a place."),
        "quoted": _("“{text}”"),
        "no_reductions": _("No reductions yet. Write them beside the answers."),
        # the tree
        "tree_label": _("Category tree"),
        "empty_tree": _(
            "No categories yet. Choose cards that say the same thing with Ctrl-click and press N "
            "to make them a subcategory, or drag a card onto “+ {name}” below."
        ).format(name=subcategory),
        "drag_here": _("Drag reductions here"),
        "show_rest": _("Show the remaining {n}"),
        "show_expressions": _("Show the original expressions"),
        "theory": _("theory"),
        "theory_long": _("Taken from theory"),
        "no_data": _("no data"),
        "no_data_long": _("Nothing in the data has been placed here"),
        "open": _("Open"),
        "close": _("Close"),
        "top_level": _("the top level"),
        "add_or_drop": _("Click to add, or drop cards here"),
        "add_here": _("Add a category here, or drop cards here"),
        "level": _("Level"),
        "name_asked": _("Name of the category"),
        # the bar
        "bar_label": _("Acts on the board"),
        "view_board": _("Board"),
        "view_tree": _("Tree"),
        "open_all": _("Open all"),
        "close_all": _("Close the subcategories"),
        "new_category": _("New"),
        "new_category_long": _("New category of the selected"),
        "rename": _("Rename"),
        "merge": _("Merge"),
        "merge_long": _("Merge the selected categories"),
        "pin": _("Pin"),
        "pin_long": _("Pin to its place: no suggestion moves it"),
        "pinned": _("pinned"),
        "pinned_card": _("Pinned here: no suggestion proposes to move it"),
        "pinned_category": _("Pinned: no suggestion proposes to move it or what is in it"),
        "said_pinned": ngettext("Pinned: {name}", "Pinned {n}: {name} and others"),
        "said_unpinned": ngettext("Pin taken off: {name}", "{n} pins taken off: {name} and others"),
        "cannot_pin": _("Only a category, or a reduction in one, can be pinned."),
        "remove": _("Remove"),
        "remove_long": _("Remove from its place"),
        "pick_up": _("Pick up"),
        "pick_up_long": _("Pick up to be moved"),
        "drop": _("Drop"),
        "drop_long": _("Drop what was picked up here"),
        "drop_here": _("Drop here"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "shift": _(SHIFT),
        "reads_only": _(READS_ONLY),
        "hint_reading": _(
            "Open a category or a card to see the words behind it. ? tells the keys."
        ),
        "keys_reading": [
            ["↑ ↓ ← →", _("move; ← → also close, open and change sides")],
            ["O", _("show the original expressions")],
        ],
        # the foot
        "hint": _("Drag cards into a category. Press ? for the keys."),
        "selected": _("{n} selected"),
        "carrying": _("{n} picked up. Go to a category and press V, or choose “Drop here”."),
        **{name: _(text) for name, text in saving_words.TEXTS.items()},
        "state_offline": _("No connection: your work is kept and sent as soon as it returns"),
        "said_placed": ngettext(
            "Moved {n} reduction to: {name}", "Moved {n} reductions to: {name}"
        ),
        "said_moved": ngettext("Moved {n} category to: {name}", "Moved {n} categories to: {name}"),
        "said_merged": ngettext("Merged {n} category: {name}", "Merged {n} categories: {name}"),
        "said_removed": _("Removed “{name}”. Its reductions have no place now."),
        "said_renamed": _("Renamed: {name}"),
        "said_added": _("Added: {name}"),
        "said_accepted": _("Accepted: {name}"),
        "said_accepted_all": _("Accepted {n} groups"),
        "said_dismissed": _("Dismissed: {name}"),
        "nothing_to_undo": _("There is nothing to undo."),
        "nothing_to_redo": _("There is nothing to redo."),
        "said_undone": _("Undone"),
        "said_redone": _("Done again"),
        "only_in_subcategory": _("Reductions can be placed in a subcategory only."),
        "cannot_move": _(
            "“{name}” cannot lie under “{under}”: a category lies under one of a higher level."
        ),
        "cannot_merge": _("Choose two or more categories of the same level to merge."),
        "no_higher_level": _("There is no level above the unifying category."),
        # suggestions
        "group_label": _("Suggested group {name}, {n} reductions"),
        "higher_label": _("Suggested group {name}, {n} categories"),
        "joins": _("Would join: {name}"),
        "join": _("Place there ({n})"),
        "joining_label": _("Suggested to join {name}, {n} reductions"),
        "becomes": _("Accepting makes: {level}"),
        "group_name": _("Name of the new category"),
        "use_as_name": _("Use as the name"),
        "name_typical": _("Use as the name: the most typical member"),
        "name_phrase": _("Use as the name: a phrase that most members share words with"),
        "name_keywords": _("Use as the name: the words that tell this pile from the others"),
        "under": _("Place under"),
        "under_none": _("nothing yet"),
        "accept": _("Accept ({n})"),
        "accept_all": _("Accept all {n}"),
        "dismiss": _("Dismiss"),
        "later": _("Later"),
        "bring_later": _("Show the {n} left for later"),
        "outside": _("Fits none of the groups: {n} (under “No place yet”)"),
        "no_groups": _("No more suggestions. Suggest again when there is something new."),
        "leave_member_out": _("Leave out: {wording}"),
        "nobody_left": _("Every member is left out: nothing to accept."),
        "nearest": _("Nearest:"),
        "similarity": _("Similarity, at most 1"),
        # help
        "help": _("Keys"),
        "close_help": _("Close"),
        "keys": [
            ["↑ ↓ ← →", _("move; ← → also close, open and change sides")],
            [_("Space"), _("select or unselect; Shift with an arrow selects a range")],
            [_("Ctrl-click, Shift-click"), _("select several")],
            ["Ctrl+A", _("select all beside this one")],
            ["X, V", _("pick up, and drop where the cursor is")],
            ["N", _("new subcategory of the selected cards, or a category above categories")],
            ["Enter", _("rename a category; on a card: show its original expressions")],
            ["O", _("show the original expressions")],
            ["M", _("merge the selected categories into the one with the cursor")],
            ["P", _("pin to its place, or take the pin off")],
            ["Del", _("take a card out of its category; remove a category")],
            ["Ctrl+Z, " + key_name("Ctrl+Shift+Z", _), _("undo, redo")],
            ["Esc", _("let go of the selection")],
            ["A, D, L, Enter", _("on a suggestion: accept, dismiss, later, edit the name")],
        ],
    }
