"""A word finds its inflected forms and the compounds it is a part of, and not its look-alikes."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from qualcode.nlp import base_forms as module
from qualcode.nlp import form_list_building
from qualcode.nlp.base_forms import BaseForms, base_forms, method
from qualcode.nlp.problems import MissingEngine, UnreadableEngine
from qualcode.nlp.worker import Worker

PAIRS = Path(__file__).parent / "data" / "finnish_search_pairs.txt"


def pairs() -> list[tuple[str, str, bool]]:
    found = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, _, forms = line.partition(":")
            found += [(query, form[1:], form[0] == "+") for form in forms.split()]
    return found


def finds(words: BaseForms, query: str, form: str) -> bool:
    return query == form or bool({query, *words.sought(query)} & set(words.keys(form)))


@pytest.fixture(scope="module")
def finnish() -> BaseForms:
    return base_forms("fi")


def test_the_list_of_pairs_is_large_enough_to_measure_with():
    wanted = [right for _, _, right in pairs()]
    assert wanted.count(True) >= 250 and wanted.count(False) >= 80


def test_words_find_their_forms_and_compounds_and_little_else(finnish, record_property):
    results = [(q, form, right, finds(finnish, q, form)) for q, form, right in pairs()]
    hits = sum(right and found for *_, right, found in results)
    recall = hits / sum(right for *_, right, _ in results)
    precision = hits / sum(found for *_, found in results)
    record_property("recall", recall)
    record_property("precision", precision)
    wrong = [
        f"{q} {'misses' if right else 'finds'} {form}"
        for q, form, right, f in results
        if f != right
    ]
    assert recall >= 0.97, wrong
    assert precision >= 0.98, wrong


@pytest.mark.parametrize("word", ["a" * 3000, "kotityö" * 400, "lapsi" * 13])
def test_a_run_of_letters_too_long_for_a_word_is_found_as_it_is_written(finnish, word):
    assert finnish.sought(word) == (word,) and finnish.keys(word) == (word,)


def test_the_parts_of_a_long_chain_of_words_are_found(finnish):
    chain = "palveluiden-" * 8 + "tuki"
    assert {"palvelu", "tuki", chain} <= set(finnish.keys(chain))


def test_a_form_that_belongs_to_two_words_is_found_by_both(finnish):
    assert set(finnish.keys("tukea")) >= {"tukea", "tuki"}
    assert finnish.sought("tuki") == ("tuki",)
    assert set(finnish.sought("leikin")) == {"leikki", "leikkiä"}


@pytest.mark.parametrize(
    ("name", "form"),
    [("helsinki", "helsingissä"), ("oulu", "oululla"), ("tampere", "tampereella"),
     ("pori", "porissa"), ("wilma", "wilmassa"), ("hus", "husin")],
)  # fmt: skip
def test_a_name_finds_its_forms_in_small_letters_too(finnish, name, form):
    assert finds(finnish, name, form)


def test_a_compound_is_found_by_its_parts_and_by_parts_together(finnish):
    assert finnish.keys("lapsiperhepalveluista") == (
        "lapsiperhepalvelu",
        "lapsi",
        "lapsiperhe",
        "perhe",
        "perhepalvelu",
        "palvelu",
    )


@pytest.mark.parametrize("word", ["palaveri", "kokonainen", "asiakas", "tyttö", "intohimo"])
def test_what_only_looks_like_a_compound_is_one_word(finnish, word):
    assert finnish.keys(word) == (word,)


def test_a_word_on_no_list_is_found_by_what_is_left_without_its_ending(finnish):
    assert finnish.keys("qwertzia") == finnish.keys("qwertzi")
    assert finnish.keys("qwertzia")[0].startswith("~")


@pytest.mark.parametrize(
    ("query", "form", "found"),
    [
        ("service", "services", True),
        ("go", "went", True),
        ("child", "children's", True),
        ("budget", "self-budget", True),
        ("service", "serve", False),
    ],
)
def test_english(query, form, found):
    assert finds(base_forms("en"), query, form) is found


def test_the_method_tells_language_and_version():
    assert method("fi") != method("en")


def test_the_helper_process_looks_up_the_same(finnish):
    with Worker() as worker:
        looked_up = worker.base_forms(["tukea", "asiakkaiden"], "fi")
    assert looked_up == [
        (finnish.sought(word), finnish.keys(word)) for word in ("tukea", "asiakkaiden")
    ]


def test_the_list_that_the_set_up_made_says_the_same_and_nothing_else_is_opened(
    simplemmas_words, tmp_path, monkeypatch
):
    monkeypatch.setenv("QUALCODE_MODELS", str(tmp_path))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "_known", {})
        meanwhile.setattr(module, "_word_list", lambda _language: simplemmas_words)
        without = base_forms("fi")
    form_list_building.build(tmp_path, simplemmas_words)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "_known", {})
        meanwhile.setattr(module, "_word_list", lambda _language: 1 / 0)
        with_file = base_forms("fi")
    for word in islice(simplemmas_words, 0, None, 97):
        form = word.lower()
        assert with_file.keys(form) == without.keys(form)
        assert with_file.sought(form) == without.sought(form)


def test_a_list_that_cannot_be_read_just_now_is_logged_and_tried_again(monkeypatch, caplog):
    """Somebody else holds the file: what is found meanwhile is by simplemma's list."""
    opened, held = [], [True]
    listed = {"tukea": "tuki", "tuki": "tuki"}

    def may_be_held(*_):
        if held[0]:
            raise UnreadableEngine(engine="e5-forms", what="in use", install="-")
        return listed

    monkeypatch.setattr(module, "_known", {})
    monkeypatch.setattr(module, "_for_now", set())
    monkeypatch.setattr(form_list_building, "opened", may_be_held)
    monkeypatch.setattr(module, "_word_list", lambda _: opened.append(1) or {"tuki": "tuki"})
    with caplog.at_level("WARNING"):
        meanwhile = base_forms("fi")
        assert base_forms("fi") is meanwhile
    assert "in use" in caplog.text
    assert opened == [1]
    held[0] = False
    again = base_forms("fi")
    assert again is not meanwhile and "tuki" in again.keys("tukea")
    assert base_forms("fi") is again


def test_a_list_that_has_not_been_made_is_not_looked_for_at_every_word(monkeypatch, caplog):
    asked = []

    def missing(*_):
        asked.append(1)
        raise MissingEngine(engine="e5-forms", missing="the list", install="-")

    monkeypatch.setattr(module, "_known", {})
    monkeypatch.setattr(form_list_building, "opened", missing)
    monkeypatch.setattr(module, "_word_list", lambda _: {"tuki": "tuki"})
    with caplog.at_level("WARNING"):
        assert base_forms("fi") is base_forms("fi")
    assert asked == [1] and not caplog.text
