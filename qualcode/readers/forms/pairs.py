"""Questions of two forms that may be compared, as a project has paired them in its JSON.

    {"pairs": [{"hb": "2.1", "comparison": "2.1", "about": "source of information"}]}

Each key but ``about`` stands for a form: the one that has all the numbers under the key, and the
key in its id or name where several do. Paired questions get the same measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.documents import one_line
from qualcode.domain.instruments import number_parts
from qualcode.readers.forms.rows import FormRow
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

NO_FORM = N_(
    "“{pairs}”: which form “{key}” means cannot be told, so its questions were not paired. Give "
    "the paired questions the same measure on the page Forms."
)
_SAME = {
    "comparison": ("verrokki", "vertailu", "jämförelse"),
    "client": ("asiakas", "klient"),
    "worker": ("työntekijä", "tyontekija"),
}
"""What a key in English may be called in the name of a form."""


def with_pairs(
    forms: Sequence[FormRow],
    ids: Sequence[str],
    told: Mapping[str, Any],
    problems: list[ReadProblem],
) -> list[FormRow]:
    """The forms with the measures of ``told``. ``ids``: what the file calls each of them."""
    pairs = [one for one in told.get("pairs") or () if isinstance(one, dict)]
    name = one_line(str(told.get("name") or told.get("id")))
    places: dict[str, int] = {}
    for key in dict.fromkeys(key for pair in pairs for key in pair if key != "about"):
        place = _form_of(key, [str(pair[key]) for pair in pairs if key in pair], forms, ids)
        if place is None:
            problems.append(ReadProblem(None, "", NO_FORM, {"pairs": name, "key": key}))
        else:
            places[key] = place
    made = list(forms)
    for pair in pairs:
        there = {places[key]: str(pair[key]) for key in pair if key in places}
        if len(there) < 2:
            continue
        measure = one_line(str(pair.get("about") or " / ".join(there.values())))
        for place, number in there.items():
            made[place] = _measured(made[place], number, measure)
    return made


def _form_of(
    key: str, numbers: Sequence[str], forms: Sequence[FormRow], ids: Sequence[str]
) -> int | None:
    having = [
        n
        for n, form in enumerate(forms)
        if all(_place(form, number) is not None for number in numbers)
    ]
    words = (key.casefold(), *_SAME.get(key.casefold(), ()))
    named = [
        n for n in having if any(word in f"{ids[n]} {forms[n].name}".casefold() for word in words)
    ]
    return named[0] if len(named) == 1 else having[0] if len(having) == 1 else None


def _place(form: FormRow, number: str) -> int | None:
    """The first question of that number."""
    wanted = number_parts(number) or number
    found = (n for n, item in enumerate(form.items) if number_parts(item.number) == wanted)
    return next(found, None)


def _measured(form: FormRow, number: str, measure: str) -> FormRow:
    place = _place(form, number)
    items = tuple(
        replace(item, measure=item.measure or measure) if n == place else item
        for n, item in enumerate(form.items)
    )
    return replace(form, items=items)
