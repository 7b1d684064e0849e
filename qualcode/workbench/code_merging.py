"""Codes that mean the same made one: what was coded with the others is coded with the one kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.domain.categories import Category
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.errors import QualcodeError
from qualcode.domain.reading_places import SavedView
from qualcode.store.answer_query import Facet
from qualcode.workbench import code_weights, memo_keeping, saved_views
from qualcode.workbench.bench import Work, Workbench


class NothingToMerge(QualcodeError):
    template = "“{name}” cannot be merged with itself. Choose another code to merge into it."


def merge(bench: Workbench, into: str, others: Sequence[str]) -> Code:
    """The code kept, with everything the others had.

    Everybody's codings follow; where a coder has given the same expression both codes, one coding
    stays. Subcodes, categories taken from a code, memos, saved views, weights at questions and,
    when the kept code has none, the key follow too. The texts of the kept code stay as they were.
    """
    gone = [id for id in dict.fromkeys(others) if id != into]
    with bench.act(Act.MERGE_CODES) as work:
        kept = work.require(Code, into)
        if not gone:
            raise NothingToMerge(name=kept.label(bench.language))
        old = [work.require(Code, id) for id in gone]
        moved = _move_codings(work, gone, into)
        for code in old:
            # As it is by now: what it stood under may have gone a moment ago.
            kept = _take_place(work, kept, work.require(Code, code.id))
        for category in work.rows.find(Category, code_id=tuple(gone)):
            work.put(replace(category, code_id=into))
        memo_keeping.carry(work, "code", gone, into)
        code_weights.carry(work, gone, into)
        _look_for_kept(work, set(gone), into)
        work.remove(Code, gone)
        if not kept.shortcut:
            kept = replace(kept, shortcut=next((c.shortcut for c in old if c.shortcut), ""))
        work.put(kept)
        work.say(
            code=kept.label(bench.language),
            merged=[code.label(bench.language) for code in old],
            before=", ".join(code.label(bench.language) for code in old),
            passages=moved,
            count=len(old) + 1,
            merged_ids=gone,
            into_id=into,
        )
    return kept


def _move_codings(work: Work, gone: Sequence[str], into: str) -> int:
    """How many codings now say the kept code instead."""
    codings = work.rows.find(Coding, code_id=tuple(gone))
    there = {(c.segment_id, c.coder) for c in work.rows.find(Coding, code_id=into)}
    twins = []
    for coding in codings:
        place = (coding.segment_id, coding.coder)
        if place in there:
            twins.append(coding.id)
            continue
        there.add(place)
        work.put(replace(coding, code_id=into))
    if twins:
        work.remove(Coding, twins)
    return len(codings)


def _take_place(work: Work, kept: Code, gone: Code) -> Code:
    """The kept code where it may stand once ``gone`` is no more; gone's subcodes come under it.

    A kept code that lies under the other rises to its place, along with what lies between.
    """
    family = {c.id: c for c in work.rows.find(Code, codebook_id=gone.codebook_id)}
    above = _ancestors(kept, family)
    same_book = kept.codebook_id == gone.codebook_id
    for child in family.values():
        if child.parent_id != gone.id:
            continue
        if child.id == kept.id:
            kept = replace(kept, parent_id=gone.parent_id)
            work.put(kept)
        else:
            rises = child.id in above or not same_book
            work.put(replace(child, parent_id=gone.parent_id if rises else kept.id))
    return kept


def _ancestors(code: Code, family: dict[str, Code]) -> set[str]:
    found: set[str] = set()
    parent = code.parent_id
    while parent in family and parent not in found:
        found.add(parent)
        parent = family[parent].parent_id
    return found


def _look_for_kept(work: Work, gone: set[str], into: str) -> None:
    """Saved views that asked for the old codes, or had them on a key, name the kept one."""

    def renamed(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(into if id in gone else id for id in ids))

    for view in work.rows.find(SavedView):
        query = saved_views.query_of(view.conditions)
        asked = {value for c in query.conditions if c.facet is Facet.CODE for value in c.values}
        conditions = view.conditions
        if asked & gone:
            conditions = saved_views.as_conditions(
                replace(
                    query,
                    conditions=tuple(
                        replace(c, values=renamed(c.values)) if c.facet is Facet.CODE else c
                        for c in query.conditions
                    ),
                )
            )
        pins: dict[str, str] = {}
        for digit, code_id in sorted(view.pins.items()):
            named = into if code_id in gone else code_id
            if named not in pins.values():
                pins[digit] = named
        changed = replace(view, conditions=conditions, pins=pins)
        if changed != view:
            work.put(changed)
