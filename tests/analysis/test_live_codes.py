"""Codes ranked live, decision by decision, and the same study ranked at once: never different."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.analysis import live_codes
from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.live_codes import LiveCodes

CODES = tuple(CodeWords(f"c{n}", f"koodi {n}", f"kuvaus {n}") for n in range(4))
QUESTIONS = {f"r{n}": f"q{n % 3}" for n in range(60) if n % 5}
"""Every fifth text answers no question."""


def drawn(count, prefix, seed):
    """Texts with random unit vectors: the formulas don't care what they say."""
    vectors = np.random.default_rng(seed).normal(size=(count, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = tuple(f"{prefix}{n}" for n in range(count))
    return Expressions(ids, ids, vectors)


ITEMS, NAMES, DESCRIBED = drawn(60, "r", 1), drawn(4, "c", 2), drawn(4, "c", 3)


def live_of(pairs):
    live = LiveCodes(ITEMS.centre, CODES, NAMES.vectors, DESCRIBED.vectors)
    for item, code in pairs:
        live.add(item, code, ITEMS.vectors[ITEMS.rows[item]], QUESTIONS.get(item))
    return live


def at_once(pairs):
    return CodeSuggester(ITEMS, CODES, NAMES, DESCRIBED, pairs, engine="drawn", questions=QUESTIONS)


def asked_live(live, item):
    return live.scores(ITEMS.vectors[ITEMS.rows[item]], item, QUESTIONS.get(item))


def some_pairs(count, seed):
    random = np.random.default_rng(seed)
    every = [(item, code.id) for item in ITEMS.ids for code in CODES]
    return [every[place] for place in random.choice(len(every), count, replace=False)]


@pytest.mark.parametrize(("count", "way"), [(0, "words"), (12, "examples"), (60, "learned")])
def test_live_and_at_once_give_the_same_scores_in_every_way_of_ranking(count, way):
    pairs = some_pairs(count, seed=count)
    live, whole = live_of(pairs), at_once(pairs)
    lesson = live.lesson()
    if lesson is not None:
        live.learned = live_codes.learn(lesson, live.accepted)
    assert live.way == whole.way == way
    for item in ITEMS.ids:
        assert asked_live(live, item) == pytest.approx(whole.scores(item), abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_after_codings_given_and_taken_back_by_several_coders_live_is_as_if_made_anew(seed):
    random = np.random.default_rng(seed)
    live, said = live_of([]), []
    for pair in some_pairs(20, seed) * 2:
        live.add(*pair, ITEMS.vectors[ITEMS.rows[pair[0]]], QUESTIONS.get(pair[0]))
        said.append(pair)
    for place in sorted(random.choice(len(said), 22, replace=False), reverse=True):
        live.take(*said.pop(place))
    whole = at_once(said)
    assert live.accepted == len(set(said))
    assert live.way == whole.way == "examples"
    for item in ITEMS.ids:
        assert asked_live(live, item) == pytest.approx(whole.scores(item), abs=1e-5)


def test_the_question_decides_live_as_well():
    pairs = [(item, "c0" if QUESTIONS.get(item) == "q1" else "c1") for item in ITEMS.ids[:14]]
    live = live_of(pairs)
    text = ITEMS.vectors[50]
    gain = live.scores(text, question="q1") - live.scores(text)
    assert gain[0] == 0 > gain[1]


def test_what_a_model_would_learn_is_ranked_by_examples_until_it_is_there():
    live = live_of(some_pairs(60, seed=5))
    assert live.learned is None and live.way == "examples"
