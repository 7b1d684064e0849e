"""Which question of a form another one seems to be: by its words, or its number and some of them.

Nothing is bound by this; it is offered to a person, in the material and while a file comes in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualcode.domain.instruments import FormItem, number_parts

_ALIKE = 0.6
_AT_ALL = 0.2
"""A number alone does not tell that two questions are one: some of their words must be shared."""

_SCALE = re.compile(r"[(\[]\s*\d+\s*[-–—]\s*\d+\s*[)\]]")
TELLING = 3
"""A question of fewer words tells less than its number."""


@dataclass(frozen=True)
class Asking:
    """A question as it stands in the material. ``closed``: how it was answered, None if unknown.

    ``after`` is the question of the form that the one before it was bound to: a "Kuvaile miten" is
    likeliest the one that goes on from that.
    """

    text: str
    number: str = ""
    closed: bool | None = None
    after: str | None = None


def likeliest(asking: Asking, asked: Sequence[FormItem], strictly: bool = False) -> FormItem | None:
    """The question of the form that this one seems to be; None when none is near enough.

    ``strictly``: of the same words, or of its number and some of the words; likeness alone does
    not do.
    """
    fitting = [one for one in asked if _fits(asking, one)]
    same = [one for one in fitting if words_of(one.text) == words_of(asking.text)]
    parts = number_parts(_bare(asking.number))
    numbered = [one for one in fitting if parts and number_parts(one.number) == parts]
    if same:
        of_number = [one for one in same if one in numbered]
        going_on = [one for one in same if asking.after and one.follows == asking.after]
        return (of_number or going_on or same)[0]
    if len(numbered) == 1 and (
        is_short(asking.text) or _likeness(asking.text, numbered[0].text) >= _AT_ALL
    ):
        return numbered[0]
    if strictly:
        return None
    scored = [(_likeness(asking.text, one.text), -n, one) for n, one in enumerate(fitting)]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best is not None and best[0] >= _ALIKE else None


def is_short(text: str) -> bool:
    """Whether a question has so few words that they tell less than its number.

    >>> is_short("Q3"), is_short("Sain riittävästi tietoa")
    (True, False)
    """
    return len(words_of(text)) < TELLING


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a question, in small letters; the scale told between brackets is none of them.

    >>> words_of("Sain tietoa! (1-5)")
    ('sain', 'tietoa')
    """
    return tuple(re.findall(r"\w+", _SCALE.sub(" ", text.casefold())))


def _bare(number: str) -> str:
    """The number in a column's code.

    >>> _bare("Q3_1"), _bare("4.6")
    ('3.1', '4.6')
    """
    return re.sub(r"^[QKF](?=\d)", "", number, flags=re.IGNORECASE).replace("_", ".")


def _fits(asking: Asking, one: FormItem) -> bool:
    """Closed with closed, words with words; a background variable may be anything."""
    return asking.closed is None or one.asked_as.item_kind.is_closed == asking.closed


def _likeness(one: str, other: str) -> float:
    """The share of words that both have."""
    a, b = set(words_of(one)), set(words_of(other))
    return len(a & b) / len(a | b) if a | b else 0.0
