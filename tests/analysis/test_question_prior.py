"""Codes that answers to a question usually get."""

import numpy as np
import pytest

from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.analysis.question_prior import QuestionPrior
from tests.analysis.tiny import expressions, study

# Two coded answers to q1 (code 0), two to q2 (code 1), one uncoded each, one without question.
ANSWERS = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 0], [0, 0], [0, 0]], dtype=float)
QUESTIONS = ("q1", "q1", "q2", "q2", "q1", "q2", None)


def test_a_code_given_at_the_same_question_is_the_usual_one():
    prior = QuestionPrior(ANSWERS, QUESTIONS)
    assert prior.usualness(4)[0] == 0 > prior.usualness(4)[1]
    assert prior.usualness(5)[1] == 0 > prior.usualness(5)[0]


def test_an_item_without_a_question_favours_no_code():
    assert not QuestionPrior(ANSWERS, QUESTIONS).usualness(6).any()


def test_an_items_own_code_does_not_make_itself_usual():
    alone = QuestionPrior(np.array([[1.0, 0], [0, 1], [0, 1]]), ("q1", "q2", "q2"))
    assert alone.usualness(0)[0] < alone.usualness(0)[1] == 0


def test_before_anything_is_coded_every_code_is_as_usual():
    assert not QuestionPrior(np.zeros((3, 2)), ("q1", "q1", "q2")).usualness(0).any()


def test_the_question_decides_between_codes_that_the_words_leave_equal():
    items = study()
    codes = [CodeWords("queue", "jonotus"), CodeWords("money", "lasku")]
    words = expressions("jonotus", "lasku", prefix="c")
    names = type(words)(("queue", "money"), words.texts, words.vectors, words.stems)
    # What is asked of is about neither theme.
    accepted = [(f"r{n}", "queue") for n in range(5)] + [(f"r{n}", "money") for n in range(5, 10)]
    for asked, first in (("q1", 0), ("q2", 1)):
        questions = {f"r{n}": "q1" if n < 5 else "q2" for n in range(10)} | {"r12": asked}
        suggester = CodeSuggester(
            items, codes, names, names, accepted, engine="tiny", questions=questions
        )
        assert suggester.way == "examples"
        assert int(np.argmax(suggester.scores("r12"))) == first
    without = CodeSuggester(items, codes, names, names, accepted, engine="tiny").scores("r12")
    with_one = suggester.scores("r12")
    assert with_one[1] == pytest.approx(without[1]) and with_one[0] < without[0]
