"""Closed answers that exist only as a printed table of counts, written down as JSON.

    {"scale": {"1": "täysin eri mieltä", "5": "täysin samaa mieltä"},
     "tables": [{"title": "Taulukko 2", "actor_group": "asiakas", "theme": "kokemukset",
                 "items": [{"number": "2.1", "text": "Tiedän, kehen otan yhteyttä",
                            "counts": {"1": 3, "5": 7}, "missing": 1, "uninterpretable": 0}]}]}

An item may name its own ``options`` instead of the scale. ``actor``, ``item`` and ``table_text``
are read as ``actor_group``, ``number`` and ``text``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qualcode.domain.documents import ItemKind, one_line
from qualcode.domain.errors import FileProblem, NothingToRead, Sentence
from qualcode.readers.files import check_size, decode
from qualcode.texts import N_


class BrokenCounts(FileProblem):
    template = "{file} is not a table of counts: {what} Correct the file and choose it again."


class NoTables(NothingToRead):
    template = "{file}: there are no items in its tables, so nothing was imported."


@dataclass(frozen=True)
class CountsRow:
    """One closed item: how many chose each option, as the options are written."""

    text: str
    kind: ItemKind
    actor_group: str
    counts: Mapping[str, int]
    missing: int = 0
    uninterpretable: int = 0
    number: str = ""
    section: str = ""
    theme: str = ""


def read_counts(data: bytes, file: str) -> tuple[CountsRow, ...]:
    """The items of every table in the file. Raises BrokenCounts with the item that is wrong."""
    check_size(data, file)
    try:
        whole = json.loads(decode(data, file).text)
    except json.JSONDecodeError as error:
        what = Sentence(N_("line {line} is not JSON."), line=error.lineno)
        raise BrokenCounts(file=file, what=what) from error
    tables = whole.get("tables") if isinstance(whole, dict) else None
    if not isinstance(tables, list):
        raise BrokenCounts(
            file=file, what=Sentence(N_("the key “{key}” is missing."), key="tables")
        )
    scale = whole.get("scale")
    labels = {str(k): str(v) for k, v in scale.items()} if isinstance(scale, dict) else {}
    rows = tuple(_rows(tables, labels, file))
    if not rows:
        raise NoTables(file=file)
    return rows


def _rows(tables: list[Any], scale: Mapping[str, str], file: str) -> Iterator[CountsRow]:
    for table in tables:
        if not isinstance(table, dict) or not isinstance(table.get("items"), list):
            raise BrokenCounts(
                file=file, what=Sentence(N_("the key “{key}” is missing."), key="items")
            )
        for item in table["items"]:
            yield _row(item, table, scale, file)


def _row(item: Any, table: Mapping[str, Any], scale: Mapping[str, str], file: str) -> CountsRow:
    text = _first(item, "text", "table_text") if isinstance(item, dict) else ""
    if not text:
        raise BrokenCounts(file=file, what=Sentence(N_("the key “{key}” is missing."), key="text"))
    written = item.get("counts")
    if not isinstance(written, dict) or not written:
        what = Sentence(N_("“{item}” has no counts."), item=text)
        raise BrokenCounts(file=file, what=what)
    options = [str(option) for option in item.get("options") or ()]
    counts: dict[str, int] = {}
    for key, count in written.items():
        counts[_option(str(key), options, scale)] = _count(count, text, file)
    return CountsRow(
        text=text,
        kind=ItemKind.CHOICE if options else ItemKind.LIKERT,
        actor_group=_first(table, "actor_group", "actor"),
        counts=counts,
        missing=_count(item.get("missing", 0), text, file),
        uninterpretable=_count(item.get("uninterpretable", 0), text, file),
        number=_first(item, "number", "item").split(" ")[0],
        section=_first(table, "title"),
        theme=_first(item, "theme") or _first(table, "theme"),
    )


def _first(mapping: Mapping[str, Any], *keys: str) -> str:
    return next((one_line(str(mapping[key])) for key in keys if mapping.get(key)), "")


def _option(key: str, options: list[str], scale: Mapping[str, str]) -> str:
    """The option a count belongs to: "a" is "a) kyllä", "4" is "4 jokseenkin samaa mieltä".

    >>> _option("a", ["a) kyllä", "b) ei"], {}), _option("4", [], {"4": "samaa mieltä"})
    ('a) kyllä', '4 samaa mieltä')
    """
    for option in options:
        if option == key or option.startswith((f"{key})", f"{key}.", f"{key} ")):
            return option
    return f"{key} {scale[key]}" if key in scale else key


def _count(value: object, text: str, file: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    what = Sentence(N_("“{value}” in “{item}” is not a number of answers."), value=value, item=text)
    raise BrokenCounts(file=file, what=what)
