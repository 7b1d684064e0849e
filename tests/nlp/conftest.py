"""What the tests of the language engines share."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from itertools import islice

import pytest

from qualcode.nlp import form_list_building
from qualcode.nlp.floret import FloretSif
from qualcode.nlp.problems import MissingEngine
from tests.conftest import unavailable


@pytest.fixture(scope="session")
def floret() -> FloretSif:
    """The default engine, on the vectors of the package."""
    for package in ("spacy_fi_experimental_web_md", "wordfreq", "mmh3"):
        if importlib.util.find_spec(package) is None:
            unavailable(f"no {package}", "pip install -r requirements.txt")
    return FloretSif()


@pytest.fixture(scope="session")
def all_simplemmas_words() -> Mapping[str, str]:
    """Form -> dictionary form, 3.5 million of them; opened once, for it takes seconds."""
    try:
        return form_list_building._listed()
    except MissingEngine as problem:
        unavailable(str(problem), "pip install -r requirements.txt")


@pytest.fixture(scope="session")
def simplemmas_words(all_simplemmas_words) -> dict[str, str]:
    """Every hundredth of them: a list of all takes half a minute to make."""
    return dict(islice(all_simplemmas_words.items(), 0, None, 101))
