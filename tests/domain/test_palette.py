"""The colours of codes can be told apart: by every common kind of eye, on white and on dark.

Colour blindness is simulated as by Machado, Oliveira & Fernandes (2009) at full strength; how far
two colours look apart is CIEDE2000, where about 2 can just be seen and 10 is plain at a glance.
"""

from __future__ import annotations

import itertools
import math

import pytest

from qualcode.domain.codes import PALETTE, next_colour

EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
WHITE, DARK = "#FFFFFF", "#0E1117"


def linear(colour):
    """Red, green and blue of #RRGGBB as amounts of light, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def seen(colour, eye):
    """CIE L*a*b* (D65) of the colour as the eye sees it."""
    light = linear(colour)
    r, g, b = (
        min(1, max(0, sum(m * x for m, x in zip(row, light, strict=True)))) for row in EYES[eye]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one, other):
    """CIEDE2000 (Sharma, Wu & Dalal 2005) between two L*a*b* colours."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        hue = h1 + h2
    elif abs(h1 - h2) <= 180:
        hue = (h1 + h2) / 2
    else:
        hue = ((h1 + h2 + 360) / 2) if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = (
        -2
        * math.sqrt(chroma**7 / (chroma**7 + 25**7))
        * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    )
    dl, dc = (l2 - l1) / sl, (c2 - c1) / sc
    return math.sqrt(dl**2 + dc**2 + (dh / sh) ** 2 + rotation * dc * dh / sh)


def contrast(one, other):
    """WCAG contrast ratio."""
    low, high = sorted(
        sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def nearest(colours, eye):
    """How far apart the two most alike of the colours are."""
    return min(
        apart(seen(one, eye), seen(other, eye)) for one, other in itertools.combinations(colours, 2)
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_measure_gives_the_published_values(one, other, expected):
    assert apart(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("eye", EYES)
def test_every_two_colours_can_be_told_apart(eye):
    assert nearest(PALETTE, eye) > 9
    assert nearest(PALETTE[:8], eye) > 11, "the first ones, which most studies use"
    assert nearest(PALETTE[:4], eye) > 18


def test_a_thin_stripe_shows_on_white_and_on_dark():
    assert min(contrast(colour, WHITE) for colour in PALETTE) >= 2.95
    assert min(contrast(colour, DARK) for colour in PALETTE) >= 2.6


def test_a_new_code_gets_the_first_free_colour_and_then_the_rarest():
    assert next_colour({}) == PALETTE[0]
    assert next_colour(dict.fromkeys((PALETTE[0], PALETTE[2]), 1)) == PALETTE[1]
    assert next_colour({**dict.fromkeys(PALETTE, 2), PALETTE[5]: 1}) == PALETTE[5]
