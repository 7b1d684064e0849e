"""The language of a handful of invented texts, without a library and without the network."""

import pytest

from qualcode.nlp.language_guess import guess_language

FINNISH = ["jonotusaika venyy kuukausiin", "puhelimeen ei vastata", "hinta on liian korkea"]
SWEDISH = ["kötiden är flera månader", "ingen svarar i telefon", "avgiften är för hög"]
ENGLISH = ["waiting takes months", "nobody answers the phone", "the fee is too high"]


@pytest.mark.parametrize(("texts", "language"), [(FINNISH, "fi"), (SWEDISH, "sv"), (ENGLISH, "en")])
def test_sentences_tell_their_language(texts, language):
    assert guess_language(texts) == language


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["hoitoon pääsyn vaikeus", "palvelusetelit", "omaishoidon tuki"], "fi"),
        (["äldreomsorg", "hemtjänst på landsbygden", "färdtjänst"], "sv"),
        (["waiting times", "shortage of staff", "home care"], "en"),
    ],
)
def test_noun_phrases_tell_it_too(texts, language):
    assert guess_language(texts) == language


def test_decomposed_letters_are_the_same_letters():
    import unicodedata

    assert guess_language([unicodedata.normalize("NFD", text) for text in SWEDISH]) == "sv"


def test_without_words_it_is_what_one_says_by_default():
    assert guess_language(["🙂", "12 345", "–"]) == "fi"
    assert guess_language([], default="en") == "en"
