"""The question a search puts to the store, and the rows it gets back.

What a row is found by is kept beside it as one string, its *search key*: every word of the text in
order, then the base forms, each between spaces (`` sain apua |saada |apu ``). So a word as it is
written, a phrase, the beginning of a word and a base form are all found in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.store.answer_query import AnswerQuery, AnswerState

DOCUMENT, REDUCTION, MEMO = "document", "reduction", "memo"
SEARCHED = (DOCUMENT, REDUCTION, MEMO)
"""The kinds of rows that are searched, in the order in which they are listed."""

WORD, STATE, ASIDE = "word", "state", "aside"
"""Other things kept as search keys: what one word is found by, up to where keys are right, and the
words that took too long to look up."""

ANY_TEXT = AnswerQuery(state=AnswerState.ALL)


@dataclass(frozen=True)
class Search:
    """Which rows of one kind are found.

    ``all_of``: of every group at least one piece is in the row's search key. ``none_of``: no such
    piece is. ``literally``: pieces of the text itself, letter case folded. ``texts`` are
    conditions for documents; a reduction is found when one of its expressions lies in such a text,
    a memo when it speaks of such a text or an expression in it.
    """

    kind: str
    all_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    literally: tuple[str, ...] = ()
    texts: AnswerQuery = ANY_TEXT
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class SearchRow:
    """A row found: its text, and where it stands.

    A document has its respondent and question, a reduction the category it is placed in, a memo
    what it speaks of (``about_kind``, ``about_id``, ``about_label``).
    """

    kind: str
    id: str
    text: str
    respondent_label: str = ""
    actor_group: str = ""
    item_id: str | None = None
    item_number: str = ""
    item_text: str = ""
    category_id: str | None = None
    category_name: str = ""
    about_kind: str = ""
    about_id: str = ""
    about_label: str = ""
