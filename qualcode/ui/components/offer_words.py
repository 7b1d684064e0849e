"""The words of the suggested codes in the reading view."""

from __future__ import annotations

from qualcode.texts import N_

TEXTS = {
    "offers": N_("Suggestions"),
    "offers_keys": N_("Q gives the first · E choose and see why"),
    "offers_preparing": N_("Preparing suggestions…"),
    "offers_preparing_n": N_("Preparing suggestions: {done}/{all}"),
    "offers_off": N_("Suggestions are off"),
    "offers_off_where": N_(
        "Suggestions are off in this study. They are turned on on the page Suggestions, on the tab "
        "Settings."
    ),
    "offers_blind": N_("Hidden until you have coded this yourself."),
    "offers_agree": N_("You agree: suggestion {n}."),
    "offers_differ": N_("You differ from the suggestions:"),
    "offers_nothing": N_("Nothing to suggest here."),
    "offers_asleep": N_("Select a passage: codes are suggested for it."),
    "offers_away": N_("No suggestions just now."),
    "offer_named": N_("Suggestion {n}: {code}, {score}"),
    "offer_title": N_(
        "{code}: likeness {score}, at most 1. Click to see why, double-click to give the code."
    ),
    "offer_weak": N_("weak"),
    "offer_title_weak": N_(
        "{code}: no more alike than any text and code of the study, yet nearer than the codes that "
        "are not suggested. Click to see why, double-click to give the code."
    ),
    "offer_title_chance": N_(
        "{code}: such suggestions have been chosen {score} of the time in this study. Click to see "
        "why, double-click to give the code."
    ),
    "offers_unsure": N_("I do not know: nothing reaches the limit that the study has set."),
    "offer_taken": N_("{code}: {text} (suggestion accepted)"),
    "offer_rejected": N_("“{code}” is not suggested here again."),
    "offer_later": N_("Put off: the answer has a bookmark (Shift+B leads to it)."),
    "offer_instead": N_("Another code instead of “{code}”: {text}"),
    "offer_elsewhere": N_("That expression is in an answer that the filters leave out."),
    "review_offers": N_("Suggestions for many answers"),
    "review_looked": N_("Looked at {n}/{total} answers"),
    "review_nothing": N_("None of these answers lacks a code and has something to suggest."),
    "review_unsure": N_("I do not know ({n})"),
    "tick_all": N_("Tick all or none"),
    "accept_ticked": N_("Accept the ticked ({count})"),
    "offers_taken": N_("Suggestions accepted: {count}. One undo takes them back."),
    "reasons": N_("Reasons"),
    "why_code": N_("Why “{code}”"),
    "accept": N_("Accept"),
    "give_another": N_("Another code"),
    "reject": N_("Reject"),
    "later": N_("Later"),
    "coded_like_this": N_("coded so"),
    "in_passage": N_("in the answer:"),
    "no_examples_yet": N_(
        "Nothing like this has been coded with it yet: only its words speak for it."
    ),
    "ahead_of": N_("{value} ahead of “{code}”"),
    "reason_keys": N_(
        "↑↓ reasons · Enter opens · 1–3 give · E another · Del reject · L later · Esc back"
    ),
}
