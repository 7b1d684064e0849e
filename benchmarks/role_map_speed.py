"""A role map as SVG without a browser, and its papers: the time each takes.

    .venv/bin/python -m benchmarks role_map_speed

The figure of a map is to be there in a tenth of a second; it is drawn with words never seen before,
as on the first look of a day.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from qualcode.domain.role_traits import Step
from qualcode.exports import fonts
from qualcode.exports.role_figure import RoleFigure, RoleShape, draw
from qualcode.exports.role_profile import RoleLine, draw_course, draw_profile
from qualcode.exports.svg import as_png
from qualcode.readers.role_map_yaml import RoleMapFrame, shipped_role_map_frames
from qualcode.texts import gettext_for
from qualcode.workbench.role_profiles import words_for

TIMES = 30
LIMIT = 0.1
ROLES = (7, 15, 30)


def main() -> None:
    for frame in shipped_role_map_frames():
        figure = figure_of(frame)
        tell(f"{frame.key} as SVG", timed(lambda figure=figure: anew(figure)), LIMIT)
    for count in ROLES:
        figure = RoleFigure(
            RoleShape("c", "Keskeinen rooli", ("Luonnehdinta",)),
            tuple(RoleShape(f"r{n}", f"Rooli numero {n}", ("Pitkä sana",)) for n in range(count)),
        )
        tell(f"a map of {count + 1} roles as SVG", timed(lambda figure=figure: anew(figure)), LIMIT)
    svg = draw(figure_of(shipped_role_map_frames()[0]))
    tell("the same as PNG, 2,400 pixels wide", timed(lambda: as_png(svg, 2400)), None)
    words = words_for(gettext_for("fi"))
    lines = [RoleLine(f"Rooli {n}", (Step.DEVELOPING,) * 12) for n in range(15)]
    days = [f"{n}.1.2026" for n in range(1, 13)]
    tell("a profile of 15 roles", timed(lambda: draw_profile(lines, days, words)), LIMIT)
    tell("their course over 12 discussions", timed(lambda: draw_course(lines, days, words)), LIMIT)


def figure_of(frame: RoleMapFrame) -> RoleFigure:
    """The shipped frame as it is drawn in Finnish."""
    shapes = [
        (role.central, RoleShape(role.key, role.name("fi"), role.descriptors("fi")))
        for role in frame.roles
    ]
    central = next((shape for is_central, shape in shapes if is_central), None)
    return RoleFigure(central, tuple(shape for is_central, shape in shapes if not is_central))


def anew(figure: RoleFigure) -> str:
    """The figure without what was measured before."""
    fonts._width.cache_clear()
    return draw(figure)


def timed(act: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        found.append(time.perf_counter() - begun)
    return found


def tell(what: str, seconds: list[float], limit: float | None) -> None:
    middle, worst = statistics.median(seconds), max(seconds)
    goal = "" if limit is None else f"   (at most {limit * 1000:.0f} ms)"
    print(f"{what:45} median {middle * 1000:6.1f} ms, worst {worst * 1000:6.1f} ms{goal}")


if __name__ == "__main__":
    main()
