"""Which values between the halves of a feed-forward part hardly change, and what they usually are.

A feed-forward part has 1,536 values between its two products. In the last layer three quarters of
them tell nothing: they stay nearly the same whatever is read, however long it is. They are left out
where the network is written in eight bits: what they usually add goes into the bias, so the result
is the same but for their small changes (structured pruning; the idea of measuring it by what the
next weights make of the changes is that of Molchanov et al. 2017). Which they are was measured in
full precision (benchmarks/e5_idle.py), for the one source whose SHA-256 the build asks for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "idle.json"


@dataclass(frozen=True)
class Idle:
    """The places of a layer's idle values, what they usually are, and how high the others go."""

    places: NDArray[np.int64]
    usual: NDArray[np.float32]
    highest: float


NONE = Idle(np.zeros(0, np.int64), np.zeros(0, np.float32), float("inf"))


def idle() -> dict[str, Idle]:
    """By layer, "l0." being the first; layers that are not named have none."""
    return {
        layer: Idle(
            np.array(known["places"], dtype=np.int64),
            np.array(known["usual"], dtype=np.float32),
            float(known["highest"]),
        )
        for layer, known in json.loads(FILE.read_text(encoding="utf-8")).items()
    }
