"""The role map as a figure for print and screen.

The central role stands in the middle and the others around it, each in a circle with its
descriptors. Texts are wrapped and sized by the real measures of the packaged typeface. The colours
keep their order in greyscale: dark centre, light roles, grey lines.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import resvg_py

from qualcode.exports import fonts

INK = "#1d2b33"
CENTRE_FILL = "#24536a"
CENTRE_TEXT = "#ffffff"
ROLE_FILL = "#edf3f6"
ROLE_STROKE = "#24536a"
LINE = "#9db3be"
MUTED = "#4b5d67"
CHOSEN_STROKE = "#c2410c"

_WIDTH = 1000.0
_MARGIN = 14.0
_GAP = 26.0
_TITLE_HEIGHT = 70.0
_LINE_HEIGHT = 1.18
# What a circle's text may grow to and shrink to; 1000 units are the width of a page's text column.
_LARGEST, _SMALLEST, _STEP = 29.0, 9.0, 0.5
# Below this size a long word is rather broken at a syllable than set still smaller.
_BREAK_BELOW = 16.0
# One role with a long text does not pull every other role down further than this.
_EVEN_DOWN_TO = 20.0
_CENTRE_LARGEST = 34.0
_NAME_TO_TEXT = 0.84
_INNER = 0.88
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class RoleShape:
    """One role as drawn. ``note`` is a short line below the descriptors, such as "n = 4"."""

    id: str
    name: str
    descriptors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class RoleFigure:
    """What is drawn. ``title`` is left out of a printed figure that has a caption."""

    central: RoleShape | None
    roles: tuple[RoleShape, ...] = ()
    title: str = ""
    language: str = "fi"
    chosen: str = ""


def draw(figure: RoleFigure) -> str:
    """The map as SVG text. Each role is a group with ``data-role``, reachable by keyboard."""
    layout = _Layout.of(figure)
    parts = [_title(figure.title)] if figure.title else []
    parts += [_line(layout, x, y) for x, y in layout.ring] if figure.central else []
    size = _even_size(figure.roles, layout.role_radius)
    for shape, (x, y) in zip(figure.roles, layout.ring, strict=True):
        runs = _fit(shape, layout.role_radius, size)
        chosen = shape.id == figure.chosen
        parts.append(_role(shape, runs, (x, y), layout.role_radius, False, chosen))
    if figure.central is not None:
        runs = _fit(figure.central, layout.centre_radius, _CENTRE_LARGEST)
        chosen = figure.central.id == figure.chosen
        parts.append(_role(figure.central, runs, layout.centre, layout.centre_radius, True, chosen))
    label = quoteattr(_clean(figure.title)) if figure.title else '""'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(_WIDTH)} {_n(layout.height)}" '
        f'width="{_n(_WIDTH)}" height="{_n(layout.height)}" role="group" aria-label={label} '
        f'xml:lang={quoteattr(figure.language)} font-family="{fonts.FAMILIES}">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def as_png(svg: str, width: int = 2000) -> bytes:
    """The drawing as a picture ``width`` pixels wide, on white, in the packaged typeface."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        font_files=fonts.files(),
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )


# --- where the circles stand -------------------------------------------------------------------


@dataclass(frozen=True)
class _Layout:
    """Sizes and places. Up to eight roles stand on a circle, more on an upright ellipse."""

    height: float
    centre: tuple[float, float]
    centre_radius: float
    role_radius: float
    ring: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, figure: RoleFigure) -> _Layout:
        count = len(figure.roles)
        top = _TITLE_HEIGHT if figure.title else 0.0
        half_width = _WIDTH / 2 - _MARGIN
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
        centre = (_WIDTH / 2, top + _MARGIN - low)
        return cls(
            height=top + high - low + 2 * _MARGIN,
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


# --- text inside a circle ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Run:
    """One set line: its text, size, weight and its distance from the circle's middle."""

    text: str
    size: float
    weight: int
    y: float = 0.0
    rule: bool = False


def _fit(shape: RoleShape, radius: float, largest: float) -> list[_Run]:
    """The role's texts as lines that stay inside the circle, as large as they can be.

    A word is broken only when the text would have to be small otherwise.
    """
    for breaking, start, end in ((False, largest, _BREAK_BELOW), (True, largest, _SMALLEST)):
        size = start
        while size >= end:
            runs = _set(shape, radius, size, breaking)
            if runs is not None:
                return runs
            size -= _STEP
    return _set(shape, radius, _SMALLEST, True, force=True) or []


def _even_size(shapes: tuple[RoleShape, ...], radius: float) -> float:
    """One size of names for all the roles around the centre, so that none shouts."""
    sizes = [_fit(shape, radius, _LARGEST)[0].size for shape in shapes]
    return max(min(sizes, default=_LARGEST), _EVEN_DOWN_TO)


def _set(
    shape: RoleShape, radius: float, size: float, breaking: bool, force: bool = False
) -> list[_Run] | None:
    """The lines at this size, or None when they do not fit."""
    small = max(size * _NAME_TO_TEXT, _SMALLEST * 0.9)
    guess = size * _LINE_HEIGHT * (1 + len(shape.descriptors))
    runs: list[_Run] = []
    for _ in range(6):
        flowed = _flow(shape, radius, size, small, guess, breaking, force)
        if flowed is None:
            return None
        runs = flowed
        height = _height(runs)
        if abs(height - guess) < 0.5:
            break
        guess = height
    fits = all(
        fonts.width(run.text, run.size, run.weight) <= _room(radius, run.y, run.size) + 0.5
        for run in runs
        if not run.rule
    )
    return _centred(runs) if fits or force else None


def _flow(
    shape: RoleShape,
    radius: float,
    size: float,
    small: float,
    height: float,
    breaking: bool,
    force: bool,
) -> list[_Run] | None:
    """Lines set from the top of a text block ``height`` tall that is centred in the circle."""
    runs: list[_Run] = []
    y = -height / 2

    def put(text: str, at: float, weight: int) -> bool:
        nonlocal y
        words = text.split()
        while words:
            room = _room(radius, y + at * _LINE_HEIGHT / 2, at)
            line, words = _take(words, room, at, weight, breaking)
            if not line:
                if not force:
                    return False
                line, words = words[0], words[1:]
            runs.append(_Run(line, at, weight, y + at * _LINE_HEIGHT / 2))
            y += at * _LINE_HEIGHT
        return True

    if not put(_clean(shape.name), size, fonts.SEMIBOLD):
        return None
    texts = [_clean(text) for text in shape.descriptors if text.strip()]
    if texts:
        y += small * 0.375
        runs.append(_Run("", small, fonts.REGULAR, y, rule=True))
        y += small * 0.375
    for n, text in enumerate(texts):
        if n:
            y += small * 0.35
        if not put(text, small, fonts.REGULAR):
            return None
    if shape.note:
        y += small * 0.35
        if not put(_clean(shape.note), small * 0.86, fonts.REGULAR):
            return None
    return runs if y <= radius * _INNER or force else None


def _take(
    words: list[str], room: float, size: float, weight: int, breaking: bool
) -> tuple[str, list[str]]:
    """As many words as fit, and what is left; no line when not even one fits."""
    line = ""
    rest = list(words)
    while rest:
        longer = f"{line} {rest[0]}" if line else rest[0]
        if fonts.width(longer, size, weight) > room:
            break
        line = longer
        rest.pop(0)
    if line or not breaking:
        return line, rest
    for at in fonts.syllable_breaks(rest[0]):
        head = rest[0][:at].rstrip("-") + "-"
        if fonts.width(head, size, weight) <= room:
            return head, [rest[0][at:], *rest[1:]]
    return "", rest


def _room(radius: float, y: float, size: float) -> float:
    """How long a line may be at height ``y``: the chord at its outer edge, less a margin."""
    edge = abs(y) + size * 0.36
    inner = radius * _INNER
    return 2 * math.sqrt(inner * inner - edge * edge) if edge < inner else 0.0


def _height(runs: list[_Run]) -> float:
    last = runs[-1]
    first = runs[0]
    return (last.y + last.size * _LINE_HEIGHT / 2) - (first.y - first.size * _LINE_HEIGHT / 2)


def _centred(runs: list[_Run]) -> list[_Run]:
    first, last = runs[0], runs[-1]
    top = first.y - first.size * _LINE_HEIGHT / 2
    shift = (last.y + last.size * _LINE_HEIGHT / 2 + top) / 2
    return [_Run(run.text, run.size, run.weight, run.y - shift, run.rule) for run in runs]


# --- drawing -----------------------------------------------------------------------------------


def _role(
    shape: RoleShape,
    runs: list[_Run],
    at: tuple[float, float],
    radius: float,
    central: bool,
    chosen: bool,
) -> str:
    x, y = at
    fill, ink = (CENTRE_FILL, CENTRE_TEXT) if central else (ROLE_FILL, INK)
    rule = CENTRE_TEXT if central else MUTED
    stroke, stroke_width = (CHOSEN_STROKE, 6) if chosen else (ROLE_STROKE, 2.5)
    label = ". ".join([shape.name, ", ".join(shape.descriptors)]).rstrip(". ")
    lines = []
    for run in runs:
        if run.rule:
            half = radius * 0.22
            lines.append(
                f'<line x1="{_n(x - half)}" y1="{_n(y + run.y)}" x2="{_n(x + half)}" '
                f'y2="{_n(y + run.y)}" stroke="{rule}" stroke-width="1.2" stroke-opacity="0.6"/>'
            )
            continue
        length = fonts.width(run.text, run.size, run.weight)
        # textLength keeps the measured length where another typeface has to stand in.
        lines.append(
            f'<text x="{_n(x)}" y="{_n(y + run.y + run.size * 0.34)}" text-anchor="middle" '
            f'font-size="{_n(run.size)}" font-weight="{run.weight}" '
            f'fill="{ink}" textLength="{_n(length)}" lengthAdjust="spacingAndGlyphs">'
            f"{escape(run.text)}</text>"
        )
    return (
        f'<g data-role={quoteattr(_clean(shape.id))} role="button" tabindex="0" '
        f"aria-label={quoteattr(_clean(label))}"
        + (' aria-current="true"' if chosen else "")
        + f">\n<title>{escape(_clean(label))}</title>\n"
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="{stroke_width}"/>\n' + "\n".join(lines) + "\n</g>"
    )


def _line(layout: _Layout, x: float, y: float) -> str:
    cx, cy = layout.centre
    return (
        f'<line x1="{_n(cx)}" y1="{_n(cy)}" x2="{_n(x)}" y2="{_n(y)}" stroke="{LINE}" '
        'stroke-width="3"/>'
    )


def _title(title: str) -> str:
    size = 34.0
    text = _clean(title)
    while fonts.width(text, size, fonts.SEMIBOLD) > _WIDTH - 4 * _MARGIN and size > 16:
        size -= 1
    return (
        f'<text x="{_n(_WIDTH / 2)}" y="46" text-anchor="middle" font-size="{_n(size)}" '
        f'font-weight="{fonts.SEMIBOLD}" fill="{INK}">{escape(text)}</text>'
    )


def _clean(text: str) -> str:
    """The text without characters that XML forbids."""
    return " ".join(_NOT_IN_XML.sub("", text).split())


def _n(number: float) -> str:
    """A coordinate, short."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
