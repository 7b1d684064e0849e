"""The role map figure: everyone in it, nothing outside its circle, nothing run as markup."""

import io
import math
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from qualcode.exports import fonts
from qualcode.exports.role_figure import RoleFigure, RoleShape, draw
from qualcode.exports.svg import as_png

SVG = "{http://www.w3.org/2000/svg}"
LONG = RoleShape(
    "pitka",
    "Yhteistyöverkostojen kokonaiskoordinaattori",
    ("Palveluiden, lähipiirin ja verkoston yhteensovittaja", "Asiakkaan edun valvonta"),
)
CENTRE = RoleShape("c", "Päättäjä", ("Valitsee", "Ratkaisee"))


def roles(count):
    return tuple(RoleShape(f"r{n}", f"Kehittäjä {n}", ("Kokeilee", "Kysyy")) for n in range(count))


def groups(svg):
    return [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("data-role")]


def circle(group):
    found = group.find(f"{SVG}circle")
    return tuple(float(found.get(name)) for name in ("cx", "cy", "r"))


@pytest.mark.parametrize("count", range(13))
def test_every_role_has_a_circle_of_its_own_inside_the_picture(count):
    svg = draw(RoleFigure(CENTRE, roles(count)))
    root = ET.fromstring(svg)
    circles = [circle(group) for group in groups(svg)]
    assert len(circles) == count + 1
    for n, (x, y, r) in enumerate(circles):
        assert r <= x <= float(root.get("width")) - r
        assert r <= y <= float(root.get("height")) - r
        for x2, y2, r2 in circles[n + 1 :]:
            assert math.dist((x, y), (x2, y2)) >= r + r2


@pytest.mark.parametrize("count", [1, 2, 6, 8, 12])
def test_text_stays_inside_its_circle(count):
    svg = draw(RoleFigure(LONG, (LONG,) * count))
    for group in groups(svg):
        cx, cy, r = circle(group)
        for text in group.iter(f"{SVG}text"):
            size, weight = float(text.get("font-size")), int(text.get("font-weight"))
            half = fonts.width(text.text, size, weight) / 2
            middle = float(text.get("y")) - 0.34 * size
            assert math.hypot(half, abs(middle - cy) + size * 0.3) <= r
            assert float(text.get("x")) == pytest.approx(cx)


def test_no_letter_of_a_name_is_lost_when_words_are_broken():
    word = "Sosiaalihuoltolainsäädäntökokonaisuudistusvalmistelija"
    svg = draw(RoleFigure(None, (RoleShape("x", word), *roles(11))))
    lines = [text.text for text in groups(svg)[0].iter(f"{SVG}text")]
    assert "".join(line.rstrip("-") for line in lines) == word


def test_the_names_around_the_centre_are_of_one_size():
    svg = draw(RoleFigure(CENTRE, (*roles(5), LONG)))
    sizes = {next(g.iter(f"{SVG}text")).get("font-size") for g in groups(svg)[:5]}
    assert len(sizes) == 1


def test_markup_and_control_characters_in_a_name_stay_text():
    svg = draw(RoleFigure(RoleShape('"><script>', "<b>Ä&\x00\x0b</b>", ('"x"',)), (), "<i>&"))
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert groups(svg)[0].get("data-role") == '"><script>'
    assert any("<b>Ä&</b>" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_a_role_can_be_reached_and_is_named_for_a_screen_reader():
    [group] = groups(draw(RoleFigure(CENTRE, chosen="c")))
    assert (group.get("role"), group.get("tabindex")) == ("button", "0")
    assert group.get("aria-label") == "Päättäjä. Valitsee, Ratkaisee"
    assert group.get("aria-current") == "true"


def test_the_picture_has_the_width_asked_for_and_the_text_is_in_it():
    svg = draw(RoleFigure(CENTRE, roles(3), "Kartta"))
    picture = Image.open(io.BytesIO(as_png(svg, 800)))
    assert picture.width == 800
    title = picture.convert("L").crop((300, 10, 500, 60)).histogram()
    assert sum(title[:100]) > 50  # dark letters
    assert sum(title[250:]) > 5000  # on white


def test_a_map_without_a_central_role_has_no_lines_to_nowhere():
    root = ET.fromstring(draw(RoleFigure(None, roles(4))))
    assert not root.findall(f"{SVG}line")
