"""The looks of ``check`` at every kind of row alike, and at what hangs on expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.second_marks import Likeness
from qualcode.store.kinds import KINDS
from qualcode.store.repository import Reading
from qualcode.workbench.act_words import KIND_TITLES

Told = tuple[str, str, str]
"""Where, what, and what now."""

TOLD_APART = ("coding", "reduction_link", "placement", "role", "role_placement", "category")
"""Kinds of which ``check`` tells in sentences of their own what they lack."""


def hanging(rows: Reading, translate: Callable[[str], str]) -> Iterator[Told]:
    """Rows that name a row that is not in the study."""
    _ = translate
    there = {name: {row.id for row in rows.find(kind.cls)} for name, kind in KINDS.items()}
    for name, kind in KINDS.items():
        if name in TOLD_APART or not kind.references:
            continue
        for row in rows.find(kind.cls):
            for field, target in kind.references.items():
                named = getattr(row, field)
                if named is not None and named not in there[target]:
                    yield (
                        _("{kind} {id}").format(kind=_(KIND_TITLES[name]).capitalize(), id=row.id),
                        _("What it names is not in the study ({kind} {id}).").format(
                            kind=_(KIND_TITLES[target]), id=named
                        ),
                        _("Restore the study from a backup."),
                    )


def quotes(rows: Reading, translate: Callable[[str], str]) -> Iterator[Told]:
    """A chosen quote is an expression that somebody has coded or reduced."""
    _ = translate
    chosen = [quote.id for quote in rows.find(ChosenQuote)]
    if not chosen:
        return
    said = {coding.segment_id for coding in rows.find(Coding, segment_id=tuple(chosen))}
    said |= {link.segment_id for link in rows.find(ReductionLink, segment_id=tuple(chosen))}
    for id in chosen:
        if id not in said:
            yield (
                _("Quote {id}").format(id=id),
                _("It is chosen for the report, but nobody has coded or reduced it."),
                _("Code the passage, or leave the quote out on the Quotes page."),
            )


def likenesses(rows: Reading, translate: Callable[[str], str]) -> Iterator[Told]:
    """A coder holds one thing of two findings."""
    _ = translate
    seen = set()
    for row in rows.find(Likeness):
        ends = ((row.one_kind, row.one_id), (row.other_kind, row.other_id))
        held = (row.coder, frozenset(ends))
        if held in seen or ends[0] == ends[1]:
            yield (
                _("Comparison {id} of {who}").format(id=row.id, who=row.coder),
                _("It compares a finding with itself, or the same two findings a second time."),
                _("Remove it on the Tables page."),
            )
        seen.add(held)
