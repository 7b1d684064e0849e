"""What the tests of the language engines share."""

from __future__ import annotations

import importlib.util

import pytest

from qualcode.nlp.floret import FloretSif
from tests.conftest import unavailable


@pytest.fixture(scope="session")
def floret() -> FloretSif:
    """The default engine, on the vectors of the package."""
    for package in ("spacy_fi_experimental_web_md", "wordfreq", "mmh3"):
        if importlib.util.find_spec(package) is None:
            unavailable(f"no {package}", "pip install -r requirements.txt")
    return FloretSif()
