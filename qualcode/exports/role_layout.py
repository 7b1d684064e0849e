"""Where the circles of a role map stand: the central role in the middle, the others around it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

WIDTH, MARGIN = 1000.0, 14.0
_GAP = 26.0
_TITLE_HEIGHT = 70.0


@dataclass(frozen=True)
class Layout:
    """Sizes and places. Up to eight roles stand on a circle, more on an upright ellipse."""

    height: float
    centre: tuple[float, float]
    centre_radius: float
    role_radius: float
    ring: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, count: int, titled: bool) -> Layout:
        """The places of ``count`` roles around the centre, below a title or without one."""
        top = _TITLE_HEIGHT if titled else 0.0
        half_width = WIDTH / 2 - MARGIN
        half_height = half_width * (1.0 if count <= 8 else 1.0 + 0.07 * (min(count, 14) - 8))
        role_radius = _role_radius(count, half_width, half_height)
        across, down = half_width - role_radius, half_height - role_radius
        points = _around(count, across, down)
        if points:
            # The page is cut to the drawing: two roles side by side need no square page.
            low = min(min(y for _, y in points) - role_radius, -role_radius)
            high = max(max(y for _, y in points) + role_radius, role_radius)
        else:
            low = high = 0.0
        nearest = min((math.hypot(x, y) for x, y in points), default=half_width)
        largest = (1.3 if count <= 8 else 1.6) * role_radius
        centre_radius = min(nearest - role_radius - _GAP, largest) if points else 180.0
        low, high = min(low, -centre_radius), max(high, centre_radius)
        centre = (WIDTH / 2, top + MARGIN - low)
        return cls(
            height=top + high - low + 2 * MARGIN,
            centre=centre,
            centre_radius=centre_radius,
            role_radius=role_radius,
            ring=tuple((centre[0] + x, centre[1] + y) for x, y in points),
        )


def _role_radius(count: int, half_width: float, half_height: float) -> float:
    """The largest circle that leaves room for its neighbours and for the centre."""

    def stands(radius: int) -> bool:
        points = _around(count, half_width - radius, half_height - radius)
        beside = all(
            math.dist(one, two) >= 2 * radius + _GAP * 0.6
            for n, one in enumerate(points)
            for two in points[n + 1 :]
        )
        return beside and all(math.hypot(*point) >= 2.05 * radius + _GAP for point in points)

    # Smaller circles stand wherever larger ones do, so the largest is found by halving.
    smallest, largest = 40, 158
    if stands(largest):
        return float(largest)
    while largest - smallest > 1:
        middle = (smallest + largest) // 2
        smallest, largest = (middle, largest) if stands(middle) else (smallest, middle)
    return float(smallest)


def _around(count: int, across: float, down: float) -> list[tuple[float, float]]:
    """``count`` points at equal steps along an ellipse, the first one at the top."""
    if count == 0:
        return []
    if count == 2:
        return [(-across, 0.0), (across, 0.0)]
    steps = 1440
    outline = [
        (across * math.sin(2 * math.pi * n / steps), -down * math.cos(2 * math.pi * n / steps))
        for n in range(steps + 1)
    ]
    lengths = [0.0]
    for one, two in pairwise(outline):
        lengths.append(lengths[-1] + math.dist(one, two))
    points, at = [], 1
    for n in range(count):
        target = lengths[-1] * n / count
        while lengths[at] < target:
            at += 1
        part = (target - lengths[at - 1]) / (lengths[at] - lengths[at - 1])
        (x1, y1), (x2, y2) = outline[at - 1], outline[at]
        points.append((x1 + (x2 - x1) * part, y1 + (y2 - y1) * part))
    return points
