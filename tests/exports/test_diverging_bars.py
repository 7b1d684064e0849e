"""Bars of closed answers. Invented."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from qualcode.exports.diverging_bars import Bar, draw, in_words

SCALE = ("1 eri", "2", "3 siltä väliltä", "4", "5 samaa")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars):
    return ET.fromstring(draw(bars, "fi"))


def rects(svg):
    """(x, width) of the pieces of bars, without the boxes of the legend."""
    return [
        (float(r.get("x")), float(r.get("width")))
        for r in svg.iter(f"{SVG}rect")
        if r.find(f"{SVG}title") is not None
    ]


def line(svg):
    return float(next(svg.iter(f"{SVG}line")).get("x1"))


def test_half_of_the_middle_step_lies_on_either_side_of_the_line():
    svg = drawn(Bar("Sain tietoa", SCALE, (1, 0, 2, 0, 1), 4))
    left, middle, right = rects(svg)
    assert abs(middle[0] + middle[1] / 2 - line(svg)) < 0.2
    assert abs(left[0] + left[1] - middle[0]) < 0.2
    assert abs(middle[1] - 2 * right[1]) < 0.2


def test_all_who_agree_are_to_the_right_and_n_is_told():
    svg = drawn(Bar("Sain tietoa", SCALE, (0, 0, 0, 3, 6), 9))
    assert all(x >= line(svg) - 0.1 for x, _ in rects(svg))
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert "n = 9" in texts
    assert texts[: len(SCALE)] == list(SCALE)


def test_a_question_nobody_answered_has_no_bar():
    assert rects(drawn(Bar("Sain tietoa", SCALE, (0, 0, 0, 0, 0), 0))) == []


def test_markup_in_a_question_stays_text():
    svg = drawn(Bar("<script>alert('&')</script>\x01", SCALE, (1, 0, 0, 0, 0), 1))
    assert list(svg.iter(f"{SVG}script")) == []
    assert any("<script>" in (text.text or "") for text in svg.iter(f"{SVG}text"))


def test_a_longer_scale_has_a_colour_for_each_step():
    scale = tuple(str(n) for n in range(11))
    svg = drawn(Bar("Suosittelisitko", scale, tuple(range(11)), 55))
    assert len({r.get("fill") for r in svg.iter(f"{SVG}rect")}) == 11


def test_the_figure_in_words():
    assert in_words([Bar("Sain tietoa", ("1", "2"), (1, 3), 4)]) == (
        "Sain tietoa: 1: 1, 2: 3 (n = 4)."
    )
