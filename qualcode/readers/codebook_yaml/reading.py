"""A codebook file becomes a codebook and its codes, every complaint with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.codes import Code, Codebook, CodebookKind, Origin
from qualcode.domain.errors import BrokenCodebook
from qualcode.readers.problems import ReadProblem
from qualcode.readers.yaml_fields import Fields, YamlReading, read_bytes
from qualcode.texts import N_

MAX_CODES = 5_000
CODEBOOK_FIELDS = (
    "id", "version", "name_fi", "name_en", "theory_source", "kind", "unit", "note", "codes",
)  # fmt: skip
CODE_TEXTS = (
    "label_fi", "label_en", "definition_fi", "definition_en",
    "rule_fi", "rule_en", "example_fi", "example_en",
)  # fmt: skip
CODE_FIELDS = ("id", "parent", "level", *CODE_TEXTS, "origin", "colour", "shortcut")


@dataclass(frozen=True)
class CodebookFile:
    """What a file holds. ``problems`` are things worth a look that stop nothing."""

    codebook: Codebook
    codes: tuple[Code, ...]
    problems: tuple[ReadProblem, ...] = ()


def codebook_id(key: str) -> str:
    return f"codebook:{key}"


def code_id(codebook_key: str, key: str) -> str:
    return f"code:{codebook_key}/{key}"


def read_codebook_file(source: Path | str | bytes, file: str = "") -> CodebookFile:
    """The codebook of a path or of uploaded bytes; ``file`` is the name used in messages."""
    raw, name = read_bytes(source, file)
    return read_codebook(YamlReading(name, BrokenCodebook).decode(raw), name)


def read_codebook(text: str, file: str) -> CodebookFile:
    """The codebook written in ``text``, its codes in their order, and what deserves a look.

    Several codes may stand on the same level of an ordered codebook, but that is warned of.
    Raises BrokenCodebook with the file, the line and what to do.
    """
    reading = YamlReading(file, BrokenCodebook)
    top = reading.top(text, CODEBOOK_FIELDS)
    codebook = _codebook(top)
    entries = list(top.items("codes", CODE_FIELDS))
    if len(entries) > MAX_CODES:
        raise reading.broken(
            entries[MAX_CODES].line,
            N_("there are more than {limit} codes. Divide the codebook into several files."),
            limit=MAX_CODES,
        )
    lines = _lines_by_key(entries)
    codes = tuple(_code(entry, codebook, position) for position, entry in enumerate(entries))
    _check_parents(entries, lines)
    _warn_of_gaps(reading, top, codebook, codes, entries)
    return CodebookFile(codebook, codes, tuple(reading.problems))


def _codebook(top: Fields) -> Codebook:
    key = top.key("id")
    if not (top.text("name_fi").strip() or top.text("name_en").strip()):
        raise top.reading.broken(
            top.line, N_("the codebook has no name. Add a line “name_fi: ...” or “name_en: ...”.")
        )
    return Codebook(
        id=codebook_id(key),
        key=key,
        name_fi=top.text("name_fi"),
        name_en=top.text("name_en"),
        theory_source=top.text("theory_source"),
        kind=CodebookKind(top.one_of("kind", list(CodebookKind), CodebookKind.FLAT)),
        unit=top.text("unit"),
        note=top.text("note"),
        version=top.number("version") or 1,
    )


def _code(entry: Fields, codebook: Codebook, position: int) -> Code:
    key, parent = entry.text("id"), entry.text("parent")
    if not (entry.text("label_fi").strip() or entry.text("label_en").strip()):
        raise entry.reading.broken(
            entry.line,
            N_("the code “{code}” has no label. Add a line “label_fi: ...” or “label_en: ...”."),
            code=key,
        )
    return Code(
        id=code_id(codebook.key, key),
        codebook_id=codebook.id,
        key=key,
        parent_id=code_id(codebook.key, parent) if parent else None,
        level=entry.number("level"),
        origin=Origin(entry.one_of("origin", list(Origin), Origin.THEORY)),
        colour=_colour(entry),
        shortcut=_shortcut(entry),
        position=position,
        **{field: entry.text(field) for field in CODE_TEXTS},
    )


def _colour(entry: Fields) -> str:
    colour = entry.text("colour").strip()
    if colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        entry.reading.warn(
            entry.line_of("colour"),
            "colour",
            N_("“{colour}” is not a colour such as #0072B2. A colour is chosen for the code."),
            colour=colour[:60],
        )
        return ""
    return colour


def _shortcut(entry: Fields) -> str:
    shortcut = entry.text("shortcut").strip()
    if shortcut and shortcut not in "123456789":
        entry.reading.warn(
            entry.line_of("shortcut"),
            "shortcut",
            N_("The shortcut “{shortcut}” was left out: a shortcut is a digit from 1 to 9."),
            shortcut=shortcut[:60],
        )
        return ""
    return shortcut


def _lines_by_key(entries: list[Fields]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for entry in entries:
        key = entry.key("id")
        if key in lines:
            raise entry.reading.broken(
                entry.line_of("id"),
                N_("the code “{code}” is already on line {first}. Give one of them another id."),
                code=key,
                first=lines[key],
            )
        lines[key] = entry.line_of("id")
    return lines


def _check_parents(entries: list[Fields], lines: dict[str, int]) -> None:
    parents = {entry.text("id"): entry.text("parent") for entry in entries}
    for entry in entries:
        parent = entry.text("parent")
        if parent and parent not in lines:
            raise entry.reading.broken(
                entry.line_of("parent"),
                N_(
                    "the parent “{parent}” is not among the codes of the file. Check the spelling "
                    "or add the code."
                ),
                parent=parent[:60],
            )
    whole: set[str] = set()  # codes known to climb to a root
    for entry in entries:
        climb: list[str] = []
        key = entry.text("id")
        while key and key not in whole:
            if key in climb:
                circle = [*climb[climb.index(key) :], key]
                raise entry.reading.broken(
                    entry.line_of("parent"),
                    N_("parents go round in a circle: {circle}. Remove one of the parents."),
                    circle=" → ".join(circle[:10]),
                )
            climb.append(key)
            key = parents[key]
        whole.update(climb)


def _warn_of_gaps(
    reading: YamlReading,
    top: Fields,
    codebook: Codebook,
    codes: tuple[Code, ...],
    entries: list[Fields],
) -> None:
    if not codes:
        reading.warn(top.line_of("codes"), "codes", N_("The codebook has no codes yet."))
    levels: dict[int, str] = {}
    shortcuts: dict[str, str] = {}
    for code, entry in zip(codes, entries, strict=True):
        if not (code.definition_fi.strip() or code.definition_en.strip()):
            reading.warn(
                entry.line,
                "definition_fi",
                N_("The code “{code}” has no definition."),
                code=code.key,
            )
        if codebook.kind is CodebookKind.ORDERED:
            if code.level is None:
                reading.warn(
                    entry.line,
                    "level",
                    N_("The code “{code}” has no level although the codebook is ordered."),
                    code=code.key,
                )
            elif levels.setdefault(code.level, code.key) != code.key:
                reading.warn(
                    entry.line_of("level"),
                    "level",
                    N_("The codes “{first}” and “{code}” are on the same level {level}."),
                    first=levels[code.level],
                    code=code.key,
                    level=code.level,
                )
        if code.shortcut and shortcuts.setdefault(code.shortcut, code.key) != code.key:
            reading.warn(
                entry.line_of("shortcut"),
                "shortcut",
                N_("The codes “{first}” and “{code}” have the same shortcut {shortcut}."),
                first=shortcuts[code.shortcut],
                code=code.key,
                shortcut=code.shortcut,
            )
