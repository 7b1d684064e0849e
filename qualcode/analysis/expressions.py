"""What the analyses are given: expressions with their vectors and words, all in one order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.similarity import centre_of, centred
from qualcode.analysis.space import Space, space_of

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Expressions:
    """Reductions, segments, names or codes of one study, row by row with their vectors.

    ``vectors`` come from one engine (unit rows, or zero where it has nothing to say). ``stems``
    hold the content words of each text in a form that inflection does not change, ``heads`` for
    each of them the likeliest stem of its word, ``forms`` the written form in which each stem is
    shown to people.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Vectors
    stems: tuple[tuple[str, ...], ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    heads: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.stems:
            object.__setattr__(self, "stems", tuple(() for _ in self.ids))
        if not self.heads:
            object.__setattr__(self, "heads", self.stems)
        sizes = {len(part) for part in (self.ids, self.texts, self.vectors, self.stems, self.heads)}
        if len(sizes) > 1 or self.vectors.ndim != 2:
            raise ValueError(f"ids, texts, vectors and words differ in length: {sorted(sizes)}")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("an id stands on two rows")

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def centre(self) -> Vectors:
        """The mean of the texts, to be taken off everything that is compared with them.

        Each wording counts once, or 400 times "en tiedä" would become what the study is about.
        """
        return centre_of(self.vectors[self._distinct])

    @cached_property
    def centred(self) -> Vectors:
        """The vectors after the study's own common meaning has been taken off; unit or zero."""
        return centred(self.vectors, self.centre)

    @cached_property
    def space(self) -> Space:
        """The space in which these texts are compared with named groups."""
        return space_of(self.centred[self._distinct])

    @cached_property
    def softened(self) -> Vectors:
        """The centred vectors in that space; unit or zero."""
        return self.space.softened(self.centred)

    @cached_property
    def _distinct(self) -> list[int]:
        """The first row of each wording."""
        first: dict[str, int] = {}
        for row, wording in enumerate(self.wordings):
            first.setdefault(wording, row)
        return list(first.values())

    @cached_property
    def rows(self) -> dict[str, int]:
        """On which row each id stands."""
        return {id_: row for row, id_ in enumerate(self.ids)}

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """Each text without letter case and punctuation: what makes two of them the same.

        A text without any letter or digit is what its signs are.
        """
        folded = (unicodedata.normalize("NFC", text).casefold() for text in self.texts)
        return tuple(" ".join(re.findall(r"\w+", text)) or "".join(text.split()) for text in folded)

    def only(self, ids: Iterable[str]) -> Expressions:
        """The expressions named, in the order of this set; unknown ids are passed over.

        Similarities among them are centred on themselves: take a part only when it is the whole
        of what is to be compared.
        """
        wanted = set(ids)
        rows = [row for row, id_ in enumerate(self.ids) if id_ in wanted]
        return Expressions(
            ids=tuple(self.ids[row] for row in rows),
            texts=tuple(self.texts[row] for row in rows),
            vectors=self.vectors[rows],
            stems=tuple(self.stems[row] for row in rows),
            forms=self.forms,
            heads=tuple(self.heads[row] for row in rows),
        )

    def shown(self, stems: Iterable[str]) -> tuple[str, ...]:
        """The written forms of ``stems``, each once."""
        return tuple(dict.fromkeys(self.forms.get(stem, stem) for stem in stems))

    def shared(self, row: int, others: Sequence[int]) -> tuple[str, ...]:
        """The words of ``row`` that some of the ``others`` use too, as written, in its order."""
        used = {stem for other in others for stem in self.stems[other]}
        return self.shown(stem for stem in self.stems[row] if stem in used)
