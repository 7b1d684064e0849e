"""Whether a column of a survey is answered on a scale, and with which steps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from qualcode.domain.non_answers import is_non_answer
from qualcode.domain.options import option_parts
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
    # The scale is shown whole even if nobody chose its ends.
    top = next(top for top in (5, 7, 10) if high <= top)
    bottom = 0 if low == 0 else 1
    options = tuple(str(step) for step in range(bottom, top + 1))
    guess = made(column, ColumnRole.LIKERT, SCALE_NUMBERS, low=low, high=high)
    return replace(guess, options=options)


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
        # "En osaa sanoa" is printed on the form, even if only one person chose it.
        and (column.counts[value] >= 2 or is_non_answer(value))
        and _step(value) is None
        and not re.search(r"\d", value)
        and not any(step in value.casefold() for step in unique)
    ]
    return (*unique.values(), *beside)


def _step(value: str) -> int | None:
    number = number_in(value)
    if number is None or not re.fullmatch(r"\d{1,2}(?:\.0+)?", number):
        return None
    return int(float(number))
