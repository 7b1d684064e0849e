"""The Finnish spaCy pipeline, loaded once a process for everything that needs it.

It takes half a gigabyte and seconds, so it belongs into the worker.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any

from qualcode.nlp.problems import MissingEngine

PACKAGE = "spacy_fi_experimental_web_md"
INSTALL = "pip install spacy-fi-experimental-web-md"


@lru_cache(maxsize=1)
def finnish_pipeline() -> tuple[Any, bool]:
    """The pipeline, and whether it makes lemmas by the Voikko dictionary.

    Raises MissingEngine where the package is not installed.
    """
    try:
        package = importlib.import_module(PACKAGE)
    except (ImportError, OSError) as error:
        raise MissingEngine(
            engine="spacy-fi", missing="spacy-fi-experimental-web-md", install=INSTALL
        ) from error
    try:
        return package.load(), True
    except (OSError, importlib.import_module("libvoikko").VoikkoException):
        return package.load(exclude=["lemmatizer"]), False
