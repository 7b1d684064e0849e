"""What may name somebody in a text: found, and how much is missed, on invented answers."""

import re
import unicodedata
from pathlib import Path

import pytest

from qualcode.nlp import names
from qualcode.nlp.contacts import contacts
from qualcode.nlp.names import NameHit, find_all_names, find_names

MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")


def invented():
    """(answer, written without capitals, [(start, end, kind)]) of each invented answer."""
    lines = (Path(__file__).parent / "data" / "names_invented.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            text, spans, at = "", [], 0
            plain = line.removeprefix("~ ")
            for mark in MARKED.finditer(plain):
                text += plain[at : mark.start()]
                spans.append((len(text), len(text) + len(mark[1]), mark[2]))
                text += mark[1]
                at = mark.end()
            yield text + plain[at:], line.startswith("~"), spans


def found_shares():
    """(found of names with a capital, of those without, of contacts; texts pointed at in vain)."""
    texts = list(invented())
    hits = find_all_names([text for text, _, _ in texts], "fi")
    seen: dict[str, list[bool]] = {"capital": [], "small": [], "contact": []}
    in_vain = []
    for (text, small, spans), found in zip(texts, hits, strict=True):
        for start, end, kind in spans:
            group = kind if kind == "contact" else "small" if small else "capital"
            seen[group].append(any(hit.start < end and start < hit.end for hit in found))
        if not spans and found:
            in_vain.append(text)
    share = {group: sum(those) / len(those) for group, those in seen.items()}
    return share["capital"], share["small"], share["contact"], in_vain


@pytest.mark.slow
def test_with_the_pipeline_nearly_all_written_names_are_found_and_little_else(floret):
    assert names.pipeline_is_there()
    capital, small, contact, in_vain = found_shares()
    assert capital >= 0.95
    assert small >= 0.7
    assert contact == 1
    assert len(in_vain) <= 3


@pytest.mark.slow
def test_without_the_pipeline_capitals_and_the_word_list_find_most(monkeypatch):
    monkeypatch.setattr(names, "pipeline_is_there", lambda: False)
    capital, small, contact, in_vain = found_shares()
    assert capital >= 0.85
    assert small >= 0.7
    assert contact == 1
    assert len(in_vain) <= 2


@pytest.mark.slow
def test_the_pipeline_tells_the_kind_and_is_sure_inside_a_sentence(floret):
    text = "Kotona Tampereella kävi Sirpa Korhonen."
    found = {text[hit.start : hit.end]: hit for hit in find_names(text, "fi")}
    assert found["Tampereella"].kind == "place"
    assert found["Sirpa Korhonen"] == NameHit(24, 38, "person", True)


@pytest.mark.slow
def test_places_are_those_of_the_text_as_given_also_with_decomposed_letters(monkeypatch):
    monkeypatch.setattr(names, "pipeline_is_there", lambda: False)
    text = unicodedata.normalize("NFD", "Äiti jää, mäellä Jyväskylässä hän asuu.")
    (hit,) = find_names(text, "fi")
    assert unicodedata.normalize("NFC", text[hit.start : hit.end]) == "Jyväskylässä"


@pytest.mark.slow
def test_a_very_long_text_is_read_in_pieces(floret):
    filler = "kukaan ei vastaa puhelimeen ja päätös viipyy taas kerran. " * 800
    text = f"{filler}Soitin Sirpa Korhoselle. {filler}Kiitos Sirpa Korhoselle."
    found = [text[h.start : h.end] for h in find_names(text, "fi") if h.kind == "person"]
    assert found == ["Sirpa Korhoselle", "Sirpa Korhoselle"]


@pytest.mark.parametrize("text", ["", " \n", "😀😀", "...", "A", "12"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_holds_no_word_names_nobody(text, language):
    assert find_names(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("sv", "Jag ringde Maj-Britt Nyström i Vasa.", ["Maj-Britt Nyström", "Vasa"]),
        ("sv", "Handläggaren svarade inte. Ingen vet.", []),
        ("en", "My worker Aino said I'm right, and I agree.", ["Aino"]),
        ("sv", "Jag bor på Storgatan 5 B 12.", ["Storgatan 5 B 12"]),
    ],
)
def test_other_languages_go_by_capital_letters_inside_a_sentence(language, text, named):
    assert [text[hit.start : hit.end] for hit in find_names(text, language)] == named


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("131052-308T", True),
        ("131052-308A", False),
        ("010203A945B", None),
        ("FI21 1234 5600 0007 85", True),
        ("FI21 1234 5600 0007 86", False),
        ("maija.meikalainen@esimerkki.fi", True),
        ("www.esimerkki.fi/maija", False),
        ("040 123 4567", True),
        ("+358 50 1234567", True),
        ("09-1234567", True),
        ("012345", False),
    ],
)
def test_numbers_and_addresses_are_known_by_their_form_and_their_check(text, certain):
    ((start, end, sure),) = contacts(f"x {text}, y")
    assert f"x {text}, y"[start:end] == text
    if certain is not None:
        assert sure is certain


@pytest.mark.parametrize(
    "text",
    [
        "1.1.2024 klo 8-20, 6-12 kuukautta",
        "15 000 euroa ja 1250,50 e",
        "VAMMAISPALVELU ON HYVÄ JUTTU KAIKILLE MEILLE TÄÄLLÄ",
        "0-5 pistettä, 100 % varma, 00 000",
    ],
)
def test_dates_sums_and_capitals_lead_to_nobody(text):
    assert list(contacts(text)) == []
