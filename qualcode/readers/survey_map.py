"""The plan of a survey as a small YAML file, so that an import can be repeated and shared.

    id: vastaaja
    actor_group: {value: asiakas}
    background: [ikä, kunta]
    open:
      - {column: Q1, number: "1", theme: valinnanvapaus}
    closed:
      - {column: Q2, kind: likert, options: ["1", "2", "3", "4", "5"]}
    ignore: [Aikaleima]

Columns that are not named are guessed, as the wizard guesses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import yaml

from qualcode.domain.errors import BrokenMap, MissingColumn, Term
from qualcode.readers.survey_column import ColumnGuess
from qualcode.readers.survey_guess import guess_columns
from qualcode.readers.survey_headers import numbered
from qualcode.readers.survey_plan import ColumnPlan, ColumnRole, SurveyPlan, SurveyUnit
from qualcode.readers.tables import Sheet
from qualcode.texts import N_

_COLUMN_KEYS = (
    "id",
    "actor_group",
    "background",
    "open",
    "closed",
    "stance",
    "spoken_of",
    "speaker",
    "identifying",
    "ignore",
)
_SHEET_KEYS = ("sheet", "header_rows", "unit")
_ENTRY_KEYS = ("column", "kind", "number", "text", "theme", "section", "options", "option")
_KINDS = {
    "open": (ColumnRole.OPEN, ColumnRole.COMPLETION),
    "closed": (
        ColumnRole.LIKERT,
        ColumnRole.CHOICE,
        ColumnRole.MULTIPLE_CHOICE,
        ColumnRole.NUMBER,
    ),
}

ONE_COLUMN = Term(N_("the name of one column"))
ONE_COLUMN_OR_VALUE = Term(N_("the name of one column, or {value: name of the group}"))
COLUMN_ENTRY = Term(N_("the name of a column, or a mapping with the key “column”"))
LIST_OF_OPTIONS = Term(N_("a list of options"))


class NotAMap(BrokenMap):
    template = (
        "{file} is not a map of columns{where}. Write it as YAML, a column or a list of columns "
        "under each of these keys: {known}."
    )


class UnknownMapKey(BrokenMap):
    template = "{file}: the key “{key}” is not known. These keys are: {known}."


class ColumnNamedTwice(BrokenMap):
    template = "{file}: the column “{column}” is named twice. Leave it in one place."


class WrongMapEntry(BrokenMap):
    template = "{file}: what is under “{key}” cannot be read. It must be {expected}."


def read_map(text: str, file: str) -> dict[str, object]:
    """The mapping written in a map file. Raises BrokenMap with the line when it is no mapping."""
    try:
        mapping = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ({mark.line + 1}:{mark.column + 1})" if mark is not None else ""
        raise NotAMap(file=file, where=where, known=_known()) from error
    if not isinstance(mapping, dict):
        raise NotAMap(file=file, where="", known=_known())
    return {str(key): value for key, value in mapping.items()}


def plan_from_map(mapping: Mapping[str, object], sheet: Sheet, file: str = "map") -> SurveyPlan:
    """The plan for ``sheet`` that a map tells, the columns it does not name guessed.

    Raises MissingColumn for a column the sheet does not have, BrokenMap for a map that does not
    say what a map can say.
    """
    unknown = [key for key in mapping if key not in _COLUMN_KEYS + _SHEET_KEYS]
    if unknown:
        raise UnknownMapKey(file=file, key=unknown[0], known=_known())
    header_rows = _header_rows(mapping.get("header_rows"), file)
    guess = guess_columns(sheet, header_rows)
    columns = {column.index: column for column in guess.columns}
    named: dict[int, ColumnPlan] = {}
    for key in _COLUMN_KEYS:
        for entry in _entries(key, mapping.get(key), file):
            found = _find(entry, guess.columns, sheet)
            if found.index in named:
                raise ColumnNamedTwice(file=file, column=found.header)
            named[found.index] = _planned(key, entry, found, file)
    plans = [named.get(index) or _unnamed(columns[index], mapping) for index in sorted(columns)]
    return SurveyPlan(
        columns=tuple(plans),
        header_rows=guess.header_rows,
        actor_group=_actor_group(mapping.get("actor_group"), file),
        unit=_unit(mapping.get("unit"), file),
        sheet=sheet.name,
    )


def plan_as_map(plan: SurveyPlan) -> dict[str, object]:
    """The map that gives ``plan`` again, every column named; ready for yaml.safe_dump."""
    mapping: dict[str, object] = {"sheet": plan.sheet, "header_rows": list(plan.header_rows)}
    if plan.unit is not SurveyUnit.ANSWER:
        mapping["unit"] = plan.unit.value
    lists: dict[str, list[object]] = {}
    for column in plan.columns:
        if column.role is ColumnRole.ID and "id" not in mapping:
            mapping["id"] = column.header
        elif column.role is ColumnRole.ACTOR_GROUP and "actor_group" not in mapping:
            mapping["actor_group"] = _group_entry(column, plan.actor_group)
        else:
            key = _key_of(column.role)
            entry = _entry_of(column)
            plain = set(entry) == {"column"}
            lists.setdefault(key, []).append(column.header if plain else entry)
    if plan.actor_group and "actor_group" not in mapping:
        mapping["actor_group"] = {"value": plan.actor_group}
    return mapping | lists


def _known() -> str:
    return ", ".join(_COLUMN_KEYS + _SHEET_KEYS)


def _group_entry(column: ColumnPlan, value: str) -> object:
    return {"column": column.header, "value": value} if value else column.header


def _key_of(role: ColumnRole) -> str:
    if role.is_text:
        return "open"
    if role.is_closed:
        return "closed"
    # A second id or group column has no part to play.
    return "ignore" if role in (ColumnRole.ID, ColumnRole.ACTOR_GROUP) else role.value


def _entry_of(column: ColumnPlan) -> dict[str, object]:
    entry: dict[str, object] = {"column": column.header}
    if column.role.is_closed or column.role is ColumnRole.COMPLETION:
        entry["kind"] = column.role.value
    # What the header alone would not give back is written out, even when it is empty.
    simple = numbered(column.header) == ("", column.header) and "[" not in column.header
    always = () if simple or column.kind is None else ("number", "text", "section")
    for key in ("number", "text", "theme", "section", "option"):
        value = getattr(column, key)
        if key in always or (value and not (key == "text" and value == column.header)):
            entry[key] = value
    if column.options:
        entry["options"] = list(column.options)
    return entry


def _header_rows(value: object, file: str) -> tuple[int, ...] | None:
    if value is None:
        return None
    rows = [value] if isinstance(value, int) else value
    if isinstance(rows, list) and all(isinstance(row, int) and row >= 1 for row in rows):
        return tuple(sorted(rows))
    raise WrongMapEntry(file=file, key="header_rows", expected="[1, 2]")


def _unit(value: object, file: str) -> SurveyUnit:
    if value is None:
        return SurveyUnit.ANSWER
    if value in [unit.value for unit in SurveyUnit]:
        return SurveyUnit(str(value))
    raise WrongMapEntry(file=file, key="unit", expected=" | ".join(SurveyUnit))


def _actor_group(value: object, file: str) -> str:
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("value", "column")]
        if unknown or not value:
            raise WrongMapEntry(file=file, key="actor_group", expected=ONE_COLUMN_OR_VALUE)
        return str(value.get("value") or "")
    return ""


def _entries(key: str, value: object, file: str) -> Iterator[dict[str, object]]:
    """The entries under ``key``, each a mapping with at least ``column``."""
    if value is None:
        return
    if key == "actor_group" and isinstance(value, Mapping):
        value = value.get("column")
        if value is None:
            return
    entries = value if isinstance(value, list) else [value]
    if key in ("id", "actor_group") and len(entries) != 1:
        raise WrongMapEntry(file=file, key=key, expected=ONE_COLUMN)
    for entry in entries:
        if isinstance(entry, (str, int, float)) and not isinstance(entry, bool):
            yield {"column": str(entry)}
            continue
        if not isinstance(entry, Mapping) or "column" not in entry:
            raise WrongMapEntry(file=file, key=key, expected=COLUMN_ENTRY)
        unknown = [name for name in entry if name not in _ENTRY_KEYS]
        if unknown:
            known = ", ".join(_ENTRY_KEYS)
            raise UnknownMapKey(file=file, key=unknown[0], known=known)
        yield {str(name): item for name, item in entry.items()}


def _find(
    entry: Mapping[str, object], columns: tuple[ColumnGuess, ...], sheet: Sheet
) -> ColumnGuess:
    """The column a map means: by its exact header, else by header or question, any case."""
    wanted = str(entry["column"])
    for column in columns:
        if column.header == wanted:
            return column
    compared = _compared(wanted)
    for alike in (
        [column for column in columns if _compared(column.header) == compared],
        [
            column
            for column in columns
            if compared in (_compared(column.text), column.number.casefold())
        ],
    ):
        if len(alike) == 1:
            return alike[0]
    found = ", ".join(column.header for column in columns)
    raise MissingColumn(column=wanted, sheet=sheet.name, found=found)


def _compared(text: str) -> str:
    return " ".join(text.casefold().split())


def _planned(key: str, entry: Mapping[str, object], guess: ColumnGuess, file: str) -> ColumnPlan:
    role = _role(key, entry, guess, file)
    plan = guess.plan()
    options = entry.get("options")
    if options is not None and not isinstance(options, list):
        raise WrongMapEntry(file=file, key="options", expected=LIST_OF_OPTIONS)
    kept = plan.options if role is guess.role else ()
    texts = {
        name: str(entry[name])
        for name in ("number", "text", "theme", "section")
        if entry.get(name) is not None
    }
    return replace(
        plan,
        role=role,
        options=tuple(str(option) for option in options) if options is not None else kept,
        option=str(entry.get("option", plan.option if role is guess.role else "")),
        **texts,  # type: ignore[arg-type]
    )


def _role(key: str, entry: Mapping[str, object], guess: ColumnGuess, file: str) -> ColumnRole:
    if key not in _KINDS:
        return ColumnRole(key)
    roles = _KINDS[key]
    kind = entry.get("kind")
    if kind is None:
        # A closed column guessed as text, or the other way round: the map's word decides.
        return guess.role if guess.role in roles else roles[0 if key == "open" else 1]
    if kind not in [role.value for role in roles]:
        known = " | ".join(role.value for role in roles)
        raise WrongMapEntry(file=file, key="kind", expected=known)
    return ColumnRole(str(kind))


def _unnamed(guess: ColumnGuess, mapping: Mapping[str, object]) -> ColumnPlan:
    plan = guess.plan()
    # A second id or group beside the named one would only compete with it.
    for key in ("id", "actor_group"):
        if plan.role.value == key and mapping.get(key) is not None:
            return replace(plan, role=ColumnRole.IGNORE)
    return plan
