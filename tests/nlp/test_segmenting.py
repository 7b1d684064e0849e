"""Sentences as places in the text."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.nlp import segmenting
from qualcode.nlp.problems import MissingEngine
from qualcode.nlp.segmenting import sentences


def cut(text, language="fi"):
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sain apua. Se oli hyvä!", ["Sain apua.", "Se oli hyvä!"]),
        ("oli kiva. sitten lähdin", ["oli kiva.", "sitten lähdin"]),
        ("Esim. Kelan lomakkeet, mm. Tampereella.", ["Esim. Kelan lomakkeet, mm. Tampereella."]),
        ("Lomakkeita ym. Ne pitäisi uusia.", ["Lomakkeita ym.", "Ne pitäisi uusia."]),
        ("Lomakkeita ym. vaikeaa.", ["Lomakkeita ym. vaikeaa."]),
        ("Jonotin 5 min. Sitten se katkesi.", ["Jonotin 5 min.", "Sitten se katkesi."]),
        ("Kävin 3. kerran 1.1.2020 klo 12.30.", ["Kävin 3. kerran 1.1.2020 klo 12.30."]),
        ("Tri Virtanen ja prof. Maija tulivat. Ok", ["Tri Virtanen ja prof. Maija tulivat.", "Ok"]),
        ("- ei apua\n- ei tietoa\r\n\r\nkolmas", ["- ei apua", "- ei tietoa", "kolmas"]),
        ("Hyvä!!! Kiitos... 😀", ["Hyvä!!!", "Kiitos...", "😀"]),
        ("Odotin... ja odotin… en saanut.", ["Odotin... ja odotin… en saanut."]),
        ("Odotin... Sitten lähdin.", ["Odotin...", "Sitten lähdin."]),
        ("Miksi?! En tiedä…", ["Miksi?!", "En tiedä…"]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
    ],
)
def test_sentences_of_answers(text, expected):
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Dr. Smith came, e.g. on Monday. It helped.", 2),
        ("sv", "Jag fick t.ex. hjälp. Det var bra.", 2),
    ],
)
def test_other_languages_have_their_abbreviations(language, text, count):
    assert len(cut(text, language)) == count


def test_places_count_code_points_also_after_an_emoji():
    assert sentences("😀 ok. Äiti tuli.") == [(0, 5), (6, 16)]


@settings(max_examples=150)
@given(st.text(st.sampled_from("aä Ö.!?\n5\u0301\u200d👩👧🏽e"), max_size=30))
def test_nothing_is_lost_doubled_or_cut_inside_a_letter(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(letter.isspace() for place, letter in enumerate(text) if place not in covered)
    for start, _ in spans:
        joined = start > 0 and not text[start - 1].isspace()
        assert not (joined and (unicodedata.combining(text[start]) or text[start] == "\u200d"))
        assert not (joined and text[start - 1] == "\u200d")
        assert not (joined and text[start] == "🏽")


def test_without_spacy_the_line_that_brings_it_is_told(monkeypatch):
    segmenting._splitter.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingEngine, match="pip install spacy"):
        sentences("Hei.")
    segmenting._splitter.cache_clear()
