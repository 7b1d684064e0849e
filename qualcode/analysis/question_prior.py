"""Which codes the answers to one question usually get.

What an answer is about is decided by the question as much as by its words: "what would you
change?" brings other codes than "who helped you?".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

SMOOTHING = 3.0
"""The study as a whole counts as so many coded answers to every question."""

LEAST = 0.5
"""Every code counts as having been given half a time more than it was."""


def usualness(
    given: np.ndarray, texts: float, total: np.ndarray, coded: float, own: np.ndarray
) -> np.ndarray:
    """For each code the logarithm of its share at a question, 0 for the commonest.

    ``given`` counts how often each code was given to the question's ``texts`` coded answers,
    ``total`` and ``coded`` the same of the whole study; ``own`` is 1 for the codes of the text
    itself, which are taken off both.
    """
    mine = float(np.any(own))
    everywhere = (total - own + LEAST) / (coded - mine + LEAST * len(own))
    shares = (given - own + SMOOTHING * everywhere) / (texts - mine + SMOOTHING)
    return np.asarray(np.log(shares / shares.max()))


class QuestionPrior:
    """How usual each code is among the coded answers to each question.

    ``answers`` is 0/1, a row a text, a column a code; ``questions`` names each row's question, None
    for a text that answers none.
    """

    def __init__(self, answers: np.ndarray, questions: Sequence[str | None]) -> None:
        self._answers = answers
        self._questions = tuple(questions)

    def usualness(self, row: int) -> np.ndarray:
        """For each code the logarithm of its share at the row's question, 0 for the commonest.

        The row's own codes are left out. All zeros where there is no question to go by.
        """
        question = self._questions[row]
        if question is None:
            return np.zeros(self._answers.shape[1])
        given, texts = self._of[question]
        return usualness(given, texts, self._total, self._coded, self._answers[row])

    @cached_property
    def _total(self) -> np.ndarray:
        return np.asarray(self._answers.sum(axis=0))

    @cached_property
    def _coded(self) -> float:
        return float(np.any(self._answers, axis=1).sum())

    @cached_property
    def _of(self) -> dict[str, tuple[np.ndarray, float]]:
        """Question -> (times each code was given, number of coded answers)."""
        rows: dict[str, list[int]] = {}
        for row, question in enumerate(self._questions):
            if question is not None:
                rows.setdefault(question, []).append(row)
        return {
            question: (
                np.asarray(self._answers[own].sum(axis=0)),
                float(np.any(self._answers[own], axis=1).sum()),
            )
            for question, own in rows.items()
        }
