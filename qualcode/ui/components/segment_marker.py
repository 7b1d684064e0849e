"""The segment marker: a page of answers that is read, coded and reduced in the browser.

What happens on a key press is in ``assets/segment_marker.js`` and the parts it names; the words are
in ``marker_words``. Here are the plain values the marker is given. What it asks, it asks by the
direct channel (``qualcode/ui/channel``); the page hears of it once, some time later (``on_acted``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.domain import markdown
from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.domain.documents import question_name
from qualcode.store.views import AnswerRow, MemoMark
from qualcode.texts import N_
from qualcode.ui.components import codebook_words, component, offer_words, saving_words
from qualcode.ui.components.codebook_words import palette
from qualcode.ui.components.key_names import SHIFT, key_name
from qualcode.ui.components.marker_words import KEYS, READING_KEYS, TEXTS
from qualcode.ui.labels import attribute_name, attribute_value, origin_label
from qualcode.workbench import memo_links, whereabouts
from qualcode.workbench.memo_links import Thing
from qualcode.workbench.messages import day_and_time

Translate = Callable[[str], str]

# Definitions, rules and examples ride along in every message; 300 long ones would double it. When
# they don't all fit, each is cut to its share: the codebook panel asks for one code in full.
DETAIL_BUDGET = 24_000
SHORTEST_DETAIL = 60
FACTS_SHOWN = 4
QUESTION, ACTOR_GROUP = N_("Question"), N_("Actor group")
WORDS = {
    **TEXTS,
    **codebook_words.TEXTS,
    **offer_words.TEXTS,
    **saving_words.TEXTS,
    "shift": SHIFT,
}
"""Every text that the marker shows by itself, in English, by its name."""


@dataclass(frozen=True)
class MarkerCode:
    """A code as the picker and the margin show it. ``key`` is a digit 1-9 or empty; ``parent`` the
    id of the code above it."""

    id: str
    label: str
    book: str
    colour: str
    key: str = ""
    origin: str = ""
    definition: str = ""
    rule: str = ""
    example: str = ""
    parent: str = ""


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
    memos: tuple[tuple[object, ...], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    """(name, value) of the facts that the row's line has no room for"""
    fact_names: tuple[str, ...] = ()
    """what each of ``facts`` is called"""


@dataclass(frozen=True)
class MarkerOptions:
    """What the marker may do. ``opened`` is the answer a link asked for, with a token that changes
    when it is asked for again."""

    study: str
    language: str
    allow_new_codes: bool
    new_code_book: str
    places: Mapping[str, str]
    """kind of row -> the address of the page that shows one, up to its id"""
    opened: tuple[str, str] | None = None
    opened_span: tuple[int, int] | None = None
    """the passage (code points) that the link meant, when it meant one"""
    coder: str = ""
    """who reads: what others wrote is not taken off"""
    groups: tuple[str, ...] = ()
    """the actor groups that an expression can be said to speak of"""
    reads_only: bool = False
    """whether this person only reviews: no act is offered then"""
    offers: str = "shown"
    """whether codes are suggested: "shown", "blind" or "off" (then they have no room)"""


def segment_marker(
    key: str,
    told: Mapping[str, Any],
    options: MarkerOptions,
    translate: Translate,
    *,
    on_acted: Callable[[], None],
    on_filter: Callable[[], None],
    on_thing: Callable[[], None],
) -> Any:
    """The marker on the page.

    ``told`` is what it shows and where it asks: ``rows``, ``codes``, ``counts``, ``turns`` and
    ``progress`` as of ``revision`` (see ``coding_view``), ``sheet`` (the place of the rows) and
    ``channel`` (``{path, token}``). ``on_acted`` is called when somebody has acted and then
    rested a while:
    what the page itself shows of the study is old by then. ``on_filter`` is called when only the
    answers with a code are wanted: ``st.session_state[key]["filter"]`` is ``{code}`` then.
    ``on_thing`` is called when a thing is to be opened that another page shows: ``["thing"]`` is
    ``{kind, id}`` then.
    """
    mount = component("segment_marker", html='<div class="qc-marker"></div>')
    return mount(
        key=key,
        data=payload(told, options, translate),
        on_acted_change=on_acted,
        on_filter_change=on_filter,
        on_thing_change=on_thing,
    )


def payload(
    told: Mapping[str, Any], options: MarkerOptions, translate: Translate
) -> dict[str, Any]:
    """The JSON the browser gets."""
    words = {**WORDS, **codebook_words.READING_TEXTS} if options.reads_only else WORDS
    return {
        **told,
        "options": {
            "study": options.study,
            "language": options.language,
            "coder": options.coder,
            "reads_only": options.reads_only,
            "offers": options.offers,
            "groups": list(options.groups),
            "allow_new_codes": options.allow_new_codes,
            "new_code_book": options.new_code_book,
            "places": dict(options.places),
            "palette": palette(translate),
            "open": None
            if options.opened is None
            else {
                "doc": options.opened[0],
                "token": options.opened[1],
                "span": options.opened_span,
            },
            "keys": [
                {
                    "heading": translate(heading),
                    "keys": [
                        {
                            "keys": [key_name(key, translate) for key in keys],
                            "text": translate(text),
                        }
                        for keys, text in group
                    ],
                }
                for heading, group in (READING_KEYS if options.reads_only else KEYS)
            ],
        },
        "texts": {name: translate(text) for name, text in words.items()},
    }


def row_data(row: MarkerRow) -> dict[str, Any]:
    """The row as JSON: all of its fields."""
    return dict(vars(row))


def code_data(code: MarkerCode) -> dict[str, Any]:
    """The code as JSON. Empty fields are left out, for there may be 300 codes."""
    return {name: content for name, content in vars(code).items() if content or name == "key"}


# --- from the study's rows to the marker's ---------------------------------------------------


def marker_row(
    answer: AnswerRow,
    coder: str,
    translate: Callable[[str], str],
    *,
    with_item: bool,
    reviewing: bool = False,
    things: Mapping[str, Thing] | None = None,
) -> MarkerRow:
    """An answer with what ``coder`` and the others have marked on it.

    ``with_item`` puts the question before the background facts, for pages of one respondent.
    ``things`` are what the links of its memos point at.
    """
    document = answer.document
    item = question_name(answer.item_number, answer.item_text)
    known = whereabouts.background(reviewing, answer.background)
    background = [(name, value) for name, value in known.items() if value]
    attributes = [
        (attribute_name(name, translate), attribute_value(name, value, translate))
        for name, value in whereabouts.facts(reviewing, document.attributes).items()
    ]
    facts = [
        *([(translate(QUESTION), item)] if with_item and item else []),
        *([(translate(ACTOR_GROUP), answer.actor_group)] if answer.actor_group else []),
        *background,
        *attributes,
    ]
    shown = FACTS_SHOWN + with_item
    return MarkerRow(
        id=document.id,
        number=str(document.position + 1),
        label=whereabouts.label(reviewing, answer.respondent_label or answer.source_name),
        facts=tuple(value for _, value in facts[:shown]),
        fact_names=tuple(name for name, _ in facts[:shown]),
        more=tuple(facts[shown:]),
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
        memos=tuple(_memo(mark, things or {}, reviewing, translate) for mark in answer.memos),
    )


def memo_links_data(
    text: str, things: Mapping[str, Thing]
) -> dict[str, tuple[str, bool, str, str]]:
    """Link as written -> what its thing is called, whether it is there, its kind and id."""
    found = {link: things[link] for link in markdown.links(text) if link in things}
    return {link: (t.label, t.there, t.kind, t.id) for link, t in found.items()}


def _memo(
    mark: MemoMark, things: Mapping[str, Thing], reviewing: bool, translate: Translate
) -> tuple[object, ...]:
    memo = mark.memo
    text = memo_links.told(reviewing, memo.text, translate)
    start, end = mark.span or (None, None)
    links = memo_links_data(text, things)
    at = day_and_time(memo.changed_at or memo.created_at)
    return (memo.id, start, end, text, memo.created_by, at, links)


def _with_coder(mark: tuple[object, ...], whose: str, mine: str) -> tuple[object, ...]:
    return mark if whose == mine else (*mark, whose)


def marker_codes(
    codes: Sequence[Code],
    codebooks: Mapping[str, Codebook],
    language: str,
    translate: Translate,
    *,
    cut: bool = True,
) -> list[MarkerCode]:
    """The codes of the codebooks in use, with their definitions ``cut`` to fit one message."""

    def in_language(code: Code, field: str) -> str:
        first, second = ("en", "fi") if language == "en" else ("fi", "en")
        return str(getattr(code, f"{field}_{first}") or getattr(code, f"{field}_{second}"))

    parts = ("definition", "rule", "example")
    details = {code.id: {part: in_language(code, part) for part in parts} for code in codes}
    total = sum(len(text) for texts in details.values() for text in texts.values())
    longest = None
    if cut and total > DETAIL_BUDGET:
        longest = max(SHORTEST_DETAIL, DETAIL_BUDGET // (len(codes) * len(parts)))
    return [
        MarkerCode(
            code.id,
            code.label(language),
            codebooks[code.codebook_id].name(language),
            safe_colour(code.colour, position),
            code.shortcut,
            origin_label(code.origin, translate),
            **{part: _cut(text, longest) for part, text in details[code.id].items()},
            parent=code.parent_id or "",
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
