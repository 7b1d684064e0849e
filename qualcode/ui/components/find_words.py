"""The words of the search panel. Texts that count come as {one, other}."""

from __future__ import annotations

from typing import Any

from qualcode.texts import gettext_for, ngettext_for


def find_texts(language: str) -> dict[str, Any]:
    """Every word that the panel shows, in this language."""
    _ = gettext_for(language)
    form_for = ngettext_for(language)

    def ngettext(one: str, many: str) -> dict[str, str]:
        """Both forms: the browser knows the number and picks."""
        return {"one": form_for(one, many, 1), "other": form_for(one, many, 2)}

    return {
        "language": language,  # numbers are written as it does
        # the form
        "field": _("Words to find"),
        "placeholder": _("Find words in answers, reductions and memos"),
        "way": _("How the words are looked for"),
        "way_forms": _("Any form of the words"),
        "way_exact": _("Exactly as written"),
        "way_regex": _("A pattern (regular expression)"),
        "way_meaning": _("By meaning"),
        "group": _("Actor group"),
        "every_group": _("Every actor group"),
        "where": _("Where to look"),
        "in_document": _("Answers"),
        "in_reduction": _("Reductions"),
        "in_memo": _("Memos"),
        "by_item": _("Question by question"),
        "help": _("How to search"),
        "help_lines": [
            _("palvelu: every form of the word, and compounds it is a part of"),
            _("apu raha: both words, anywhere in the text"),
            _("“en saanut”: these words in a row, as written"),
            _("apu -raha: the first word without the second"),
            _("palv*: words that begin like this"),
        ],
        # what was found
        "results": _("What was found"),
        "count_document": ngettext("{n} answer", "{n} answers"),
        "count_reduction": ngettext("{n} reduction", "{n} reductions"),
        "count_memo": ngettext("{n} memo", "{n} memos"),
        "reduction": _("reduction"),
        "memo": _("memo"),
        "no_question": _("Without a question"),
        "more": _("Show more"),
        "searching": _("Searching…"),
        "likeness": _("Nearness in meaning: 1 the same, 0 as any two texts of the study"),
        "begin": _("Write a word: what is found appears here at once."),
        "nothing_forms": _(
            "Nothing was found. Try the beginning of the word with an asterisk (palv*), or search "
            "by meaning."
        ),
        "nothing_exact": _("Nothing was found as written. Try any form of the words."),
        "nothing_regex": _("Nothing matches the pattern."),
        "nothing_meaning": _("Nothing of the kind was found."),
        "preparing": _(
            "The texts are being prepared for searching: {done} / {all}. What is ready is found."
        ),
        "preparing_begun": _(
            "The texts are being prepared for searching. What is ready is found already."
        ),
        "prepare": _("Prepare"),
        "try_again": _("Try again"),
        "offline": _("No connection: the search is tried again as soon as it returns."),
        "export": _("Save as a table (CSV)"),
        "file_name": _("search"),
        "columns": [
            _("Respondent"),
            _("Actor group"),
            _("Question"),
            _("Before"),
            _("Found"),
            _("After"),
            _("Place"),
        ],
        # coding what was found
        "code_hits": _("Code what was found…"),
        "review": _("Go through the answers before they are coded"),
        "code": _("Code to give"),
        "choose_code": _("Choose a code"),
        "no_codes": _("No codes yet. Take a codebook into use, or make a code while reading."),
        "unit": _("What is coded"),
        "unit_whole": _("the whole answers"),
        "unit_sentences": _("the sentences with the words"),
        "unit_words": _("the words found"),
        "all_of_them": _("all"),
        "carries": _("has the code already"),
        "code_n": ngettext("Code {n} answer", "Code {n} answers"),
        "only_first": _("The first {n} are listed; {left} more come after these."),
        "done": _("Done: {said}"),
        "nothing_to_code": _("There was nothing left to code."),
        "review_keys": _("↑ ↓ move · Space ticks · Ctrl+Enter codes · Esc back to the search"),
        "undo": _("Undo"),
        "undone": _("Undone: {said}"),
        "back": _("Back to the search"),
    }
