"""Whether a column of a survey is answered on a scale, and with which steps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.options import compared, option_parts
from qualcode.readers import survey_words as words
from qualcode.readers.closed_answers import number_in
from qualcode.readers.survey_column import Column, ColumnGuess, made
from qualcode.readers.survey_plan import ColumnRole
from qualcode.readers.survey_strays import (
    few_outside,
    scale_without_strays,
    stated_scale,
    without_scale,
)
from qualcode.texts import N_

SCALE_LABELS = N_("The values are steps of a known scale.")
SCALE_NUMBERS = N_("The values are whole numbers from {low} to {high}.")
SCALE_STATED = N_("The header tells the scale: {low}–{high}.")
SCALE_STATED_AND_STRAYS = N_("The header tells the scale: {low}–{high}. Outside it: {strays}.")
SCALE_AND_STRAYS = N_("Nearly all values are whole numbers from 1 to {high}; outside: {strays}.")


def scale(column: Column) -> ColumnGuess | None:
    """Digits of a scale, with or without labels, or the labels of a known scale."""
    labels = {value: _scale_label(value) for value in column.looked_at}
    on_scale = column.share(lambda value: labels[value] is not None)
    if on_scale >= 0.7:
        options = _ordered_labels(column, labels)
        if len(options) >= 2 or any(option_parts(option)[0] for option in options):
            guess = made(column, ColumnRole.LIKERT, SCALE_LABELS)
            return replace(guess, options=options)
    steps = {value: _step(value) for value in column.looked_at}
    if column.share(lambda value: steps[value] is not None) < 0.7:
        return None
    told = stated_scale(column.header)
    if told is not None:
        stated = _stated(column, steps, *told)
        if stated is not None or _is_amount(column):
            return stated
    numbers = [step for step in steps.values() if step is not None]
    low, high = min(numbers), max(numbers)
    hinted = words.SCALE_HINT.search(column.text) or column.stem
    if words.AMOUNT.search(column.text) and not hinted:
        return None
    held = scale_without_strays(column.counts) if hinted or _is_statement(column) else None
    if held is not None:
        top, strays = held
        guess = made(
            column, ColumnRole.LIKERT, SCALE_AND_STRAYS, high=top, strays=", ".join(strays)
        )
        return replace(guess, options=tuple(str(step) for step in range(1, top + 1)))
    if high > (10 if hinted else 7) or high < 2 or len(set(numbers)) < 2:
        return None
    guess = made(column, ColumnRole.LIKERT, SCALE_NUMBERS, low=low, high=high)
    return replace(guess, options=_filled_up(numbers))


def _stated(
    column: Column, steps: Mapping[str, int | None], low: int, high: int
) -> ColumnGuess | None:
    """The scale that the header tells. Of an amount ("Montako kertaa (0-5)") nothing may be lost
    but slips: "0-5" was the answer expected, and 12 is an answer too."""
    counts: Counter[int] = Counter()
    for value, step in steps.items():
        if step is not None:
            counts[step] += column.counts[value]
    outside = [
        value
        for value, step in steps.items()
        if step is not None and step not in range(low, high + 1)
    ]
    on_it = column.share(lambda v: steps[v] in range(low, high + 1))
    if on_it < 0.7 or (_is_amount(column) and not few_outside(counts, low, high)):
        return None
    guess = made(column, ColumnRole.LIKERT, SCALE_STATED, low=low, high=high)
    if outside:
        values = {"low": low, "high": high, "strays": ", ".join(outside)}
        guess = made(column, ColumnRole.LIKERT, SCALE_STATED_AND_STRAYS, **values)
    return replace(guess, options=tuple(str(step) for step in range(low, high + 1)))


def _is_amount(column: Column) -> bool:
    """Whether the header may ask how many: by its words, or by being a word or two of nothing
    else."""
    said = without_scale(column.text)
    if words.SCALE_HINT.search(said) or column.stem:
        return False
    return bool(words.AMOUNT.search(said)) or (len(said.split()) < 2 and not column.number)


def _is_statement(column: Column) -> bool:
    """A header of one or two words may as well name an amount."""
    return bool(column.number) or len(column.text.split()) >= 3


def _scale_label(value: str) -> str | None:
    _, label = option_parts(value)
    plain = " ".join(label.casefold().split()).strip(" .,:;")
    return plain if plain in _STEPS else None


_STEPS = frozenset(step for scale in words.SCALES for step in scale)


def _ordered_labels(column: Column, labels: Mapping[str, str | None]) -> tuple[str, ...]:
    """The options in the scale's order; what stands beside the scale but repeats comes last."""
    steps = [label for label in labels.values() if label is not None]
    usual = max(words.SCALES, key=lambda scale: sum(label in scale for label in steps))
    chosen: dict[str, str] = {}
    for value, label in labels.items():
        if label is not None:
            key = option_parts(value)[0] or label
            chosen.setdefault(key, value)
    by_code = all(option_parts(value)[0].isdigit() for value in chosen.values())

    def place(value: str) -> tuple[int, str]:
        code, _ = option_parts(value)
        if by_code:
            return int(code), value
        label = labels[value] or ""
        return (usual.index(label) if label in usual else len(usual)), value

    # The same step written in capitals or with a full stop is one option.
    unique: dict[str, str] = {}
    for value in sorted(chosen.values(), key=place):
        unique.setdefault(labels[value] or value, value)
    beside = [
        value
        for value, label in labels.items()
        if label is None
        and _may_be_printed(value, column.counts[value])
        and _step(value) is None
        and not re.search(r"\d", value)
        and not any(step in value.casefold() for step in unique)
    ]
    return (*unique.values(), *beside)


def _may_be_printed(value: str, count: int) -> bool:
    """Whether the form seems to have it beside the scale: what several wrote, unless it says
    nothing ("?", "ei"), and what forms print, even if only one person chose it."""
    plain = compared(value)
    if not is_non_answer(value):
        return count >= 2
    return plain in _PRINTED or (plain == "eos" and count >= 2)


_PRINTED = frozenset(
    (
        *("en osaa sanoa", "en tiedä", "en halua sanoa", "en halua vastata", "ei koske minua"),
        *("ei mielipidettä", "ei kantaa", "kan inte säga", "kan ej säga", "vet inte", "vet ej"),
        *("ingen åsikt", "don't know", "do not know", "can't say", "cannot say", "no opinion"),
        *("prefer not to say", "prefer not to answer", "not applicable"),
    )
)
"""What a form prints beside the steps of a scale, for those who take none of them."""


def scale_by_hand(header: str, values: Sequence[str]) -> tuple[str, ...]:
    """The steps that a column a person makes a scale begins with; none when it tells no scale.

    They are filled up, as nobody may have chosen some of them, and what is no single step is none.

    >>> scale_by_hand("Sain apua", ("2", "3", "5", "en tiedä", "3 tai 4"))
    ('1', '2', '3', '4', '5')
    >>> scale_by_hand("Sain apua", ("vähän", "paljon"))
    ()
    """
    steps = [step for value in values if (step := _step(value)) is not None]
    small = [step for step in steps if step <= 10]
    if not small or len(small) * 3 < len(values) or len(small) * 2 < len(steps):
        return ()
    told = stated_scale(header)
    if told is not None and any(told[0] <= step <= told[1] for step in steps):
        return tuple(str(step) for step in range(told[0], told[1] + 1))
    return _filled_up(small)


def _filled_up(steps: Sequence[int]) -> tuple[str, ...]:
    """The scale of these steps, whole even if nobody chose its ends."""
    top = next(top for top in (5, 7, 10) if max(steps) <= top)
    return tuple(str(step) for step in range(0 if 0 in steps else 1, top + 1))


def _step(value: str) -> int | None:
    number = number_in(value)
    if number is None or not re.fullmatch(r"\d{1,2}(?:\.0+)?", number):
        return None
    return int(float(number))
