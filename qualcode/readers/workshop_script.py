"""Workshop scripts written down in a project's JSON, under whatever key they stand.

A script is an object with ``steps``; a step has ``name`` and may have ``time``, ``minutes``,
``method``, ``questions`` or ``prompts``, ``leads``, ``records``, ``record`` and ``tables``
(``quadrant``, ``questions``). A programme of the day (``schedule`` or ``schedule_programme`` with
``time`` and ``what``) gives the steps their times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from qualcode.domain.documents import one_line
from qualcode.domain.errors import FileProblem
from qualcode.domain.scripts import Script, ScriptStep, ScriptTable
from qualcode.domain.workshops import quadrant_of
from qualcode.readers.files import check_size, decode

_PROGRAMMES = ("schedule", "programme", "schedule_programme")


class NoScript(FileProblem):
    template = (
        "{file} has no script of a workshop. A script is JSON with a list called “steps”, each "
        "with a name."
    )


def read_scripts(data: bytes, file: str) -> tuple[Script, ...]:
    """Every script of the file. Raises NoScript when there is none or it is not JSON."""
    check_size(data, file)
    try:
        whole = json.loads(decode(data, file).text)
    except json.JSONDecodeError as error:
        raise NoScript(file=file) from error
    found = tuple(_script(one) for one in _scripts(whole))
    if not found:
        raise NoScript(file=file)
    return found


def _scripts(whole: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(whole, Mapping):
        steps = whole.get("steps")
        if isinstance(steps, list) and any(_is_step(step) for step in steps):
            yield whole
            return
        for value in whole.values():
            yield from _scripts(value)
    elif isinstance(whole, list):
        for value in whole:
            yield from _scripts(value)


def _is_step(step: Any) -> bool:
    return isinstance(step, Mapping) and bool(step.get("name"))


def _script(found: Mapping[str, Any]) -> Script:
    steps = [_step(step) for step in found["steps"] if _is_step(step)]
    programme = [
        ScriptStep(_said(line, "what"), _said(line, "time").split("-")[0].strip())
        for key in _PROGRAMMES
        for line in _list(found.get(key))
        if isinstance(line, Mapping) and _said(line, "what")
    ]
    observation = found.get("observation")
    watched = _texts(observation.get("targets")) if isinstance(observation, Mapping) else ()
    themes = [_said(step, "theme") for step in found["steps"] if _is_step(step)]
    return Script(
        _said(found, "name") or _called(_said(found, "id")) or steps[0].name,
        _woven(programme, steps),
        _said(found, "date"),
        _said(found, "place"),
        _said(found, "actor"),
        _said(found, "theme") or next((theme for theme in themes if theme), ""),
        watched,
    )


def _called(id: str) -> str:
    """An id as a name: "tyopaja_2018" -> "Tyopaja 2018"."""
    return id.replace("_", " ").strip().capitalize()


def _woven(programme: list[ScriptStep], steps: list[ScriptStep]) -> tuple[ScriptStep, ...]:
    """One order of the day out of its two tellings: the programme with its times, and the steps
    that tell how things are done.

    A step belongs to the first line of the programme, after the one before it, that has a word
    beginning like one of its own ("Roolimuotoilu" and "roolimuotoilua"). A step that belongs to
    none comes after the one before it.
    """
    woven: list[ScriptStep] = list(programme)
    at = 0
    for step in steps:
        words = _beginnings(f"{step.name} {step.method}")
        place = next(
            (
                n
                for n in range(at, len(woven))
                if woven[n].starts and not woven[n].method and words & _beginnings(woven[n].name)
            ),
            None,
        )
        if place is None:
            woven.insert(at, step)
            at += 1
            continue
        line = woven[place]
        told = ", ".join(part for part in (step.name, step.method) if part)
        woven[place] = replace(step, name=line.name, starts=line.starts, method=told)
        at = place + 1
    return tuple(woven)


def _beginnings(text: str) -> set[str]:
    """The first six letters of the long words, which Finnish endings leave alone."""
    return {word[:6] for word in re.findall(r"[^\W\d_]{6,}", text.casefold())}


def _step(step: Mapping[str, Any]) -> ScriptStep:
    minutes = _number(step.get("minutes_per_table"))
    tables = tuple(
        _table(table, minutes) for table in _list(step.get("tables")) if isinstance(table, Mapping)
    )
    return ScriptStep(
        _said(step, "name"),
        _said(step, "time"),
        _number(step.get("minutes")),
        _said(step, "method"),
        _questions(step),
        _said(step, "leads"),
        _said(step, "records"),
        _said(step, "record"),
        tables,
    )


def _table(table: Mapping[str, Any], minutes: int | None) -> ScriptTable:
    named = _said(table, "quadrant") or _said(table, "name")
    quadrant = quadrant_of(named)
    return ScriptTable(
        named,
        quadrant.value if quadrant else "",
        _texts(table.get("questions")),
        _number(table.get("minutes")) or minutes,
        _said(table, "leads"),
        _said(table, "records"),
    )


def _questions(step: Mapping[str, Any]) -> tuple[str, ...]:
    """What is asked: a question given as an object has its follow-up after it."""
    found: list[str] = []
    for question in _list(step.get("questions") or step.get("prompts")):
        if isinstance(question, Mapping):
            found += [_said(question, "text"), _said(question, "follow_up")]
        else:
            found.append(one_line(str(question)))
    return tuple(question for question in found if question)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one_line(str(text)) for text in _list(value) if one_line(str(text)))


def _said(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return one_line(str(value)) if isinstance(value, str | int | float) else ""


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1440:
        return None
    return value
