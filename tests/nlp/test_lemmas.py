"""Content words without their inflection, and how they are shown."""

import pytest

from qualcode.nlp.finnish_pipeline import finnish_pipeline
from qualcode.nlp.lemmas import (
    SnowballLemmas,
    SpacyLemmas,
    Words,
    compound_parts,
    with_compound_parts,
)


def test_inflected_forms_share_a_stem_and_show_the_commonest_form():
    words = SnowballLemmas("fi").words(["omaiset odottavat", "omaisten jono", "omaiset jonossa"])
    stems = [set(text) for text in words.stems]
    (shared,) = stems[0] & stems[1] & stems[2]
    assert words.forms[shared] == "omaiset"
    assert stems[1] & stems[2] - {shared}


def test_function_words_and_scraps_are_left_out():
    words = SnowballLemmas("fi").words(["En minä siitä ole kuin sen 5 kk", "", "😀 -- !"])
    assert words.stems == ((), (), ())


@pytest.mark.parametrize(
    ("language", "text", "forms"),
    [
        ("en", "They were waiting for the doctors", {"waiting", "doctors"}),
        ("sv", "Det är långa köer till läkaren", {"långa", "köer", "läkaren"}),
    ],
)
def test_english_and_swedish_have_their_own_rules(language, text, forms):
    words = SnowballLemmas(language).words([text])
    assert {words.forms[stem] for stem in words.stems[0]} == forms


def test_a_language_without_rules_is_refused():
    with pytest.raises(ValueError, match="fi, sv, en"):
        SnowballLemmas("se")


def test_a_compound_is_tied_to_the_words_it_is_made_of():
    words = SnowballLemmas("fi").words(
        ["palveluseteli", "palvelu", "kotipalvelu", "seteli", "palvelut"]
    )
    parts = compound_parts(words)
    service = words.stems[1][0]
    assert parts[words.stems[0][0]] == (service, *words.stems[3])
    assert parts[words.stems[2][0]] == (service,)
    assert service not in parts
    assert service in with_compound_parts(words).stems[2]


def test_joined_parts_keep_their_order_and_the_earlier_form():
    joined = Words.joined(
        [Words((("a",),), {"a": "aa"}), Words((("b",), ("a",)), {"a": "x", "b": "bb"})]
    )
    assert joined == Words((("a",), ("b",), ("a",)), {"a": "aa", "b": "bb"})


@pytest.mark.slow
def test_the_finnish_pipeline_chooses_words_by_their_class(floret):
    lemmas = SpacyLemmas()
    words = lemmas.words(["Omaiset eivät saa tietoa tuista!", "omainen tietää tuesta"])
    assert words.stems[0][0] == words.stems[1][0]
    shown = {words.forms[stem] for stem in words.stems[0]}
    if lemmas.name == "spacy-fi-voikko":
        assert {"omainen", "tieto", "tuki"} <= shown
        assert words.stems[0][-1] == words.stems[1][-1]
    assert not {"eivät", "ei"} & shown


@pytest.mark.slow
def test_without_the_voikko_dictionary_stems_stand_for_lemmas(floret, monkeypatch):
    libvoikko = pytest.importorskip("libvoikko")

    def no_dictionary(language):
        raise OSError("libvoikko.so.1: cannot open shared object file")

    monkeypatch.setattr(libvoikko, "Voikko", no_dictionary)
    finnish_pipeline.cache_clear()
    lemmas = SpacyLemmas()
    words = lemmas.words(["Omaiset eivät saa tietoa tuista!", "tietoa omaisille"])
    finnish_pipeline.cache_clear()
    assert lemmas.name == "spacy-fi-snowball"
    assert set(words.stems[0]) & set(words.stems[1])
    assert "tietoa" in words.forms.values()
