"""A form becomes a file that a person would want to edit, and that reads back the same."""

from __future__ import annotations

import textwrap

from qualcode.readers.codebook_yaml.writing import dump_yaml
from qualcode.readers.forms.rows import FormItemRow, FormRow

_HEAD = ("name", "actor_group", "stage", "stated", "cover_letter", "feedback", "note")


def write_form_yaml(form: FormRow) -> str:
    """The form as the text of a YAML file: only the fields that say something.

    A question is named by an id of its own where its number does not tell it from the others.
    """
    numbers = [item.number for item in form.items]
    ids = [
        number if number and numbers.count(number) == 1 else f"q{place + 1}"
        for place, number in enumerate(numbers)
    ]
    named = {place for item in form.items for place in (item.follows, item.filter_of)}
    head: dict[str, object] = {n: getattr(form, n) for n in _HEAD if getattr(form, n)}
    head["stage"] = form.stage.value
    entries = [
        _entry(item, ids, place, place in named and ids[place] != item.number)
        for place, item in enumerate(form.items)
    ]
    body = (textwrap.indent(dump_yaml([entry]), "  ") for entry in entries)
    return dump_yaml(head) + "questions:\n" + "\n".join(body)


def _entry(item: FormItemRow, ids: list[str], place: int, with_id: bool) -> dict[str, object]:
    entry: dict[str, object] = {"id": ids[place]} if with_id else {}
    for name in ("number", "section", "theme"):
        if getattr(item, name):
            entry[name] = getattr(item, name)
    entry["type"] = item.asked_as.value
    for name in ("stem", "citation"):
        if getattr(item, name):
            entry[name] = getattr(item, name)
    entry["text"] = item.text
    for name in ("options", "parts"):
        if getattr(item, name):
            entry[name] = list(getattr(item, name))
    for name in ("follows", "filter_of"):
        tied = getattr(item, name)
        if tied is not None:
            entry[name] = ids[tied]
    for name in ("filter_value", "unit", "measure", "note"):
        if getattr(item, name):
            entry[name] = getattr(item, name)
    return entry
