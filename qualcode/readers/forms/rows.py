"""What every reader of forms gives: plain rows whose questions name each other by place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.errors import FileProblem, NothingToRead
from qualcode.domain.instruments import AskedAs, Stage, number_parts
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

UNKNOWN_TYPE = N_("“{found}” is no type of question; it was taken as an open one. Types: {known}.")
UNKNOWN_QUESTION = N_("There is no question “{number}” in the form, so the tie to it was left out.")


class BrokenForm(FileProblem):
    template = "{file}, line {line}: {what}"


class NoQuestions(NothingToRead):
    template = (
        "{file}: no form with questions was found. Begin the questions with a header row, or see "
        "the example that can be downloaded."
    )


@dataclass(frozen=True)
class FormItemRow:
    """A question as it was read. ``follows`` and ``filter_of`` are places in the form, from 0."""

    text: str
    asked_as: AskedAs = AskedAs.OPEN
    number: str = ""
    section: str = ""
    theme: str = ""
    options: tuple[str, ...] = ()
    stem: str = ""
    citation: str = ""
    parts: tuple[str, ...] = ()
    follows: int | None = None
    filter_of: int | None = None
    filter_value: str = ""
    unit: str = ""
    measure: str = ""
    note: str = ""


@dataclass(frozen=True)
class FormRow:
    name: str
    items: tuple[FormItemRow, ...]
    actor_group: str = ""
    stage: Stage = Stage.DRAFT
    stated: int | None = None
    cover_letter: str = ""
    feedback: str = ""
    note: str = ""


@dataclass(frozen=True)
class FormsReading:
    forms: tuple[FormRow, ...]
    problems: tuple[ReadProblem, ...] = ()


_TYPES = {
    "id": AskedAs.IDENTIFIER,
    "tunniste": AskedAs.IDENTIFIER,
    "asiakasnumero": AskedAs.IDENTIFIER,
    "likert": AskedAs.LIKERT5,
    "likert 5": AskedAs.LIKERT5,
    "likert 7": AskedAs.LIKERT7,
    "asteikko 1-5": AskedAs.LIKERT5,
    "asteikko 1-7": AskedAs.LIKERT7,
    "choice": AskedAs.SINGLE_CHOICE,
    "valinta": AskedAs.SINGLE_CHOICE,
    "yksivalinta": AskedAs.SINGLE_CHOICE,
    "monivalinta": AskedAs.MULTIPLE_CHOICE,
    "avoin": AskedAs.OPEN,
    "lauseen jatkaminen": AskedAs.COMPLETION,
    "lauseentäydennys": AskedAs.COMPLETION,
    "numero": AskedAs.NUMBER,
    "luku": AskedAs.NUMBER,
}


def asked_as(written: str) -> AskedAs | None:
    """The type a person means: its own name, or what it is called in Finnish."""
    plain = " ".join(written.casefold().replace("–", "-").split())
    if plain.replace(" ", "_") in list(AskedAs):
        return AskedAs(plain.replace(" ", "_"))
    return _TYPES.get(plain)


def place_of(written: str, names: Sequence[str], before: int) -> int | None:
    """The place of the question that ``written`` names; the nearest earlier one where two do.

    A question without a number is named by its place: #3 is the third.
    """
    if re.fullmatch(r"#\d{1,5}", written.strip()):
        place = int(written.strip()[1:]) - 1
        return place if 0 <= place < len(names) and place != before else None
    wanted = _plain(written)
    places = [n for n, name in enumerate(names) if name and _plain(name) == wanted and n != before]
    earlier = [n for n in places if n < before]
    return earlier[-1] if earlier else (places[0] if places else None)


def _plain(number: str) -> object:
    return number_parts(number) or number.strip().casefold()
