"""The role map as a figure for print and screen.

The central role stands in the middle and the others around it, each in a circle with its
descriptors. Texts are wrapped and sized by the real measures of the packaged typeface. The colours
keep their order in greyscale: dark centre, light roles, grey lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from qualcode.exports import fonts
from qualcode.exports.role_layout import MARGIN, WIDTH, Layout
from qualcode.exports.role_lettering import CENTRE_LARGEST, RoleShape, Run, even_size, fit
from qualcode.exports.svg import clean, short

__all__ = ["RoleFigure", "RoleShape", "draw"]

INK = "#1d2b33"
CENTRE_FILL = "#24536a"
CENTRE_TEXT = "#ffffff"
ROLE_FILL = "#edf3f6"
ROLE_STROKE = "#24536a"
LINE = "#9db3be"
MUTED = "#4b5d67"
CHOSEN_STROKE = "#c2410c"


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
    layout = Layout.of(len(figure.roles), bool(figure.title))
    parts = [_title(figure.title)] if figure.title else []
    parts += [_line(layout, x, y) for x, y in layout.ring] if figure.central else []
    size = even_size(figure.roles, layout.role_radius)
    for shape, (x, y) in zip(figure.roles, layout.ring, strict=True):
        runs = fit(shape, layout.role_radius, size)
        chosen = shape.id == figure.chosen
        parts.append(_role(shape, runs, (x, y), layout.role_radius, False, chosen))
    if figure.central is not None:
        runs = fit(figure.central, layout.centre_radius, CENTRE_LARGEST)
        chosen = figure.central.id == figure.chosen
        parts.append(_role(figure.central, runs, layout.centre, layout.centre_radius, True, chosen))
    label = quoteattr(clean(figure.title)) if figure.title else '""'
    width, height = short(WIDTH), short(layout.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="group" aria-label={label} '
        f'xml:lang={quoteattr(figure.language)} font-family="{fonts.FAMILIES}">\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _role(
    shape: RoleShape,
    runs: list[Run],
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
                f'<line x1="{short(x - half)}" y1="{short(y + run.y)}" x2="{short(x + half)}" '
                f'y2="{short(y + run.y)}" stroke="{rule}" stroke-width="1.2" stroke-opacity="0.6"/>'
            )
            continue
        length = fonts.width(run.text, run.size, run.weight)
        # textLength keeps the measured length where another typeface has to stand in.
        lines.append(
            f'<text x="{short(x)}" y="{short(y + run.y + run.size * 0.34)}" text-anchor="middle" '
            f'font-size="{short(run.size)}" font-weight="{run.weight}" '
            f'fill="{ink}" textLength="{short(length)}" lengthAdjust="spacingAndGlyphs">'
            f"{escape(run.text)}</text>"
        )
    return (
        f'<g data-role={quoteattr(clean(shape.id))} role="button" tabindex="0" '
        f"aria-label={quoteattr(clean(label))}"
        + (' aria-current="true"' if chosen else "")
        + f">\n<title>{escape(clean(label))}</title>\n"
        f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{stroke_width}"/>\n' + "\n".join(lines) + "\n</g>"
    )


def _line(layout: Layout, x: float, y: float) -> str:
    cx, cy = layout.centre
    return (
        f'<line x1="{short(cx)}" y1="{short(cy)}" x2="{short(x)}" y2="{short(y)}" stroke="{LINE}" '
        'stroke-width="3"/>'
    )


def _title(title: str) -> str:
    size = 34.0
    text = clean(title)
    while fonts.width(text, size, fonts.SEMIBOLD) > WIDTH - 4 * MARGIN and size > 16:
        size -= 1
    return (
        f'<text x="{short(WIDTH / 2)}" y="46" text-anchor="middle" font-size="{short(size)}" '
        f'font-weight="{fonts.SEMIBOLD}" fill="{INK}">{escape(text)}</text>'
    )
