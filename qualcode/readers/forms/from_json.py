"""Forms written down in a project's JSON: lists of forms, whatever key they stand under.

A form has ``name`` and ``items``; a question has ``text``, ``type``, ``number``, ``section``,
``theme``, ``options``, ``stem``, ``parts``, ``follow_up_of`` and ``filter`` ("3.2 = kyllä").
Forms of other shapes are read too: the fields of a record sheet (``header`` and ``row``), the
levels of a diary (``entries``) and the themes of group interviews (``rounds``). What is in
``pairs`` tells which questions of two forms may be compared (``pairs.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import Sentence
from qualcode.domain.instruments import AskedAs, number_parts
from qualcode.readers.files import check_size, decode
from qualcode.readers.forms.pairs import with_pairs
from qualcode.readers.forms.rows import (
    UNKNOWN_QUESTION,
    UNKNOWN_TYPE,
    BrokenForm,
    FormItemRow,
    FormRow,
    FormsReading,
    NoQuestions,
    asked_as,
    place_of,
)
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

LEFT_OUT = N_("“{form}” has no questions, so it was left out.")
BACKGROUND = "Taustatiedot"
_IDENTIFYING = ("nimi", "tunnus", "numero", "osoite", "syntymäaika")


def read_form_json(data: bytes, file: str) -> FormsReading:
    """Every form of the file that asks something. Raises BrokenForm when it is not JSON."""
    check_size(data, file)
    try:
        whole = json.loads(decode(data, file).text)
    except json.JSONDecodeError as error:
        what = Sentence(N_("line {line} is not JSON."), line=error.lineno)
        raise BrokenForm(file=file, line=error.lineno, what=what) from error
    forms: list[FormRow] = []
    ids: list[str] = []
    pairings: list[Mapping[str, Any]] = []
    problems: list[ReadProblem] = []
    for found in _forms(whole):
        if isinstance(found.get("pairs"), list):
            pairings.append(found)
            continue
        name = one_line(str(found.get("name") or found.get("id")))
        items = tuple(_questions(found, name, problems))
        if items:
            forms.append(_form(found, name, items))
            ids.append(str(found.get("id") or ""))
        else:
            problems.append(ReadProblem(None, "", LEFT_OUT, {"form": name}))
    if not forms:
        raise NoQuestions(file=file)
    for told in pairings:
        forms = with_pairs(forms, ids, told, problems)
    return FormsReading(tuple(forms), tuple(problems))


def _forms(whole: Any) -> Iterator[Mapping[str, Any]]:
    """Everything in the file that has a name or an id: the forms, in their order."""
    if isinstance(whole, dict) and ("items" in whole or "name" in whole):
        yield whole
    elif isinstance(whole, dict):
        for value in whole.values():
            yield from _forms(value) if isinstance(value, list) else ()
    elif isinstance(whole, list):
        yield from (one for one in whole if isinstance(one, dict) and {"name", "id"} & one.keys())


def _form(found: Mapping[str, Any], name: str, items: tuple[FormItemRow, ...]) -> FormRow:
    stated = found.get("stated_item_count", found.get("stated"))
    if isinstance(stated, dict):
        # A form is held to what its own cover letter says of it.
        stated = stated.get("cover_letter") or next(iter(stated.values()), None)
    notes = [found.get(key) for key in ("timing", "mode", "period", "medium", "note")]
    return FormRow(
        name,
        items,
        one_line(
            str(found.get("actor_group") or found.get("actor") or found.get("filled_by") or "")
        ),
        stated=stated if isinstance(stated, int) and stated > 0 else None,
        cover_letter=normalise(str(found.get("cover_letter") or "")),
        note="\n".join(str(note) for note in notes if isinstance(note, str) and note),
    )


def _questions(
    found: Mapping[str, Any], form: str, problems: list[ReadProblem]
) -> Iterator[FormItemRow]:
    for text in _texts(found.get("background")):
        yield FormItemRow(text, _kind_of_field(text), section=BACKGROUND)
    raw = [one for one in found.get("items") or () if isinstance(one, dict) and one.get("text")]
    names = [str(one.get("number") or "") for one in raw]
    shift = len(_texts(found.get("background")))
    for n, one in enumerate(raw):
        yield _item(one, names, n, shift, form, problems)
    for entry in found.get("entries") or ():
        level = one_line(str(entry.get("level") or ""))
        yield FormItemRow(level, AskedAs.OPEN, parts=_texts(entry.get("prompts")))
    for section in ("header", "row"):
        for text in _texts(found.get(section)):
            yield FormItemRow(text, _kind_of_field(text), section=section)
    for told in found.get("rounds") or ():
        for text in _texts(told.get("themes")):
            yield FormItemRow(text, AskedAs.OPEN, section=one_line(str(told.get("round") or "")))
    for text in _texts(found.get("questions")):
        yield FormItemRow(text, AskedAs.OPEN)


def _item(
    one: Mapping[str, Any],
    names: list[str],
    place: int,
    shift: int,
    form: str,
    problems: list[ReadProblem],
) -> FormItemRow:
    number = names[place].split(" ")[0]
    told = " ".join(part for part in (names[place], form) if part)
    written = str(one.get("type") or "")
    kind = asked_as(written) if written else AskedAs.OPEN
    if kind is None:
        values = {"found": written, "known": ", ".join(AskedAs)}
        problems.append(ReadProblem(None, told, UNKNOWN_TYPE, values))

    def tie(wanted: str) -> int | None:
        found = place_of(wanted, names, place) if wanted else None
        if wanted and found is None:
            problems.append(ReadProblem(None, told, UNKNOWN_QUESTION, {"number": wanted}))
        return None if found is None else found + shift

    condition = str(one.get("filter") or "")
    asked, _equals, answer = (part.strip() for part in condition.partition("="))
    return FormItemRow(
        text=normalise(str(one["text"])).strip(),
        asked_as=kind or AskedAs.OPEN,
        # What only a later hand called the question ("2.x", "end") is no printed number.
        number=number if number_parts(number) else "",
        section=one_line(str(one.get("section") or "")),
        theme=one_line(str(one.get("theme") or "")),
        options=_texts(one.get("options")),
        stem=normalise(str(one.get("stem") or "")),
        citation=normalise(str(one.get("citation") or "")),
        parts=_texts(one.get("parts")),
        follows=tie(str(one.get("follow_up_of") or one.get("follows") or "")),
        filter_of=tie(asked) if answer else None,
        filter_value=answer or condition,
        unit=one_line(str(one.get("unit") or "")),
        measure=one_line(str(one.get("measure") or "")),
        note=normalise(str(one.get("note") or "")),
    )


def _texts(found: Any) -> tuple[str, ...]:
    """A list of texts, also of things that have a ``text`` or a ``name``."""
    if not isinstance(found, list):
        return ()
    texts = (
        str(one.get("text") or one.get("name") or "") if isinstance(one, dict) else str(one)
        for one in found
    )
    return tuple(text for text in (one_line(text) for text in texts) if text)


def _kind_of_field(text: str) -> AskedAs:
    """How a field of a record sheet is filled: who somebody is, a number, or words."""
    plain = text.casefold()
    if any(word in plain for word in _IDENTIFYING):
        return AskedAs.IDENTIFIER
    if any(word in plain for word in ("tuntia", "minuuttia", "(km)", "€", "työaika")):
        return AskedAs.NUMBER
    return AskedAs.OPEN
