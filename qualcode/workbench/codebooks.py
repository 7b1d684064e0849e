"""The codebooks of a study: taking one into use, putting it out of use, editing it and its codes.

Several codebooks can be in use at once. A codebook is recognised by its key, so taking a newer
version of it never loses a coding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualcode.domain.approaches import Study
from qualcode.domain.codes import Code, Codebook, CodebookKind, Origin, next_colour
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.errors import (
    EmptyName,
    NewCodesNotAllowed,
    QualcodeError,
)
from qualcode.readers.codebook_yaml import (
    CodebookCard,
    CodebookFile,
    codebook_id,
    key_of,
    shipped_codebooks,
)
from qualcode.store.repository import Reading
from qualcode.store.views import Count
from qualcode.workbench import code_weights
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.codebook_order import (
    branches,
    codebook_order,
    codes_of_books,
    in_tree_order,
    moved_by,
    next_position,
)
from qualcode.workbench.codebook_rules import (
    SHORTCUTS,
    check_code,
    check_codebook_name,
    free_key,
    joined,
    tidy,
    tidy_lines,
)
from qualcode.workbench.codebook_uptake import CODE_TEXTS, Uptake, compare_rows, updated


class OlderCodebook(QualcodeError):
    template = (
        "{name}: the study has version {mine}, but the file is the older version {found}. "
        "Nothing was changed. To go back to it, raise the number of “version” in the file to "
        "{next} and take it again."
    )


# --- what the study has ------------------------------------------------------------------------


@dataclass(frozen=True)
class CodeRow:
    """A code in its place: how deep under its codebook, and how much it is used."""

    code: Code
    depth: int
    count: Count


@dataclass(frozen=True)
class CodebookBranch:
    """A codebook with its codes in tree order. ``referred`` when anything outside it uses them.

    ``codings`` are all there are in the study, those of texts set aside too.
    """

    codebook: Codebook
    rows: tuple[CodeRow, ...]
    referred: bool = False
    codings: int = 0


def code_tree(bench: Workbench, in_use: bool = True) -> list[CodebookBranch]:
    """The codebooks in use (or those put out of use), with codes in tree order and counts."""
    with bench.store.reading() as rows:
        counts = rows.code_counts()
        return [
            CodebookBranch(
                codebook,
                tuple(CodeRow(code, depth, counts.get(code.id, Count())) for code, depth in codes),
                referred=_is_referred(rows, [code.id for code, _ in codes]),
                codings=rows.count(Coding, code_id=tuple(code.id for code, _ in codes)),
            )
            for codebook, codes in branches(rows, in_use)
        ]


def codes_in_use(bench: Workbench) -> list[Code]:
    """The codes an expression can be given: those of the codebooks in use, in tree order."""
    with bench.store.reading() as rows:
        return [code for _, codes in branches(rows, True) for code, _ in codes]


def theory_without_data(bench: Workbench) -> list[Code]:
    """What theory has but this data does not: theory's codes that no expression carries.

    A heading is not empty when a code under it has data. Codes found in the data are never here.
    """
    with bench.store.reading() as rows:
        counts = rows.code_counts()
        codes = [code for _, branch in branches(rows, True) for code, _ in branch]
    parents = {code.id: code.parent_id for code in codes}
    with_data: set[str] = set()
    for code in codes:
        id: str | None = code.id if code.id in counts else None
        while id and id not in with_data:
            with_data.add(id)
            id = parents.get(id)
    return [c for c in codes if c.origin is not Origin.DATA and c.id not in with_data]


def users_of(bench: Workbench, code_id: str) -> int:
    """How many codings, subcodes and categories name the code; it can be removed at none."""
    with bench.store.reading() as rows:
        return len(rows.referrers(Code, [code_id]))


# --- into use and out of use ---------------------------------------------------------------------


def library(own: Path | None = None) -> list[CodebookCard]:
    """The codebooks one can take: those that come with the program, then those in ``own``."""
    mine = shipped_codebooks(own) if own and own.is_dir() else []
    return [*shipped_codebooks(), *mine]


def compare(bench: Workbench, file: CodebookFile) -> Uptake:
    """What taking the file would bring to the study: new codes, changed texts."""
    with bench.store.reading() as rows:
        return compare_rows(rows, file)


def take(bench: Workbench, file: CodebookFile, replace_texts: bool | None = None) -> Codebook:
    """The codebook in use, with the codes of the file.

    Taking it again brings the codes that are missing; a newer version brings its labels,
    definitions, rules, examples, levels and parents too (``replace_texts`` asks for or refuses
    them whatever the version). Codings, colours, shortcuts, origins and codes added in the study
    always stay. Codes new to the study get a colour it does not use yet, and those of a codebook
    new to the study that names no shortcuts get the free keys 1-9, so that coding can begin.
    """
    with bench.act(Act.TAKE_CODEBOOK) as work:
        uptake = compare_rows(work.rows, file)
        name = file.codebook.name(bench.language)
        if uptake.older and uptake.codebook:
            raise OlderCodebook(
                name=name,
                mine=uptake.codebook.version,
                found=file.codebook.version,
                next=uptake.codebook.version + 1,
            )
        texts = uptake.newer if replace_texts is None else replace_texts
        codebook = _taken_codebook(work, uptake, texts)
        work.put(codebook)
        codes = updated(uptake, work.rows.find(Code, codebook_id=codebook.id), texts)
        ready = _ready(work, codes, {code.id for code in uptake.new})
        if uptake.codebook is None and not any(code.shortcut for code in codes):
            ready = _with_free_keys(work, ready)
        for code in ready:
            work.put(code)
        work.say(
            codebook=name,
            version=codebook.version,
            count=len(uptake.new),
            changed=len(uptake.changed) if texts else 0,
            changes=[change.told() for change in uptake.changed[:50]] if texts else [],
        )
    return codebook


def bring_back(bench: Workbench, codebook_id: str) -> Codebook:
    """A codebook that was put out of use, in use again with its codings."""
    with bench.act(Act.TAKE_CODEBOOK) as work:
        old = work.require(Codebook, codebook_id)
        codebook = replace(old, in_use=True)
        work.put(codebook)
        held = {code.shortcut for code in codes_of_books(work.rows) if code.codebook_id != old.id}
        for code in work.rows.find(Code, codebook_id=old.id):
            if code.shortcut in held - {""}:
                work.put(replace(code, shortcut=""))
        work.say(codebook=codebook.name(bench.language), version=codebook.version)
    return codebook


def drop(bench: Workbench, codebook_id: str) -> None:
    """The codebook out of use. Its codings stay and its codes are hidden.

    When nothing of the study refers to its codes, the codebook goes altogether.
    """
    with bench.act(Act.DROP_CODEBOOK) as work:
        codebook = work.require(Codebook, codebook_id)
        ids = [code.id for code in work.rows.find(Code, codebook_id=codebook_id)]
        if _is_referred(work.rows, ids):
            work.put(replace(codebook, in_use=False))
        else:
            code_weights.drop(work, ids)
            work.remove(Code, ids)
            work.remove(Codebook, [codebook_id])
        work.say(codebook=codebook.name(bench.language), count=len(ids))


# --- editing -------------------------------------------------------------------------------------


def new_codebook(bench: Workbench, name: str, kind: CodebookKind = CodebookKind.FLAT) -> Codebook:
    """An empty codebook of the study's own, in use. A strict frame takes no codes, so none."""
    name = tidy(name)
    if not name:
        raise EmptyName()
    with bench.act(Act.TAKE_CODEBOOK) as work:
        if not work.require(Study, STUDY_ID).allows_new_codes():
            raise NewCodesNotAllowed()
        others = work.rows.find(Codebook)
        key = free_key(key_of(name), {other.key for other in others})
        english = bench.language == "en"
        codebook = Codebook(
            id=codebook_id(key),
            key=key,
            name_fi="" if english else name,
            name_en=name if english else "",
            kind=kind,
            position=next_position(others),
        )
        check_codebook_name(codebook, others)
        work.put(codebook)
        work.say(codebook=name, version=1)
    return codebook


def edit_codebook(bench: Workbench, changed: Codebook) -> Codebook:
    """The codebook's names, theory source, kind, unit and note as given."""
    with bench.act(Act.EDIT_CODEBOOK) as work:
        old = work.require(Codebook, changed.id)
        new = replace(
            old,
            name_fi=tidy(changed.name_fi),
            name_en=tidy(changed.name_en),
            theory_source=tidy(changed.theory_source),
            kind=changed.kind,
            unit=tidy(changed.unit),
            note=tidy_lines(changed.note),
        )
        if (new.name_fi, new.name_en) != (old.name_fi, old.name_en):
            check_codebook_name(new, work.rows.find(Codebook))
        work.put(new)
        work.say(codebook=new.name(bench.language))
    return new


def edit_code(bench: Workbench, changed: Code, seen: Code | None = None) -> Code:
    """The code as given: labels, definitions, rules, examples, origin, colour, parent, level.

    ``seen`` is the code the writer had before their eyes. What the writer did not touch stays as
    another window may have left it meanwhile; a text that both have changed is not overwritten,
    but both versions are told. A parent is a code of the same codebook. A shortcut belongs to one
    code at a time: another that has it loses it.
    """
    with bench.act(Act.EDIT_CODE) as work:
        old = work.require(Code, changed.id)
        texts: dict[str, Any] = {field: tidy_lines(getattr(changed, field)) for field in CODE_TEXTS}
        texts |= {field: tidy(texts[field]) for field in ("label_fi", "label_en")}
        new = replace(
            changed, **texts, codebook_id=old.codebook_id, key=old.key, position=old.position
        )
        if seen is not None:
            new = joined(work, old, new, seen)
        check_code(work, old, new)
        if new.shortcut:
            for other in work.rows.find(Code, shortcut=new.shortcut):
                if other.id != new.id:
                    work.put(replace(other, shortcut=""))
        work.put(new)
        work.say(code=new.label(bench.language), before=old.label(bench.language))
    return new


def move_code(bench: Workbench, code_id: str, by: int) -> None:
    """The code ``by`` places down (or up, when negative) among the codes beside it."""
    with bench.act(Act.EDIT_CODE) as work:
        code = work.require(Code, code_id)
        codes = [found for found, _ in in_tree_order(work, code.codebook_id)]
        beside = [c for c in codes if c.parent_id == code.parent_id]
        for position, moved in enumerate(moved_by(beside, code_id, by)):
            work.put(replace(moved, position=position))
        for position, (moved, _) in enumerate(in_tree_order(work, code.codebook_id)):
            work.put(replace(moved, position=position))
        work.say(code=code.label(bench.language))


def move_codebook(bench: Workbench, codebook_id: str, by: int) -> None:
    """The codebook ``by`` places down (or up, when negative) among those in use."""
    with bench.act(Act.EDIT_CODEBOOK) as work:
        codebook = work.require(Codebook, codebook_id)
        ordered = sorted(work.rows.find(Codebook), key=codebook_order)
        shown = moved_by([book for book in ordered if book.in_use], codebook_id, by)
        hidden = [book for book in ordered if not book.in_use]
        for position, moved in enumerate([*shown, *hidden]):
            work.put(replace(moved, position=position))
        work.say(codebook=codebook.name(bench.language))


# --- colours and keys ----------------------------------------------------------------------------


def _ready(work: Work, codes: Sequence[Code], new: set[str]) -> list[Code]:
    """The codes to save: colours where they lack one, shortcuts that nobody else has."""
    mine = {code.id for code in codes}
    others = [code for code in work.rows.find(Code) if code.id not in mine]
    used = Counter(code.colour.upper() for code in [*others, *codes] if code.colour)
    held = {code.shortcut for code in codes_of_books(work.rows) if code.id not in mine}
    held |= {code.shortcut for code in codes if code.id not in new}
    ready = []
    for code in codes:
        if not code.colour:
            code = replace(code, colour=next_colour(used))
            used[code.colour.upper()] += 1
        if code.id in new and code.shortcut:
            if code.shortcut in held:
                code = replace(code, shortcut="")
            held.add(code.shortcut)
        ready.append(code)
    return ready


def _with_free_keys(work: Work, codes: Sequence[Code]) -> list[Code]:
    """The first codes pinned to the keys no code in use has, in their order."""
    held = {code.shortcut for code in codes_of_books(work.rows)}
    free = iter([key for key in SHORTCUTS if key not in held])
    return [replace(code, shortcut=next(free, "")) for code in codes]


def _taken_codebook(work: Work, uptake: Uptake, texts: bool) -> Codebook:
    mine, found = uptake.codebook, uptake.file.codebook
    if mine is None:
        return replace(found, in_use=True, position=next_position(work.rows.find(Codebook)))
    if not texts:
        return replace(mine, in_use=True)
    return replace(
        mine,
        in_use=True,
        version=found.version,
        kind=found.kind,
        name_fi=found.name_fi or mine.name_fi,
        name_en=found.name_en or mine.name_en,
        theory_source=found.theory_source or mine.theory_source,
        unit=found.unit or mine.unit,
        note=found.note or mine.note,
    )


def _is_referred(rows: Reading, code_ids: Sequence[str]) -> bool:
    """Whether a coding or a category names one of the codes (their own subcodes don't count)."""
    mine = set(code_ids)
    return any(
        kind != "code" or id not in mine for kind, id in rows.referrers(Code, list(code_ids))
    )
