"""The segment marker: a page of answers that is read, coded and reduced in the browser.

What happens on a key press is in ``assets/segment_marker.js``. Here are the plain values it is
given and the page's three doors back: ``on_ops`` (operations to carry out), ``on_ask`` (which
reductions are nearest to this text?) and ``on_page`` (turn the page).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.store.views import AnswerRow
from qualcode.texts import N_
from qualcode.ui.components import component
from qualcode.ui.labels import attribute_value, origin_label

Translate = Callable[[str], str]

# Definitions, rules and examples ride along in every message; 300 long ones would double it. When
# they don't all fit, each is cut to its share: the side panel shows them in full.
DETAIL_BUDGET = 24_000
SHORTEST_DETAIL = 60
FACTS_SHOWN = 4


@dataclass(frozen=True)
class MarkerCode:
    """A code as the picker and the margin show it. ``key`` is a digit 1-9 or empty."""

    id: str
    label: str
    book: str
    colour: str
    key: str = ""
    origin: str = ""
    definition: str = ""
    rule: str = ""
    example: str = ""


@dataclass(frozen=True)
class MarkerRow:
    """One answer. Positions are code points; ``coder`` is named only when it is somebody else."""

    id: str
    number: str
    label: str
    facts: tuple[str, ...]
    text: str
    aside: bool
    spans: tuple[tuple[object, ...], ...]
    reductions: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class MarkerOptions:
    """What the marker may do. ``opened`` is the answer a link asked for, with a token that changes
    when it is asked for again."""

    study: str
    language: str
    allow_new_codes: bool
    new_code_book: str
    new_code_colour: str
    has_previous: bool = False
    has_next: bool = False
    opened: tuple[str, str] | None = None


@dataclass(frozen=True)
class MarkerOffers:
    """Answer to ``ask``: reductions already written, nearest first."""

    token: int
    items: tuple[tuple[str, str, int], ...]
    """(id, wording, how many expressions it stands for)"""


def segment_marker(
    key: str,
    rows: Sequence[MarkerRow],
    codes: Sequence[MarkerCode],
    reply: Mapping[str, Any],
    options: MarkerOptions,
    translate: Translate,
    *,
    offers: MarkerOffers | None = None,
    notice: str | None = None,
    on_ops: Callable[[], None],
    on_ask: Callable[[], None],
    on_page: Callable[[], None],
) -> Any:
    """The marker on the page.

    ``reply`` is what ``state.reply_data`` keeps: acknowledgements and refusals. In a callback the
    value sent is ``st.session_state[key]["ops"]`` (``{client, ops}``), ``["ask"]`` (``{token, text,
    doc}``) or ``["page"]`` (``{delta, from}``).
    """
    mount = component("segment_marker", html='<div class="qc-marker"></div>')
    return mount(
        key=key,
        data=payload(rows, codes, reply, options, translate, offers, notice),
        on_ops_change=on_ops,
        on_ask_change=on_ask,
        on_page_change=on_page,
    )


def payload(
    rows: Sequence[MarkerRow],
    codes: Sequence[MarkerCode],
    reply: Mapping[str, Any],
    options: MarkerOptions,
    translate: Translate,
    offers: MarkerOffers | None = None,
    notice: str | None = None,
) -> dict[str, Any]:
    """The JSON the browser gets."""
    return {
        "rows": [_filled(row) for row in rows],
        "codes": [_filled(code) for code in codes],
        "reply": {
            **reply,
            "notice": notice,
            "offers": None
            if offers is None
            else {
                "token": offers.token,
                "items": [{"id": i, "wording": w, "uses": n} for i, w, n in offers.items],
            },
        },
        "options": {
            "study": options.study,
            "language": options.language,
            "allow_new_codes": options.allow_new_codes,
            "new_code_book": options.new_code_book,
            "new_code_colour": options.new_code_colour,
            "has_previous": options.has_previous,
            "has_next": options.has_next,
            "open": None
            if options.opened is None
            else {"doc": options.opened[0], "token": options.opened[1]},
            "keys": [{"keys": list(keys), "text": translate(text)} for keys, text in KEYS],
        },
        "texts": {name: translate(text) for name, text in TEXTS.items()},
    }


def _filled(value: MarkerRow | MarkerCode) -> dict[str, Any]:
    """The value's fields; empty ones of a code are left out, a row needs all of its own."""
    fields = vars(value)
    if isinstance(value, MarkerRow):
        return dict(fields)
    return {name: content for name, content in fields.items() if content or name == "key"}


# --- from the study's rows to the marker's ---------------------------------------------------


def marker_row(
    answer: AnswerRow, coder: str, translate: Callable[[str], str], *, with_item: bool
) -> MarkerRow:
    """An answer with what ``coder`` and the others have marked on it.

    ``with_item`` puts the question before the background facts, for pages of one respondent.
    """
    document = answer.document
    item = " ".join(part for part in (answer.item_number, answer.item_text) if part)
    background = (value for value in answer.background.values() if value)
    facts = [
        *([item] if with_item and item else []),
        *([answer.actor_group] if answer.actor_group else []),
        *background,
        *(attribute_value(*attribute, translate) for attribute in document.attributes.items()),
    ]
    return MarkerRow(
        id=document.id,
        number=str(document.position + 1),
        label=answer.respondent_label or answer.source_name,
        facts=tuple(facts[: FACTS_SHOWN + with_item]),
        text=document.text,
        aside=document.set_aside,
        spans=tuple(
            _with_coder((s.coding_id, s.start, s.end, s.code_id), s.coder, coder)
            for s in answer.spans
        ),
        reductions=tuple(
            _with_coder((r.link_id, r.start, r.end, r.reduction_id, r.wording), r.coder, coder)
            for r in answer.reductions
        ),
    )


def _with_coder(mark: tuple[object, ...], whose: str, mine: str) -> tuple[object, ...]:
    return mark if whose == mine else (*mark, whose)


def marker_codes(
    codes: Sequence[Code], codebooks: Mapping[str, Codebook], language: str, translate: Translate
) -> list[MarkerCode]:
    """The codes of the codebooks in use, with their definitions cut to fit one message."""

    def in_language(code: Code, field: str) -> str:
        first, second = ("en", "fi") if language == "en" else ("fi", "en")
        return str(getattr(code, f"{field}_{first}") or getattr(code, f"{field}_{second}"))

    parts = ("definition", "rule", "example")
    details = {code.id: [in_language(code, part) for part in parts] for code in codes}
    total = sum(len(text) for texts in details.values() for text in texts)
    longest = None
    if total > DETAIL_BUDGET:
        longest = max(SHORTEST_DETAIL, DETAIL_BUDGET // (len(codes) * len(parts)))
    return [
        MarkerCode(
            code.id,
            code.label(language),
            codebooks[code.codebook_id].name(language),
            safe_colour(code.colour, position),
            code.shortcut,
            origin_label(code.origin, translate),
            *(_cut(text, longest) for text in details[code.id]),
        )
        for position, code in enumerate(codes)
    ]


def _cut(text: str, longest: int | None) -> str:
    return text if longest is None or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def safe_colour(colour: str, position: int) -> str:
    """The colour as ``#rrggbb``; the palette's for anything else, which could ask the web for more.

    >>> safe_colour("#1F5F99", 0)
    '#1F5F99'
    >>> safe_colour("url(//example.org/x)", 0) == colour_for(0)
    True
    """
    return colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else colour_for(position)


# --- words ------------------------------------------------------------------------------------

TEXTS = {
    "marker": N_("Answers to code and reduce. Press ? for the keys."),
    "answers": N_("Answers"),
    "toolbar": N_("Codes and acts"),
    "pinned": N_("Pinned codes"),
    "nothing_pinned": N_("No pinned codes: pin codes to the keys 1–9 in the side panel."),
    "codes": N_("Codes"),
    "reduce": N_("Reduce"),
    "keys": N_("Keys"),
    "close": N_("Close"),
    "remove": N_("Remove"),
    "remove_named": N_("Remove {name}"),
    "removed": N_("Removed: {name}"),
    "reductions": N_("Reductions"),
    "set_aside": N_("set aside"),
    "put_aside": N_("Set aside."),
    "brought_back": N_("Back among the answers."),
    "whole_answer": N_("whole answer"),
    "quoted": N_("“{text}”"),
    "place": N_("Answer {n}/{total}"),
    "first_here": N_("This is the first answer of the page. PageUp turns the page."),
    "last_here": N_("This is the last answer of the page. PageDown turns the page."),
    "first_of_all": N_("There are no answers before these."),
    "last_of_all": N_("There are no more answers."),
    "has_codes": N_("Codes: {names}."),
    "has_reductions": N_("Reductions: {names}."),
    "marks_here": N_("Codes and reductions here"),
    "already_coded": N_("“{code}” is there already."),
    "key_is_free": N_("No code is pinned to key {key}."),
    "nothing_marked": N_("This answer has no codes or reductions yet."),
    "pick_first": N_("Pick a code first: [ and ] step through them, or click a highlight."),
    "find_code": N_("Find a code"),
    "recent": N_("Recent"),
    "new_code": N_("New code “{name}”"),
    "no_codes": N_("There are no codes yet. Write a name to make the first one."),
    "no_such_code": N_("No such code. The study's strict frame takes no new codes."),
    "definition": N_("Definition"),
    "rule": N_("Rule"),
    "example": N_("Example"),
    "picker_keys": N_("↑↓ choose · Enter code · Shift+Enter code and go on · Esc close"),
    "reduce_what": N_("Reduction of: {quote}"),
    "write_reduction": N_("Reduced expression"),
    "same_as": N_("Same as… (↓ chooses)"),
    "uses": N_("expressions"),
    "reduce_keys": N_("Enter save and next · Shift+Enter save and stay · Esc cancel"),
    "short_keys": N_("J K move · 1–9 C code · S sentence · Enter reduce · ? all keys"),
    "state_saved": N_("Saved"),
    "state_saving": N_("Saving"),
    "state_offline": N_("No connection, {count} unsaved"),
}

KEYS = (
    (("J", "↓"), N_("next answer")),
    (("K", "↑"), N_("previous answer")),
    (("PageDown", "PageUp"), N_("a screenful on or back; at the end, the next page")),
    (("Home", "End"), N_("first or last answer of the page")),
    (("→", "←"), N_("select the next or previous word; Shift extends")),
    (("S",), N_("select the sentence; again: the next one; Shift extends")),
    (("Esc",), N_("clear the selection")),
    (("1–9",), N_("code with a pinned code (nothing selected: the whole answer)")),
    (("C", "N"), N_("find a code by typing, or make a new one")),
    (("Enter",), N_("reduce the selection, the picked passage or the whole answer")),
    (("[", "]"), N_("step through the codes and reductions of the answer (also with , and .)")),
    (("Delete", "U"), N_("remove the picked code or reduction")),
    (("X",), N_("set the answer aside, or bring it back")),
    (("Ctrl+Z",), N_("undo")),
    (("Ctrl+Shift+Z", "Ctrl+Y"), N_("redo")),
    (("?",), N_("show these keys")),
)
