"""The rules that tell what one column of a survey most likely is, each with its reason.

Their order: what names a person is dropped first, then what the tool itself wrote, then the id
and the actor group, then the answers by their form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from qualcode.domain.identifiers import IdentifierKind, identifier_kind
from qualcode.domain.options import option_parts
from qualcode.readers import survey_words as words
from qualcode.readers.closed_answers import number_in, split_choices
from qualcode.readers.survey_column import Column, ColumnGuess, made
from qualcode.readers.survey_marks import stance_of
from qualcode.readers.survey_plan import ColumnRole
from qualcode.readers.survey_scales import scale
from qualcode.readers.survey_strays import says_nothing, sentences_among
from qualcode.texts import N_

BY_NAME = N_("The header names something that identifies a person.")
BY_CONTENT = N_("{share} % of the cells are {what}.")
NAMES_INSIDE = N_("The cells look like names of people.")
TECHNICAL = N_("The header is one the survey tool writes itself.")
EMPTY = N_("The column has no answers.")
ONE_ID = N_("The header is that of an identifier and every value is different.")
REPEATED_ID = N_(
    "The header is that of an identifier, but values recur (recurring values: {count})."
)
UNIQUE_CODES = N_("Every value is a different short code.")
GROUP_NAME = N_("The header names a group (different values: {count}).")
GROUP_CONTENT = N_("The values name groups of actors.")
STANCE_NAMED = N_("The header names how the answer beside it stands.")
SPOKEN_OF_NAMED = N_("The header names whom the answer beside it speaks of.")
SPEAKER_NAMED = N_("The header names who speaks in the answer beside it.")
BACKGROUND_NAME = N_("The header names a background variable.")
OTHER_TEXT = N_("The header is that of a free text beside a choice.")
COMPLETION = N_("The header is the beginning of a sentence, and the answers are text.")
FREE_TEXT = N_("The answers are long or nearly all different.")
AMOUNTS = N_("The values are numbers.")
DATES = N_("The values are dates or times.")
LINKS = N_("The values are web addresses.")
MANY_CHOICES = N_("{share} % of the cells hold several choices, and the same choices repeat.")
MARKED_VALUES = N_("The values are options marked with letters or numbers.")
FEW_VALUES = N_("The same values repeat (different values: {count}).")
FEW_AND_SENTENCES = N_(
    "The same values repeat (different values: {count}); sentences among them: {sentences}."
)
ONE_VALUE = N_("Every answer is the same.")
_WHAT = {
    IdentifierKind.EMAIL: N_("e-mail addresses"),
    IdentifierKind.PHONE: N_("phone numbers"),
    IdentifierKind.IDENTITY_CODE: N_("personal identity codes"),
    IdentifierKind.IP_ADDRESS: N_("network addresses"),
    IdentifierKind.IBAN: N_("bank account numbers"),
}
_DATE = re.compile(
    r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"(?:[T ,]+(?:klo )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?\S{1,9})?)?$"
    r"|^\d{1,2}:\d{2}(?::\d{2})?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_PERSON = re.compile(
    r"^[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?(?: [A-ZÅÄÖ][\w-]*[a-zåäö]){1,2}$"
)
_MARK = re.compile(r"^\(?(?:\d{1,2}|[a-zåäö])\s*[=).:–—-]", re.IGNORECASE)
_CODE = re.compile(
    r"^(?:[A-ZÅÄÖ_-]{0,6}\d{1,10}|R_[A-Za-z0-9]{8,}|[0-9a-f-]{16,40})$", re.IGNORECASE
)


def guess_alone(column: Column) -> ColumnGuess:
    """What the column is by the first rule that knows it, whatever stands beside it."""
    for rule in _RULES:
        found = rule(column)
        if found is not None:
            return found
    return made(column, ColumnRole.OPEN, FREE_TEXT)


def _identifying(column: Column) -> ColumnGuess | None:
    if column.name in words.IDENTIFYING:
        return made(column, ColumnRole.IDENTIFYING, BY_NAME)
    if not column.filled:
        return None
    kinds = {value: identifier_kind(value) for value in column.looked_at}
    for kind, what in _WHAT.items():
        share = column.share(lambda value, kind=kind: kinds[value] is kind)  # type: ignore[misc]
        # One identity code in ten is enough to know what the column was meant for.
        if share >= (0.1 if kind is IdentifierKind.IDENTITY_CODE else 0.3):
            return made(
                column, ColumnRole.IDENTIFYING, BY_CONTENT, share=round(share * 100), what=what
            )
    if (
        column.is_short_header
        and column.filled >= 5
        and column.distinct_share >= 0.8
        and column.share(_PERSON.match) >= 0.8
    ):
        return made(column, ColumnRole.IDENTIFYING, NAMES_INSIDE)
    return None


def _technical(column: Column) -> ColumnGuess | None:
    is_attribute = re.fullmatch(r"attribute \d+", column.name) is not None
    is_timing = re.search(r"(?:question|group) ?time\b|_?page submit|click count", column.name)
    is_points = re.match(r"(?:points|feedback|pisteet|palaute|poäng) - ", column.text, re.I)
    if column.name in words.TECHNICAL or is_attribute or is_timing or is_points:
        return made(column, ColumnRole.IGNORE, TECHNICAL)
    return None


def _empty(column: Column) -> ColumnGuess | None:
    return None if column.filled else made(column, ColumnRole.IGNORE, EMPTY)


def _id(column: Column) -> ColumnGuess | None:
    if column.name in words.ID and column.distinct_share >= 0.8:
        if column.distinct_share == 1:
            return made(column, ColumnRole.ID, ONE_ID)
        repeated = sum(1 for count in column.counts.values() if count > 1)
        return made(column, ColumnRole.ID, REPEATED_ID, count=repeated)
    return None


def _unique_codes(column: Column) -> ColumnGuess | None:
    """A first column of different short codes identifies the rows even under an odd header."""
    if (
        column.index == 0
        and column.filled == column.rows
        and column.filled >= 2
        and column.distinct_share == 1
        and column.is_short_header
        and not words.AMOUNT.search(column.text)
        and column.share(_CODE.match) == 1
    ):
        return made(column, ColumnRole.ID, UNIQUE_CODES)
    return None


def _mark(column: Column) -> ColumnGuess | None:
    """What an earlier analysis says of the answer beside it."""
    if column.name in words.STANCE and column.share(stance_of) >= 0.5:
        return made(column, ColumnRole.STANCE, STANCE_NAMED)
    if column.name in words.SPOKEN_OF:
        return made(column, ColumnRole.SPOKEN_OF, SPOKEN_OF_NAMED)
    if column.name in words.WHO_SPEAKS:
        return made(column, ColumnRole.SPEAKER, SPEAKER_NAMED)
    return None


def _actor_group(column: Column) -> ColumnGuess | None:
    few = len(column.counts) <= 12 and (column.distinct_share <= 0.5 or column.filled < 8)
    short = all(len(value) <= 40 for value in column.counts)
    if column.name in words.ACTOR_GROUP and few and short:
        return made(column, ColumnRole.ACTOR_GROUP, GROUP_NAME, count=len(column.counts))
    if few and short and len(column.text.split()) <= 6 and column.share(words.ACTORS.match) >= 0.8:
        return made(column, ColumnRole.ACTOR_GROUP, GROUP_CONTENT)
    return None


def _background(column: Column) -> ColumnGuess | None:
    named = words.BACKGROUND.search(column.text) or words.BACKGROUND.search(column.name)
    if named and column.is_short_header and median(map(len, column.counts)) <= 40:
        return made(column, ColumnRole.BACKGROUND, BACKGROUND_NAME)
    return None


def _link(column: Column) -> ColumnGuess | None:
    if column.share(_LINK.match) >= 0.8:
        return made(column, ColumnRole.IGNORE, LINKS)
    return None


def _date(column: Column) -> ColumnGuess | None:
    if column.share(_DATE.match) >= 0.8:
        return made(column, ColumnRole.BACKGROUND, DATES)
    return None


def _other_text(column: Column) -> ColumnGuess | None:
    if words.OTHER_TEXT.search(column.header) or words.OTHER_TEXT.search(column.number):
        return made(column, ColumnRole.OPEN, OTHER_TEXT)
    return None


def _number(column: Column) -> ColumnGuess | None:
    if column.share(number_in) < 0.8:
        return None
    if set(column.counts) <= {"0", "1"}:
        return replace(
            made(column, ColumnRole.CHOICE, FEW_VALUES, count=len(column.counts)),
            options=tuple(sorted(column.counts)),
        )
    return made(column, ColumnRole.NUMBER, AMOUNTS)


def _multiple_choice(column: Column) -> ColumnGuess | None:
    for delimiters in (";", "\n", "|", ","):
        joined = column.share(lambda value, d=delimiters: len(split_choices(value, d)) > 1)  # type: ignore[misc]
        if joined < 0.3:
            continue
        parts: Counter[str] = Counter()
        for value in column.looked_at:
            for part in split_choices(value, delimiters):
                parts[part] += column.counts[value]
        total = sum(parts.values())
        few = len(parts) <= 20 and len(parts) <= total * (0.3 if total >= 30 else 0.5)
        if few and all(len(part) <= 90 for part in parts):
            options = tuple(part for part, _ in parts.most_common())
            guess = made(
                column, ColumnRole.MULTIPLE_CHOICE, MANY_CHOICES, share=round(joined * 100)
            )
            return replace(guess, options=options)
    return None


def _marked_choice(column: Column) -> ColumnGuess | None:
    """Options marked with letters or numbers, each mark with words of its own, some of them chosen
    by several: among few answers they hardly repeat. Answers that people number repeat even less,
    and a number with no mark after it ("2 työntekijää auttoi") is a part of what is said."""
    if column.distinct_share > 0.75 or not all(_MARK.match(value) for value in column.looked_at):
        return None
    parts = {value: option_parts(value) for value in column.looked_at}
    codes = {code for code, label in parts.values() if code and label}
    if len(codes) < len(parts) or len(codes) < 2 or len(parts) < len(column.counts):
        return None
    places = sorted(int(code) if code.isdigit() else ord(code) - ord("a") + 1 for code in codes)
    if places[-1] > min(12, 2 * len(places)) or any(len(value) > 90 for value in parts):
        return None
    options = sorted(parts, key=lambda value: parts[value][0].zfill(2))
    guess = made(column, ColumnRole.CHOICE, MARKED_VALUES)
    return replace(guess, options=tuple(options))


def _free_text(column: Column) -> ColumnGuess | None:
    lengths = [len(value) for value in column.looked_at]
    number_of_words = [len(value.split()) for value in column.looked_at]
    long = median(lengths) >= 25 or sum(number_of_words) / len(number_of_words) >= 4
    varied = column.distinct_share >= 0.7
    if words.COMPLETION_HINT.search(column.header) and (long or column.distinct_share > 0.5):
        return made(column, ColumnRole.COMPLETION, COMPLETION)
    if (varied and (long or len(column.counts) > 5)) or (long and column.distinct_share > 0.5):
        return made(column, ColumnRole.OPEN, FREE_TEXT)
    if column.text.rstrip().endswith("?") and varied:
        return made(column, ColumnRole.OPEN, FREE_TEXT)
    return None


def _choice(column: Column) -> ColumnGuess | None:
    count = len(column.counts)
    if count == 1:
        if column.filled > 1 and len(next(iter(column.counts))) <= 40:
            return replace(made(column, ColumnRole.CHOICE, ONE_VALUE), options=tuple(column.counts))
        return None
    if count == column.filled:
        return None  # Nothing repeats: as options the words would be lost to reading.
    if count <= 12 or count <= column.filled * 0.1:
        options = sorted(
            column.counts,
            key=lambda value: (option_parts(value)[0].zfill(2), -column.counts[value]),
        )
        if not all(option_parts(value)[0] for value in options):
            options = [value for value, _ in column.counts.most_common() if not says_nothing(value)]
        guess = made(column, ColumnRole.CHOICE, FEW_VALUES, count=count)
        if sentences := sentences_among(column.counts):
            options = [option for option in options if option not in sentences]
            values = {"count": len(options), "sentences": len(sentences)}
            guess = made(column, ColumnRole.CHOICE, FEW_AND_SENTENCES, **values)
        return replace(guess, options=tuple(options[:50]))
    return None


_RULES: tuple[Callable[[Column], ColumnGuess | None], ...] = (
    _identifying,
    _technical,
    _empty,
    _id,
    _unique_codes,
    _mark,
    _actor_group,
    _background,
    _link,
    _date,
    _other_text,
    scale,
    _number,
    _marked_choice,
    _multiple_choice,
    _free_text,
    _choice,
)
