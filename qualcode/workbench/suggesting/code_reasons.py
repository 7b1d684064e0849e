"""Why a code is offered for a passage: the nearest expressions with it, and its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.live_codes import Example, LiveCodes
from qualcode.domain.suggestions import Reason, ReasonKind
from qualcode.nlp.lemmas import Words
from qualcode.store.repository import Reading
from qualcode.workbench.suggesting.teaching import passages_of


@dataclass(frozen=True)
class Grounds:
    """What speaks for each code of one look, before its words have been compared.

    ``near`` are the nearest examples by code, ``texts`` what those say by their ids, ``described``
    and ``likeness`` the codes' own words and how like the passage is to them.
    """

    text: str
    near: Mapping[str, tuple[Example, ...]]
    texts: Mapping[str, str]
    described: Mapping[str, str]
    likeness: Mapping[str, float]

    @property
    def compared(self) -> list[str]:
        """All texts whose words are to be set side by side, the passage first."""
        return [self.text, *self.texts.values(), *self.described.values()]


NONE = Grounds("", {}, {}, {}, {})


def grounds_of(
    rows: Reading, live: LiveCodes, there: np.ndarray, text: str, own: str, code_ids: Sequence[str]
) -> Grounds:
    """What speaks for these codes; ``own`` is the passage itself, which is no reason for itself."""
    near = {id: tuple(live.nearest_examples(there, id, own)) for id in code_ids}
    passages = passages_of(rows, {example.id for found in near.values() for example in found})
    likeness = live.by_words(there)
    return Grounds(
        text,
        near,
        {id: passage.text for id, passage in passages.items()},
        {id: live.codes[live.places[id]].described for id in code_ids},
        {id: float(likeness[live.places[id]]) for id in code_ids},
    )


def reasons_of(grounds: Grounds, words: Words) -> dict[str, tuple[Reason, ...]]:
    """The reasons by code, with the words shared; ``words`` are those of ``grounds.compared``."""
    mine = words.stems[0]
    stems = dict(zip([*grounds.texts, *grounds.described], words.stems[1:], strict=True))

    def shared(id: str) -> tuple[str, ...]:
        there = set(stems[id])
        return tuple(dict.fromkeys(words.forms.get(stem, stem) for stem in mine if stem in there))

    return {
        id: (
            *(
                Reason(
                    ReasonKind.NEAREST,
                    ids=(example.id,),
                    words=shared(example.id),
                    text=grounds.texts[example.id],
                    value=example.likeness,
                )
                for example in near
                if example.id in grounds.texts
            ),
            Reason(
                ReasonKind.DEFINITION,
                ids=(id,),
                words=shared(id),
                text=grounds.described[id],
                value=grounds.likeness[id],
            ),
        )
        for id, near in grounds.near.items()
    }
