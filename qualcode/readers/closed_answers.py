"""One cell of a closed question read as an option, as missing, or as uninterpretable.

Missing and uninterpretable are kept apart, because a report tells each below its table: a person
who left the line empty did something else than one who circled both 4 and 5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.documents import ClosedState
from qualcode.domain.options import compared, option_parts
from qualcode.readers.survey_plan import ColumnRole
from qualcode.readers.survey_words import SCALES

_DASHES_ONLY = re.compile(r"^[\s\-–—_]+$")
_NUMBER = re.compile(r"^[-−]?\d+(?:[.,]\d+)?$")
_WHOLE = r"(\d{1,2})(?![\d.,]*\d)"
_OR = r"\b(?:tai|vai|ja|or|and|eller|och)\s+"
_STEP_AND_WORDS = re.compile(r"^(?P<code>\d{1,2})\s*(?:[,;]\s|\()\s*(?P<label>\S.*)$", re.DOTALL)
_LABELS = frozenset(step for scale in SCALES for step in scale)


@dataclass(frozen=True)
class Choice:
    """What one cell says of one option; a multiple choice cell says several."""

    state: ClosedState
    value: str = ""


MISSING = Choice(ClosedState.MISSING)
UNINTERPRETABLE = Choice(ClosedState.UNINTERPRETABLE)


class OptionReader:
    """Reads the cells of one closed question by its options.

    Without options a Likert cell must be a single step (a whole number from 0 to 10, or a label of
    a known scale), and a choice is taken as it was written.
    """

    def __init__(self, role: ColumnRole, options: Sequence[str]) -> None:
        self.role = role
        self.options = tuple(options)
        self._by_text = {compared(option): option for option in options}
        self._by_code: dict[str, str] = {}
        self._by_label: dict[str, str] = {}
        labels: Counter[str] = Counter()
        for option in options:
            code, label = option_parts(option)
            if code:
                self._by_code.setdefault(code, option)
            if label:
                labels[compared(label)] += 1
                self._by_label.setdefault(compared(label), option)
        # A label that the form prints on two steps tells neither of them; their codes do.
        self._twice = frozenset(label for label, count in labels.items() if count > 1)

    def read(self, cell: str) -> tuple[Choice, ...]:
        """What the cell says: one choice, or for a multiple choice question one for each part."""
        text = cell.strip()
        if not text or _DASHES_ONLY.match(text):
            return (MISSING,)
        if self.role is ColumnRole.NUMBER:
            number = number_in(text)
            return (UNINTERPRETABLE if number is None else _answered(number),)
        if self.role is ColumnRole.MULTIPLE_CHOICE:
            return tuple(dict.fromkeys(self._one(part) for part in self._parts(text)))
        return (self._one(text),)

    def _one(self, text: str) -> Choice:
        if not self.options:
            return self._without_options(text)
        plain = compared(text)
        if plain in self._twice:
            return UNINTERPRETABLE
        option = (
            self._by_text.get(plain)
            or self._by_label.get(plain)
            or self._by_code.get(plain)
            or self._by_parts(text)
        )
        return UNINTERPRETABLE if option is None else _answered(option)

    def _by_parts(self, text: str) -> str | None:
        code, label = self._parts_of(text)
        by_code = self._by_code.get(code) if code else None
        by_label = self._by_label.get(compared(label)) if label else None
        if by_code is not None and compared(label) in self._twice:
            return by_code if compared(option_parts(by_code)[1]) == compared(label) else None
        if code and label:
            # A code and a label that name different options leave it open which was meant. Options
            # that are codes only have no label to disagree with.
            if by_code is not None and not self._by_label:
                return None if _others_named(label, code) & self._by_code.keys() else by_code
            return by_code if by_code == by_label else None
        return by_code or by_label

    def _without_options(self, text: str) -> Choice:
        if self.role is not ColumnRole.LIKERT:
            return _answered(" ".join(text.split()))
        code, label = self._parts_of(text)
        if label and compared(label) not in _LABELS and not code:
            return UNINTERPRETABLE
        if code and not (code.isdigit() and int(code) <= 10):
            return UNINTERPRETABLE
        if code and any(int(other) <= 10 for other in _others_named(label, code)):
            return UNINTERPRETABLE
        return _answered(code or " ".join(label.split()))

    def _parts_of(self, text: str) -> tuple[str, str]:
        """Also of a step and a remark after it: "2, ks. kysymys 3", "4 (asteikolla 1-5)"."""
        match = _STEP_AND_WORDS.match(text)
        if match is None or self.role is ColumnRole.MULTIPLE_CHOICE:
            return option_parts(text)
        return match["code"], match["label"]

    def _parts(self, text: str) -> list[str]:
        if compared(text) in self._by_text:
            return [text]
        parts = split_choices(text, ";\n|")
        if len(parts) > 1 or not self.options:
            return parts if len(parts) > 1 else split_choices(text, ",")
        return self._comma_parts(split_choices(text, ","))

    def _comma_parts(self, pieces: list[str]) -> list[str]:
        """Pieces between commas, joined again where an option itself holds a comma."""
        parts: list[str] = []
        position = 0
        while position < len(pieces):
            for end in range(len(pieces), position, -1):
                joined = ", ".join(pieces[position:end])
                if end == position + 1 or self._one(joined).state is ClosedState.ANSWERED:
                    parts.append(joined)
                    position = end
                    break
        return parts


def _others_named(label: str, code: str) -> set[str]:
    """Steps that are named beside the first one; a number in what is said of it is none.

    >>> _others_named("tai 4, riippuu päivästä", "3"), _others_named("koska 2 lasta", "3")
    ({'4'}, set())
    """
    beside = rf"(?:^[\s(/+&-]*|{_OR}|(?<!\d){code}\s*[-–—/]\s*){_WHOLE}"
    return set(re.findall(beside, label, re.IGNORECASE)) - {code}


def _answered(value: str) -> Choice:
    return Choice(ClosedState.ANSWERED, value)


def split_choices(text: str, delimiters: str) -> list[str]:
    """The parts of a cell between any of ``delimiters``, without empty ones."""
    parts = re.split(f"[{re.escape(delimiters)}]", text)
    return [part.strip() for part in parts if part.strip()]


def number_in(text: str) -> str | None:
    """A number with a decimal point and no spaces, or None if the text is not just one number.

    >>> number_in("12,5"), number_in("1 200"), number_in("3-4"), number_in("noin 5")
    ('12.5', '1200', None, None)
    """
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    if not _NUMBER.match(bare):
        return None
    return bare.replace(",", ".").replace("−", "-")
