"""What a codebook file would bring to a study that may already have an earlier version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.codes import Code, Codebook
from qualcode.readers.codebook_yaml import CodebookFile
from qualcode.store.repository import Reading

CODE_TEXTS = (
    "label_fi", "label_en", "definition_fi", "definition_en",
    "rule_fi", "rule_en", "example_fi", "example_en",
)  # fmt: skip
"""The fields of a code that are words, labels first."""


@dataclass(frozen=True)
class FieldChange:
    """A field of a code that reads otherwise in the file. ``field`` is its name in the file."""

    code: Code
    field: str
    before: str
    after: str

    def told(self) -> str:
        """One line for the log."""
        return f"{self.code.key}.{self.field}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Uptake:
    """A file beside the study's own version of the same codebook.

    ``codebook`` is the study's, None when it is new to the study. ``new`` are the file's codes the
    study lacks, ``changed`` what reads otherwise in the file, ``absent`` the study's codes that the
    file does not have. ``same`` maps the file's code ids to the study's.
    """

    file: CodebookFile
    codebook: Codebook | None
    new: tuple[Code, ...]
    changed: tuple[FieldChange, ...]
    absent: tuple[Code, ...]
    same: dict[str, str]

    @property
    def newer(self) -> bool:
        return self.codebook is not None and self.file.codebook.version > self.codebook.version

    @property
    def older(self) -> bool:
        return self.codebook is not None and self.file.codebook.version < self.codebook.version


def compare_rows(rows: Reading, file: CodebookFile) -> Uptake:
    """The file against what the study has.

    A code is the same when its key is, or failing that its label: a code found while reading has
    no key of the file's kind before it is first saved.
    """
    books = rows.find(Codebook, key=file.codebook.key)
    if not books:
        return Uptake(file, None, file.codes, (), (), {})
    mine = rows.find(Code, codebook_id=books[0].id)
    same = _same_codes(file.codes, mine)
    by_id = {code.id: code for code in mine}
    changed = tuple(
        change
        for code in file.codes
        if code.id in same
        for change in _changes(by_id[same[code.id]], code, same, by_id)
    )
    met = set(same.values())
    return Uptake(
        file,
        books[0],
        tuple(code for code in file.codes if code.id not in same),
        changed,
        tuple(code for code in mine if code.id not in met),
        same,
    )


def updated(uptake: Uptake, mine: Sequence[Code], texts: bool) -> list[Code]:
    """The study's codes after the uptake, in their new order; with ``texts``, read as the file.

    A new code comes after the code it follows in the file; otherwise the study's order stays.
    """
    book = uptake.codebook or uptake.file.codebook
    of_file = {uptake.same.get(code.id, code.id): code for code in uptake.file.codes}
    new = {code.id for code in uptake.new}
    order = [code.id for code in sorted(mine, key=lambda code: (code.position, code.id))]
    at = 0
    for id in of_file:
        if id in new:
            order.insert(at, id)
        at = order.index(id) + 1
    by_id = {code.id: code for code in mine}
    result = []
    for position, id in enumerate(order):
        if id in new:
            code = of_file[id]
            parent = code.parent_id and uptake.same.get(code.parent_id, code.parent_id)
            code = replace(code, codebook_id=book.id, parent_id=parent)
        else:
            code = by_id[id]
            if texts and id in of_file:
                code = _as_in_file(code, of_file[id], uptake.same)
        result.append(replace(code, position=position))
    return result


def _as_in_file(mine: Code, found: Code, same: dict[str, str]) -> Code:
    """The study's code with the file's words; where the file has none, the study's stay."""
    words = {field: getattr(found, field) or getattr(mine, field) for field in CODE_TEXTS}
    parent = found.parent_id and same.get(found.parent_id, found.parent_id)
    level = mine.level if found.level is None else found.level
    return replace(mine, **words, parent_id=parent, level=level)


def _changes(
    mine: Code, found: Code, same: dict[str, str], by_id: dict[str, Code]
) -> list[FieldChange]:
    after = _as_in_file(mine, found, same)
    changes = [
        FieldChange(mine, field, getattr(mine, field), getattr(after, field))
        for field in CODE_TEXTS
        if getattr(mine, field) != getattr(after, field)
    ]
    if after.level != mine.level:
        changes.append(FieldChange(mine, "level", str(mine.level or ""), str(after.level)))
    if after.parent_id != mine.parent_id:
        keys = {id: code.key for id, code in by_id.items()}

        def key(id: str | None) -> str:
            return keys.get(id, id.rpartition("/")[2]) if id else ""

        changes.append(FieldChange(mine, "parent", key(mine.parent_id), key(after.parent_id)))
    return changes


def _same_codes(found: Sequence[Code], mine: Sequence[Code]) -> dict[str, str]:
    by_key = {code.key: code.id for code in mine}
    same = {code.id: by_key[code.key] for code in found if code.key in by_key}
    left = {id for id in by_key.values() if id not in set(same.values())}
    by_label = {
        label.casefold(): code.id
        for code in mine
        if code.id in left
        for label in (code.label_fi, code.label_en)
        if label
    }
    for code in found:
        if code.id in same:
            continue
        for label in (code.label_fi, code.label_en):
            id = by_label.get(label.casefold())
            if id is not None and id not in same.values():
                same[code.id] = id
                break
    return same
