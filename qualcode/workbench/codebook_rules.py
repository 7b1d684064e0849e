"""What a code and a codebook must be like before they are saved, and two writers' texts joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.errors import ChangedMeanwhile, DuplicateName, EmptyName, QualcodeError
from qualcode.workbench.bench import Work
from qualcode.workbench.codebook_uptake import CODE_TEXTS

SHORTCUTS = tuple("123456789")


class CodeUnderItself(QualcodeError):
    template = (
        "“{name}” cannot lie under itself or under one of its own subcodes. "
        "Choose another code of the same codebook as its parent."
    )


class NotAColour(QualcodeError):
    template = "“{colour}” is not a colour such as #0072B2. Choose a colour from the palette."


class NotAShortcut(QualcodeError):
    template = "“{shortcut}” will not do as a shortcut. Choose a digit from 1 to 9, or none."


def check_code(work: Work, old: Code, new: Code) -> None:
    """Its colour, its key, a name of its own in its codebook, and a parent that is not under it."""
    check_colour(new.colour)
    if new.shortcut and new.shortcut not in SHORTCUTS:
        raise NotAShortcut(shortcut=new.shortcut)
    codes = {c.id: c for c in work.rows.find(Code, codebook_id=old.codebook_id)}
    if (new.label_fi, new.label_en) != (old.label_fi, old.label_en):
        _check_free(
            new.id,
            (new.label_fi, new.label_en),
            [(code.id, (code.label_fi, code.label_en)) for code in codes.values()],
            lambda name: DuplicateName(kind="code", name=name),
        )
    parent = new.parent_id
    while parent is not None:
        if parent == new.id or parent not in codes:
            raise CodeUnderItself(name=new.label(work.bench.language))
        parent = codes[parent].parent_id


def check_colour(colour: str) -> None:
    """Nothing but #RRGGBB (or no colour at all): the browser draws with it as it stands."""
    if colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise NotAColour(colour=colour)


def check_codebook_name(new: Codebook, others: Sequence[Codebook]) -> None:
    """It has one, and no other codebook has the same."""
    if not (new.name_fi or new.name_en):
        raise EmptyName()
    _check_free(
        new.id,
        (new.name_fi, new.name_en),
        [(other.id, (other.name_fi, other.name_en)) for other in others],
        lambda name: DuplicateName(kind="codebook", name=name),
    )


def _check_free(
    id: str,
    names: tuple[str, str],
    others: Iterable[tuple[str, tuple[str, str]]],
    taken: Callable[[str], QualcodeError],
) -> None:
    """Two things side by side must differ in each language that both have a name in."""
    for other_id, other_names in others:
        for name, other in zip(names, other_names, strict=True):
            if other_id != id and name and name.casefold() == other.casefold():
                raise taken(name)


def joined(work: Work, old: Code, new: Code, seen: Code) -> Code:
    """The writer's changes on top of what another window has saved since ``seen``."""
    untouched: dict[str, Any] = {}
    for field in (*CODE_TEXTS, "parent_id", "level", "origin", "colour", "shortcut"):
        now, yours, before = (getattr(code, field) for code in (old, new, seen))
        if yours == before:
            untouched[field] = now
        elif field in CODE_TEXTS and now not in (before, yours):
            later = work.rows.last_change_of("code", old.id)
            raise ChangedMeanwhile(
                kind="code", who=later.who if later else "?", now=now, yours=yours
            )
    return replace(new, **untouched)


def tidy(text: str) -> str:
    """One line, with single spaces."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str) -> str:
    """Its line breaks and letters written in one way only."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def free_key(stem: str, taken: set[str]) -> str:
    """The stem, or the stem with the first number that nobody has."""
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
