"""One column of a survey: the facts that every rule stands on, and what it is guessed to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualcode.domain.documents import ItemKind
from qualcode.readers import survey_words as words
from qualcode.readers.survey_headers import (
    HeaderLayout,
    Headers,
    numbered,
)
from qualcode.readers.survey_plan import ColumnPlan, ColumnRole

# A guess needs no more different answers than this; all cells are counted all the same.
LOOKED_AT = 2_000
_ALL_NAMES = words.ID | words.ACTOR_GROUP | words.TECHNICAL | words.IDENTIFYING


@dataclass(frozen=True)
class ColumnGuess:
    """One column as guessed, with its reason and what a person needs to judge the guess.

    ``dropped_cells`` is the number of cells lost if the column is dropped as identifying;
    ``identifiers_inside`` counts answers of a kept column in which an e-mail address, phone number
    or identity code stands, so that they can be masked before coding.
    """

    index: int
    header: str
    role: ColumnRole
    why: str
    why_values: Mapping[str, object] = field(default_factory=dict)
    number: str = ""
    text: str = ""
    section: str = ""
    theme: str = ""
    options: tuple[str, ...] = ()
    option: str = ""
    samples: tuple[str, ...] = ()
    empty: int = 0
    distinct: int = 0
    dropped_cells: int = 0
    identifiers_inside: int = 0

    @property
    def kind(self) -> ItemKind | None:
        return self.role.kind

    def reason(self, translate: Callable[[str], str]) -> str:
        """Why this role was guessed, in the language of ``translate``."""
        values = {
            name: translate(value) if isinstance(value, str) else value
            for name, value in self.why_values.items()
        }
        return translate(self.why).format(**values)

    def plan(self) -> ColumnPlan:
        return ColumnPlan(
            index=self.index,
            header=self.header,
            role=self.role,
            number=self.number,
            text=self.text,
            theme=self.theme,
            section=self.section,
            options=self.options,
            option=self.option,
        )


@dataclass(frozen=True)
class Column:
    """The facts of one column on which every rule stands."""

    index: int
    header: str
    name: str
    stem: str
    number: str
    text: str
    counts: Counter[str]
    filled: int
    rows: int
    looked_at: tuple[str, ...]

    @classmethod
    def of(cls, index: int, headers: Headers, rows: list[list[str]]) -> Column:
        values = [value for row in rows if (value := row[index].strip())]
        counts = Counter(values)
        header = headers.names[index]
        number, text = numbered(header, headers.codes[index])
        if headers.layout is HeaderLayout.NONE:
            number, text = "", header
        name, code = words.plain(text), words.plain(headers.codes[index])
        if name not in _ALL_NAMES and code in _ALL_NAMES:
            name = code
        return cls(
            index,
            header,
            name,
            headers.stems[index],
            number,
            text,
            counts,
            len(values),
            len(rows),
            tuple(value for value, _ in counts.most_common(LOOKED_AT)),
        )

    @property
    def distinct_share(self) -> float:
        return len(self.counts) / self.filled if self.filled else 0.0

    @property
    def is_short_header(self) -> bool:
        return len(self.text.split()) <= 4 and not self.text.rstrip().endswith("?")

    def share(self, holds: Callable[[str], object]) -> float:
        """The share of cells (of the most usual values) for which ``holds`` is true."""
        total = sum(self.counts[value] for value in self.looked_at)
        if not total:
            return 0.0
        return sum(self.counts[value] for value in self.looked_at if holds(value)) / total


def made(column: Column, role: ColumnRole, why: str, **values: object) -> ColumnGuess:
    return ColumnGuess(column.index, column.header, role, why, values)
