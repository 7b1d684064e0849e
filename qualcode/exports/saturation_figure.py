"""The course of saturation: what was known after each person, the band of other orders behind it.

Bars tell how much each person told anew; the line how much was known by then. The dashed line
stands where saturation was reached. Each has a class, by which a screen gives it colours of its own
in the dark; on paper the colours written here hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from qualcode.exports import fonts
from qualcode.exports.diverging_bars import PRINTED, Look

_LINE, _BAND, _BAR, _MARK = "#1c5f8c", "#b4d3e5", "#c9d2d7", "#a4471c"
_SIZE = 19.0
_LEFT, _RIGHT, _TOP, _PLOT, _BELOW = 78.0, 18.0, 52.0, 330.0, 66.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000)


@dataclass(frozen=True)
class Drawn:
    """What is drawn. ``reached``: after how many people, None when nowhere. The words come in the
    reader's language: of the axes, of the line, the bars, the band and the mark."""

    new: Sequence[int]
    known: Sequence[int]
    low: Sequence[float]
    high: Sequence[float]
    reached: int | None
    across: str
    upwards: str
    line: str
    bars: str
    band: str
    mark: str
    label: str


def draw(shown: Drawn, look: Look = PRINTED) -> str:
    """The figure as SVG text."""
    count = len(shown.known)
    most = max([*shown.known, *shown.high, 1])
    width = look.width - _LEFT - _RIGHT
    step = width / max(count, 1)
    bottom = _TOP + _PLOT

    def across(n: float) -> float:
        """The middle of the place of the person with this number, from 1."""
        return _LEFT + (n - 0.5) * step

    def up(value: float) -> float:
        return bottom - value / most * _PLOT

    parts = _axes(shown, most, across, up, look)
    band = [(across(n), up(v)) for n, v in enumerate(shown.high, start=1)]
    band += [(across(n), up(v)) for n, v in reversed(list(enumerate(shown.low, start=1)))]
    if band:
        parts.append(
            f'<polygon points="{_points(band)}" fill="{_BAND}" class="qc-course-band" '
            'opacity="0.55"/>'
        )
    bar = max(1.0, min(step * 0.62, 26.0))
    parts += [
        f'<rect x="{across(n) - bar / 2:.1f}" y="{up(v):.1f}" width="{bar:.1f}" '
        f'height="{bottom - up(v):.1f}" fill="{_BAR}" class="qc-course-bar">'
        f"<title>{n}: +{v}</title></rect>"
        for n, v in enumerate(shown.new, start=1)
        if v
    ]
    line = [(across(n), up(v)) for n, v in enumerate(shown.known, start=1)]
    parts.append(f'<polyline points="{_points(line)}" fill="none" stroke="{_LINE}" '
                 'stroke-width="3.5" stroke-linejoin="round" class="qc-course-line"/>')  # fmt: skip
    if count <= 60:
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_LINE}" class="qc-course-dot"/>'
            for x, y in line
        ]
    if shown.reached is not None:
        x = across(shown.reached)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP:.0f}" y2="{bottom:.0f}" '
            f'stroke="{_MARK}" stroke-width="2.5" stroke-dasharray="7 5" class="qc-course-mark"/>'
        )
    height = bottom + _BELOW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {look.width:.0f} {height:.0f}" '
        f'width="{look.width:.0f}" height="{height:.0f}" role="img" '
        f'aria-label="{escape(shown.label, quote=True)}" font-family="{fonts.FAMILIES}" '
        f'font-size="{_SIZE:.0f}">\n' + "\n".join([*_legend(shown, look), *parts]) + "\n</svg>\n"
    )


def _axes(
    shown: Drawn,
    most: float,
    across: Callable[[float], float],
    up: Callable[[float], float],
    look: Look,
) -> list[str]:
    bottom, right = _TOP + _PLOT, look.width - _RIGHT
    parts = []
    for value in _ticks(most):
        y = up(value)
        parts.append(
            f'<line x1="{_LEFT:.0f}" x2="{right:.0f}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{look.ink}" stroke-width="1" opacity="{0.6 if value == 0 else 0.14}"/>'
        )
        parts.append(_text(_LEFT - 10, y + _SIZE * 0.35, str(value), look.ink, "end"))
    count = len(shown.known)
    for n in _ticks(count):
        if n:
            parts.append(_text(across(n), bottom + _SIZE + 8, str(n), look.ink, "middle"))
    middle = (_LEFT + right) / 2
    parts.append(_text(middle, bottom + _BELOW - 8, shown.across, look.ink, "middle"))
    y = _TOP + _PLOT / 2
    parts.append(
        f'<text x="20" y="{y:.0f}" fill="{look.ink}" text-anchor="middle" '
        f'transform="rotate(-90 20 {y:.0f})">{escape(shown.upwards)}</text>'
    )
    return parts


def _legend(shown: Drawn, look: Look) -> list[str]:
    parts, x = [], _LEFT
    for words, colour, part, tall in (
        (shown.line, _LINE, "dot", 4),
        (shown.bars, _BAR, "bar", 15),
        (shown.band, _BAND, "band", 15),
        *(((shown.mark, _MARK, "sign", 4),) if shown.reached is not None else ()),
    ):
        parts.append(
            f'<rect x="{x:.1f}" y="{19 - tall / 2:.1f}" width="18" height="{tall}" '
            f'fill="{colour}" class="qc-course-{part}"/>'
        )
        parts.append(_text(x + 25, 26, words, look.ink))
        x += 25 + fonts.width(words, _SIZE) + 24
    return parts


def _ticks(most: float) -> list[int]:
    """Round numbers from 0 to the most, about six of them."""
    step = next((step for step in _STEPS if most / step <= 7), _STEPS[-1])
    return list(range(0, int(most) + 1, step))


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _text(x: float, y: float, text: str, ink: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}">{escape(text)}</text>'
    )
