"""Which codes of a theory-driven codebook an answer could carry, nearest first.

At first a code is known by its words only: its name and its definition. The analyst's accepted
codings then teach what the study means by it; from ten on they are used as examples, and once
there are five a code, as a learned yes-or-no question for each code. Several codes may fit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

import numpy as np

from qualcode.analysis import code_scores, logistic
from qualcode.analysis.code_scores import CodeWords, Taught
from qualcode.analysis.expressions import Expressions, Vectors
from qualcode.analysis.question_prior import QuestionPrior
from qualcode.analysis.similarity import nearest
from qualcode.domain.suggestions import Candidate, Reason, ReasonKind, Suggestion

OFFERED = 3
EXAMPLES = 3


class CodeSuggester:
    """The codes of one codebook as things that an answer or segment can be near to.

    ``items`` are all texts of the study that are or could be coded. ``names`` and
    ``descriptions`` hold the codes' names and their ``described`` texts, with the codes' ids.
    ``accepted`` pairs item id and code id; pairs with unknown ids are passed over. ``questions``
    tells which question an item answers, where that is known.
    """

    def __init__(
        self,
        items: Expressions,
        codes: Sequence[CodeWords],
        names: Expressions,
        descriptions: Expressions,
        accepted: Collection[tuple[str, str]] = (),
        *,
        engine: str,
        questions: Mapping[str, str] | None = None,
    ) -> None:
        self.items = items
        self.codes = tuple(codes)
        self.names = names
        self.descriptions = descriptions
        self.engine = engine
        self._places = {code.id: place for place, code in enumerate(self.codes)}
        self._answers = np.zeros((len(items), len(self.codes)), dtype=np.float64)
        for item_id, code_id in accepted:
            if item_id in items.rows and code_id in self._places:
                self._answers[items.rows[item_id], self._places[code_id]] = 1.0
        asked = questions or {}
        self._usual = QuestionPrior(self._answers, [asked.get(id_) for id_ in items.ids])

    @property
    def way(self) -> str:
        """How the codes are ranked now: by "words", "examples" or "learned"."""
        return code_scores.way_of(int(self._answers.sum()), len(self.codes))

    def scores(self, subject_id: str) -> np.ndarray:
        """How well each code suits the item, in the order of ``codes``; higher is better.

        "words": the mean of the similarity to the name and to the described code, items and codes
        each centred on themselves. "examples": two parts of that, one part the similarity to
        the centre of the code's accepted items, and a little for commonness. "learned": the
        chance by logistic regression with half of the similarity to the words. In both, codes that
        answers to the same question usually get come before those they do not. The item's own
        coding is never among its examples.
        """
        row = self.items.rows[subject_id]
        return _WAYS[self.way](self, row)

    def scores_at_once(self, subject_id: str) -> np.ndarray:
        """Like ``scores``, from words and examples alone, for who cannot wait for the learning."""
        way = "examples" if self.way == "learned" else self.way
        return _WAYS[way](self, self.items.rows[subject_id])

    def suggest(
        self, subject_id: str, *, dismissed: Collection[str] = (), offered: int = OFFERED
    ) -> Suggestion:
        """The best codes for one item with reasons, none for a text the engine cannot read.

        ``dismissed`` are ids of codes turned down for it or already on it.
        """
        row = self.items.rows[subject_id]
        scores = self.scores(subject_id)
        order = [
            int(place)
            for place in np.argsort(-scores, kind="stable")
            if np.any(self.items.centred[row]) and self.codes[int(place)].id not in dismissed
        ]
        candidates = tuple(
            Candidate(
                target_id=self.codes[place].id,
                label=self.codes[place].name,
                score=float(scores[place]),
                reasons=self._reasons(row, place, scores, order[rank + 1 : rank + 2]),
            )
            for rank, place in enumerate(order[:offered])
        )
        return Suggestion(subject_id, self.items.texts[row], self.engine, candidates)

    def _by_words(self, row: int) -> np.ndarray:
        vector = self.items.centred[row]
        return code_scores.by_words(self._names, self._descriptions, vector)

    def _by_examples(self, row: int) -> np.ndarray:
        vector = self.items.centred[row]
        taught = self._taught.without(self._answers[row], vector)
        scores = code_scores.by_examples(taught, vector, self._by_words(row))
        return code_scores.by_question(scores, self._usual.usualness(row))

    def _by_learning(self, row: int) -> np.ndarray:
        vector = self.items.centred[row]
        scores = code_scores.by_learning(self._model, vector, self._by_words(row))
        return code_scores.by_question(scores, self._usual.usualness(row))

    @cached_property
    def _names(self) -> Vectors:
        return self._code_side(self.names)

    @cached_property
    def _descriptions(self) -> Vectors:
        return self._code_side(self.descriptions)

    def _code_side(self, texts: Expressions) -> Vectors:
        return code_scores.code_side(texts.vectors[[texts.rows[code.id] for code in self.codes]])

    @cached_property
    def _taught(self) -> Taught:
        sums = np.asarray(self._answers.T @ self.items.centred)
        return Taught(sums, np.asarray(self._answers.sum(axis=0)))

    @cached_property
    def _model(self) -> logistic.Logistic:
        coded = np.any(self._answers, axis=1)
        return logistic.fit(self.items.centred[coded], self._answers[coded])

    def _reasons(
        self, row: int, place: int, scores: np.ndarray, following: Sequence[int]
    ) -> tuple[Reason, ...]:
        code = self.codes[place]
        vector = self.items.centred[row]
        examples = [int(other) for other in np.flatnonzero(self._answers[:, place])]
        examples = [other for other in examples if other != row]
        likeness = self.items.centred[examples] @ vector
        reasons = [
            Reason(
                kind=ReasonKind.NEAREST,
                ids=(self.items.ids[examples[near]],),
                words=self.items.shared(row, [examples[near]]),
                text=self.items.texts[examples[near]],
                value=float(likeness[near]),
            )
            for near in nearest(likeness, EXAMPLES)
        ]
        defining = set(self.descriptions.stems[self.descriptions.rows[code.id]])
        reasons.append(
            Reason(
                kind=ReasonKind.DEFINITION,
                ids=(code.id,),
                words=self.items.shown(stem for stem in self.items.stems[row] if stem in defining),
                text=code.described,
                value=float(self._by_words(row)[place]),
            )
        )
        for other in following:
            reasons.append(
                Reason(
                    kind=ReasonKind.MARGIN,
                    ids=(self.codes[other].id,),
                    text=self.codes[other].name,
                    value=float(scores[place] - scores[other]),
                )
            )
        return tuple(reasons)


_WAYS: dict[str, Callable[[CodeSuggester, int], np.ndarray]] = {
    "words": CodeSuggester._by_words,
    "examples": CodeSuggester._by_examples,
    "learned": CodeSuggester._by_learning,
}
