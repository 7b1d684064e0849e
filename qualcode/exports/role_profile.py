"""A person's role map assessed, as figures: a profile role by role, and its change over time.

Every role has a line of its own and nothing is summed up: there is no total, no mean and no order
of merit. The steps stand as on the paper form, ``+++`` first; the target ``++`` is shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qualcode.domain.role_traits import TARGET, Step
from qualcode.exports import fonts

INK = "#1d2b33"
MUTED = "#4b5d67"
LINE = "#c4d0d7"
SHADE = "#dcebd9"
NOW = "#24536a"
BEFORE = "#ffffff"

ORDER = tuple(reversed(Step))
"""The steps from left to right, or from the top down."""

_WIDTH = 1000.0
_LABEL = 300.0
_ROW = 58.0
_HEAD = 84.0
_SIZE = 21.0
_SMALL = 16.0


@dataclass(frozen=True)
class Words:
    """The figure's own words: signs and names of the steps, and of the target."""

    signs: dict[Step, str]
    names: dict[Step, str]
    target: str
    now: str
    before: str
    unmarked: str


@dataclass(frozen=True)
class RoleLine:
    """One role: its step in each discussion, the oldest first; None where it was not marked."""

    name: str
    steps: tuple[Step | None, ...]


def draw_profile(lines: Sequence[RoleLine], days: Sequence[str], words: Words) -> str:
    """The newest discussion role by role, with the one before it as hollow rings."""
    height = _HEAD + _ROW * len(lines) + 44
    parts = [_column_heads(words, _HEAD + _ROW * len(lines))]
    for n, line in enumerate(lines):
        parts.append(_profile_row(line, _HEAD + n * _ROW, words))
    parts.append(_legend(days, height - 16, words))
    return _svg(parts, height, in_words(lines, days, words))


def draw_course(lines: Sequence[RoleLine], days: Sequence[str], words: Words) -> str:
    """How each role has changed from one discussion to the next, a panel a role."""
    across, panel_height = 2, 246.0
    down = (len(lines) + across - 1) // across
    parts = []
    for n, line in enumerate(lines):
        x = (n % across) * (_WIDTH / across)
        parts.append(_panel(line, days, x + 8, (n // across) * panel_height, words))
    return _svg(parts, max(down, 1) * panel_height, in_words(lines, days, words))


def in_words(lines: Sequence[RoleLine], days: Sequence[str], words: Words) -> str:
    """The figure for those who do not see it: each role with its steps day by day."""
    told = []
    for line in lines:
        steps = ", ".join(
            f"{day} {words.names[step] if step else words.unmarked}"
            for day, step in zip(days, line.steps, strict=True)
        )
        told.append(f"{line.name}: {steps}")
    return "; ".join(told) + ("." if told else "")


# --- the profile -------------------------------------------------------------------------------


def _at(step: Step) -> float:
    """Where the step's column has its middle."""
    column = (_WIDTH - _LABEL) / len(ORDER)
    return _LABEL + column * (ORDER.index(step) + 0.5)


def _column_heads(words: Words, bottom: float) -> str:
    column = (_WIDTH - _LABEL) / len(ORDER)
    x = _at(TARGET) - column / 2
    parts = [f'<rect x="{x:.1f}" y="0" width="{column:.1f}" height="{bottom:.0f}" fill="{SHADE}"/>']
    for step in ORDER:
        parts.append(_text(_at(step), 28, words.signs[step], 28, fonts.SEMIBOLD, "middle"))
        for n, part in enumerate(_wrapped(words.names[step], column - 10, _SMALL)):
            parts.append(_text(_at(step), 50 + n * 18, part, _SMALL, fill=MUTED, anchor="middle"))
    return "\n".join(parts)


def _profile_row(line: RoleLine, top: float, words: Words) -> str:
    y = top + _ROW / 2
    parts = [
        f'<line x1="0" x2="{_WIDTH:.0f}" y1="{top:.1f}" y2="{top:.1f}" stroke="{LINE}"/>',
        *_label(line.name, y),
    ]
    now = line.steps[-1] if line.steps else None
    before = line.steps[-2] if len(line.steps) > 1 else None
    if before is not None and before is not now:
        if now is not None:
            parts.append(_arrow(_at(before), _at(now), y))
        parts.append(_ring(_at(before), y))
    if now is None:
        middle = _LABEL + (_WIDTH - _LABEL) / 2
        if before is None:
            parts.append(_text(middle, y + 6, words.unmarked, _SMALL, fill=MUTED, anchor="middle"))
    else:
        parts.append(f'<circle cx="{_at(now):.1f}" cy="{y:.1f}" r="15" fill="{NOW}"/>')
        if before is now:
            parts.append(
                f'<circle cx="{_at(now):.1f}" cy="{y:.1f}" r="20" fill="none" stroke="{NOW}" '
                'stroke-width="2.5"/>'
            )
    return "\n".join(parts)


def _label(name: str, y: float) -> list[str]:
    size = _SIZE
    lines = _wrapped(name, _LABEL - 20, size)
    while len(lines) > 2 and size > 12:
        size -= 1
        lines = _wrapped(name, _LABEL - 20, size)
    first = y + size * 0.35 - (len(lines) - 1) * size * 0.58
    return [
        _text(0, first + n * size * 1.16, part, size, fonts.SEMIBOLD)
        for n, part in enumerate(lines)
    ]


def _ring(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="{BEFORE}" stroke="{NOW}" '
        'stroke-width="2.5"/>'
    )


def _arrow(start: float, end: float, y: float) -> str:
    way = 1 if end > start else -1
    tip = end - way * 19
    return (
        f'<path d="M{start + way * 13:.1f} {y:.1f}H{tip:.1f}" stroke="{NOW}" stroke-width="2.5"/>'
        f'<path d="M{tip:.1f} {y:.1f}l{-way * 9} -6v12z" fill="{NOW}"/>'
    )


def _legend(days: Sequence[str], y: float, words: Words) -> str:
    parts = []
    x = 12.0
    if days:
        parts.append(f'<circle cx="{x:.0f}" cy="{y - 5:.0f}" r="9" fill="{NOW}"/>')
        told = f"{words.now} {days[-1]}"
        parts.append(_text(x + 18, y, told, _SMALL))
        x += 44 + fonts.width(told, _SMALL)
    if len(days) > 1:
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y - 5:.0f}" r="8" fill="{BEFORE}" stroke="{NOW}" '
            'stroke-width="2.5"/>'
        )
        told = f"{words.before} {days[-2]}"
        parts.append(_text(x + 18, y, told, _SMALL))
        x += 44 + fonts.width(told, _SMALL)
    parts.append(
        f'<rect x="{x:.1f}" y="{y - 15:.0f}" width="20" height="20" fill="{SHADE}"/>'
        + _text(x + 28, y, words.target, _SMALL)
    )
    return "\n".join(parts)


# --- the course --------------------------------------------------------------------------------


def _panel(line: RoleLine, days: Sequence[str], x: float, top: float, words: Words) -> str:
    left, right, step_height = x + 52, x + _WIDTH / 2 - 36, 32.0
    first = top + 52
    parts = [
        _text(x, top + 24, part, _SIZE, fonts.SEMIBOLD)
        for part in _wrapped(line.name, right - x, _SIZE)[:1]
    ]
    heights = {step: first + n * step_height for n, step in enumerate(ORDER)}
    parts.append(
        f'<rect x="{left:.1f}" y="{heights[TARGET] - step_height / 2:.1f}" '
        f'width="{right - left:.1f}" height="{step_height:.0f}" fill="{SHADE}"/>'
    )
    for step, y in heights.items():
        parts.append(
            f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
        )
        parts.append(_text(left - 10, y + 6, words.signs[step], 18, anchor="end"))
    gap = (right - left - 40) / max(len(days) - 1, 1)
    places = {
        n: (left + 20 + n * gap, heights[step])
        for n, step in enumerate(line.steps)
        if step is not None
    }
    for n, (px, py) in places.items():
        # A time when the role was not marked tells of nothing between, so no line crosses it.
        if n + 1 in places:
            qx, qy = places[n + 1]
            parts.append(
                f'<path d="M{px:.1f} {py:.1f}L{qx:.1f} {qy:.1f}" stroke="{NOW}" '
                'stroke-width="2.5"/>'
            )
    parts += [
        f'<circle cx="{px:.1f}" cy="{py:.1f}" r="9" fill="{NOW}"/>' for px, py in places.values()
    ]
    below = first + len(ORDER) * step_height + 2
    for n in _told_days(len(days), right - left):
        anchor = "start" if n == 0 else "end" if n == len(days) - 1 else "middle"
        at = left + 8 if n == 0 else right - 8 if n == len(days) - 1 else left + 20 + n * gap
        parts.append(_text(at, below, days[n], _SMALL, fill=MUTED, anchor=anchor))
    return "\n".join(parts)


def _told_days(count: int, width: float) -> list[int]:
    """Which days are written below: all that fit beside one another, else the first and last."""
    if count * fonts.width("28.11.2026", _SMALL) * 1.2 <= width:
        return list(range(count))
    return [0, count - 1]


# --- drawing -----------------------------------------------------------------------------------


def _svg(parts: Sequence[str], height: float, told: str) -> str:
    label = escape(told, quote=True)
    # White paper below, also on a dark screen: the same figure is printed.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-14 -8 {_WIDTH + 28:.0f} '
        f'{height + 16:.0f}" width="{_WIDTH + 28:.0f}" height="{height + 16:.0f}" role="img" '
        f'aria-label="{label}" font-family="{fonts.FAMILIES}">\n'
        f'<rect x="-14" y="-8" width="{_WIDTH + 28:.0f}" height="{height + 16:.0f}" '
        'fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _text(
    x: float,
    y: float,
    text: str,
    size: float,
    weight: int = fonts.REGULAR,
    anchor: str = "start",
    fill: str = INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'
    )


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or fonts.width(longer, size, fonts.SEMIBOLD) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
