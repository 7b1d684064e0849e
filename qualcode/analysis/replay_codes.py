"""A finished coding done once more: which of a text's codes would have been offered, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.measures import average_precision
from qualcode.analysis.replay_offers import Offered, offered_of
from qualcode.analysis.similarity import mid_ranks

OFFERED = 3
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class FinishedCoding:
    """Texts with the codes that somebody gave each (at least one), and the codes' words.

    ``names`` and ``descriptions`` hold the codes' names and names with definitions, by code id.
    ``questions`` tells which question a text answers, by its id, where that is known.
    """

    items: Expressions
    codes: tuple[CodeWords, ...]
    names: Expressions
    descriptions: Expressions
    codes_of: tuple[frozenset[str], ...]
    engine: str
    questions: Mapping[str, str] = field(default_factory=dict)

    def after(self, rows: Sequence[int]) -> CodeSuggester:
        """What would be offered after these texts have been coded, and no others."""
        accepted = [(self.items.ids[row], code) for row in rows for code in self.codes_of[row]]
        return CodeSuggester(
            self.items,
            self.codes,
            self.names,
            self.descriptions,
            accepted,
            engine=self.engine,
            questions=self.questions,
        )


@dataclass(frozen=True)
class CodeLook:
    """What would have been offered for one text when ``before`` texts had been coded.

    ``hit``: the first code offered was right (of several equally
    good ones, the share that is right). ``recall``: the share of the text's codes among the
    three first. ``precision``: average precision of the whole ranking. ``reciprocal``: one
    divided by the rank of the first right code. ``offered`` are the codes that would have stood on
    the screen.
    """

    item: int
    before: int
    hit: float
    recall: float
    precision: float
    reciprocal: float
    offered: tuple[Offered, ...] = ()


def coding(
    done: FinishedCoding,
    order: Sequence[int],
    learnt: int,
    places: Sequence[int],
    *,
    on_progress: Progress | None = None,
) -> list[CodeLook]:
    """The texts at ``places`` of the order, judged after the first ``learnt`` were coded."""
    suggester = done.after(order[:learnt])
    rank_of = {code.id: place for place, code in enumerate(done.codes)}
    found = []
    for number, place in enumerate(places, start=1):
        row = order[place]
        scores = suggester.scores(done.items.ids[row])
        ranks = mid_ranks(scores)
        right = np.zeros(len(done.codes), dtype=bool)
        right[[rank_of[code] for code in done.codes_of[row]]] = True
        own = ranks[right]
        found.append(
            CodeLook(
                item=row,
                before=place,
                hit=float(right[scores == scores.max()].mean()),
                recall=float((own <= OFFERED).mean()),
                precision=average_precision(ranks, right),
                reciprocal=float(1 / own.min()),
                offered=offered_of(scores, right, suggester.way),
            )
        )
        if on_progress is not None:
            on_progress(number, len(places))
    return found
