"""Codes near in meaning: made once for each language that a window has, and kept for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.nlp import registry
from qualcode.nlp.problems import EngineFailed
from qualcode.workbench import nearest_codes
from tests.builders import a_study, with_answers, with_codes

TEXT = "Koira ja kissa ovat rakkaita"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.setattr(nearest_codes, "_engine", lambda: registry.embedder("floret"))
    bench = a_study()
    with_answers(bench, TEXT, "Raha ei riitä ruokaan")
    with_codes(bench, "Eläimet", "Toimeentulo")
    return bench


@pytest.fixture
def made(monkeypatch):
    """The languages that were made from here on."""
    made = []
    compared = nearest_codes._compared
    monkeypatch.setattr(
        nearest_codes, "_compared", lambda bench: made.append(bench.language) or compared(bench)
    )
    return made


def asked(bench, text=TEXT):
    nearest_codes.nearest_codes(bench, text, 5)
    assert nearest_codes.wait_until_ready(bench, 60)
    return nearest_codes.nearest_codes(bench, text, 5)


def test_two_windows_in_two_languages_each_keep_theirs(bench, made):
    english = replace(bench, language="en")
    for _ in range(3):
        assert asked(bench) and asked(english)
    assert made == ["fi", "en"]


def test_the_language_not_used_for_longest_goes_first(bench, made, monkeypatch):
    monkeypatch.setattr(nearest_codes, "MOST_LANGUAGES", 2)
    windows = {name: replace(bench, language=name) for name in ("fi", "en", "sv")}
    for name in ("fi", "en", "fi", "sv", "fi", "en"):
        assert asked(windows[name])
    assert made == ["fi", "en", "sv", "en"]


def test_an_engine_that_fails_is_not_asked_again_at_every_key(bench, made, monkeypatch):
    class Broken:
        def embed(self, texts):
            raise EngineFailed(engine="floret", what="broken file")

    monkeypatch.setattr(nearest_codes, "_engine", Broken)
    assert asked(bench) == []
    assert asked(bench) == []
    assert made == ["fi"]
