"""Fixtures of the tests that read and code in a real browser."""

from __future__ import annotations

import itertools

import pytest

from qualcode.nlp import registry
from qualcode.ui import state
from tests.serving import served
from tests.ui.reading_page import QUESTIONS, Reading
from tests.ui.reading_study import ANSWERS, CODER, make_study


@pytest.fixture
def no_navigation(monkeypatch):
    """For a page opened alone: a link to another page needs the whole app, and is left out."""
    monkeypatch.setattr(state, "page_link", lambda address, label, icon=None: None)


@pytest.fixture(scope="module")
def language_model():
    """Skips where codes are compared by spelling alone: nothing is suggested there."""
    if registry.best_available("fi").name in registry.PASSING:
        pytest.skip("codes are suggested by a language model, which is not installed here")


@pytest.fixture(scope="module")
def reading_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    study = make_study(folder / "study.qualcode", questions=QUESTIONS)
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture(scope="module")
def unread():
    """The questions that no test of the module has read yet."""
    return itertools.count()


@pytest.fixture
def unopened(reading_server, page, unread):
    """For a test that prepares the study or the page first, and opens it itself."""
    return Reading(page, reading_server, next(unread))


@pytest.fixture
def reading(unopened):
    unopened.open()
    return unopened


@pytest.fixture
def many_answers(serve, page, tmp_path, monkeypatch):
    """Sixty answers to one question, on a server of the test's own."""
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "long.qualcode", [f"{ANSWERS[0]} {n} " * 8 for n in range(60)])
    return Reading(page, serve(study))
