"""The few channels of the network that are far larger than all others, and how they are evened.

A row in eight bits has one scale, which its largest value sets; in this network one of three or
four of 384 channels always sets it (channel 15 in the ninth layer is 7 on average, where most are
below 1), and the others are left a few steps. So each such channel is moved by its usual value and
divided by a power of two before rounding, and the weights behind it undo both: exact in full
precision (the idea of SmoothQuant, Xiao et al. 2023). The values were measured in full precision
on eighty invented lines (benchmarks/e5_outliers.py); they belong to the one source whose SHA-256
the build asks for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "outliers.json"


@dataclass(frozen=True)
class Evening:
    """A value x becomes (x - middle) / scale, channel by channel."""

    middle: NDArray[np.float32]
    scale: NDArray[np.float32]


def evenings(width: int) -> dict[str, Evening]:
    """By the place where the values are rounded: "l0.qkv" before attention, "l0.fi" after it."""
    found = {}
    for place, channels in json.loads(FILE.read_text(encoding="utf-8")).items():
        middle, scale = np.zeros(width, np.float32), np.ones(width, np.float32)
        for channel, (usual, divisor) in channels.items():
            middle[int(channel)], scale[int(channel)] = usual, divisor
        found[place] = Evening(middle, scale)
    return found
