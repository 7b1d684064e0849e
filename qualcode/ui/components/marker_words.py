"""The words of the segment marker: its texts, and the keys that ``?`` lists.

A part of the marker adds its texts to TEXTS (the browser finds them as ``desk.texts``) and its keys
to the group they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.texts import N_

READS_ONLY = N_(
    "You are reviewing: here you read. Comments and proposals are written on the page Review."
)
"""Instead of an act, for whoever only reviews; the board says the same."""

TEXTS = {
    "marker": N_("Answers to code and reduce. Press ? for the keys."),
    "answers": N_("Answers"),
    "toolbar": N_("Codes and acts"),
    "pinned": N_("Pinned codes"),
    "nothing_pinned": N_("No pinned codes: pin codes to the keys 1–9 in the codebook panel."),
    "codes": N_("Codes"),
    "reduce": N_("Reduce"),
    "in_vivo": N_("Words as code"),
    "keys": N_("Keys"),
    "close": N_("Close"),
    "remove": N_("Remove"),
    "older": N_("Coded under an older definition"),
    "older_sign": N_("Coded under an older definition: {names}"),
    "older_none": N_("Every coding here stands under the definition its code has now."),
    "older_held": N_("Still right: {code}"),
    "older_then": N_("Meant then"),
    "older_now": N_("Means now"),
    "older_nothing": N_("No definition had been written."),
    "older_hold": N_("Still right"),
    "remove_named": N_("Remove {name}"),
    "removed": N_("Removed: {name}"),
    "reductions": N_("Reductions"),
    "set_aside": N_("set aside"),
    "put_aside": N_("Set aside."),
    "put_many_aside": N_("Answers set aside: {count}"),
    "brought_back": N_("Back among the answers."),
    "brought_many_back": N_("Back among the answers: {count}"),
    "whole_answer": N_("whole answer"),
    "quoted": N_("“{text}”"),
    "place": N_("Answer {n}/{total}"),
    "first_of_all": N_("There are no answers before these."),
    "last_of_all": N_("There are no more answers."),
    "has_codes": N_("Codes: {names}."),
    "has_reductions": N_("Reductions: {names}."),
    "marks_here": N_("Codes and reductions here"),
    "gathered": N_("Answers chosen: {count}"),
    "is_gathered": N_("Chosen for the next act"),
    "let_go": N_("No answers chosen."),
    "coded_many": N_("{code}: answers coded: {count}"),
    "no_new_codes": N_("The study's strict frame takes no new codes."),
    "too_long_a_name": N_("That is too long for a code's name. Select the few words that say it."),
    "is_set_aside": N_("This text is set aside, so it is not coded or reduced. X brings it back."),
    "left_aside": N_("Left out as set aside: {count}."),
    "not_yours": N_("{who} made this. Only they can change it; mark the passage yourself instead."),
    "no_further": N_("It cannot go further in that direction."),
    "pick_coding": N_("Pick a coding first: [ and ] step through them, or click a highlight."),
    "divide_where": N_("Select words inside a coding, or click the place where it should be cut."),
    "divided": N_("Divided in two: {code}"),
    "nothing_to_join": N_("No other “{code}” touches this one. Extend it first with Shift+→."),
    "joined": N_("Joined {count} codings: {code}"),
    "recode_what": N_("Another code for “{code}”: {text}"),
    "recoded": N_("Code changed: {before} → {code}"),
    "already_coded": N_("“{code}” is there already."),
    "key_is_free": N_("No code is pinned to key {key}."),
    "nothing_marked": N_("This answer has no codes or reductions yet."),
    "pick_first": N_("Pick a code first: [ and ] step through them, or click a highlight."),
    "find": N_("Find"),
    "find_code": N_("Find a code"),
    "recent": N_("Recent"),
    "new_code": N_("New code “{name}”"),
    "no_codes": N_("There are no codes yet. Write a name to make the first one."),
    "no_such_code": N_("No such code. The study's strict frame takes no new codes."),
    "definition": N_("Definition"),
    "rule": N_("Rule"),
    "example": N_("Example"),
    "nearest_in_meaning": N_("Nearest in meaning"),
    "suggestion": N_("suggestion"),
    "branch_back": N_("Backspace goes back"),
    "picker_keys": N_("↑↓ choose · Enter code · Shift+Enter go on coding · Tab branch · Esc close"),
    "reduce_what": N_("Reduction of: {quote}"),
    "write_reduction": N_("Reduced expression"),
    "same_as": N_("Same as… (↓ chooses)"),
    "uses": N_("expressions"),
    "reduce_keys": N_("Enter save and go on · Shift+Enter save and stay · Esc cancel"),
    "stance": N_("How it stands"),
    "stance_success": N_("Success"),
    "stance_difficulty": N_("Difficulty"),
    "stance_wish": N_("Wish"),
    "stance_doubt": N_("Doubt"),
    "stance_gone": N_("Taken off."),
    "speaks_of": N_("Speaks of: {group}"),
    "speaks_of_other": N_("Speaks of another group…"),
    "speaks": N_("Who speaks: {group}"),
    "speaks_other": N_("Somebody else speaks…"),
    "memo": N_("Memo"),
    "memos": N_("Memos"),
    "memo_named": N_("Memo: {text}"),
    "write_memo": N_("Write a memo"),
    "edit_memo": N_("Change the memo"),
    "save_memo": N_("Save the memo"),
    "edit": N_("Edit"),
    "memo_saved": N_("Memo saved."),
    "memo_removed": N_("Memo removed."),
    "memo_torn": N_(
        "This memo was changed while you were writing. It reads now as below; your own words are "
        "in the field. Choose what stays:"
    ),
    "memo_keep_mine": N_("Mine instead"),
    "memo_join_both": N_("Both, one after the other"),
    "memo_keep_theirs": N_("Keep what is there now"),
    "memo_keys": N_("Ctrl+Enter save · Esc close · **bold**, - list, [[koodi:name]]"),
    "history": N_("History"),
    "history_keys": N_("↑↓ choose · Enter undo or redo · H or Esc close"),
    "history_more": N_("Show more"),
    "history_lost": N_("The history cannot be read just now: there is no connection."),
    "undo_it": N_("Undo"),
    "redo_it": N_("Redo"),
    "undo_all": N_("Undo all {count}"),
    "keep_it": N_("Keep it"),
    "nothing_to_undo": N_("There is nothing to undo."),
    "nothing_to_redo": N_("There is nothing to redo."),
    "undone_by": N_("undone: {who}"),
    "not_my_act": N_("{who} did this. The log will tell that you undid it."),
    "builds_on_it": N_("These were built on it and are undone with it, in one step:"),
    "show_answer": N_("Show the answer"),
    "others_acts": N_("{who}: {count} new acts, the latest: {what}"),
    "short_keys": N_("J K move · 1–9 C code · S sentence · Enter reduce · ? all keys"),
    "short_keys_reading": N_("J K move · [ ] codes · M memos · ? all keys"),
    "reads_only": READS_ONLY,
    "no_memo_here": N_("No memo here."),
    "speakers": N_("Speakers"),
    "interviewer": N_("interviewer, not counted"),
    "leave_speaker": N_("{name} interviews: leave what they say out of the counts"),
    "count_speaker": N_("{name} does not interview: count what they say"),
    "has_marks": N_("Codings: {codings}. Reductions: {reductions}."),
    "nothing_selected": N_("nothing selected"),
    "select_first": N_("Select words first: S takes a sentence, G the next uncoded part."),
    "uncoded_left": N_("Parts without a code or a reduction: {count}"),
    "no_uncoded_after": N_("No uncoded part after this on the page."),
    "no_uncoded_before": N_("No uncoded part before this on the page."),
    "no_more_turns": N_("No turn in that direction."),
    "no_turns": N_("No speakers' turns were found in this text."),
    "bookmark_set": N_("Bookmark: {text}"),
    "bookmark_removed": N_("Bookmark removed."),
    "bookmarks": N_("Bookmarks"),
    "bookmark_elsewhere": N_("The bookmark is in a text that the filters leave out."),
    "no_bookmarks": N_("No bookmarks yet. B sets one."),
    "material_words": N_("words of material: {count}"),
    "minimap": N_("Map of the text"),
    "group_size": N_("{count} answers"),
    "group_of_one": N_("1 answer"),
    "group_goes_on": N_("goes on from the page before"),
    "stands_above": N_("{name} stands above: {text}"),
    "link_copied": N_("Link copied."),
    "link_is": N_("Copy the link: {address}"),
    "density": N_("Answers far apart, close together or as a table"),
    "density_close": N_("Answers close together."),
    "density_roomy": N_("Answers farther apart."),
    "density_table": N_("Answers as a table."),
    "choose_columns": N_("Choose the columns"),
    "column_who": N_("Respondent"),
    "column_answer": N_("Answer"),
    "no_facts": N_("These answers have no background facts."),
    "more_facts": N_("{count} more facts"),
    "state_offline": N_("No connection, {count} unsaved"),
}

KeyLine = tuple[tuple[str, ...], str]
"""(keys that do the same or the opposite, what they do)"""

KEYS: tuple[tuple[str, tuple[KeyLine, ...]], ...] = (
    (
        N_("Moving"),
        (
            (("J", "↓"), N_("next answer; after the last one, the next page")),
            (("K", "↑"), N_("previous answer")),
            (("PageDown", "PageUp"), N_("a screenful on or back; at the end, the next page")),
            (("Home", "End"), N_("first or last answer of the page")),
            (("↓", "↑", "PageDown", "PageUp"), N_("in a long text: scroll, then leave it")),
            (("G", "Shift+G"), N_("select the next or previous part without a code")),
            (("T", "Shift+T"), N_("in a transcript: select the next or previous turn")),
            (("B",), N_("set a bookmark here, or remove it")),
            (("Shift+B", "Alt+B"), N_("next bookmark; a list of them")),
            (("W",), N_("what a code meant when it was given, where a ↺ stands")),
            (("/", "Ctrl+F"), N_("find words in all answers, reductions and memos")),
        ),
    ),
    (
        N_("Selecting"),
        (
            (("→", "←"), N_("select the next or previous word; Shift extends")),
            (("S",), N_("select the sentence; again: the next one; Shift extends")),
            (("[", "]"), N_("step through the codes and reductions (also with , and .)")),
            (("Shift+J", "Shift+K"), N_("choose several answers while moving")),
            (
                (N_("Space"), "A"),
                N_("choose this answer, or all of the page (also Ctrl or Shift + click)"),
            ),
            (("Esc",), N_("clear the selection")),
        ),
    ),
    (
        N_("Coding"),
        (
            (("1–9",), N_("code with a pinned code (nothing selected: the whole answer)")),
            (("C", "N"), N_("find a code by typing, or make a new one")),
            (("V",), N_("make the selected words a code and code with it")),
            (("R",), N_("another code for the picked coding")),
            (("Shift+→", "Shift+←"), N_("the picked passage a word longer or shorter")),
            (("Alt+Shift+←", "→"), N_("the same at its beginning")),
            (("D",), N_("divide the coding at the selection or where it was clicked")),
            (("+",), N_("join the picked coding with those of the same code beside it")),
            (("Delete", "U"), N_("remove the picked code or reduction")),
        ),
    ),
    (
        N_("Codebook"),
        (
            (("P",), N_("find a code in the codebook; ↓ goes to the codes, Esc back")),
            (("Shift+P",), N_("show or hide the codebook")),
            (("Enter",), N_("in the codebook: give the code to the selection")),
            (("F2",), N_("in the codebook: edit the code")),
            (("Alt+1–9",), N_("in the codebook: pin the code to a key, or free it")),
        ),
    ),
    (
        N_("Suggestions"),
        (
            (("Q",), N_("give the first suggested code")),
            (("E",), N_("to the suggestions and their reasons")),
            (("Shift+E",), N_("suggestions for the chosen answers or the whole page in a list")),
            (("1–3", "Enter"), N_("there: give the code")),
            (("E", "Delete", "L"), N_("there: another code, reject for good, put off")),
        ),
    ),
    (
        N_("Reducing"),
        (
            (
                ("Enter",),
                N_(
                    "reduce the selection, the picked passage or the whole answer "
                    "(in a long text the sentence you are at)"
                ),
            ),
        ),
    ),
    (
        N_("Other keys"),
        (
            (("M",), N_("memo on the selection, the picked passage or the whole answer")),
            (
                ("O",),
                N_("how the passage stands (success, difficulty…), whom it speaks of"),
            ),
            (("X",), N_("set the answer aside, or bring it back")),
            (("L",), N_("copy a link to the picked passage or the answer")),
            (("I",), N_("show or hide every background fact")),
            (("Y",), N_("answers far apart, close together or as a table")),
            (("H",), N_("history: what everybody has done, with a way back")),
            (("Ctrl+Z",), N_("undo")),
            (("Ctrl+Shift+Z", "Ctrl+Y"), N_("redo")),
            (("?",), N_("show these keys")),
        ),
    ),
)
"""What ? shows: (heading, its lines)."""

_ACTING = frozenset(
    "1–9 C V R Shift+→ Alt+Shift+← D + Delete Enter F2 Alt+1–9 Q E Shift+E 1–3 B O X Ctrl+Z "
    "Ctrl+Shift+Z".split()
)
"""First keys of the lines that tell how something is changed."""


def _reading() -> Iterator[tuple[str, tuple[KeyLine, ...]]]:
    for heading, group in KEYS:
        lines = tuple(line for line in group if line[0][0] not in _ACTING)
        if lines:
            yield heading, lines


READING_KEYS = tuple(_reading())
"""The same for whoever only reads: no key that changes anything."""
