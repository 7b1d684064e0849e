"""Noun phrases that can stand as a name. Invented texts."""

import unicodedata

import pytest

from qualcode.nlp.phrases import noun_phrases


@pytest.mark.slow
def test_phrases_stand_as_they_would_in_a_heading(floret):
    texts = [
        "oma päätösvalta arjessa",
        "liitteiden kerääminen uuvuttaa",
        "palveluista kerrotaan liian vähän",
        "jono",
        "",
        "😀",
        unicodedata.normalize("NFD", "selkeän päätöksen puute"),
    ]
    found = noun_phrases(texts)
    assert found[0] == ("oma päätösvalta",)
    assert "liitteiden kerääminen" in found[1]
    assert found[2:6] == [(), (), (), ()], "one word, or none in the nominative, is no phrase"
    assert found[6] == ("selkeän päätöksen puute",)
