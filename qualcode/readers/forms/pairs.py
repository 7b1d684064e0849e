"""Questions of two forms that may be compared, as a project has paired them in its JSON.

    {"pairs": [{"hb": "2.1", "comparison": "2.1", "about": "source of information"}]}

Each key but ``about`` stands for a form: the one that has all the numbers under the key, and the
key in its id or name where several do. Where none has them all, a number is mistyped: then the form
with the key in its name, or the one with most of the numbers. Paired questions get the same
measure.
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
NO_QUESTION = N_(
    "“{pairs}”: “{form}” has no question {number} ({key}), so this pair was not made. Give the "
    "paired questions the same measure on the page Forms, or mend the number in the file and take "
    "the forms again."
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
    places = _places(pairs, forms, ids)
    for key in _keys(pairs):
        if key not in places:
            problems.append(ReadProblem(None, "", NO_FORM, {"pairs": name, "key": key}))
    made = list(forms)
    for pair in pairs:
        there: dict[int, str] = {}
        for key in (key for key in pair if key in places):
            form, number = forms[places[key]], str(pair[key])
            if _place(form, number) is None:
                values = {"pairs": name, "form": form.name, "number": number, "key": key}
                problems.append(ReadProblem(None, "", NO_QUESTION, values))
            else:
                there[places[key]] = number
        if len(there) < 2:
            continue
        measure = one_line(str(pair.get("about") or " / ".join(there.values())))
        for place, number in there.items():
            made[place] = _measured(made[place], number, measure)
    return made


def _keys(pairs: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for pair in pairs for key in pair if key != "about"))


def _places(
    pairs: Sequence[Mapping[str, Any]], forms: Sequence[FormRow], ids: Sequence[str]
) -> dict[str, int]:
    """Key -> the place of the form it stands for, of those that can be told."""
    places: dict[str, int] = {}
    mistyped: dict[str, Mapping[int, int]] = {}
    for key in _keys(pairs):
        numbers = [str(pair[key]) for pair in pairs if key in pair]
        had = {
            n: sum(_place(form, number) is not None for number in numbers)
            for n, form in enumerate(forms)
        }
        whole = [n for n, count in had.items() if count == len(numbers)]
        if not whole:
            mistyped[key] = {n: count for n, count in had.items() if count * 2 >= len(numbers)}
        elif (place := _one_of(whole, key, forms, ids)) is not None:
            places[key] = place
    for key, near in mistyped.items():
        free = {n: count for n, count in near.items() if n not in places.values()}
        most = [n for n, count in free.items() if count == max(free.values())]
        place = _one_of(list(free), key, forms, ids)
        place = _one_of(most, key, forms, ids) if place is None else place
        if place is not None:
            places[key] = place
    return places


def _one_of(
    those: Sequence[int], key: str, forms: Sequence[FormRow], ids: Sequence[str]
) -> int | None:
    """The only one of ``those`` with the key in its name, or the only one there is."""
    words = (key.casefold(), *_SAME.get(key.casefold(), ()))
    named = [
        n for n in those if any(word in f"{ids[n]} {forms[n].name}".casefold() for word in words)
    ]
    return named[0] if len(named) == 1 else those[0] if len(those) == 1 else None


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
