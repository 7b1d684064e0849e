"""How the channels of the network are evened before they are rounded, and how far they then reach.

In eight bits the largest value sets the scale. In this network a few of 384 channels are far
larger than the rest (channel 15 in the ninth layer is 7 on average, where most are below 1), which
would leave the others a few steps. So each channel is moved by its middle and divided before
rounding, and the weights around it undo both: exact in full precision (the idea of SmoothQuant,
Xiao et al. 2023). What attention gathers is divided only. The values were measured in full
precision on invented lines and on pieces drawn at random (benchmarks/e5_outliers.py); they belong
to the one source whose SHA-256 the build asks for. A value beyond the reach is cut to it, which
costs that text a little precision and no other text anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "outliers.json"
FINENESS = 4
"""Divisors are powers of two by quarters: 3 stands for 2 to the power of 3/4."""


@dataclass(frozen=True)
class Evening:
    """A value x becomes (x - middle) / scale, channel by channel; none goes beyond the reach."""

    middle: NDArray[np.float32]
    scale: NDArray[np.float32]
    reach: float


def plain(width: int) -> Evening:
    """Leaves the values as they are."""
    return Evening(np.zeros(width, np.float32), np.ones(width, np.float32), 1.0)


def evenings(width: int) -> dict[str, Evening]:
    """By the place where values are rounded: "l0.qkv" before attention, "l0.ao" what it gathers,
    "l0.fi" after it."""
    found = {}
    for place, known in json.loads(FILE.read_text(encoding="utf-8")).items():
        middle = np.array(known.get("middle", [0] * width), dtype=np.float32)
        quarters = np.array(known["quarters"], dtype=np.float32)
        found[place] = Evening(middle, np.exp2(quarters / FINENESS), float(known["reach"]))
        if middle.shape != (width,) or quarters.shape != (width,):
            raise ValueError(f"{FILE.name}: {place}")
    return found
