"""What an engine that turns texts into vectors must be able to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@runtime_checkable
class Embedder(Protocol):
    """An engine that gives each text a place in a space where likeness of meaning is nearness.

    ``name`` and ``prefix`` tell vectors of different engines apart (a cache needs both).
    ``lasting`` says whether a text gets the same vector in every call, so that vectors may be
    kept; a false one means that all the texts to be compared must go into one call.
    ``warning`` is a msgid the analyst must see beside the suggestions, or nothing. An engine may
    say as ``texts_at_once`` how many short texts it takes best together, in less than a second.
    """

    @property
    def name(self) -> str: ...

    @property
    def prefix(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def lasting(self) -> bool: ...

    @property
    def warning(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given: unit length, or zero where nothing can be said."""
        ...


def normalised(text: str) -> str:
    """The text in composed form (NFC), so that ä is one letter wherever it was pasted from."""
    return unicodedata.normalize("NFC", text)


def unit_rows(rows: NDArray[np.floating]) -> Vectors:
    """The rows at unit length; rows that are (nearly) zero become exactly zero."""
    rows = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    small = lengths < 1e-12
    return np.where(small, np.float32(0), rows / np.where(small, np.float32(1), lengths))
