"""Expressions that could be one: by wording, words, spelling or meaning."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.expressions import Expressions
from qualcode.analysis.near_identical import Alike, edit_similarity, near_identical


def found(*texts, stems=None, vectors=None):
    rows = np.zeros((len(texts), 4), dtype=np.float32) if vectors is None else vectors
    ids = tuple(str(n) for n in range(len(texts)))
    pairs = near_identical(Expressions(ids, texts, rows, stems or ()))
    return {(pair.first_id, pair.second_id): pair.alike for pair in pairs}


def test_case_and_punctuation_do_not_make_two_wordings():
    assert found("Ei saa apua.", "ei saa apua", "muuta") == {("0", "1"): Alike.WORDING}


def test_decomposed_letters_are_the_same_letters():
    assert found("äiti auttoi", "a\u0308iti auttoi") == {("0", "1"): Alike.WORDING}


def test_the_same_stems_in_another_order_are_alike():
    stems = (("apu", "puute"), ("puute", "apu"), ("jono",))
    assert found("avun puute", "puuttuva apu", "jono", stems=stems) == {("0", "1"): Alike.STEMS}


def test_a_slip_of_the_pen_is_found():
    assert found("maalaaminen ja piirtäminen", "maalaminen ja piirtäminen", "uiminen") == {
        ("0", "1"): Alike.SPELLING
    }


def test_two_that_mean_the_same_stand_out_from_the_study():
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(60, 50)).astype(np.float32)
    vectors[41] = vectors[7] + 0.1 * vectors[41]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"{chr(97 + n % 26) * 9} {chr(97 + n // 26) * 9}" for n in range(60)]
    assert found(*texts, vectors=vectors) == {("7", "41"): Alike.MEANING}


def test_four_hundred_same_answers_are_four_hundred_less_one_pairs():
    expressions = Expressions(
        tuple(str(n) for n in range(400)), ("en tiedä",) * 400, np.zeros((400, 3), np.float32)
    )
    pairs = near_identical(expressions, limit=1000)
    assert len(pairs) == 399 and {pair.first_id for pair in pairs} == {"0"}


def test_the_surest_come_first_and_the_list_has_an_end():
    texts = ("aita on rikki", "aita on rikki!", "portti puuttuu", "portti puuttu")
    ids = ("a", "b", "c", "d")
    pairs = near_identical(Expressions(ids, texts, np.zeros((4, 2), np.float32)))
    assert [pair.alike for pair in pairs] == [Alike.WORDING, Alike.SPELLING]
    assert len(near_identical(Expressions(ids, texts, np.zeros((4, 2), np.float32)), limit=1)) == 1


@pytest.mark.parametrize("texts", [(), ("",), ("", "😀"), ("yksi",)])
def test_little_or_no_text_is_no_error(texts):
    assert found(*texts) == {}


@given(st.text("abä", max_size=8), st.text("abä", max_size=8))
def test_edit_similarity_is_fair_and_its_limit_only_saves_time(left, right):
    likeness = edit_similarity(left, right)
    assert 0 <= likeness <= 1
    assert likeness == edit_similarity(right, left)
    assert (likeness == 1) == (left == right)
    limited = edit_similarity(left, right, 0.7)
    assert limited == likeness if likeness >= 0.7 else limited in (0.0, likeness)
