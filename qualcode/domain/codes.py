"""Codes and the codebooks that define them.

A codebook used deductively is an analysis frame. A code says where it comes from: from theory,
from the data, or from theory and confirmed by the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.errors import EmptyName


class Origin(StrEnum):
    THEORY = "theory"
    DATA = "data"
    BOTH = "both"


class CodebookKind(StrEnum):
    """Flat list, ordered degrees (lowest level first), or a tree."""

    FLAT = "flat"
    ORDERED = "ordered"
    TREE = "tree"


@dataclass(frozen=True)
class Codebook:
    """A set of codes with the theory they come from. ``key`` is its name among files."""

    id: str
    key: str
    name_fi: str
    name_en: str = ""
    theory_source: str = ""
    kind: CodebookKind = CodebookKind.FLAT
    unit: str = ""
    note: str = ""
    version: int = 1
    in_use: bool = True
    position: int = 0

    def name(self, language: str) -> str:
        return (self.name_en if language == "en" else self.name_fi) or self.name_fi or self.name_en


@dataclass(frozen=True)
class Code:
    """One code. Definition, rule and example are fields of their own, in Finnish and English.

    ``rule`` tells when to use the code and when not; ``example`` is an anchor example. ``level``
    orders the codes of an ordered codebook (1 = lowest). ``shortcut`` is a digit 1-9 or empty.
    """

    id: str
    codebook_id: str
    key: str
    label_fi: str
    label_en: str = ""
    definition_fi: str = ""
    definition_en: str = ""
    rule_fi: str = ""
    rule_en: str = ""
    example_fi: str = ""
    example_en: str = ""
    parent_id: str | None = None
    level: int | None = None
    origin: Origin = Origin.THEORY
    colour: str = ""
    shortcut: str = ""
    position: int = 0

    def __post_init__(self) -> None:
        if not (self.label_fi.strip() or self.label_en.strip()):
            raise EmptyName()

    def label(self, language: str) -> str:
        mine, other = (
            (self.label_en, self.label_fi) if language == "en" else (self.label_fi, self.label_en)
        )
        return mine or other

    def definition(self, language: str) -> str:
        mine, other = (
            (self.definition_en, self.definition_fi)
            if language == "en"
            else (self.definition_fi, self.definition_en)
        )
        return mine or other

    def rule(self, language: str) -> str:
        return (self.rule_en if language == "en" else self.rule_fi) or self.rule_fi or self.rule_en

    def example(self, language: str) -> str:
        mine, other = (
            (self.example_en, self.example_fi)
            if language == "en"
            else (self.example_fi, self.example_en)
        )
        return mine or other


# From Okabe & Ito's colour-blind-safe set, which is too light for thin stripes on white: searched
# for twelve that differ most for every eye (see tests/domain/test_palette.py), the first ones most
# of all. A code gets the next free colour; the analyst may change it.
PALETTE = (
    "#0072B2",
    "#CF8400",
    "#854A4F",
    "#38A687",
    "#417000",
    "#9D81FB",
    "#FF5678",
    "#239DB4",
    "#B10086",
    "#6902FF",
    "#E10025",
    "#A17091",
)


def next_colour(used: Mapping[str, int]) -> str:
    """The first palette colour the study does not use; when all are in use, the rarest.

    ``used`` tells how many codes have each colour, in capital letters.

    >>> next_colour({}) == PALETTE[0], next_colour({PALETTE[0]: 1}) == PALETTE[1]
    (True, True)
    """
    return min(PALETTE, key=lambda colour: (used.get(colour, 0), PALETTE.index(colour)))


def colour_for(position: int) -> str:
    """The palette's colour for the code at ``position`` (0-based), going round when it ends."""
    return PALETTE[position % len(PALETTE)]
