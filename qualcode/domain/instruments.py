"""The instruments of a study: what was asked, in which order and with which options.

A form is kept as it was printed, mistakes included: two questions of one number, an option whose
label repeats. ``form_checks`` tells of such things; nothing is corrected by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.documents import ItemKind

_NUMBER = re.compile(r"(\d+(?:\.\d+)*)(?:([a-zåäö])|[.)])?", re.IGNORECASE)


class AskedAs(StrEnum):
    """How a question of a form is answered."""

    LIKERT5 = "likert5"
    LIKERT7 = "likert7"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    OPEN = "open"
    COMPLETION = "completion"
    NUMBER = "number"
    IDENTIFIER = "identifier"

    @property
    def steps(self) -> int | None:
        """How many steps the scale has; None when it is no scale."""
        return {AskedAs.LIKERT5: 5, AskedAs.LIKERT7: 7}.get(self)

    @property
    def is_choice(self) -> bool:
        return self in (AskedAs.SINGLE_CHOICE, AskedAs.MULTIPLE_CHOICE)

    @property
    def is_closed(self) -> bool:
        """Whether its answers are counted option by option."""
        return self.is_choice or self.steps is not None

    @property
    def item_kind(self) -> ItemKind:
        """What a question of the material is that was asked so."""
        return {
            AskedAs.SINGLE_CHOICE: ItemKind.CHOICE,
            AskedAs.MULTIPLE_CHOICE: ItemKind.MULTIPLE_CHOICE,
            AskedAs.OPEN: ItemKind.OPEN,
            AskedAs.COMPLETION: ItemKind.COMPLETION,
            AskedAs.NUMBER: ItemKind.NUMBER,
            AskedAs.IDENTIFIER: ItemKind.BACKGROUND,
        }.get(self, ItemKind.LIKERT)


class Stage(StrEnum):
    """How far a version of a form has come."""

    DRAFT = "draft"
    TESTED = "tested"
    FINAL = "final"


@dataclass(frozen=True)
class Instrument:
    """One version of a form. ``family`` is the same in all its versions: the first one's id.

    ``stated`` is how many questions the form itself (its cover letter) says it has. ``feedback``
    is what those who tested this version said of it.
    """

    id: str
    name: str
    family: str
    actor_group: str = ""
    version: int = 1
    stage: Stage = Stage.DRAFT
    stated: int | None = None
    cover_letter: str = ""
    feedback: str = ""
    note: str = ""
    position: int = 0


@dataclass(frozen=True)
class FormItem:
    """One question of a form. ``number`` is as printed, empty for an unnumbered one.

    ``lineage`` is the same for a question in all versions of its form, whatever its number there.
    ``stem`` is read before the question, ``citation`` says where it is from. ``follows`` is the
    question that this one goes on from ("Kuvaile miten"). ``filter_of`` with ``filter_value``: only
    those are asked who answered that question so; a filter without ``filter_of`` is in words only.
    ``parts`` name what an open answer is asked of one by one. ``measure`` is one and the same for
    questions of different forms that may be compared.
    """

    id: str
    instrument_id: str
    lineage: str
    text: str
    asked_as: AskedAs
    number: str = ""
    section: str = ""
    theme: str = ""
    options: tuple[str, ...] = ()
    stem: str = ""
    citation: str = ""
    parts: tuple[str, ...] = ()
    follows: str | None = None
    filter_of: str | None = None
    filter_value: str = ""
    unit: str = ""
    measure: str = ""
    note: str = ""
    position: int = 0

    @property
    def title(self) -> str:
        """Number and text, as the question is spoken of."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class ItemLink:
    """A question of the material (its ``id``) is a question of a form (``asked_id``)."""

    id: str
    asked_id: str


def number_parts(number: str) -> tuple[tuple[int, ...], str] | None:
    """A printed number as its parts and its letter; None when it is no number.

    >>> number_parts("4.6"), number_parts("3.1b"), number_parts("2.x")
    (((4, 6), ''), ((3, 1), 'b'), None)
    """
    match = _NUMBER.fullmatch(number.strip())
    if match is None:
        return None
    return tuple(int(part) for part in match[1].split(".")), (match[2] or "").lower()


_BACKGROUND = re.compile(
    r"\b(?:tausta(?:tie(?:to|dot|toja)|kysymy(?:s|kset)|muuttuj(?:a|at))|"
    r"bakgrunds(?:uppgift(?:er)?|fråg(?:a|or)|variab(?:el|ler)|information)|"
    r"background (?:information|data|questions?|variables?))\b|"
    r"^[\W\d_]*(?:tausta(?:a|nne|si)?|bakgrund|background)\W*$",
    re.IGNORECASE,
)
"""Whole words: "Taustayhteisön tuki" is asked of what a person is supported by."""


def is_background(item: FormItem) -> bool:
    """Whether the form asks it among the background questions, of what a person can be told apart
    by: an age, a gender, a municipality. A scale or an open answer tells more than that.

    >>> one = FormItem("a", "f", "a", "Sukupuoli", AskedAs.SINGLE_CHOICE, section="1 Taustatiedot")
    >>> from dataclasses import replace
    >>> is_background(one), is_background(replace(one, asked_as=AskedAs.OPEN))
    (True, False)
    """
    if item.asked_as not in (AskedAs.SINGLE_CHOICE, AskedAs.NUMBER):
        return False
    return any(_BACKGROUND.search(said) for said in (item.section, item.theme))


def is_numbered(item: FormItem) -> bool:
    """Whether the form counts it as a question of its own: 3.1 is one, its comment 3.1b is not."""
    parts = number_parts(item.number)
    return parts is not None and not parts[1]
