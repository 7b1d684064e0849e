"""The figures of a self-assessment: a line a role, the target shaded, and nothing summed up."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from qualcode.domain.role_traits import Step
from qualcode.exports.role_profile import ORDER, RoleLine, draw_course, draw_profile
from qualcode.exports.svg import as_png
from qualcode.texts import gettext_for
from qualcode.workbench.role_profiles import words_for

WORDS = words_for(gettext_for("fi"))
DAYS = ["1.2.2026", "28.11.2026"]
LINES = [
    RoleLine("Päättäjä", (Step.DEVELOPING, Step.APPROPRIATE)),
    RoleLine("Vastuun- ja <vallan> jakaja", (None, Step.OVERDEVELOPED)),
    RoleLine("Kumppani", (None, None)),
]
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_steps_stand_as_on_the_paper_form_and_the_target_is_named():
    told = texts(draw_profile(LINES, DAYS, WORDS))
    assert told[0] == "+++"
    assert [text for text in told if not re.search(r"\w", text)] == ["+++", "++", "+", "−", "− −"]
    assert "tavoite" in told
    assert [step.sign for step in ORDER] == ["+++", "++", "+", "-", "- -"]


@pytest.mark.parametrize("draw", [draw_profile, draw_course])
def test_no_number_but_the_days_stands_in_a_figure(draw):
    for text in texts(draw(LINES, DAYS, WORDS)):
        for day in DAYS:
            text = text.replace(day, "")
        assert not re.search(r"\d", text), text


def test_a_role_that_was_not_marked_says_so_and_is_no_zero():
    svg = draw_profile(LINES, DAYS, WORDS)
    assert texts(svg).count("ei merkitty") == 1
    assert "Kumppani: 1.2.2026 ei merkitty, 28.11.2026 ei merkitty." in svg


def test_a_role_that_moved_has_a_ring_an_arrow_and_a_dot():
    svg = draw_profile(LINES[:1], DAYS, WORDS)
    row = svg.split("Päättäjä</text>")[1].split("keskustelu 28.11.2026")[0]
    assert row.count("<path") == 2  # the shaft and its tip
    assert row.count("<circle") == 3  # ring, dot, and the dot of the legend


def test_no_line_crosses_a_time_when_the_role_was_not_marked():
    steps = (Step.MISSING, None, Step.APPROPRIATE)
    gap = draw_course([RoleLine("R", steps)], ["a", "b", "c"], WORDS)
    whole = draw_course([RoleLine("R", (Step.MISSING,) * 3)], ["a", "b", "c"], WORDS)
    assert (gap.count("<path"), whole.count("<path")) == (0, 2)


@pytest.mark.parametrize("count", [1, 7, 30])
def test_any_number_of_roles_and_discussions_can_be_printed(count):
    days = [f"{n}.1.2026" for n in range(1, 13)]
    lines = [RoleLine(f"Rooli {n}", (Step.DEVELOPING,) * 12) for n in range(count)]
    for draw in (draw_profile, draw_course):
        assert as_png(draw(lines, days, WORDS), 400).startswith(b"\x89PNG")
