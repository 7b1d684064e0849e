"""Libraries that are heavy or may be missing, imported when they are first needed."""

from __future__ import annotations

import importlib
from typing import Any

from qualcode.nlp.problems import MissingEngine


def library(name: str, *, engine: str, install: str = "") -> Any:
    """The module called ``name``; raises MissingEngine with the line that installs it.

    ``install`` is by default the installation of what could not be imported.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing = (error.name or name).partition(".")[0]
        raise MissingEngine(
            engine=engine, missing=missing, install=install or f"pip install {missing}"
        ) from error
