"""Answers to scales as stacked bars around the middle of the scale.

Disagreeing goes to the left of the line, agreeing to the right, and half of the middle step to
either side. Every bar is as long as the share of those who answered, and n stands at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qualcode.exports import fonts
from qualcode.texts import gettext_for

INK = "#1d2b33"
_COLOURS = {
    "left": ("#a4471c", "#e39a63", "#f2cba8"),
    "middle": "#d5d9dc",
    "right": ("#b4d3e5", "#6aa5c8", "#1c5f8c"),
}
_LIGHT = frozenset({"#f2cba8", "#e39a63", "#d5d9dc", "#b4d3e5", "#6aa5c8"})
_LABEL = 0.35
_END = 66.0
_SIZE = 19.0
_LINE = 23.0
_BAR = 30.0
_GAP = 13.0
_LEGEND_BOX = 15.0


@dataclass(frozen=True)
class Look:
    """The colour of texts and lines, and how wide the figure is in units of its own: the fewer, the
    larger its letters are in the same place."""

    ink: str = INK
    width: float = 1000.0


PRINTED = Look()


@dataclass(frozen=True)
class Bar:
    """One question: its options in the order of the scale, how many chose each, and n."""

    title: str
    options: tuple[str, ...]
    counts: tuple[int, ...]
    answered: int


def draw(bars: Sequence[Bar], language: str, look: Look = PRINTED) -> str:
    """The figure as SVG text. Bars of another scale than the one above begin a legend anew."""
    _ = gettext_for(language)
    parts: list[str] = []
    y = 4.0
    ink, label_width = look.ink, look.width * _LABEL
    left, right = _reach(bars)
    unit = (look.width - label_width - _END) / max(left + right, 0.01)
    middle = label_width + left * unit
    shown: tuple[str, ...] = ()
    stretches: list[tuple[float, float]] = []
    for number, bar in enumerate(bars):
        if bar.options != shown:
            shown = bar.options
            legend, y = _legend(bar.options, y, look)
            parts += legend
            stretches.append((y - _GAP / 2, y))
        lines = _wrapped(bar.title, label_width - 18, 4)
        height = max(_BAR, len(lines) * _LINE)
        parts += [
            _text(0, y + (height - len(lines) * _LINE) / 2 + n * _LINE + _SIZE, line, ink)
            for n, line in enumerate(lines)
        ]
        parts += _segments(bar, number, middle, unit, y + (height - _BAR) / 2)
        n_at = y + height / 2 + _SIZE * 0.35
        # n stands where every bar could end, so that the numbers are below one another.
        parts.append(_text(look.width, n_at, f"n = {bar.answered}", ink, anchor="end"))
        y += height + _GAP
        stretches[-1] = (stretches[-1][0], y - _GAP / 2)
    # Behind the bars: a count in the middle step must not be crossed out.
    parts[:0] = [
        f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="{top:.0f}" y2="{end:.0f}" '
        f'stroke="{ink}" stroke-width="1" stroke-dasharray="3 4" opacity="0.55"/>'
        for top, end in stretches
    ]
    label = escape(_("Shares of those who answered"), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {look.width:.0f} {y:.0f}" '
        f'width="{look.width:.0f}" height="{y:.0f}" role="img" aria-label="{label}" '
        f'font-family="{fonts.FAMILIES}" font-size="{_SIZE:.0f}">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def mark(bar: int, step: int) -> str:
    """What the part of a bar is called in the drawing."""
    return f"{bar}.{step}"


def in_words(bars: Sequence[Bar]) -> str:
    """The figure in words: each question with its counts, for those who do not see it."""
    told = []
    for bar in bars:
        counts = ", ".join(
            f"{option}: {count}" for option, count in zip(bar.options, bar.counts, strict=True)
        )
        told.append(f"{bar.title}: {counts} (n = {bar.answered})")
    return "; ".join(told) + "."


def colours(steps: int) -> list[str]:
    """A colour for each step of a scale, from disagreeing to agreeing.

    >>> len(colours(5)), colours(5)[2] == colours(7)[3], len(set(colours(4)))
    (5, True, 4)
    """
    half = steps // 2
    if half > len(_COLOURS["left"]):
        return [_mixed(step / (steps - 1)) for step in range(steps)]
    left = list(_COLOURS["left"][:half])
    right = list(_COLOURS["right"][len(_COLOURS["right"]) - half :])
    return [*left, *([str(_COLOURS["middle"])] if steps % 2 else []), *right]


def _mixed(at: float) -> str:
    """A colour between those of the ends, for scales longer than there are colours."""
    ends = (0xA4, 0x47, 0x1C), (0xD5, 0xD9, 0xDC), (0x1C, 0x5F, 0x8C)
    one, other, share = (ends[0], ends[1], at * 2) if at <= 0.5 else (ends[1], ends[2], at * 2 - 1)
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(one, other, strict=True)
    )


def _shares(bar: Bar) -> list[float]:
    return [count / bar.answered if bar.answered else 0.0 for count in bar.counts]


def _left_of(bar: Bar) -> float:
    shares = _shares(bar)
    half = len(shares) // 2
    return sum(shares[:half]) + (shares[half] / 2 if len(shares) % 2 else 0.0)


def _reach(bars: Sequence[Bar]) -> tuple[float, float]:
    """How far the bars go to the left and to the right of the line, as shares."""
    left = [_left_of(bar) for bar in bars]
    right = [sum(_shares(bar)) - at for bar, at in zip(bars, left, strict=True)]
    return max(left, default=0.0), max(right, default=0.0)


def _segments(bar: Bar, number: int, middle: float, unit: float, y: float) -> list[str]:
    parts = []
    x = middle - _left_of(bar) * unit
    for step, (share, count, option, colour) in enumerate(
        zip(_shares(bar), bar.counts, bar.options, colours(len(bar.counts)), strict=True)
    ):
        width = share * unit
        if not count:
            continue
        title = escape(f"{option}: {count}")
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_BAR:.0f}" '
            f'fill="{colour}" data-mark="{mark(number, step)}"><title>{title}</title></rect>'
        )
        if width > fonts.width(str(count), _SIZE) + 4:
            fill = INK if colour in _LIGHT else "#ffffff"
            at = y + _BAR / 2 + _SIZE * 0.35
            parts.append(_text(x + width / 2, at, str(count), fill, anchor="middle"))
        x += width
    return parts


def _legend(options: Sequence[str], y: float, look: Look) -> tuple[list[str], float]:
    """The steps with their colours, in as many lines as they need; and where the bars begin."""
    parts: list[str] = []
    x = 0.0
    for option, colour in zip(options, colours(len(options)), strict=True):
        width = _LEGEND_BOX + 7 + fonts.width(option, _SIZE) + 22
        if x and x + width > look.width:
            x, y = 0.0, y + _LINE
        parts.append(
            f'<rect x="{x:.1f}" y="{y + 5:.1f}" width="{_LEGEND_BOX:.0f}" '
            f'height="{_LEGEND_BOX:.0f}" fill="{colour}"/>'
        )
        parts.append(_text(x + _LEGEND_BOX + 7, y + _SIZE, option, look.ink))
        x += width
    return parts, y + _LINE + _GAP


def _wrapped(text: str, width: float, most: int) -> list[str]:
    """The text in lines of this width; what does not go into ``most`` of them is cut off."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if fonts.width(longer, _SIZE) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return lines


def _text(x: float, y: float, text: str, ink: str, anchor: str = "start") -> str:
    # quote: a quotation mark in a question must not end an attribute of a reader's own markup.
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}">'
        f"{escape(_clean(text))}</text>"
    )


def _clean(text: str) -> str:
    """Without characters that XML does not allow."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
