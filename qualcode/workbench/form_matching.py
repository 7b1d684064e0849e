"""Which question of a form each of many others seems to be: by words, by number, or by likeness.

Nothing is bound by this; it is offered to a person, in the material and while a file comes in.
The surer grounds go first over all the questions, so that none takes by likeness what another one
is word for word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from qualcode.domain.instruments import AskedAs, FormItem, number_parts

_ALIKE = 0.6
_AT_ALL = 0.5
"""A number alone does not tell that two questions are one: of the shorter one's words this share
must be in the other."""

_SCALE = re.compile(r"[(\[]\s*\d+\s*[-–—]\s*\d+\s*[)\]]")
TELLING = 3
"""A question of fewer words tells less than its number."""

_CODE = re.compile(r"[a-zåäö]{0,3}[\d_]+[a-zåäö]?|kysymys|question|fråga|_+")
_WITHOUT = re.compile(r"\w{3}[aeiouyäö]t(?:[oö]n(?:t[aä])?|t[oö]m\w*)$")
_ROOT = 4
"""Letters that a word and its opposite begin with alike: "tyytyväinen", "tyytymätön"."""


class Ground(StrEnum):
    """Why two questions seem to be one, the surest first."""

    WORDS = "words"
    PART = "part"
    NUMBER = "number"
    LIKENESS = "likeness"


@dataclass(frozen=True)
class Asking:
    """A question as it stands in the material or in a file on its way in.

    ``is_text``: whether words answer it; None when that is not known. ``only_as``: what it can be
    on the form at all, empty for anything. With ``by_words_only`` its number and likeness do not
    count.
    """

    text: str
    number: str = ""
    is_text: bool | None = None
    only_as: tuple[AskedAs, ...] = ()
    by_words_only: bool = False

    def can_be(self, one: FormItem) -> bool:
        return not self.only_as or one.asked_as in self.only_as

    def fits(self, one: FormItem) -> bool:
        """Words with words, all else with all else."""
        return self.is_text in (None, one.asked_as.item_kind.is_text)

    def has_words_of(self, one: FormItem) -> bool:
        """Also with the number of the form before them: "5 Mistä kuulit"."""
        words = words_of(self.text)
        return bool(words) and words in (words_of(one.text), words_of(one.title))

    def has_number_of(self, one: FormItem) -> bool:
        parts = number_parts(_bare(self.number))
        return parts is not None and number_parts(one.number) == parts


@dataclass(frozen=True)
class Match:
    """The question of the form that another one seems to be, and why."""

    one: FormItem
    ground: Ground


def matched(
    askings: Sequence[Asking],
    asked: Sequence[FormItem],
    strictly: bool = False,
    held: Mapping[int, FormItem] | None = None,
) -> dict[int, Match]:
    """Place among ``askings`` -> the question of the form, each once. ``strictly``: likeness alone
    does not do. ``held`` are bound already, and stay out of what is found.

    A "Kuvaile miten" that the form has many times is the one that goes on from the question before.
    Only a question with named parts is found more than once: for each part.
    """
    held = held or {}
    taken = {one.id for one in held.values()}
    rounds = _Rounds(askings, [one for one in asked if one.id not in taken])
    rounds.found = {place: Match(one, Ground.WORDS) for place, one in held.items()}
    rounds.same_of_number()
    rounds.same_alone()
    rounds.parts([one for one in asked if one.parts])
    for sparing in (True, False):
        # At first nothing takes a question that another one has the very words of.
        rounds.numbered(sparing)
        rounds.going_on()
        if not strictly:
            rounds.alike(sparing)
            rounds.going_on()
        rounds.same()
    return {place: match for place, match in rounds.found.items() if place not in held}


@dataclass
class _Rounds:
    askings: Sequence[Asking]
    free: list[FormItem]
    found: dict[int, Match] = field(default_factory=dict)

    def same_of_number(self) -> None:
        for place, asking in self._left():
            self._first(place, [one for one in self._same(asking) if asking.has_number_of(one)])

    def same_alone(self) -> None:
        """Words that only one question of the form has, or one of those answered alike."""
        askings = Counter(words_of(asking.text) for _, asking in self._left())
        for place, asking in self._left():
            same = self._same(asking)
            same = [one for one in same if asking.fits(one)] or same
            if len(same) == 1 and askings[words_of(asking.text)] == 1:
                self._first(place, same)

    def parts(self, asked: Sequence[FormItem]) -> None:
        """Named parts, a column each: the part's words with the question's number or some of its
        words, or the part's words alone where one question of the form has such a part."""
        for place, asking in self._left():
            of = [one for one in asked if asking.can_be(one) and _names_part(asking, one)]
            if len(of) == 1 and asking.is_text is not False:
                self.found[place] = Match(of[0], Ground.PART)
                self.free = [one for one in self.free if one.id != of[0].id]

    def going_on(self) -> None:
        """Of several worded alike, the one that goes on from the question just before."""
        for place, asking in self._left():
            before = self.found.get(place - 1)
            if before is not None:
                same = self._same(asking)
                self._first(place, [one for one in same if one.follows == before.one.id])

    def same(self) -> None:
        for fitting in (True, False):
            for place, asking in self._left():
                same = self._same(asking)
                self._first(place, [one for one in same if asking.fits(one) or not fitting])

    def numbered(self, sparing: bool) -> None:
        spared = self._spared() if sparing else set()
        for place, asking in self._left():
            fitting = self._fitting(asking, spared)
            numbered = [one for one in fitting if asking.has_number_of(one)]
            if len(numbered) == 1 and (
                _is_code(asking.text) or _some_words(asking.text, numbered[0].text)
            ):
                self._take(place, numbered[0], Ground.NUMBER)

    def alike(self, sparing: bool) -> None:
        """The likest pairs first, whichever stands first in the file."""
        spared = self._spared() if sparing else set()
        scored = sorted(
            (-score, place, self.free.index(one))
            for place, asking in self._left()
            for one in self._fitting(asking, spared)
            if (score := _likeness(asking.text, one.text)) >= _ALIKE
        )
        there = list(self.free)
        for _, place, n in scored:
            if place not in self.found and there[n] in self.free:
                self._take(place, there[n], Ground.LIKENESS)

    def _left(self) -> Iterator[tuple[int, Asking]]:
        for place, asking in enumerate(self.askings):
            if place not in self.found:
                yield place, asking

    def _same(self, asking: Asking) -> list[FormItem]:
        return [one for one in self.free if asking.can_be(one) and asking.has_words_of(one)]

    def _spared(self) -> set[tuple[str, ...]]:
        return {words_of(asking.text) for _, asking in self._left()}

    def _fitting(self, asking: Asking, spared: set[tuple[str, ...]]) -> list[FormItem]:
        """What a number or likeness may take: what is answered so, and is not spared."""
        return [
            one
            for one in self.free
            if not asking.by_words_only
            and asking.can_be(one)
            and asking.fits(one)
            and words_of(one.text) not in spared
        ]

    def _first(self, place: int, ones: Sequence[FormItem]) -> None:
        if ones:
            self._take(place, ones[0], Ground.WORDS)

    def _take(self, place: int, one: FormItem, ground: Ground) -> None:
        self.found[place] = Match(one, ground)
        self.free.remove(one)


def _is_code(text: str) -> bool:
    """Whether the words are but a code, so that only the number tells.

    >>> _is_code("Q3_1"), _is_code(""), _is_code("Kunta")
    (True, True, False)
    """
    return all(_CODE.fullmatch(word) for word in words_of(text))


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


@lru_cache(maxsize=4096)
def _bare(number: str) -> str:
    """The number in a column's code.

    >>> _bare("Q3_1"), _bare("4.6")
    ('3.1', '4.6')
    """
    return re.sub(r"^[QKF](?=\d)", "", number, flags=re.IGNORECASE).replace("_", ".")


def _likeness(one: str, other: str) -> float:
    """The share of words that both have; none when the one says the opposite of the other."""
    a, b = set(words_of(one)), set(words_of(other))
    if not a & b or _opposite(a - b, b - a):
        return 0.0
    return len(a & b) / len(a | b)


def _some_words(one: str, other: str) -> bool:
    """Whether enough words are shared for a number that is. A header may be cut short."""
    a, b = set(words_of(one)), set(words_of(other))
    shared = len(a & b)
    return shared > 0 and shared >= min(len(a), len(b)) * _AT_ALL and not _opposite(a - b, b - a)


def _names_part(asking: Asking, one: FormItem) -> bool:
    words = words_of(asking.text)
    for part in map(words_of, one.parts):
        if part and set(part) <= set(words):
            rest = [word for word in words if word not in part]
            coded = Asking("", asking.number or ".".join(rest))
            if not rest or coded.has_number_of(one) or _some_words(" ".join(rest), one.text):
                return True
    return False


def _opposite(one: set[str], other: set[str]) -> bool:
    """Whether a word of the one is without what a word of the other is with.

    >>> _opposite({"tyytymätöntä"}, {"tyytyväinen"}), _opposite({"turvaton"}, {"turvallinen"})
    (True, True)
    >>> _opposite({"osaston"}, {"osastolla"}), _opposite({"auton"}, {"autoa"})
    (False, False)
    """
    return any(
        a[:_ROOT] == b[:_ROOT] and bool(_WITHOUT.search(a)) != bool(_WITHOUT.search(b))
        for a in one
        for b in other
        if len(a) > _ROOT < len(b)
    )
