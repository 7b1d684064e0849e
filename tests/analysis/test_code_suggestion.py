"""Codes of a theory-driven codebook, by their words first and by accepted codings later."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from qualcode.analysis import logistic
from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.code_suggestion import CodeSuggester
from qualcode.domain.suggestions import ReasonKind
from tests.analysis.tiny import LISTENING, MONEY, QUEUE, expressions

CODES = (
    CodeWords("odotus", "odotus", "jono ja viive"),
    CodeWords("raha", "raha", "maksu tai lasku"),
    CodeWords("kohtaaminen", "kohtaaminen", "kuulla ja välittää"),
)


def by_id(texts):
    found = expressions(*texts, prefix="x")
    return type(found)(
        tuple(code.id for code in CODES), found.texts, found.vectors, found.stems, found.forms
    )


def suggester(accepted=(), texts=(*QUEUE, *MONEY, *LISTENING)):
    names = by_id([code.name for code in CODES])
    described = by_id([code.described.replace(":", "") for code in CODES])
    return CodeSuggester(expressions(*texts), CODES, names, described, accepted, engine="tiny")


def best(suggestion):
    return suggestion.candidates[0].target_id


def test_a_code_is_found_by_its_definition_where_its_name_says_nothing():
    assert best(suggester().suggest("r11")) == "kohtaaminen"
    assert best(suggester().suggest("r6")) == "raha"


def test_name_and_definition_make_one_text():
    assert CODES[0].described == "odotus: jono ja viive"
    assert CodeWords("a", "a").described == "a"


def test_the_way_changes_as_codings_gather():
    pairs = [
        (f"r{n}", "odotus" if n < 5 else "raha" if n < 10 else "kohtaaminen") for n in range(9)
    ]
    assert suggester(pairs).way == "words"
    assert suggester([*pairs, ("r9", "raha")]).way == "examples"
    many = [*QUEUE, *MONEY, *LISTENING] * 2
    coded = [(f"r{n}", CODES[min(2, n % 14 // 5)].id) for n in range(28)]
    assert suggester(coded, many).way == "learned"


def test_with_hundreds_of_codes_twenty_five_codings_are_not_yet_learned_from():
    codes = [CodeWords(f"k{n}", f"sana{n}") for n in range(500)]
    words = expressions(*(code.name for code in codes), prefix="k")
    items = expressions(*QUEUE, *MONEY, *LISTENING, *(f"{q} {m}" for q in QUEUE for m in MONEY))
    accepted = [(f"r{n}", "k0") for n in range(30)]
    found = CodeSuggester(items, codes, words, words, accepted, engine="t")
    assert found.way == "examples"
    assert best(found.suggest("r31")) == "k0"


@pytest.mark.parametrize("repeats", [1, 2])
def test_examples_teach_a_use_of_a_code_that_its_words_do_not_tell(repeats):
    # The analyst codes money with "kohtaaminen" and listening with "raha": against the words.
    texts = [*QUEUE, *MONEY, *LISTENING] * (2 * repeats)
    meant = ["odotus"] * 5 + ["kohtaaminen"] * 5 + ["raha"] * 4
    accepted = [(f"r{n}", meant[n % 14]) for n in range(14 * repeats)]
    found = suggester(accepted, texts)
    assert found.way == ("examples" if repeats == 1 else "learned")
    if found.way == "learned":
        assert best(found.suggest(f"r{14 * repeats + 6}")) == "kohtaaminen"
        assert best(found.suggest(f"r{14 * repeats + 11}")) == "raha"
    money = found.suggest(f"r{14 * repeats + 6}")
    scores = {candidate.target_id: candidate.score for candidate in money.candidates}
    plain = {
        c.target_id: c.score for c in suggester((), texts).suggest(money.subject_id).candidates
    }
    lead = scores["kohtaaminen"] - scores["raha"]
    assert lead > plain["kohtaaminen"] - plain["raha"]


def test_an_item_is_not_its_own_example():
    accepted = [(f"r{n}", "odotus") for n in range(5)] + [(f"r{n}", "raha") for n in range(5, 10)]
    suggestion = suggester(accepted).suggest("r1")
    near = [r for c in suggestion.candidates for r in c.reasons if r.kind is ReasonKind.NEAREST]
    assert near and all(reason.ids != ("r1",) for reason in near)


def test_several_codes_on_one_item_all_teach():
    accepted = [(f"r{n}", code) for n in range(5) for code in ("odotus", "raha")]
    found = suggester(accepted)
    scores = found.scores("r2")
    assert min(scores[0], scores[1]) > scores[2]


def test_reasons_tell_the_words_of_the_definition_and_the_margin():
    first, second, _ = suggester().suggest("r0").candidates
    defined = next(r for r in first.reasons if r.kind is ReasonKind.DEFINITION)
    assert defined.ids == ("odotus",) and defined.words == ("jono",)
    assert defined.text == "odotus: jono ja viive"
    margin = next(r for r in first.reasons if r.kind is ReasonKind.MARGIN)
    assert margin.value == pytest.approx(first.score - second.score)


def test_codes_turned_down_or_already_given_are_not_offered():
    offered = suggester().suggest("r0", dismissed={"odotus"}).candidates
    assert [candidate.target_id for candidate in offered].count("odotus") == 0


def test_an_item_without_words_gets_no_codes():
    assert suggester(texts=(*QUEUE, *MONEY, "🙂")).suggest("r10").candidates == ()


def test_a_codebook_of_one_code_is_no_error():
    code = CodeWords("a", "jonotus")
    words = expressions("jonotus", prefix="a")
    words = type(words)(("a",), words.texts, words.vectors, words.stems)
    found = CodeSuggester(expressions(*QUEUE, *MONEY), [code], words, words, engine="t")
    assert [c.target_id for c in found.suggest("r0").candidates] == ["a"]
    assert found.scores("r0")[0] > found.scores("r5")[0]


def test_the_regression_is_that_of_scikit_learn():
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(60, 7))
    answers = (vectors @ rng.normal(size=(7, 3)) + rng.normal(size=(60, 3)) > 0).astype(float)
    chances = logistic.fit(vectors, answers, strictness=10.0).chances(vectors)
    for column in range(3):
        theirs = LogisticRegression(C=10.0, tol=1e-8, max_iter=1000)
        theirs.fit(vectors, answers[:, column])
        assert np.allclose(chances[:, column], theirs.predict_proba(vectors)[:, 1], atol=2e-3)
